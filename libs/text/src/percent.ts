/** A fraction in per cent with two decimals: "98.89". */
export function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}
