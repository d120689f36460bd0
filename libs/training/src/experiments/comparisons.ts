import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readParquet } from '@botlab/data';
import { RunFolder } from '../run-folder';
import type { Table1, Table1Row } from './read-table1';
import { halvesOf, type Table1Half, variantsOf } from './table1-half';
import {
  type Answers,
  answersOf,
  type ComparedRun,
  compareVariants,
  type SaidOfRows,
  type VariantComparison,
} from './variant-comparison';

/** The comparisons of one half of a table. */
export interface HalfComparisons
  extends Pick<Table1Half, 'task' | 'split' | 'heldOut'>, VariantComparison {}

/**
 * Compares the accuracies of a table, half by half, from the predictions in its run folders. Runs without
 * predictions, or on other rows, are not compared.
 *
 * @throws InputError for predictions that are damaged
 */
export async function compareRuns(experiment: string, table: Table1): Promise<HalfComparisons[]> {
  const comparisons: HalfComparisons[] = [];
  for (const half of halvesOf(table)) comparisons.push(await compareHalf(experiment, table, half));
  return comparisons;
}

async function compareHalf(
  experiment: string,
  { resample, sets }: Table1,
  { task, split, heldOut, rows }: Table1Half,
): Promise<HalfComparisons> {
  const compared = new Map<Table1Row, ComparedRun>();
  for (const row of rows) {
    const { testRows, trainRows } = sets[row.set]!.data;
    compared.set(row, {
      ...{ seed: row.seed, accuracy: row.accuracy, answers: await readAnswers(experiment, row) },
      ...(resample ? { resampled: testRows / trainRows } : {}),
    });
  }
  const variants = variantsOf(rows).map(({ variant, runs }) => ({
    variant,
    runs: runs.map((run) => compared.get(run)!),
  }));
  return {
    ...{ task, split, ...(heldOut === undefined ? {} : { heldOut }) },
    ...compareVariants(variants),
  };
}

async function readAnswers(
  experiment: string,
  { task, variant, seed }: Table1Row,
): Promise<Answers | undefined> {
  const { predictions } = new RunFolder(join(experiment, task, variant, String(seed)));
  if (!existsSync(predictions)) return undefined;
  const columns = ['file', 'row', 'truth', 'prediction'];
  return answersOf((await readParquet(predictions, columns)) as Record<string, never> & SaidOfRows);
}
