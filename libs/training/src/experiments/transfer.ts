import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { readJSON, requireFileName, writeJSON } from '@botlab/files';
import { z } from 'zod';
import { evaluateRun, type EvaluateOptions } from '../evaluate-run';
import type { RunFolder } from '../run-folder';
import type { Transfer } from './plan';

/** `transfer-NAME.json` of a run folder: how the finished run does on all rows of other data. */
export const TransferScores = z.object({
  /** What and where the rows are, and whether they were made up. */
  source: z.string(),
  synthetic: z.boolean(),
  rows: z.int(),
  accuracy: z.number(),
  /** Mean recall of the classes that occur. */
  balancedAccuracy: z.number(),
  macroF1: z.number(),
  weightedF1: z.number(),
  /** Binary: share of benign rows that are taken for an attack. */
  falsePositiveRate: z.number().optional(),
});
export type TransferScores = z.infer<typeof TransferScores>;

const fileOf = ({ path }: RunFolder, name: string): string =>
  join(path, requireFileName(`transfer-${name}.json`, 'a file of scores'));

/** The scores on other rows that a run has, by their name; undefined where it has none. */
export function readTransfers(
  folder: RunFolder,
  transfers: readonly Transfer[],
): Record<string, TransferScores> | undefined {
  const scores = transfers.flatMap(({ name }) => {
    const path = fileOf(folder, name);
    if (!existsSync(path)) return [];
    const parsed = TransferScores.safeParse(readJSON(path));
    if (parsed.success) return [[name, parsed.data] as const];
    throw new InputError(`Cannot read ${path}: it is damaged; delete it, and run the study again.`);
  });
  return scores.length === 0 ? undefined : Object.fromEntries(scores);
}

/** Scores a finished run on other rows, where that was not done before. @throws InputError for bad rows */
export async function transferRun(
  folder: RunFolder,
  { name, source: spec }: Transfer,
  source: Source,
  options: Omit<EvaluateOptions, 'open' | 'other'>,
): Promise<void> {
  const path = fileOf(folder, name);
  if (existsSync(path)) return;
  const { evaluation } = await evaluateRun(folder.path, {
    ...options,
    open: () => Promise.resolve(source),
    other: spec,
  });
  const { rows, accuracy, classes, macroF1, weightedF1, falsePositiveRate } = evaluation;
  const occurring = classes.filter(({ support }) => support > 0);
  const scores: TransferScores = {
    source: source.description,
    synthetic: source.synthetic,
    rows,
    accuracy,
    balancedAccuracy: occurring.reduce((sum, { recall }) => sum + recall, 0) / occurring.length,
    macroF1,
    weightedF1,
    ...(falsePositiveRate === undefined ? {} : { falsePositiveRate }),
  };
  writeJSON(path, scores);
}
