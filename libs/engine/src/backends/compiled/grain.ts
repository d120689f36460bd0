/** Elements of work in a range that are worth another thread's while. */
export const RANGE_ELEMENTS = 16_384;

/** The same in multiplications of a matrix product: some 20 µs of one core. */
export const RANGE_PRODUCTS = 1.5e6;

/** How many items make a range, when one of them is so many elements of work. */
export function grainOf(elements: number): number {
  return Math.max(1, Math.ceil(RANGE_ELEMENTS / elements));
}

/** How many items, in multiples of `step`, make a range, when one of them is so many multiplications. */
export function productGrain(products: number, step = 1): number {
  return Math.max(1, Math.round(RANGE_PRODUCTS / Math.max(1, products) / step)) * step;
}
