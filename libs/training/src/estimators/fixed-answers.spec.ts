import { answerFrom, answerRows, joinAnswers } from './fixed-answers';

const shares = (logits: Float32Array): number[] => [...logits].map(Math.exp);

it('smooths by a row of each class, and another one of the class that is answered', () => {
  const { logits, labels } = answerFrom([6, 0, 2]);
  expect([...labels]).toEqual([0]);
  [8 / 12, 1 / 12, 3 / 12].forEach((share, c) => expect(shares(logits)[c]).toBeCloseTo(share, 6));
});

it('makes a rarer class that is answered the likeliest', () => {
  const { logits, labels } = answerFrom([6, 0, 2], 2);
  expect([...labels]).toEqual([2]);
  [3 / 12, 1 / 12, 8 / 12].forEach((share, c) => expect(shares(logits)[c]).toBeCloseTo(share, 6));
});

it('makes the second of two equally frequent classes the likeliest, and the first where none is named', () => {
  const second = answerFrom([4, 4], 1);
  expect(second.logits[1]).toBeGreaterThan(second.logits[0]!);
  expect([...answerFrom([4, 4]).labels]).toEqual([0]);
});

it('has an answer where no row is', () => {
  const { logits, labels } = answerFrom([0, 0, 0], 1);
  expect([...labels]).toEqual([1]);
  [1 / 4, 2 / 4, 1 / 4].forEach((share, c) => expect(shares(logits)[c]).toBeCloseTo(share, 6));
});

it('gives rows the answers at their places', () => {
  const both = joinAnswers([answerFrom([1, 0]), answerFrom([0, 1])]);
  const { logits, labels } = answerRows(both, 3, (row) => row % 2);
  expect([...labels]).toEqual([0, 1, 0]);
  expect(logits.slice(0, 2)).toEqual(logits.slice(4, 6));
  expect(logits[3]).toBeGreaterThan(logits[2]!);
});
