/** A fraction in per cent with two decimals: "98.89". */
export function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

/** A count with its thousands set apart: "353,130". */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
