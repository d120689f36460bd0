import { InputError } from '@botlab/errors';
import fc from 'fast-check';
import { Scaler, SCALERS, type ScalerInput, type ScalerKind } from './scaler';

const AFFINE = ['standard', 'min-max', 'log'] as const satisfies ScalerKind[];

function input(rows: readonly (readonly number[])[]): ScalerInput {
  const columns = (rows[0] ?? []).map((_, i) => `c${i}`);
  return { features: Float64Array.from(rows.flat()), columns };
}
const all = (rows: readonly unknown[]): Uint32Array =>
  new Uint32Array(rows.length).map((_, i) => i);

/** For each column whether the scaler holds it for constant. */
function constants(scaler: Scaler): boolean[] {
  const { parameters } = scaler;
  return 'scale' in parameters
    ? parameters.scale.map((scale) => scale === 0)
    : parameters.knots.map((knots) => knots.length === 0);
}

describe('Scaler', () => {
  it('standard: mean 0, deviation 1', () => {
    const rows = [[2], [4], [4], [4], [5], [5], [7], [9]];
    const scaler = Scaler.fit('standard', input(rows), all(rows));
    expect(scaler.toJSON()).toEqual({ kind: 'standard', columns: ['c0'], offset: [5], scale: [2] });
    expect([...scaler.transform(input(rows), Uint32Array.of(7, 0))]).toEqual([2, -1.5]);
  });

  it('min-max: 0 to 1', () => {
    const rows = [
      [-2, 10],
      [6, 20],
      [2, 40],
    ];
    const scaler = Scaler.fit('min-max', input(rows), all(rows));
    expect([...scaler.transform(input(rows), all(rows))]).toEqual([
      0,
      0,
      1,
      Math.fround(1 / 3),
      0.5,
      1,
    ]);
  });

  it('log: the size of a number counts, and its sign', () => {
    const rows = [[0], [Math.E - 1], [1 - Math.E], [Math.E ** 3 - 1], [1 - Math.E ** 3]];
    const scaler = Scaler.fit('log', input(rows), all(rows));
    expect(scaler.parameters.offset[0]).toBeCloseTo(0, 12);
    expect(scaler.parameters.scale[0]).toBeCloseTo(2, 12);
    const scaled = scaler.transform(input(rows), all(rows));
    [0, 0.5, -0.5, 1.5, -1.5].forEach((value, row) => expect(scaled[row]).toBeCloseTo(value, 6));
  });

  it('log: no row of a long tail is far from the others', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [i === 0 ? 1e12 : i % 10]);
    const farthest = (kind: 'standard' | 'log') =>
      Math.max(...Scaler.fit(kind, input(rows), all(rows)).transform(input(rows), all(rows)));
    expect(farthest('standard')).toBeGreaterThan(31);
    expect(farthest('log')).toBeLessThan(25);
    expect(farthest('log')).toBeLessThan(farthest('standard'));
  });

  it('looks at the rows given only', () => {
    const rows = [[0], [1000], [2]];
    const fit = <Kind extends ScalerKind>(kind: Kind) =>
      Scaler.fit(kind, input(rows), Uint32Array.of(0, 2)).parameters;
    expect(fit('min-max').scale).toEqual([2]);
    expect(fit('standard').offset).toEqual([1]);
    expect(fit('quantile').knots).toEqual([[0, 2]]);
  });

  it.each(SCALERS)('%s: refuses what is no finite number in a constant column too', (kind) => {
    const rows = [
      [1, 5],
      [2, 5],
    ];
    const scaler = Scaler.fit(kind, input(rows), all(rows));
    for (const value of [NaN, Infinity]) {
      expect(() => scaler.transform(input([[1, value]]), Uint32Array.of(0))).toThrow(
        `its c1 of ${value} is no finite number`,
      );
    }
  });

  it.each(SCALERS)('%s: constant columns become 0, also where the value is new', (kind) => {
    const rows = Array.from({ length: 1000 }, () => [0.1, 1e17 / 3]);
    const scaler = Scaler.fit(kind, input(rows), all(rows));
    expect(constants(scaler)).toEqual([true, true]);
    expect([...scaler.transform(input([[0.1, 5]]), Uint32Array.of(0))]).toEqual([0, 0]);
  });

  it('is not misled by rounding over many rows', () => {
    // Sums of so many times differ from their exact value: the mean by 2 ms, the variance from 0.
    const rows = Array.from({ length: 100_003 }, (_, i) => [1505661693.123, 1505661693 + (i % 2)]);
    const { offset, scale } = Scaler.fit('standard', input(rows), all(rows)).parameters;
    expect(offset[0]).toBe(1505661693.123);
    expect(scale[0]).toBe(0);
    expect(Math.abs((offset[1] ?? 0) - 1505661693.499995)).toBeLessThan(1e-6);
    expect(scale[1]).toBeCloseTo(0.5, 9);
  });

  it('keeps what float32 would lose: seconds on top of 1.5e9, and 1e17 beside 1e-12', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [1505661693 + i, i * 1e15, 1 + i * 1e-12]);
    const scaler = Scaler.fit('standard', input(rows), all(rows));
    const deviation = Math.sqrt((100 ** 2 - 1) / 12);
    const scaled = scaler.transform(input(rows), all(rows));
    rows.forEach((_, i) => {
      const expected = (i - 49.5) / deviation;
      expect(scaled[i * 3]).toBeCloseTo(expected, 6);
      expect(scaled[i * 3 + 1]).toBeCloseTo(expected, 6);
      expect(scaled[i * 3 + 2]).toBeCloseTo(expected, 3);
    });
  });

  it.each(AFFINE)('%s: can be undone', (kind) => {
    const value = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 }), (rows) => {
        const scaler = Scaler.fit(kind, input(rows), all(rows));
        const { parameters } = scaler;
        scaler.transform(input(rows), all(rows)).forEach((scaled, i) => {
          const [offset = 0, scale = 0] = [parameters.offset[i % 2], parameters.scale[i % 2]];
          const given = rows.flat()[i] ?? 0;
          const value = kind === 'log' ? Math.sign(given) * Math.log1p(Math.abs(given)) : given;
          // float32 holds 24 bits of a value that lies within some deviations of the mean.
          expect(Math.abs(scaled * scale + offset - value)).toBeLessThanOrEqual(
            1e-6 * Math.max(scale, Math.abs(value - offset)) + 1e-9 * Math.abs(offset),
          );
        });
      }),
    );
  });

  it.each(SCALERS)('%s: survives JSON to the last bit', (kind) => {
    const rows = [
      [0.1, 1e17],
      [0.7, 3],
      [1 / 3, -5e-9],
    ];
    const scaler = Scaler.fit(kind, input(rows), all(rows));
    const again = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(again).toBeInstanceOf(Scaler);
    expect(again.toJSON()).toEqual(scaler.toJSON());
    expect(again.transform(input(rows), all(rows))).toEqual(
      scaler.transform(input(rows), all(rows)),
    );
  });

  const json = { kind: 'standard', columns: ['a', 'b'], offset: [0, 1], scale: [1, 0] };
  const curves = { ...json, kind: 'quantile', knots: [[0, 2], []], scores: [[-1, 1], []] };
  it.each<[unknown, string]>([
    [null, 'it is not an object'],
    [{ ...json, kind: 'robust' }, 'its kind is not one of standard, min-max, log, quantile'],
    [{ ...json, columns: 'ab' }, 'it has no list of columns'],
    [{ ...json, columns: ['a', 1] }, 'it has no list of columns'],
    [{ ...json, offset: [0] }, 'its offset is not a list of 2 numbers'],
    [{ ...json, offset: [0, null] }, 'its offset is not a list of 2 numbers'],
    [{ ...json, scale: [1, -1] }, 'its scale is not a list of 2 numbers of 0 or more'],
    [{ ...json, kind: 'quantile' }, 'its knots are not 2 lists of numbers'],
    [{ ...curves, kind: 'log', scale: undefined }, 'its scale is not a list of 2 numbers of 0 or'],
    [{ ...curves, knots: [[0, 2]] }, 'its knots are not 2 lists of numbers'],
    [{ ...curves, knots: [[0, null], []] }, 'its knots are not 2 lists of numbers'],
    [{ ...curves, scores: [[0, '1'], []] }, 'its scores are not 2 lists of numbers'],
    [{ ...curves, scores: [[0], []] }, 'its column a has 1 scores for 2 knots'],
    [{ ...curves, scores: [[-1, 1], [0]] }, 'its column b has 1 scores for 0 knots'],
    [{ ...curves, knots: [[0, 2], [3]], scores: [[-1, 1], [0]] }, 'its column b has 1 knot, where'],
    [{ ...curves, knots: [[2, 0], []] }, 'its column a has knots that do not ascend: 0 after 2'],
    [{ ...curves, knots: [[2, 2], []] }, 'its column a has knots that do not ascend: 2 after 2'],
    [{ ...curves, scores: [[1, -1], []] }, 'its column a has scores that fall: -1 after 1'],
  ])('refuses JSON %j', (stored, fault) => {
    expect(() => Scaler.fromJSON(stored, 'scaler.json')).toThrow(
      `Cannot use scaler.json: ${fault}`,
    );
    expect(() => Scaler.fromJSON(stored)).toThrow(/; fit it again\.$/);
    for (const whole of [json, curves]) expect(() => Scaler.fromJSON(whole)).not.toThrow();
  });

  it('refuses no rows, other columns, and values that float32 cannot hold', () => {
    const rows = [[1], [1 + 1e-9]];
    expect(() => Scaler.fit('standard', input(rows), new Uint32Array())).toThrow('to no rows');
    const scaler = Scaler.fit('standard', input(rows), all(rows));
    const other = { features: Float64Array.of(1), columns: ['x'] };
    expect(() => scaler.transform(other, Uint32Array.of(0))).toThrow(
      'its column 1 is x, but the scaler was fitted with c0 there',
    );
    expect(() => scaler.transform(input([[1], [1e30]]), Uint32Array.of(0, 1))).toThrow(
      /^Cannot scale row 2: its c0 of 1e\+30 is too far outside the training rows, whose spread is 5\..*e-10; correct the cell, train on rows that cover it, or leave the column out \(--drop c0\)\.$/,
    );
  });

  it.each(SCALERS)('%s: what differs by rounding alone is constant', (kind) => {
    // As genuine rows have them: covariances of 1e-29 and correlations of 1e-17 beside many zeros,
    // sums that differ in the last bit, and a clock whose mean no sum of so many rows has exactly.
    const rows = Array.from({ length: 1000 }, (_, i) => [
      i % 50 ? 0 : 2e-29,
      i % 50 ? 0 : -1.5e-17,
      98.30000000000001 + (i % 2) * 1.5e-14,
      1505661693.5 + (i % 2) * 2.4e-7,
    ]);
    const scaler = Scaler.fit(kind, input(rows), all(rows));
    expect(constants(scaler)).toEqual([true, true, true, true]);
    const far = input([[4e4, 1, 5, 0]]);
    expect([...scaler.transform(far, Uint32Array.of(0))]).toEqual([0, 0, 0, 0]);
  });

  it.each(SCALERS)('%s: what is small and differs is not constant', (kind) => {
    const rows = Array.from({ length: 1000 }, (_, i) => [(i % 2) * 1e-12, 60 + (i % 2) * 1e-9]);
    expect(constants(Scaler.fit(kind, input(rows), all(rows)))).toEqual([false, false]);
  });

  /** One column from two files, the rows of the second last first. */
  function fromFiles(values: readonly number[]): ScalerInput {
    const half = values.length / 2;
    return {
      ...input(values.map((value) => [value])),
      file: Uint16Array.from(values, (_, i) => Number(i >= half)),
      files: ['a.csv', 'b.csv'].map((name) => ({ name, device: 'd', label: 0, rows: half })),
      row: Uint32Array.from(values, (_, i) => (i < half ? i : values.length - 1 - i)),
    };
  }

  it('names the file and the row of a value that it cannot scale', () => {
    const table = fromFiles([1, 2, 3, 4, 1e60, 5]);
    const scaler = Scaler.fit('standard', table, Uint32Array.of(0, 1, 2, 3, 5));
    expect(() => scaler.transform(table, all([1, 2, 3, 4, 5, 6]))).toThrow(
      'Cannot scale row 2 below the header of b.csv: its c0 of 1e+60 is too far outside',
    );
  });

  it.each(SCALERS)('%s: names a value that is no finite number', (kind) => {
    const table = fromFiles([1, 2, 3, 4, 5, 6]);
    const scaler = Scaler.fit(kind, table, all([1, 2, 3, 4, 5, 6]));
    for (const value of [NaN, Infinity, -Infinity]) {
      const spoilt = fromFiles([1, 2, 3, 4, value, 6]);
      const sentence = `Cannot scale row 2 below the header of b.csv: its c0 of ${value} is no finite number; correct the cell, or leave the column out (--drop c0).`;
      expect(() => scaler.transform(spoilt, all([1, 2, 3, 4, 5, 6]))).toThrow(sentence);
      expect(() => Scaler.fit(kind, spoilt, all([1, 2, 3, 4, 5, 6]))).toThrow(sentence);
    }
  });

  it.each<['standard' | 'min-max', number[], string]>([
    ['standard', [1, 2, 3, 4, 1e200, 5], 'row 2 below the header of b.csv: its c0 of 1e+200 is so'],
    [
      'standard',
      [1, -1.7e308, 3, 4, 1.6e308, 5],
      'row 2 below the header of a.csv: its c0 of -1.7',
    ],
    ['min-max', [1, 1.7e308, 3, 4, -1.6e308, 5], 'row 2 below the header of a.csv: its c0 of 1.7'],
  ])('%s: is not fitted to %j, and names the cell', (kind, values, sentence) => {
    expect(() => Scaler.fit(kind, fromFiles(values), all(values))).toThrow(
      `Cannot scale ${sentence}`,
    );
    expect(() => Scaler.fit(kind, fromFiles(values), all(values))).toThrow(
      `so large that the ${kind} scaler's spread of the column is no number; correct the cell, scale by log (--scaler log), or leave the column out (--drop c0).`,
    );
    expect(() => Scaler.fit('log', fromFiles(values), all(values))).not.toThrow();
  });

  it.each(SCALERS)('%s: is refused, or read again as it was, for any numbers', (kind) => {
    let fitted = 0;
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), (values) => {
        const table = input(values.map((one) => [one]));
        try {
          const scaler = Scaler.fit(kind, table, all(values));
          const scaled = scaler.transform(table, all(values));
          const again = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
          expect(again.transform(table, all(values))).toEqual(scaled);
          expect(scaled.every(Number.isFinite)).toBe(true);
          fitted++;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).toMatch(/^Cannot scale row \d: its c0 of /);
        }
      }),
    );
    expect(fitted).toBeGreaterThan(kind === 'standard' ? 10 : 40);
  });
});
