import {
  type ReadOptions,
  sample,
  Scaler,
  type Source,
  split,
  type Split,
  type Table,
  requireTwoClasses,
  type Task,
  taskClasses,
  taskLabels,
  withLeakage,
  withoutColumns,
} from '@botlab/data';
import type { DataSpec } from './run-config';

/** Rows as a model reads them. */
export interface Examples {
  /** Scaled features `[rows, features]`, row-major. */
  readonly x: Float32Array;
  /** Class of each row for the task. */
  readonly y: Uint8Array;
  /** Place of each row in the table. */
  readonly rows: Uint32Array;
}

/** A sampled, split and scaled table: what every run of an experiment shares. */
export interface PreparedData {
  readonly source: Source;
  readonly spec: DataSpec;
  /** The sampled rows with all 115 columns. */
  readonly sampled: Table;
  /** The same rows as `leakage` and `drop` leave them: what the models read. */
  readonly table: Table;
  readonly split: Split;
  readonly scaler: Scaler;
  /** SHA-256 of the sampled rows. */
  readonly checksum: string;
  readonly train: Pick<Examples, 'x' | 'rows'>;
  readonly test: Pick<Examples, 'x' | 'rows'>;
}

/**
 * The way of a row: sampled from `source`, split, and scaled by what the training rows alone say.
 *
 * @throws InputError when the source has a fault, or a side of the split would be empty
 */
export async function prepareData(
  source: Source,
  spec: DataSpec,
  options: ReadOptions = {},
): Promise<PreparedData> {
  const counts = source.files.map(({ rows }) => rows);
  const sampled = await source.read(sample(counts, spec.sample, spec.seed), options);
  const table = withoutColumns(withLeakage(sampled, spec.leakage), spec.drop);
  const parts = split(table, {
    kind: spec.split,
    seed: spec.seed,
    testFraction: spec.testFraction,
    scaler: spec.scaler,
    ...(spec.heldOut ? { heldOut: spec.heldOut } : {}),
  });
  const scaler = Scaler.fit(spec.scaler, table, parts.train);
  return {
    source,
    spec,
    sampled,
    table,
    split: parts,
    scaler,
    checksum: table.checksum(),
    train: { x: scaler.transform(table, parts.train), rows: parts.train },
    test: { x: scaler.transform(table, parts.test), rows: parts.test },
  };
}

/** The two sides of prepared data for one task. */
export interface TaskData {
  readonly task: Task;
  readonly classes: readonly string[];
  readonly features: number;
  readonly train: Examples;
  readonly test: Examples;
}

/**
 * Prepared data with the labels of a task.
 *
 * @throws InputError when the training rows are all of one class
 */
export function forTask(data: PreparedData, task: Task): TaskData {
  const labels = taskLabels(task, data.table.label);
  const side = ({ x, rows }: Pick<Examples, 'x' | 'rows'>): Examples => ({
    x,
    rows,
    y: Uint8Array.from(rows, (row) => labels[row]!),
  });
  const train = side(data.train);
  requireTwoClasses(task, train.y, `The training set of ${data.source.description}`);
  return {
    task,
    classes: taskClasses(task),
    features: data.table.columns.length,
    train,
    test: side(data.test),
  };
}
