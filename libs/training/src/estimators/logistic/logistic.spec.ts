import { fitLogistic } from './logistic-fit';
import { logisticLoss } from './logistic-loss';
import { predictLogistic } from './logistic-predict';

const options = { c: 1, tolerance: 1e-6, iterations: 200 };
const x = Float32Array.of(-2, 0, -1, 1, 1, 0, 2, 1, 3, 0, 0.5, 1, -1.5, 0);
const y = Uint8Array.of(1, 1, 3, 3, 4, 4, 1);

it('has a gradient that is the slope of the loss', () => {
  for (const [classes, functions] of [
    [2, 1],
    [3, 3],
  ] as const) {
    const rows = { x, y: y.map((label) => label % classes), classes, width: 3 };
    const at = Float64Array.from({ length: 3 * functions }, (_, i) => Math.sin(i + 1));
    const loss = (weights: Float64Array) => logisticLoss(rows, 0.3, weights, at.slice());
    const gradient = at.slice();
    logisticLoss(rows, 0.3, at, gradient);
    at.forEach((value, i) => {
      const slope = (loss(at.with(i, value + 1e-5)) - loss(at.with(i, value - 1e-5))) / 2e-5;
      expect(gradient[i]).toBeCloseTo(slope, 7);
    });
  }
});

it('gives classes without training rows the probability of one row more', async () => {
  const { fitted } = await fitLogistic({ x, y }, { options, classes: 6 });
  const { logits, labels } = await predictLogistic(fitted, x);
  const shares = [...logits.slice(0, 6)].map(Math.exp);
  [0, 2, 5].forEach((label) => expect(shares[label]).toBeCloseTo(1 / 13, 6));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  expect(new Set(labels)).toEqual(new Set(y));
});

it('is the same whether rows come alone or together', async () => {
  const { fitted } = await fitLogistic({ x, y }, { options, classes: 5 });
  const together = await predictLogistic(fitted, x);
  for (let row = 0; row < y.length; row++) {
    const alone = await predictLogistic(fitted, x.subarray(row * 2, row * 2 + 2));
    expect(alone.logits).toEqual(together.logits.slice(row * 5, row * 5 + 5));
  }
});

it('ends after the iterations that it may take, and where it is told to', async () => {
  const few = { ...options, iterations: 3, tolerance: 1e-300 };
  expect((await fitLogistic({ x, y }, { options: few, classes: 5 })).iterations).toBe(3);
  const controller = new AbortController();
  const onProgress = (done: number) => {
    if (done === 2) controller.abort(new Error('enough'));
  };
  const fit = fitLogistic({ x, y }, { options, classes: 5, signal: controller.signal, onProgress });
  await expect(fit).rejects.toThrow('enough');
});
