/** A count with its thousands set apart: "353,130". */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** How many there are of something: "1 row", "353,130 rows". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
