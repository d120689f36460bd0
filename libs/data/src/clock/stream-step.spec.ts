import { DECAY_RATES } from '@botlab/traffic';
import { streamStep } from './stream-step';

/** The weights of a stream after a pause and one more packet. */
const after = (before: readonly number[], seconds: number) =>
  before.map((weight, k) => weight * 2 ** (-DECAY_RATES[k]! * seconds) + 1);
const before = [1.5, 2.5, 4, 40, 300];

it.each([0, 1e-6, 0.003, 0.7, 25, 900])('tells a pause of %d s', (seconds) => {
  const step = streamStep(before, after(before, seconds), 1e-14)!;
  expect(Math.abs(step.seconds - seconds)).toBeLessThan(1e-9);
  expect(step.error).toBeLessThan(1e-9);
  expect(step.isStrong).toBe(seconds < 100); // of 900 s only the longest window still tells
});

it('reads weights that are written with ten digits', () => {
  const ten = (weights: readonly number[]) =>
    weights.map((weight) => Number(weight.toPrecision(10)));
  const step = streamStep(ten(before), ten(after(before, 2.25)), 1e-9)!;
  expect(Math.abs(step.seconds - 2.25)).toBeLessThan(1e-6);
});

it('knows that rows are not of one stream', () => {
  const other = after(before, 3);
  other[2]! += 1e-4;
  expect(streamStep(before, other, 1e-14)).toBeUndefined();
  expect(streamStep(before, [1, 1, 1, 1, 1], 1e-14)).toBeUndefined(); // the first packet of another
  expect(streamStep([1, 1, 1, 1, 1], before, 1e-14)).toBeUndefined(); // more packets than one
});
