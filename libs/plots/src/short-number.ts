/** A number with two digits after the point at most, and a true minus. */
export function shortNumber(value: number): string {
  return `${Math.round(100 * value) / 100 || 0}`.replace('-', '−');
}
