import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readParquet } from '@botlab/data';
import {
  crossedDifference,
  holm,
  mcNemar,
  type PairedDifference,
  resampledDifference,
} from '@botlab/metrics';
import { RunFolder } from '../run-folder';
import type { Table1, Table1Row } from './read-table1';
import { meanOf } from './score-text';
import { halvesOf, type Table1Half, type VariantRuns, variantsOf } from './table1-half';

/** How a variant's accuracy compares with the best of its half. */
export interface Comparison {
  readonly variant: string;
  /** The best one's mean accuracy less its own, over the seeds that both have, as a fraction. */
  readonly difference: number;
  /** P-value of no difference, adjusted by Holm for all pairs of the half; left out where rows cannot be paired. */
  readonly p?: number;
  /** Which test: `mcnemar` for one seed, `min-f` for several on the same rows, `resampled` where seeds drew rows. */
  readonly test?: 'mcnemar' | 'min-f' | 'resampled';
}

/** The comparisons of one half of a table. */
export interface HalfComparisons extends Pick<Table1Half, 'task' | 'split' | 'heldOut'> {
  /** The variants of the highest mean accuracy: more than one where they are equal. */
  readonly best: readonly string[];
  readonly others: readonly Comparison[];
}

/** Which test rows a run got right, and which these rows are. */
interface Answers {
  readonly rows: string;
  readonly hits: Uint8Array;
}

type Tested = PairedDifference & Required<Pick<Comparison, 'test'>>;

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
  table: Table1,
  { task, split, heldOut, rows }: Table1Half,
): Promise<HalfComparisons> {
  const variants = variantsOf(rows);
  const answers = new Map<Table1Row, Answers | undefined>();
  for (const row of rows) answers.set(row, await answersOf(experiment, row));
  const pairs = variants.flatMap((first, i) =>
    variants.slice(i + 1).map((second) => ({
      names: [first.variant, second.variant],
      tested: test(first, second, answers, table),
    })),
  );
  const paired = pairs.flatMap(({ names, tested }) => (tested ? [{ names, tested }] : []));
  const adjusted = holm(paired.map(({ tested }) => tested.p));
  const means = variants.map(({ runs }) => meanOf(runs.map(({ accuracy }) => accuracy)));
  const most = Math.max(...means);
  const isBest = variants.map((_, i) => most - means[i]! < 1e-12);
  const best = variants.filter((_, i) => isBest[i]).map(({ variant }) => variant);
  const others = variants.flatMap(({ variant }, i): Comparison[] => {
    if (isBest[i]) return [];
    // Of several best ones the one that is hardest to tell from it: whichever stands first must not matter.
    const found = paired
      .map((pair, place) => ({ ...pair, p: adjusted[place]! }))
      .filter(({ names }) => names.includes(variant) && names.some((name) => best.includes(name)))
      .sort((a, b) => b.p - a.p)[0];
    if (found === undefined) return [{ variant, difference: most - means[i]! }];
    const { names, tested, p } = found;
    const difference = names[0] === variant ? -tested.difference : tested.difference;
    return [{ variant, difference, p, test: tested.test }];
  });
  return { task, split, ...(heldOut === undefined ? {} : { heldOut }), best, others };
}

/** Tests two variants on the seeds that both have; undefined where none of them is on the same rows. */
function test(
  first: VariantRuns,
  second: VariantRuns,
  answers: ReadonlyMap<Table1Row, Answers | undefined>,
  { resample, sets }: Table1,
): Tested | undefined {
  const pairs = first.runs.flatMap((run) => {
    const other = second.runs.find(({ seed }) => seed === run.seed);
    const [a, b] = [answers.get(run), other && answers.get(other)];
    return a !== undefined && b !== undefined && a.rows === b.rows ? [{ run, a, b }] : [];
  });
  if (pairs.length === 0) return undefined;
  const [ours, theirs] = [pairs.map(({ a }) => a.hits), pairs.map(({ b }) => b.hits)];
  if (pairs.length === 1) return { ...mcNemar(ours[0]!, theirs[0]!), test: 'mcnemar' };
  if (resample) {
    const { testRows, trainRows } = sets[pairs[0]!.run.set]!.data;
    return { ...resampledDifference(ours, theirs, testRows / trainRows), test: 'resampled' };
  }
  if (ours[0]!.length < 2) return undefined;
  return { ...crossedDifference(ours, theirs), test: 'min-f' };
}

async function answersOf(
  experiment: string,
  { task, variant, seed }: Table1Row,
): Promise<Answers | undefined> {
  const { predictions } = new RunFolder(join(experiment, task, variant, String(seed)));
  if (!existsSync(predictions)) return undefined;
  const { file, row, truth, prediction } = (await readParquet(predictions, [
    'file',
    'row',
    'truth',
    'prediction',
  ])) as { file: string[]; row: Int32Array; truth: string[]; prediction: string[] };
  const rows = createHash('sha256').update(Uint8Array.from(new Uint8Array(row.buffer)));
  for (const names of [file, truth]) rows.update(names.join('\n'));
  return {
    rows: rows.digest('hex'),
    hits: Uint8Array.from(truth, (label, i) => (prediction[i] === label ? 1 : 0)),
  };
}
