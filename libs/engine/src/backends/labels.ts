/**
 * Refuses labels that are none of the classes: a kernel would read beside its row.
 *
 * @throws RangeError that names the first such row and its label
 */
export function checkLabels(labels: ArrayLike<number>, classes: number): void {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label >= 0 && label < classes && Number.isInteger(label)) continue;
    throw new RangeError(
      `Cannot take the cross-entropy: row ${row} has the label ${label}, expected a whole number from 0 to ` +
        `${classes - 1}.`,
    );
  }
}
