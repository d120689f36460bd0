/**
 * Makes sure that there are probabilities of all classes for each row.
 *
 * @throws RangeError else
 */
export function requireProbabilities(
  probabilities: ArrayLike<number>,
  rows: number,
  classes: number,
): void {
  if (probabilities.length === rows * classes) return;
  throw new RangeError(
    `Expected ${classes} probabilities for each of ${rows} rows, got ${probabilities.length}.`,
  );
}
