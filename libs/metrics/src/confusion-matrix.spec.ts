import { ConfusionMatrix, scores, type ConfusionMatrixJson } from './index';

describe('ConfusionMatrix', () => {
  it('counts truth in rows and predictions in columns, batch by batch', () => {
    const matrix = new ConfusionMatrix(['benign', 'attack']);
    matrix.add([0, 0, 1], [0, 1, 1]).add(Uint8Array.of(1, 1), [0, 1]);
    expect(matrix.counts).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(matrix.total).toBe(5);
  });

  it('names classes by their number when only told how many there are', () => {
    expect(new ConfusionMatrix(3).classes).toEqual(['0', '1', '2']);
  });

  it('hands out copies', () => {
    const matrix = new ConfusionMatrix(2).add([0], [0]);
    matrix.counts[0]![0] = 99;
    expect(matrix.counts).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it('merges what was counted elsewhere', () => {
    const here = new ConfusionMatrix(2).add([0, 1], [1, 1]);
    const there = new ConfusionMatrix(2).add([0, 0], [1, 0]);
    expect(here.merge(there).counts).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(there.total).toBe(2);
    expect(() => here.merge(new ConfusionMatrix(['a', 'b']))).toThrow(
      new RangeError('Cannot merge confusion matrices: expected the classes 0, 1, got a, b.'),
    );
  });

  it('survives JSON', () => {
    const matrix = new ConfusionMatrix(['benign', 'attack']).add([0, 1, 1], [1, 1, 0]);
    const copy = ConfusionMatrix.fromJSON(
      JSON.parse(JSON.stringify(matrix)) as ConfusionMatrixJson,
    );
    expect(copy).toEqual(matrix);
    expect(copy.toJSON()).toEqual({
      classes: ['benign', 'attack'],
      counts: [
        [0, 1],
        [1, 1],
      ],
    });
    expect(scores(copy)).toEqual(scores(matrix));
  });

  it.each([
    ['too few rows', [[1, 2]]],
    ['a ragged row', [[1, 2], [3]]],
    ['half a row counted', [[1, 0.5], [0, 0]]], // prettier-ignore
    ['a negative count', [[1, -1], [0, 0]]], // prettier-ignore
  ])('refuses a file with %s', (_, counts) => {
    expect(() => ConfusionMatrix.fromJSON({ classes: ['a', 'b'], counts })).toThrow(
      'Cannot read a confusion matrix: expected 2 × 2 whole numbers for the classes a, b',
    );
  });

  it.each([
    ['unequal lengths', [0, 1], [0], 'expected one for each of 2 rows, got 1'],
    ['a true label past the last class', [0, 2], [0, 0], 'got 2 in row 1'],
    ['a negative prediction', [0, 1], [0, -1], 'got -1 in row 1'],
    ['half a class', [0.5], [0], 'got 0.5 in row 0'],
    ['no number at all', [NaN], [0], 'got NaN in row 0'],
  ])('refuses %s, and counts nothing of that batch', (_, truth, prediction, message) => {
    const matrix = new ConfusionMatrix(2);
    expect(() => matrix.add(truth, prediction)).toThrow(RangeError);
    expect(() => matrix.add(truth, prediction)).toThrow(message);
    expect(matrix.total).toBe(0);
  });

  it.each([0, -1, 1.5, NaN])('refuses %p classes', (classes) => {
    expect(() => new ConfusionMatrix(classes)).toThrow('expected at least one class');
  });
});
