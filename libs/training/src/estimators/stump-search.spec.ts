import { ConfusionMatrix, scores } from '@botlab/metrics';
import fc from 'fast-check';
import { searchStump, type StumpSplit } from './stump-search';
import { STUMP_GOALS, type StumpGoal } from './stump-score';

const COLUMNS = 2;
const NAMES = ['benign', 'tcp', 'udp', 'absent'];

interface Rows {
  readonly x: Float32Array;
  readonly y: Uint8Array;
}

/** Rows of few values, so that many are equal; the last class has none. */
const someRows: fc.Arbitrary<Rows> = fc
  .array(
    fc.tuple(
      fc.constantFrom(-1e30, -2.5, -1, -0, 0, 1e-40, 1, 3, 1e30),
      fc.constantFrom(0, 1, 2),
      fc.nat(2),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows) => ({
    x: Float32Array.from(rows.flatMap(([a, b]) => [a, b])),
    y: Uint8Array.from(rows, ([, , label]) => label),
  }));

function worth({ x, y }: Rows, goal: StumpGoal, split: StumpSplit): number {
  const { column, threshold, below, above } = split;
  const predicted = y.map((_, row) => (x[row * COLUMNS + column]! > threshold ? above : below));
  const { accuracy, macroF1 } = scores(new ConfusionMatrix(NAMES).add(y, predicted));
  return goal === 'accuracy' ? accuracy : macroF1;
}

/** The best of all splits, tried one by one; one answer for all rows comes first. */
function best(rows: Rows, goal: StumpGoal): number {
  const { x, y } = rows;
  const present = [...new Set(y)];
  const values = present.map((label) =>
    worth(rows, goal, { column: 0, threshold: Infinity, below: label, above: label }),
  );
  for (let column = 0; column < COLUMNS; column++) {
    for (const threshold of x.filter((_, i) => i % COLUMNS === column)) {
      for (const below of present) {
        for (const above of present) {
          values.push(worth(rows, goal, { column, threshold, below, above }));
        }
      }
    }
  }
  return Math.max(...values);
}

it.each(STUMP_GOALS)('finds the best of all splits for %s', async (goal) => {
  await fc.assert(
    fc.asyncProperty(someRows, async (rows) => {
      const found = await searchStump(rows, NAMES.length, goal);
      expect(worth(rows, goal, found)).toBeCloseTo(best(rows, goal), 12);
    }),
    { numRuns: 300 },
  );
});

it('takes the first of equally good splits, with the threshold in the middle', async () => {
  const x = Float32Array.of(0, 5, 0, 5, 4, 9, 4, 9); // both columns part the classes
  const found = await searchStump({ x, y: Uint8Array.of(0, 0, 1, 1) }, 2, 'accuracy');
  expect(found).toEqual({ column: 0, threshold: 2, below: 0, above: 1 });
});

it('has no row above where no split is better than one answer', async () => {
  const x = Float32Array.of(1, 0, 7, 0, 7, 0);
  const found = await searchStump({ x, y: Uint8Array.of(2, 1, 2) }, 3, 'accuracy');
  expect(found).toEqual({ column: 0, threshold: 7, below: 2, above: 2 });
});

it('names a rarer class where that has the higher macro F1', async () => {
  const y = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1);
  const x = Float32Array.from([0, 0, 0, 1, 1, 1, 1, 1].flatMap((value) => [value, 0]));
  expect(await searchStump({ x, y }, 2, 'accuracy')).toMatchObject({ below: 0, above: 0 });
  expect(await searchStump({ x, y }, 2, 'macro-f1')).toEqual({
    ...{ column: 0, threshold: 0.5, below: 0, above: 1 },
  });
});

it('lies between neighbours among float32, where there is nothing between', async () => {
  const next = new Float32Array(new Uint32Array([0x3f800001]).buffer)[0]!;
  const x = Float32Array.of(1, 0, next, 0);
  const { threshold } = await searchStump({ x, y: Uint8Array.of(0, 1) }, 2, 'accuracy');
  expect(threshold).toBe(1);
});

it('ends between two columns when it is told to', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const search = searchStump({ x: new Float32Array(20), y: Uint8Array.of(0, 1) }, 2, 'accuracy', {
    signal: controller.signal,
    onProgress: (done) => {
      seen.push(done);
      if (done === 3) controller.abort(new Error('enough'));
    },
  });
  await expect(search).rejects.toThrow('enough');
  expect(seen).toEqual([1, 2, 3]);
});
