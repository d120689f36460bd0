import { totalmem } from 'node:os';
import { InputError } from '@botlab/errors';
import { count } from '@botlab/text';
import * as tf from '@tensorflow/tfjs';

/** A weight, its gradient and Adam's two moments, as float32. */
const BYTES_A_WEIGHT = 16;

/** What engines can number in one array. */
const MOST_ITEMS = 2 ** 31 - 1;

/** Memory that this process may use, in bytes: the machine's, or its container's where that is less. */
export function usableMemory(): number {
  const constrained = process.constrainedMemory();
  return Math.min(totalmem(), constrained > 0 ? constrained : Infinity);
}

/** Layers add weights by a method that their types hide. */
interface AddsWeights {
  addWeight: (
    this: unknown,
    name: string,
    shape: readonly (number | null)[],
    ...rest: unknown[]
  ) => tf.LayerVariable;
}

/**
 * The result of `build`, which adds weights to layers. They are counted before each is made: one too many would
 * take minutes to fill, or the machine with it. `build` must be synchronous.
 *
 * @param name what is built, for the message
 * @throws InputError when training them would take more memory than there is
 */
export function withinMemory<T>(name: string, build: () => T): T {
  const layers = tf.layers.Layer.prototype as unknown as AddsWeights;
  const { addWeight } = layers;
  const memory = usableMemory();
  const made: tf.LayerVariable[] = [];
  let weights = 0;
  layers.addWeight = function (weight, shape, ...rest) {
    const items = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
    weights += items;
    const most = items > MOST_ITEMS ? MOST_ITEMS : Math.floor(memory / BYTES_A_WEIGHT);
    if (weights > most) {
      const limit = `${count(most)} ${items > MOST_ITEMS ? 'in one array can be numbered' : `to train fit into the ${gigabytes(memory)} of memory here`}`;
      throw new InputError(
        `Cannot build ${name} with these options: it would have ${count(weights)} weights or more, and ${limit}; make it smaller.`,
      );
    }
    const variable = addWeight.call(this, weight, shape, ...rest);
    made.push(variable);
    return variable;
  };
  try {
    return build();
  } catch (error) {
    for (const variable of made) variable.dispose();
    throw error;
  } finally {
    layers.addWeight = addWeight;
  }
}

/**
 * Throws where a step on `rows` rows would take more memory than there is: what each layer gives, and its
 * gradient, beside the weights. It counts less than a step takes, so that what it refuses cannot be.
 *
 * @throws InputError
 */
export function requireStepMemory(model: tf.LayersModel, rows: number): void {
  const shapes = model.layers.flatMap(({ outputShape }) =>
    Array.isArray(outputShape[0]) ? (outputShape as tf.Shape[]) : [outputShape as tf.Shape],
  );
  const items = shapes.reduce(
    (sum, [, ...sizes]) => sum + sizes.reduce<number>((product, size) => product * (size ?? 1), 1),
    0,
  );
  const needed = items * rows * 8 + model.countParams() * BYTES_A_WEIGHT;
  const memory = usableMemory();
  if (needed <= memory) return;
  throw new InputError(
    `Cannot train ${model.name} with batches of ${rows} rows: a step would take ${gigabytes(needed)} or more, ` +
      `and there are ${gigabytes(memory)} of memory; make the batches or the model smaller.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toLocaleString('en-US', { maximumFractionDigits: 1 })} GB`;
}
