import { LearningRateSchedule, learningRateAt } from './learning-rate';

const rates = (schedule: unknown) =>
  [0, 1, 2, 3].map((epoch) => learningRateAt(LearningRateSchedule.parse(schedule), 0.1, epoch, 4));

it('stays constant, as the one rate that the paper gives', () => {
  expect(rates({ kind: 'constant' })).toEqual([0.1, 0.1, 0.1, 0.1]);
});

it('drops by steps', () => {
  const [a, b, c, d] = rates({ kind: 'step', every: 2, factor: 0.5 });
  expect([a, b]).toEqual([0.1, 0.1]);
  expect([c, d]).toEqual([0.05, 0.05]);
});

it('falls along half a cosine to its floor', () => {
  const [first, , middle, last] = rates({ kind: 'cosine', floor: 0.02 });
  expect(first).toBeCloseTo(0.1);
  expect(middle).toBeCloseTo(0.06);
  expect(last).toBeGreaterThan(0.02);
  expect(last).toBeLessThan(0.06);
});

it('rises in equal steps before it falls', () => {
  const warmed = { kind: 'cosine', warmup: 0.5 };
  [0.1 / 3, 0.2 / 3, 0.1, 0.05].forEach((rate, i) => expect(rates(warmed)[i]).toBeCloseTo(rate));
  expect(rates({ kind: 'cosine', warmup: 0.2 })).toEqual(rates({ kind: 'cosine' }));
  expect(() => rates({ kind: 'cosine', warmup: 1 })).toThrow();
});
