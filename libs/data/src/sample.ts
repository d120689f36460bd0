import { InputError } from '@botlab/errors';
import { draw } from './draw';
import { quotas } from './quota';
import { Random } from '@botlab/random';

/** How much to take: a fraction in (0, 1] of all rows, or a number of rows. */
export type SampleSize = { readonly fraction: number } | { readonly rows: number };

function sampleRows(size: SampleSize, all: number): number {
  if ('fraction' in size) {
    if (!(size.fraction > 0 && size.fraction <= 1)) {
      throw new InputError(
        `Cannot sample a fraction of ${size.fraction}: expected a number above 0 and at most 1, such as 0.05.`,
      );
    }
    return Math.round(size.fraction * all);
  }
  if (!Number.isSafeInteger(size.rows) || size.rows < 1) {
    throw new InputError(`Cannot sample ${size.rows} rows: expected a whole number, 1 or more.`);
  }
  return Math.min(size.rows, all);
}

/**
 * Row numbers for `Source.read`: for each file an ascending draw without replacement.
 *
 * Each file gives its exact proportion, by largest remainders (ties to the earlier file), so that
 * the sizes add up to round(fraction × all rows): 5 % of N-BaIoT is the paper's 353,130 rows, where
 * rounding each file alone would miss it. A file's draw depends on the seed, its place and its two
 * sizes, not on what is in the others.
 *
 * @param counts rows of each file
 * @param size asking for more rows than there are gives all of them
 * @throws InputError for a fraction outside (0, 1] or a number of rows that is not a whole one ≥ 1
 */
export function sample(counts: readonly number[], size: SampleSize, seed: number): Uint32Array[] {
  const all = counts.reduce((total, count) => total + count, 0);
  const shares = quotas(counts, sampleRows(size, all));
  return counts.map((count, i) => draw(count, shares[i] ?? 0, new Random(seed, 'sample', i)));
}
