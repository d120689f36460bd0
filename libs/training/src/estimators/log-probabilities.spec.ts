import { logProbabilities } from './log-probabilities';

it('are finite, sum to 1, and keep the order of classes and rows', () => {
  const shares = Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.35, 0.4);
  const { logits, labels } = logProbabilities(shares, 3);
  expect([...labels]).toEqual([0, 0, 2]);
  for (const row of [0, 1, 2]) {
    const ofRow = [...logits.subarray(3 * row, 3 * row + 3)];
    expect(ofRow.reduce((sum, logit) => sum + Math.exp(logit), 0)).toBeCloseTo(1, 6);
  }
  const order = (values: Float32Array) =>
    [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  expect(order(logits)).toEqual(order(shares));
  expect(logits[1]).toBeCloseTo(Math.log(0.001 / 3), 6);
});
