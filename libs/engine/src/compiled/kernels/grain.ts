/** Elements of work in a range that are worth another thread's while. */
export const RANGE_ELEMENTS = 16384;

/** How many items make a range, when one of them is so many elements of work. */
export function grainOf(elements: number): number {
  return Math.max(1, Math.ceil(RANGE_ELEMENTS / elements));
}
