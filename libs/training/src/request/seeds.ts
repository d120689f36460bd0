import { InputError } from '@botlab/errors';

/** The greatest seed: engines take 32 bits of it with a sign. */
const MOST_SEED = 2 ** 31 - 1;

/**
 * The seeds that `--seed` and `--seeds` ask for: so many, counted up from the first.
 *
 * @throws InputError when the last of them is none
 */
export function seedsFrom(first: number, count: number): number[] {
  if (first + count - 1 > MOST_SEED) {
    throw new InputError(
      `Cannot count ${count} seeds up from ${first}: the greatest is ${MOST_SEED}; lower --seed or --seeds.`,
    );
  }
  return Array.from({ length: count }, (_, i) => first + i);
}
