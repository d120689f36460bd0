import { groupRows } from './row-groups';
import type { AmbiguousGroups } from './group-assignment';
import { maximiseMacroF1 } from './macro-f1-search';

/** What any classifier can reach at best on given rows, as fractions between 0 and 1. */
export interface Ceiling {
  accuracy: number;
  /** A macro F1 that some classifier reaches; the highest there is where `exact`. */
  macroF1: number;
  /** Whether `macroF1` is proved to be the highest: every assignment was tried. */
  exact: boolean;
  /** Rows whose features also occur with another label. */
  ambiguousRows: number;
  /** How many different feature vectors there are. */
  distinctRows: number;
  /** How many of them occur with more than one label. */
  groups: number;
}

/**
 * The best accuracy, and the best macro F1, of any function of the features on exactly these rows:
 * rows with the same features can only get the same answer. A model scored on other rows, or on
 * features rounded otherwise, may pass it; one scored on these rows cannot.
 *
 * Rows are the same when their float32 are equal bit for bit, -0 and 0 being equal.
 *
 * `accuracy` is exact: each group of equal rows answers with its most frequent label. `macroF1`, the
 * mean of F1 over the classes that occur in the labels (and only those are answered), is another
 * assignment: where two classes share many groups half and half, it is best to send half of the
 * groups each way. A group with one label takes that label, which raises or keeps every F1. For the
 * others every assignment is tried when there are at most 20,000 different ones (groups with equal
 * label counts being interchangeable): then `exact` is true. Beyond that a search from many starts
 * gives a value that is certainly reached, and that moving groups with equal counts from one answer
 * to another cannot improve, but that is not proved to be the highest; on 60,000 random small
 * problems it was the highest in all but one, and 0.001 below in that one. It takes some 3 s for
 * 353,130 rows in 100,000 groups.
 *
 * @param features `[rows, width]` row-major, as the classifier sees them
 * @param labels `[rows]` integers from 0 up to `classes`
 * @throws RangeError when there are no rows, the sizes do not fit or a label is out of range
 */
export function ceiling(
  features: Float32Array,
  width: number,
  labels: ArrayLike<number>,
  classes: number,
): Ceiling {
  check(features, width, labels, classes);
  const rows = labels.length;
  const words = new Int32Array(features.buffer, features.byteOffset, features.length);
  const { group, size: distinctRows } = groupRows(words, width, rows);
  const firstLabel = new Int32Array(distinctRows).fill(-1);
  const isAmbiguous = new Uint8Array(distinctRows);
  for (let row = 0; row < rows; row++) {
    const g = group[row]!;
    if (firstLabel[g] === -1) firstLabel[g] = labels[row]!;
    else if (firstLabel[g] !== labels[row]) isAmbiguous[g] = 1;
  }
  const ambiguous = new Int32Array(distinctRows);
  let groups = 0;
  isAmbiguous.forEach((yes, g) => (ambiguous[g] = yes ? groups++ : -1));

  const present = presentClasses(labels, classes);
  const support = new Float64Array(present.size);
  const pure = new Float64Array(present.size);
  const counts = new Int32Array(groups * present.size);
  for (let row = 0; row < rows; row++) {
    const c = present.place[labels[row]!]!;
    const g = ambiguous[group[row]!]!;
    support[c]! += 1;
    if (g < 0) pure[c]! += 1;
    else counts[g * present.size + c]! += 1;
  }
  const pureRows = pure.reduce((sum, count) => sum + count, 0);
  const problem = merged(support, pure, counts, groups);
  return {
    accuracy: (pureRows + majorities(counts, present.size)) / rows,
    ...maximiseMacroF1(problem),
    ambiguousRows: rows - pureRows,
    distinctRows,
    groups,
  };
}

/** The classes that occur, renumbered without gaps. */
function presentClasses(labels: ArrayLike<number>, classes: number) {
  const place = new Int32Array(classes).fill(-1);
  for (let row = 0; row < labels.length; row++) place[labels[row]!] = 0;
  let size = 0;
  place.forEach((seen, c) => (place[c] = seen === 0 ? size++ : -1));
  return { place, size };
}

/** Groups with equal label counts, made one kind. */
function merged(
  support: Float64Array,
  pure: Float64Array,
  counts: Int32Array,
  groups: number,
): AmbiguousGroups {
  const classes = support.length;
  const { group: kind, size } = groupRows(counts, classes, groups);
  const copies = new Float64Array(size);
  const countsOfKind = new Float64Array(size * classes);
  for (let g = 0; g < groups; g++) {
    copies[kind[g]!]! += 1;
    countsOfKind.set(counts.subarray(g * classes, (g + 1) * classes), kind[g]! * classes);
  }
  return { classes, support, pure, counts: countsOfKind, copies };
}

/** Over all groups, how many rows have their group's most frequent label. */
function majorities(counts: Int32Array, classes: number): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at += classes) {
    let most = 0;
    for (let c = at; c < at + classes; c++) most = Math.max(most, counts[c]!);
    sum += most;
  }
  return sum;
}

function check(
  features: Float32Array,
  width: number,
  labels: ArrayLike<number>,
  classes: number,
): void {
  if (labels.length === 0 || features.length !== labels.length * width) {
    throw new RangeError(
      `Cannot compute the ceiling: expected some rows of ${width} features and a label each, got ${features.length} features and ${labels.length} labels.`,
    );
  }
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new RangeError(
        `Cannot compute the ceiling: expected each label to be an integer from 0 to ${classes - 1}, got ${label} in row ${row}.`,
      );
    }
  }
}
