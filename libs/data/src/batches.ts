import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { range } from './range';

/**
 * The numbers 0 to rows - 1 in batches, shuffled by seed and epoch: each once, the last batch short
 * where batchSize does not divide rows.
 *
 * @throws InputError for a batch size that is not a whole number ≥ 1
 */
export function* batches(
  rows: number,
  batchSize: number,
  seed: number,
  epoch: number,
): Generator<Uint32Array> {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new InputError(
      `Cannot make batches of ${batchSize} rows: expected a whole number, 1 or more.`,
    );
  }
  const order = new Random(seed, 'batches', epoch).shuffle(range(rows));
  for (let start = 0; start < rows; start += batchSize) {
    yield order.subarray(start, start + batchSize);
  }
}
