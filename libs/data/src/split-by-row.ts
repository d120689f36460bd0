import { Random } from '@botlab/random';
import { CLASSES } from './class-label';
import { draw } from './draw';
import { partition } from './partition';
import { bothSides, percent } from './percent';
import { twoSidedQuotas } from './quota';
import { type ChosenRows, type SplitRequest, STREAMS } from './split-request';
import type { Table } from './table';

/**
 * Rows drawn at random, each class in proportion: round(fraction × rows) in all, and of every class
 * that has two rows one on each side at least.
 */
export function splitByRow(
  table: Pick<Table, 'rows' | 'label'>,
  { seed, purpose, fraction }: Pick<SplitRequest, 'seed' | 'purpose' | 'fraction'>,
): ChosenRows {
  const classes = partition(table.label, CLASSES.length);
  const shares = twoSidedQuotas(
    classes.map((rows) => rows.length),
    Math.round(fraction * table.rows),
  );
  const chosen = classes.flatMap((rows, label) => {
    const random = new Random(seed, STREAMS[purpose], 'row', label);
    return Array.from(draw(rows.length, shares[label] ?? 0, random), (i) => rows[i] ?? 0);
  });
  return {
    chosen,
    description:
      purpose === 'test'
        ? `stratified by class, ${bothSides(fraction)} of rows`
        : `${percent(fraction)} of the training rows, stratified by class`,
  };
}
