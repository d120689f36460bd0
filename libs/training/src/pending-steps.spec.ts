import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@botlab/engine';
import { PendingSteps } from './pending-steps';

let mockAsynchronous = false;
jest.mock('@botlab/engine', () => ({
  ...jest.requireActual<object>('@botlab/engine'),
  isAsynchronous: () => mockAsynchronous,
}));

let now = 0;
beforeAll(() => useEngine('reference'));
beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const result = (loss: number) => ({ loss: tf.scalar(loss), correct: tf.scalar(10 * loss) });

/** Adds steps that take so many milliseconds until a group is full; returns what reading it gives. */
async function group(pending: PendingSteps, from: number, ms: number) {
  let step = from;
  do {
    now += ms;
    pending.add(step, 4, result(step / 8));
    step += 1;
  } while (!pending.isFull);
  now += ms;
  return pending.read();
}

const expected = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const step = from + i;
    return { step, rows: 4, loss: step / 8, correct: Math.fround((10 * step) / 8) };
  });

it('reads after each step', async () => {
  mockAsynchronous = false;
  const { numTensors } = tf.memory();
  const pending = new PendingSteps();
  expect(await group(pending, 1, 1)).toEqual(expected(1, 1));
  expect(await group(pending, 2, 1)).toEqual(expected(2, 1));
  expect(await pending.read()).toEqual([]);
  expect(tf.memory().numTensors).toBe(numTensors);
});

it('reads an asynchronous engine every quarter of a second, and after 32 steps at most', async () => {
  mockAsynchronous = true;
  const { numTensors } = tf.memory();
  const pending = new PendingSteps();
  expect(await group(pending, 1, 100)).toEqual(expected(1, 1));
  expect(await group(pending, 2, 100)).toEqual(expected(2, 2));
  expect(await group(pending, 4, 1)).toEqual(expected(4, 2));
  expect(await group(pending, 6, 1)).toEqual(expected(6, 32));
  expect(await group(pending, 38, 500)).toEqual(expected(38, 32));
  expect(await group(pending, 70, 500)).toEqual(expected(70, 1));
  expect(tf.memory().numTensors).toBe(numTensors);
});

it('drops what is not read', () => {
  mockAsynchronous = true;
  const { numTensors } = tf.memory();
  const pending = new PendingSteps();
  pending.add(1, 4, result(1));
  pending.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});
