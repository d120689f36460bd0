import { createHash } from 'node:crypto';
import {
  crossedDifference,
  holm,
  mcNemar,
  mean,
  type PairedDifference,
  resampledDifference,
} from '@botlab/metrics';

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

/** How variants compare that can be set side by side. */
export interface VariantComparison {
  /** The variants of the highest mean accuracy: more than one where they are equal. */
  readonly best: readonly string[];
  readonly others: readonly Comparison[];
}

/** How sure a difference must be to be told as one. */
const LEVEL = 0.05;

/** Whether test rows do not tell a variant, which is not the best, from the best. */
export function isAlike(comparison: VariantComparison | undefined, variant: string): boolean {
  const p = comparison?.others.find((other) => other.variant === variant)?.p;
  return p !== undefined && p >= LEVEL;
}

/** Which test rows a run got right, and which these rows are. */
export interface Answers {
  readonly rows: string;
  readonly hits: Uint8Array;
}

/** A run as it is compared: with the answers that it gave, where they are known. */
export interface ComparedRun {
  readonly seed: number;
  readonly accuracy: number;
  readonly answers: Answers | undefined;
  /** Test rows by training rows, where each seed drew its own. */
  readonly resampled?: number;
}

/** The runs of a variant, one a seed. */
export interface ComparedVariant {
  readonly variant: string;
  readonly runs: readonly ComparedRun[];
}

/** What a run said of its test rows, by their columns in `predictions.parquet`. */
export interface SaidOfRows {
  readonly file: readonly string[];
  readonly row: Int32Array;
  readonly truth: readonly string[];
  readonly prediction: readonly string[];
}

type Tested = PairedDifference & Required<Pick<Comparison, 'test'>>;

/** Compares the accuracies of variants: all pairs are tested, and each is told against the best. */
export function compareVariants(variants: readonly ComparedVariant[]): VariantComparison {
  const pairs = variants.flatMap((first, i) =>
    variants.slice(i + 1).map((second) => ({
      names: [first.variant, second.variant],
      tested: test(first, second),
    })),
  );
  const paired = pairs.flatMap(({ names, tested }) => (tested ? [{ names, tested }] : []));
  const adjusted = holm(paired.map(({ tested }) => tested.p));
  const means = variants.map(({ runs }) => mean(runs.map(({ accuracy }) => accuracy)));
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
  return { best, others };
}

/** Tests two variants on the seeds that both have; undefined where none of them is on the same rows. */
function test(first: ComparedVariant, second: ComparedVariant): Tested | undefined {
  const pairs = first.runs.flatMap((run) => {
    const other = second.runs.find(({ seed }) => seed === run.seed);
    const [a, b] = [run.answers, other?.answers];
    return a !== undefined && b !== undefined && a.rows === b.rows ? [{ run, a, b }] : [];
  });
  if (pairs.length === 0) return undefined;
  const [ours, theirs] = [pairs.map(({ a }) => a.hits), pairs.map(({ b }) => b.hits)];
  if (pairs.length === 1) return { ...mcNemar(ours[0]!, theirs[0]!), test: 'mcnemar' };
  const { resampled } = pairs[0]!.run;
  if (resampled !== undefined) {
    return { ...resampledDifference(ours, theirs, resampled), test: 'resampled' };
  }
  if (ours[0]!.length < 2) return undefined;
  return { ...crossedDifference(ours, theirs), test: 'min-f' };
}

/** Which rows predictions are of, as a hash, and which of them are right. */
export function answersOf({ file, row, truth, prediction }: SaidOfRows): Answers {
  const rows = createHash('sha256').update(
    Uint8Array.from(new Uint8Array(row.buffer, row.byteOffset, row.byteLength)),
  );
  for (const names of [file, truth]) rows.update(names.join('\n'));
  return {
    rows: rows.digest('hex'),
    hits: Uint8Array.from(truth, (label, i) => (prediction[i] === label ? 1 : 0)),
  };
}
