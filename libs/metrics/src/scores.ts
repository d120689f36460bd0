import type { ConfusionMatrix } from './confusion-matrix';

/** How one class fares against all others; every ratio is 0 where its denominator is. */
export interface ClassScores {
  name: string;
  /** Rows that truly are of this class. */
  support: number;
  precision: number;
  recall: number;
  f1: number;
  /** Of the rows of other classes, the share that is taken for this one. */
  falsePositiveRate: number;
}

/** Scores as fractions between 0 and 1, ready for JSON. */
export interface Scores {
  /** How many rows the scores are about. */
  rows: number;
  accuracy: number;
  macroPrecision: number;
  macroRecall: number;
  macroF1: number;
  /** F1 averaged with each class's support as its weight. */
  weightedF1: number;
  /** One for each class of the matrix, in its order. */
  classes: ClassScores[];
  /** With two classes only: F1 of class 1, the attack. */
  attackF1?: number;
  /** With two classes only: the share of benign rows (class 0) flagged as attack. */
  falsePositiveRate?: number;
}

/**
 * All scores of a confusion matrix, by scikit-learn's definitions with `zero_division=0`.
 *
 * Macro averages run over the classes that occur in the truth or among the predictions, which is
 * scikit-learn's default label set: a class that appears in neither does not drag the mean.
 *
 * @throws RangeError when the matrix counts no rows
 */
export function scores(matrix: ConfusionMatrix): Scores {
  const { counts, total } = matrix;
  if (total === 0) {
    throw new RangeError(
      'Cannot score a confusion matrix: expected at least one row, got none; add predictions first.',
    );
  }
  const hits = counts.map((row, c) => row[c]!);
  const support = counts.map(sum);
  const predicted = counts.map((_, c) => sum(counts.map((row) => row[c]!)));
  const classes = matrix.classes.map((name, c): ClassScores => ({
    name,
    support: support[c]!,
    precision: ratio(hits[c]!, predicted[c]!),
    recall: ratio(hits[c]!, support[c]!),
    f1: ratio(2 * hits[c]!, support[c]! + predicted[c]!),
    falsePositiveRate: ratio(predicted[c]! - hits[c]!, total - support[c]!),
  }));
  const occurring = classes.filter((_, c) => support[c]! + predicted[c]! > 0);
  const macro = (of: (scores: ClassScores) => number) => sum(occurring.map(of)) / occurring.length;
  const attack = classes.length === 2 ? classes[1] : undefined;
  return {
    rows: total,
    accuracy: sum(hits) / total,
    macroPrecision: macro((c) => c.precision),
    macroRecall: macro((c) => c.recall),
    macroF1: macro((c) => c.f1),
    weightedF1: sum(classes.map((c) => c.f1 * c.support)) / total,
    classes,
    ...(attack && { attackF1: attack.f1, falsePositiveRate: attack.falsePositiveRate }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
