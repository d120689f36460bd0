import { InputError } from '@botlab/errors';
import type { RunConfig } from './run-config';

/** What Node and the engines say, each in words of its own, when there is no room for an array. */
const NO_ROOM = /cannot allocate|allocation failed|out of memory|typed array length/i;

/** The sentence for a run that found no memory for its arrays, or `error` itself when it is another. */
export function memoryError(error: unknown, { model, kind, training }: RunConfig): unknown {
  if (!(error instanceof RangeError && NO_ROOM.test(error.message))) return error;
  const why = `there is no memory for it (${error.message.replace(/\.$/, '')})`;
  return new InputError(
    kind === undefined || kind === 'network'
      ? `Cannot train ${model} with batches of ${training.batchSize} rows: ${why}; ` +
          'make the batches or the model smaller, or use another --engine.'
      : `Cannot train ${model}: ${why}; make it smaller by its options, or take fewer --rows.`,
  );
}
