import fc from 'fast-check';
import { fitStump, predictStump, type Stump } from './index';

const everyRow = (attack: ArrayLike<number>) => Uint32Array.from(attack, (_, row) => row);

function accuracy(stump: Stump, table: Float64Array, columns: string[], attack: number[]): number {
  const said = predictStump(stump, table, columns, everyRow(attack));
  return attack.filter((label, row) => said[row] === label).length / attack.length;
}

describe('fitStump', () => {
  it('finds the feature and the threshold that tell attacks apart', () => {
    const table = Float64Array.of(5, 1, 4, 2, 6, 30, 3, 40);
    const attack = Uint8Array.of(0, 0, 1, 1);
    expect(fitStump(table, ['noise', 'rate'], everyRow(attack), attack)).toEqual({
      feature: 'rate',
      threshold: 16,
      attackAbove: true,
    });
  });

  it('can find attacks below the threshold', () => {
    const attack = Uint8Array.of(1, 1, 0);
    expect(fitStump(Float64Array.of(1, 2, 4), ['x'], everyRow(attack), attack)).toEqual({
      feature: 'x',
      threshold: 3,
      attackAbove: false,
    });
  });

  it('is as accurate as the best of all thresholds and directions', () => {
    const row = fc.tuple(
      fc.constantFrom(-3, -0, 0, 0.5, 2, 1e300),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 1 }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const columns = ['x', 'y'];
        const table = Float64Array.from(rows.flatMap(([x, y]) => [x, y]));
        const attack = rows.map(([, , label]) => label);
        const stump = fitStump(table, columns, everyRow(attack), Uint8Array.from(attack));
        const rivals = columns.flatMap((feature) =>
          [-5, ...table].flatMap((threshold) =>
            [true, false].map((attackAbove) => ({ feature, threshold, attackAbove })),
          ),
        );
        const best = Math.max(...rivals.map((rival) => accuracy(rival, table, columns, attack)));
        expect(accuracy(stump, table, columns, attack)).toBe(best);
      }),
    );
  });

  it.each([
    ['neighbours whose middle rounds down', 1, 1 + 2 ** -52, 1],
    ['neighbours whose middle rounds up', 1 + 2 ** -52, 1 + 2 ** -51, 1 + 2 ** -52],
    ['values whose sum overflows', 2 ** 1023, 1.5 * 2 ** 1023, 1.25 * 2 ** 1023],
    ['values whose difference overflows', -Number.MAX_VALUE, Number.MAX_VALUE, 0],
    ['values whose halves underflow', 0, Number.MIN_VALUE, 0],
  ])('separates %s', (_, low, high, threshold) => {
    const attack = Uint8Array.of(0, 1);
    const table = Float64Array.of(low, high);
    const stump = fitStump(table, ['x'], everyRow(attack), attack);
    expect([...predictStump(stump, table, ['x'], everyRow(attack))]).toEqual([0, 1]);
    expect(stump.threshold).toBe(threshold);
  });

  it('takes the first of equally good features', () => {
    const attack = Uint8Array.of(0, 1);
    expect(
      fitStump(Float64Array.of(1, 1, 2, 2), ['first', 'second'], everyRow(attack), attack).feature,
    ).toBe('first');
  });

  it('gives every row one answer where there is only one class', () => {
    const table = Float64Array.of(1, 2, 3);
    for (const label of [0, 1]) {
      const attack = Uint8Array.of(label, label, label);
      const stump = fitStump(table, ['x'], everyRow(attack), attack);
      expect([...predictStump(stump, table, ['x'], everyRow(attack))]).toEqual([...attack]);
      expect(stump.threshold).toBe(3);
    }
  });

  it('looks at the given rows only', () => {
    const table = Float64Array.of(1, 9, 2, 8);
    const attack = Uint8Array.of(0, 0, 1, 1);
    expect(fitStump(table, ['x'], Uint32Array.of(0, 2), attack).threshold).toBe(1.5);
  });

  it('refuses what it cannot fit or apply', () => {
    const attack = Uint8Array.of(0, 1);
    const bad = Float64Array.of(1, NaN);
    expect(() => fitStump(bad, ['x'], everyRow(attack), attack)).toThrow('row 1, column x');
    expect(() => fitStump(bad, ['x'], new Uint32Array(0), attack)).toThrow('at least one row');
    const stump: Stump = { feature: 'rte', threshold: 0, attackAbove: true };
    expect(() => predictStump(stump, bad, ['rate'], everyRow(attack))).toThrow(
      'Unknown column "rte": expected one of rate; did you mean "rate"?',
    );
  });
});
