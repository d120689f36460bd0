/** The numbers from 0 to n - 1. */
export function range(n: number): Uint32Array {
  return new Uint32Array(n).map((_, i) => i);
}
