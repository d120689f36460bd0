import { ConfusionMatrix, scores } from './index';

describe('scores', () => {
  it('follows from the matrix, by hand', () => {
    // benign: 8 of 10 found, 1 attack let through; attack: 4 of 5 found, 2 false alarms.
    const { classes, ...overall } = scores(
      ConfusionMatrix.fromJSON({
        classes: ['benign', 'attack'],
        counts: [
          [8, 2],
          [1, 4],
        ],
      }),
    );
    const benignF1 = 16 / 19;
    const attackF1 = 8 / 11;
    expect(classes).toEqual([
      {
        name: 'benign',
        support: 10,
        precision: 8 / 9,
        recall: 0.8,
        f1: benignF1,
        falsePositiveRate: 0.2,
      },
      {
        name: 'attack',
        support: 5,
        precision: 4 / 6,
        recall: 0.8,
        f1: attackF1,
        falsePositiveRate: 0.2,
      },
    ]);
    expect(overall.rows).toBe(15);
    expect(overall.accuracy).toBe(12 / 15);
    expect(overall.macroPrecision).toBeCloseTo((8 / 9 + 4 / 6) / 2, 14);
    expect(overall.macroRecall).toBeCloseTo(0.8, 14);
    expect(overall.macroF1).toBeCloseTo((benignF1 + attackF1) / 2, 14);
    expect(overall.weightedF1).toBeCloseTo((10 * benignF1 + 5 * attackF1) / 15, 14);
    expect(overall.attackF1).toBe(attackF1);
    expect(overall.falsePositiveRate).toBe(0.2);
  });

  it('leaves a class that never occurs out of the mean, but not one that is only predicted', () => {
    const perfect = new ConfusionMatrix(['a', 'b', 'never']).add([0, 1], [0, 1]);
    expect(scores(perfect).macroF1).toBe(1);
    const dragged = new ConfusionMatrix(['a', 'b', 'imagined']).add([0, 1, 1], [0, 1, 2]);
    expect(scores(dragged).macroF1).toBeCloseTo((1 + 2 / 3 + 0) / 3, 14);
  });

  it('has binary scores with two classes only', () => {
    expect(scores(new ConfusionMatrix(3).add([0], [0]))).not.toHaveProperty('attackF1');
    expect(scores(new ConfusionMatrix(3).add([0], [0]))).not.toHaveProperty('falsePositiveRate');
  });

  it('never holds NaN, so that JSON keeps every number', () => {
    const one = scores(new ConfusionMatrix(2).add([0, 0], [0, 0]));
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(one.attackF1).toBe(0);
  });

  it('refuses an empty matrix', () => {
    expect(() => scores(new ConfusionMatrix(2))).toThrow('add predictions first');
  });
});
