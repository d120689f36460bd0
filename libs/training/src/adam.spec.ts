import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';

beforeAll(() => useEngine('reference'));

const start = [1, -2, 3];

/** Gradient of a bowl with its bottom at 0.5, steeper in each direction. */
function gradient(x: tf.Tensor): tf.Tensor {
  return x.sub(0.5).mul(tf.tensor1d([1, 10, 100]));
}

function step(variable: tf.Variable, adam: Adam, rate: number): void {
  tf.tidy(() => adam.update({ [variable.name]: gradient(variable) }, rate));
}

it('makes the steps of tf.train.adam', () => {
  const ours = tf.variable(tf.tensor1d(start));
  const theirs = tf.variable(tf.tensor1d(start));
  const adam = new Adam([ours]);
  const expected = tf.train.adam(0.1, 0.9, 0.999, 1e-8);
  for (let i = 0; i < 50; i++) {
    step(ours, adam, 0.1);
    tf.tidy(() => expected.applyGradients({ [theirs.name]: gradient(theirs) as tf.Variable }));
  }
  const difference = ours.sub(theirs).abs().max().dataSync()[0]!;
  expect(difference).toBeLessThan(1e-5);
  expect(Math.abs(ours.dataSync()[0]! - start[0]!)).toBeGreaterThan(0.1);
});

it('goes on to the same bits after its state was saved', async () => {
  const whole = tf.variable(tf.tensor1d(start));
  const before = new Adam([whole]);
  for (let i = 0; i < 7; i++) step(whole, before, 0.01);
  const state = await before.state(['x']);
  const resumed = tf.variable(whole.clone());
  const after = new Adam([resumed], before.steps);
  after.restore(['x'], new Map(state.map((array) => [array.name, array])));
  for (let i = 0; i < 5; i++) {
    step(whole, before, 0.01);
    step(resumed, after, 0.01);
  }
  expect(resumed.dataSync()).toEqual(whole.dataSync());
});

it('keeps no tensors behind', () => {
  const variable = tf.variable(tf.tensor1d(start));
  const adam = new Adam([variable]);
  step(variable, adam, 0.1);
  const { numTensors } = tf.memory();
  for (let i = 0; i < 5; i++) step(variable, adam, 0.1);
  expect(tf.memory().numTensors).toBe(numTensors);
  adam.dispose();
  expect(tf.memory().numTensors).toBe(numTensors - 1);
});
