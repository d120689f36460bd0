import { CLASSES } from './class-label';
import { draw } from './draw';
import { partition } from './partition';
import { bothSides } from './percent';
import { twoSidedQuotas } from './quota';
import { Random } from '@botlab/random';
import type { SplitRequest, TestRows } from './split';
import type { Table } from './table';

/**
 * Test rows drawn at random, each class in proportion: round(testFraction × rows) in all, and of
 * every class that has two rows one on each side at least.
 */
export function splitByRow(
  table: Pick<Table, 'rows' | 'label'>,
  { seed, testFraction }: SplitRequest,
): TestRows {
  const classes = partition(table.label, CLASSES.length);
  const shares = twoSidedQuotas(
    classes.map((rows) => rows.length),
    Math.round(testFraction * table.rows),
  );
  const test = classes.flatMap((rows, label) => {
    const drawn = draw(rows.length, shares[label] ?? 0, new Random(seed, 'split', 'row', label));
    return Array.from(drawn, (i) => rows[i] ?? 0);
  });
  return { test, description: `stratified by class, ${bothSides(testFraction)} of rows` };
}
