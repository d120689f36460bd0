import fc from 'fast-check';
import { ceiling, ConfusionMatrix, scores } from './index';

/** Both optima by trying every function from the distinct rows to the classes that occur. */
function bruteForce(rows: readonly (readonly [feature: number, label: number])[]) {
  const features = [...new Set(rows.map(([feature]) => feature))];
  const answers = [...new Set(rows.map(([, label]) => label))];
  let accuracy = 0;
  let macroF1 = 0;
  for (let code = 0; code < answers.length ** features.length; code++) {
    const answer = (feature: number) =>
      answers[Math.floor(code / answers.length ** features.indexOf(feature)) % answers.length]!;
    const reached = scores(
      new ConfusionMatrix(4).add(
        rows.map(([, label]) => label),
        rows.map(([feature]) => answer(feature)),
      ),
    );
    accuracy = Math.max(accuracy, reached.accuracy);
    macroF1 = Math.max(macroF1, reached.macroF1);
  }
  return { accuracy, macroF1 };
}

describe('ceiling', () => {
  it('is what the best function of the features reaches', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 16 }), (rows) => {
        const best = ceiling(
          Float32Array.from(rows.flatMap(([feature]) => [7, feature])),
          2,
          rows.map(([, label]) => label),
          4,
        );
        const truth = bruteForce(rows);
        expect(best.exact).toBe(true);
        expect(best.accuracy).toBeCloseTo(truth.accuracy, 12);
        expect(best.macroF1).toBeCloseTo(truth.macroF1, 12);
      }),
      { numRuns: 300 },
    );
  });

  it('sends half of the half-and-half groups each way', () => {
    // Six feature vectors, each seen once as either class: the majority answer has macro F1 1/3.
    const features = Float32Array.from({ length: 12 }, (_, row) => row >> 1);
    const labels = Uint8Array.from(features, (_, row) => row & 1);
    expect(ceiling(features, 1, labels, 2)).toEqual({
      accuracy: 0.5,
      macroF1: 0.5,
      exact: true,
      ambiguousRows: 12,
      distinctRows: 6,
      groups: 6,
    });
  });

  it('is 1 where no two rows of different classes are the same', () => {
    expect(ceiling(Float32Array.of(1, 2, 2, 3), 1, [0, 1, 1, 0], 11)).toMatchObject({
      accuracy: 1,
      macroF1: 1,
      ambiguousRows: 0,
      distinctRows: 3,
      groups: 0,
    });
  });

  it('takes -0 for 0', () => {
    expect(ceiling(Float32Array.of(0, -0, -0), 1, [0, 1, 1], 2).accuracy).toBe(2 / 3);
  });

  it('reads a view into a larger buffer', () => {
    const features = Float32Array.of(9, 9, 1, 2, 1, 2).subarray(2);
    expect(ceiling(features, 2, [0, 1], 2)).toMatchObject({ accuracy: 0.5, distinctRows: 1 });
  });

  it.each([
    ['no rows', [], [], 'some rows of 1 features and a label each, got 0 features and 0 labels'],
    ['a row without label', [1, 2], [0], 'got 2 features and 1 labels'],
    ['a label out of range', [1, 2], [0, 2], 'got 2 in row 1'],
  ])('refuses %s', (_, features, labels, message) => {
    expect(() => ceiling(Float32Array.from(features), 1, labels, 2)).toThrow(message);
  });
});
