/** The mean of at least one value. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The sum of the squared distances from `about`. */
export function sumOfSquares(values: ArrayLike<number>, about: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - about) ** 2;
  return sum;
}

/** The standard deviation that a sample tells of, by n - 1; 0 of one value. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0;
  return Math.sqrt(sumOfSquares(values, mean(values)) / (values.length - 1));
}
