import { type SplitKind, TASKS, type Task } from '@botlab/data';
import { mean } from '@botlab/metrics';
import type { Table1, Table1Row } from './read-table1';
import { decimalsOf } from './score-text';

/** The rows of a table that can be set side by side: of one task, and of one way to choose test rows. */
export interface Table1Half {
  readonly task: Task;
  readonly split: SplitKind;
  readonly heldOut?: readonly string[];
  readonly rows: readonly Table1Row[];
}

/** A variant's runs, one a seed. */
export interface VariantRuns {
  readonly variant: string;
  readonly runs: readonly Table1Row[];
}

/** The tasks that a table has runs of, in their fixed order. */
export function tasksIn({ rows }: Pick<Table1, 'rows'>): Task[] {
  return TASKS.filter((task) => rows.some((row) => row.task === task));
}

/** The halves of a table: of each task and split, in the order of the rows. */
export function halvesOf({ rows }: Pick<Table1, 'rows'>): Table1Half[] {
  const halves = new Map<string, Table1Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.task, row.split, row.heldOut]);
    halves.set(key, [...(halves.get(key) ?? []), row]);
  }
  return [...halves.values()].map((half) => {
    const { task, split, heldOut } = half[0]!;
    return { task, split, ...(heldOut === undefined ? {} : { heldOut }), rows: half };
  });
}

/** The runs of each variant, in the order of the rows. */
export function variantsOf(rows: readonly Table1Row[]): VariantRuns[] {
  return [...new Set(rows.map(({ variant }) => variant))].map((variant) => ({
    variant,
    runs: rows.filter((row) => row.variant === variant),
  }));
}

/** How many decimals the scores of a half are printed with: what its best accuracy allows. */
export function decimalsIn(half: Table1Half): 1 | 2 {
  const best = Math.max(
    ...variantsOf(half.rows).map(({ runs }) => mean(runs.map(({ accuracy }) => accuracy))),
  );
  return decimalsOf(best, Math.min(...half.rows.map(({ testRows }) => testRows)));
}
