import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { BuildContext, ModelDefinition } from '../define-model';
import { modelContract } from '.';

/** A dense network; it is not registered. */
function model(change: Partial<ModelDefinition>): ModelDefinition {
  const options = z.strictObject({});
  return { name: 'plain', title: 'Plain', summary: 'Two layers.', options, build, ...change };
}

function build({ input, classes }: BuildContext<unknown>): tf.SymbolicTensor {
  let x = tf.layers.flatten().apply(input);
  x = tf.layers.dense({ units: 32, activation: 'relu', name: 'hidden' }).apply(x);
  return tf.layers.dense({ units: classes, name: 'logits' }).apply(x) as tf.SymbolicTensor;
}

/** One that adds the same number to the logits of all classes, which softmax takes away. */
function withIdleWeights(context: BuildContext<unknown>): tf.SymbolicTensor {
  const logits = build(context);
  let shift = tf.layers
    .dense({ units: 1, name: 'idle' })
    .apply(tf.layers.flatten().apply(context.input));
  shift = tf.layers.flatten().apply(tf.layers.repeatVector({ n: context.classes }).apply(shift));
  return tf.layers.add().apply([logits, shift] as tf.SymbolicTensor[]) as tf.SymbolicTensor;
}

/** The checks that a network fails. */
async function failed(definition: ModelDefinition): Promise<string[]> {
  const titles: string[] = [];
  for (const { title, run } of modelContract(definition)) {
    await run().catch(() => titles.push(title));
  }
  return titles;
}

it('passes a plain network, and fails what is wrong with others by its name', async () => {
  expect(await failed(model({}))).toEqual([]);
  expect(await failed(model({ summary: 'no sentence' }))).toEqual([
    'has a title, a sentence about itself, and options with defaults and descriptions',
  ]);
  expect(await failed(model({ build: withIdleWeights }))).toEqual([
    'gets a gradient other than zero at every weight',
  ]);
});
