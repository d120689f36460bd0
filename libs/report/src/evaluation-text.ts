import type { Source } from '@botlab/data';
import { count, markdownTable, percent } from '@botlab/text';
import { type Evaluation, leftOutText } from '@botlab/training';

/**
 * Scores and confusion matrix of an evaluation, for a terminal.
 *
 * @param scored which of the source's rows they are about
 */
export function evaluationText(
  evaluation: Evaluation,
  source: Pick<Source, 'synthetic' | 'description'>,
  scored = 'test rows',
): string {
  const classes = evaluation.classes
    .map((scores, c) => ({ ...scores, c }))
    .filter(({ c, support }) => support > 0 || evaluation.confusion.some((row) => row[c]! > 0));
  const overall = [
    ['accuracy', evaluation.accuracy],
    ['macro F1', evaluation.macroF1],
    ['weighted F1', evaluation.weightedF1],
    ['attack F1', evaluation.attackF1],
    ['false-positive rate', evaluation.falsePositiveRate],
    ['ROC AUC', evaluation.rocAuc],
    ['average precision', evaluation.averagePrecision],
  ] as const;
  const scores = overall.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, percent(value)]],
  );
  return [
    `${count(evaluation.rows)} rows (${source.synthetic ? 'SYNTHETIC' : 'real'}) of ${source.description}: ${scored}`,
    ...(evaluation.leftOut ? [leftOutText(evaluation.leftOut)] : []),
    '',
    markdownTable(['score', '%'], scores),
    '',
    markdownTable(
      ['class (%)', 'precision', 'recall', 'F1', 'rows'],
      classes.map(({ name, precision, recall, f1, support }) => [
        name,
        percent(precision),
        percent(recall),
        percent(f1),
        count(support),
      ]),
    ),
    '',
    markdownTable(
      ['truth \\ prediction', ...classes.map(({ name }) => name)],
      classes.map(({ name, c }) => [
        name,
        ...classes.map((column) => count(evaluation.confusion[c]![column.c]!)),
      ]),
    ),
  ].join('\n');
}
