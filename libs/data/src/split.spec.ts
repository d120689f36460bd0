import fc from 'fast-check';
import { InputError } from '@botlab/errors';
import { CLASSES } from './class-label';
import { identicalRows } from './identical-rows';
import { Scaler, type ScalerKind, SCALERS } from './scaler';
import { split, type Split, SPLITS, type SplitOptions } from './split';
import type { Table } from './table';
import { tableOf } from './table.fixture.spec';

/** 1100 rows of all classes, 3 devices and 11 files, every fourth row with a twin. */
function mixed(): Table {
  const indices = Array.from({ length: 1100 }, (_, i) => i);
  return tableOf(
    indices.map((i) => (i % 4 === 0 ? i % 100 : i)),
    indices.map((i) => i % CLASSES.length),
    { device: indices.map((i) => i % 3), file: indices.map((i) => i % CLASSES.length) },
  );
}

/** How many rows of each class are among `rows`. */
function classCounts(table: Table, rows: Uint32Array): number[] {
  return table.take(rows).classCounts();
}

function expectPartition(table: Table, { train, validation, test }: Split): void {
  const all = [...train, ...validation, ...test].sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: table.rows }, (_, i) => i));
  for (const side of [train, validation, test]) {
    expect([...side]).toEqual([...side].sort((a, b) => a - b));
  }
  for (const side of [train, test]) expect(side.length).toBeGreaterThan(0);
}

/** The devices that rows are of. */
function devicesOf(table: Table, rows: Uint32Array): Set<string | undefined> {
  return new Set(Array.from(rows, (row) => table.devices[table.device[row] ?? 0]));
}

/** Rows of one side that are equal to a row of another as float32 behind the scaler of `train`. */
function seenAcross(table: Table, parts: Split, kind: ScalerKind): number {
  const { train, validation, test } = parts;
  const scaler = Scaler.fit(kind, table, train);
  const seen = new Map<string, number>();
  let across = 0;
  for (const [side, rows] of [train, validation, test].entries()) {
    const scaled = scaler.transform(table, rows);
    rows.forEach((_, i) => {
      // As text -0 is 0.
      const key = scaled.subarray(i * table.columns.length, (i + 1) * table.columns.length).join();
      const before = seen.get(key);
      if (before !== undefined && before !== side) across++;
      seen.set(key, side);
    });
  }
  return across;
}

describe.each(SPLITS)('split by %s', (kind) => {
  it('puts every row on one side, ascending', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (seed, testFraction) => {
          const table = mixed();
          expectPartition(table, split(table, { kind, seed, testFraction }));
        },
      ),
      { numRuns: 10 },
    );
  });
  it('repeats with its seed', () => {
    expect(split(mixed(), { kind, seed: 5 })).toEqual(split(mixed(), { kind, seed: 5 }));
  });
  it('changes with the seed, except in time', () => {
    const tests = [1, 2, 3, 4, 5].map((seed) => split(mixed(), { kind, seed }).test.join());
    expect(new Set(tests).size > 1).toBe(kind !== 'time');
  });
  it('sets no validation rows aside unless asked to', () => {
    expect(split(mixed(), { kind, seed: 1 }).validation).toHaveLength(0);
  });
  it('takes validation rows from the training rows alone', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 1e-9, max: 0.9, noNaN: true }),
        (seed, validationFraction) => {
          const table = mixed();
          const parts = split(table, { kind, seed, validationFraction });
          expectPartition(table, parts);
          expect(parts.validation.length).toBeGreaterThan(0);
          expect(parts.test).toEqual(split(table, { kind, seed }).test);
          expect(parts).toEqual(split(table, { kind, seed, validationFraction }));
        },
      ),
      { numRuns: 10 },
    );
  });
  it('says what it validates on', () => {
    const { description } = split(mixed(), { kind, seed: 1, validationFraction: 0.1 });
    expect(description).toMatch(/^[^;]+; validated on [^;]+$/);
  });
});

describe('validation rows', () => {
  it('of a split by row: the fraction of the training rows, stratified', () => {
    const table = mixed();
    const parts = split(table, { kind: 'row', seed: 1, validationFraction: 0.25 });
    expect(classCounts(table, parts.validation)).toEqual(CLASSES.map(() => 20));
    expect(parts.description).toBe(
      'stratified by class, 80 % / 20 % of rows; validated on 25 % of the training rows, stratified by class',
    );
  });
  it('of a split by device: whole devices, neither trained nor tested on', () => {
    const table = mixed();
    const { train, validation, test } = split(table, {
      kind: 'device',
      seed: 1,
      validationFraction: 0.1,
    });
    const names = [train, validation, test].map((rows) => [...devicesOf(table, rows)]);
    expect(names.flat().sort()).toEqual(['device 0', 'device 1', 'device 2']);
  });
  it('of a split by time: the last before the test rows, in each file', () => {
    const file = Array.from({ length: 40 }, (_, i) => i % 2);
    const table = tableOf(file, file, { file });
    const parts = split(table, {
      kind: 'time',
      seed: 1,
      testFraction: 0.2,
      validationFraction: 0.25,
    });
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i);
    expect([...parts.train]).toEqual(numbers(0, 24));
    expect([...parts.validation]).toEqual(numbers(24, 32));
    expect([...parts.test]).toEqual(numbers(32, 40));
  });
  it('of a split by family: attacks of the family that is left, and benign rows', () => {
    const table = mixed();
    const { train, validation, test, description } = split(table, {
      kind: 'family',
      seed: 1,
      validationFraction: 0.25,
    });
    const watched = classCounts(table, validation);
    const trained = classCounts(table, train);
    expect(watched.slice(1).filter((count) => count > 0)).toEqual([100]);
    expect(watched.slice(6)).toEqual([0, 0, 0, 0, 0]);
    expect(trained.slice(1, 6).filter((count) => count > 0)).toEqual([100, 100, 100, 100]);
    expect([trained[0], watched[0], classCounts(table, test)[0]]).toEqual([60, 20, 20]);
    const held = CLASSES[watched.indexOf(100)]?.name ?? '';
    expect(description).toContain(
      `; validated on all rows of ${held} and 25 % of the benign training rows`,
    );
  });
  it('of a grouped split: no twins of rows trained on', () => {
    const table = mixed();
    const { group } = identicalRows(table);
    const parts = split(table, { kind: 'grouped', seed: 1, validationFraction: 0.1 });
    const groupsOf = (rows: Uint32Array) => new Set(Array.from(rows, (row) => group[row]));
    const [trained, watched, tested] = [parts.train, parts.validation, parts.test].map(groupsOf);
    for (const own of watched ?? []) {
      expect(trained?.has(own)).toBe(false);
      expect(tested?.has(own)).toBe(false);
    }
    expect(parts.validation.length).toBeGreaterThan(60);
  });
  it.each<[SplitOptions, Table, string]>([
    [
      { kind: 'row', seed: 1 },
      tableOf([1, 2], [0, 0]),
      'by row: 10 % of 1 rows leaves none to watch; take more rows, or another fraction.',
    ],
    [
      { kind: 'device', seed: 1 },
      tableOf([1, 2], [0, 1], { device: [0, 1] }),
      'by device: all rows are of device 0; add the files of another device, or split by row.',
    ],
    [
      { kind: 'family', seed: 1 },
      tableOf([1, 2, 3, 4, 5], [0, 0, 0, 3, 6]),
      'by family: gafgyt scan is the only attack among them; add files of another attack, or split by row.',
    ],
  ])('are refused where there can be none: %j', (options, table, reason) => {
    const seed = options.kind === 'device' ? { heldOut: ['device 1'] } : {};
    expect(() => split(table, { ...options, ...seed, validationFraction: 0.1 })).toThrow(
      `Cannot set validation rows aside from the training rows ${reason}`,
    );
  });
});

describe('split by row', () => {
  it('takes exactly its fraction, stratified', () => {
    const table = mixed();
    const { test, description } = split(table, { kind: 'row', seed: 1 });
    expect(test).toHaveLength(220);
    expect(classCounts(table, test)).toEqual(CLASSES.map(() => 20));
    expect(description).toBe('stratified by class, 80 % / 20 % of rows');
  });
  it('keeps a row of each class on each side, and the total', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 10 }), { minLength: 30, maxLength: 80 }),
        fc.integer(),
        (labels, seed) => {
          const table = tableOf(labels, labels);
          const { train, test } = split(table, { kind: 'row', seed, testFraction: 0.4 });
          const [trained, tested] = [classCounts(table, train), classCounts(table, test)];
          table.classCounts().forEach((count, label) => {
            if (count < 2) return;
            expect(trained[label]).toBeGreaterThan(0);
            expect(tested[label]).toBeGreaterThan(0);
          });
          expect(test.length).toBe(Math.round(0.4 * labels.length));
        },
      ),
    );
  });
});

describe('split by group', () => {
  it('keeps identical rows on one side, of every class that has two groups', () => {
    const row = fc.record({ value: fc.nat({ max: 40 }), label: fc.nat({ max: 2 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 20, maxLength: 200 }), fc.integer(), (rows, seed) => {
        // Values are of one class only, but for those below 5, which any class may have.
        const values = rows.map(({ value, label }) => (value < 5 ? value : 3 * value + label));
        const table = tableOf(
          values,
          rows.map(({ label }) => label),
        );
        const { group } = identicalRows(table);
        fc.pre(new Set(group).size > 10);
        const { train, test } = split(table, { kind: 'grouped', seed });
        const groupsOf = (side: Uint32Array, label?: number): Set<number | undefined> =>
          new Set(
            [...side]
              .filter((i) => label === undefined || table.label[i] === label)
              .map((i) => group[i]),
          );
        for (const own of groupsOf(test)) expect(groupsOf(train).has(own)).toBe(false);
        for (const label of [0, 1, 2]) {
          const own = Uint32Array.from(rows.keys());
          if (groupsOf(own, label).size < 8) continue;
          expect(groupsOf(train, label).size).toBeGreaterThan(0);
          expect(groupsOf(test, label).size).toBeGreaterThan(0);
        }
      }),
    );
  });
  it('comes near its fraction though a group is huge, which then is trained on', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 500 ? -1 : i));
    const table = tableOf(
      values,
      values.map(() => 4),
    );
    for (const seed of [1, 2, 3]) {
      const { train, test } = split(table, { kind: 'grouped', seed });
      expect(test).toHaveLength(200);
      expect(train[0]).toBe(0);
    }
  });
  it('gives up the smallest group where none fits', () => {
    const table = tableOf([7, 7, 7, 8, 8, 7], [1, 1, 1, 1, 1, 1]);
    expect([...split(table, { kind: 'grouped', seed: 1 }).test]).toEqual([3, 4]);
  });
  it('cannot split one group', () => {
    expect(() => split(tableOf([7, 7, 7], [0, 1, 2]), { kind: 'grouped', seed: 1 })).toThrow(
      'Cannot split 3 rows by grouped: no row would be left to test on; take more rows.',
    );
  });
});

describe.each(SCALERS)('split by group behind the scaler %s', (scaler) => {
  // The small values are far apart as float32, and one to a model beside values of 1e12.
  const values = Array.from({ length: 400 }, (_, i) =>
    i % 2 ? 1e-20 * i : (i % 4 ? 1e12 : -1e12) * 1.01 ** i,
  );
  const table = tableOf(
    values,
    values.map((_, i) => i % 3),
  );

  it('keeps rows on one side that the scaler makes equal', () => {
    const options = { kind: 'grouped', seed: 1, validationFraction: 0.2 } as const;
    expect(seenAcross(table, split(table, options), scaler)).toBeGreaterThan(0);
    const parts = split(table, { ...options, scaler });
    expectPartition(table, parts);
    expect(seenAcross(table, parts, scaler)).toBe(0);
    expect(parts.test.length).toBeGreaterThan(20);
  });
  it('keeps rows apart that are equal as float32 and not to the scaler', () => {
    const close = Array.from({ length: 100 }, (_, i) => 1.5e9 + i / 10);
    const years = tableOf(
      close,
      close.map(() => 0),
    );
    expect(new Set(Float32Array.from(close)).size).toBe(1);
    expect(split(years, { kind: 'grouped', seed: 1, scaler }).test).toHaveLength(20);
  });
  it('holds for any rows that it divides', () => {
    const integer = fc.integer({ min: -1e12, max: 1e12 });
    const value = fc.oneof(
      integer,
      integer.map((size) => size * 1e-24),
      fc.integer({ min: -9, max: 9 }),
    );
    let divided = 0;
    fc.assert(
      fc.property(fc.array(value, { minLength: 20, maxLength: 60 }), fc.integer(), (any, seed) => {
        const some = tableOf(
          any,
          any.map((_, i) => i % 2),
        );
        let parts: Split;
        try {
          parts = split(some, { kind: 'grouped', seed, validationFraction: 0.2, scaler });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError); // too few of them are different
          return;
        }
        divided++;
        expect(seenAcross(some, parts, scaler)).toBe(0);
      }),
      { numRuns: 200 },
    );
    expect(divided).toBeGreaterThan(50);
  });
  it('has nothing to test on where all that differs is constant in training', () => {
    const constant = tableOf([7, 7, 7, 8, 8, 7], [1, 1, 1, 1, 1, 1]);
    expect(() => split(constant, { kind: 'grouped', seed: 1, scaler })).toThrow(
      'Cannot split 6 rows by grouped: no row would be left to test on; take more rows.',
    );
  });
});

describe('split by device', () => {
  it('holds out whole devices', () => {
    const table = mixed();
    const { train, test, heldOut = [], description } = split(table, { kind: 'device', seed: 1 });
    expect(heldOut).toHaveLength(1);
    const devices = (side: Uint32Array): string[] => [
      ...new Set(Array.from(side, (row) => table.devices[table.device[row] ?? 0] ?? '')),
    ];
    expect(devices(test)).toEqual(heldOut);
    expect(devices(train)).toHaveLength(2);
    expect(description).toBe(`tested on ${heldOut[0]}, trained on the other 2 of 3 devices`);
    expect(split(table, { kind: 'device', seed: 1, testFraction: 0.99 }).heldOut).toHaveLength(2);
  });
  it('holds out the devices named', () => {
    const options: SplitOptions = { kind: 'device', seed: 1, heldOut: ['device 2', 'device 0'] };
    expect(split(mixed(), options).heldOut).toEqual(['device 0', 'device 2']);
  });
  it.each<[string[], string]>([
    [['device 9'], 'Unknown device "device 9": expected one of device 0, device 1, device 2'],
    [[], 'Cannot hold out no device: name at least one of device 0, device 1, device 2'],
    [['device 0', 'device 1', 'device 2'], 'Cannot hold out every device'],
  ])('refuses %j', (heldOut, message) => {
    expect(() => split(mixed(), { kind: 'device', seed: 1, heldOut })).toThrow(message);
  });
  it('needs two', () => {
    expect(() => split(tableOf([1, 2], [0, 1]), { kind: 'device', seed: 1 })).toThrow(
      'Cannot split by device: all rows are of device 0; add the files of a second device',
    );
  });
});

describe('split by family', () => {
  it('tests on all of mirai and a part of benign', () => {
    const table = mixed();
    const { train, test, heldOut, description } = split(table, { kind: 'family', seed: 1 });
    expect(heldOut).toEqual(['mirai']);
    expect(classCounts(table, test)).toEqual([20, 0, 0, 0, 0, 0, 100, 100, 100, 100, 100]);
    expect(classCounts(table, train)).toEqual([80, 100, 100, 100, 100, 100, 0, 0, 0, 0, 0]);
    expect(description).toBe(
      'tested on all mirai attacks and 20 % of the benign rows, trained on the rest',
    );
  });
  it('holds out the family named', () => {
    const table = mixed();
    const { test } = split(table, { kind: 'family', seed: 1, heldOut: ['gafgyt'] });
    expect(classCounts(table, test).slice(5, 7)).toEqual([100, 0]);
    expect(() => split(table, { kind: 'family', seed: 1, heldOut: ['benign'] })).toThrow(
      'Unknown family "benign": expected one of gafgyt, mirai.',
    );
  });
  it('needs two', () => {
    expect(() => split(tableOf([1, 2], [0, 7]), { kind: 'family', seed: 1 })).toThrow(
      'the rows have no attack family but mirai; add files of a second family',
    );
    expect(() => split(tableOf([1], [0]), { kind: 'family', seed: 1 })).toThrow('have no attack;');
  });
});

describe('split by time', () => {
  it('tests on the last rows of each file', () => {
    const file = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
    const table = tableOf(file, file, { file });
    // Row numbers count down: the first rows of the table are the last of their files.
    const backwards = table.take([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect([...split(table, { kind: 'time', seed: 1 }).test]).toEqual([8, 9]);
    expect([...split(backwards, { kind: 'time', seed: 1, testFraction: 0.4 }).test]).toEqual([
      0, 1, 2, 3,
    ]);
  });
});

it.each([0, 1, -1, 2, NaN])('split refuses to test on a fraction of %d', (testFraction) => {
  expect(() => split(mixed(), { kind: 'row', seed: 1, testFraction })).toThrow(
    'expected a number between 0 and 1',
  );
});

it.each([1, -0.1, 2, NaN])(
  'split refuses to validate on a fraction of %d',
  (validationFraction) => {
    expect(() => split(mixed(), { kind: 'row', seed: 1, validationFraction })).toThrow(
      'expected a number from 0 to below 1',
    );
  },
);

it('split refuses names where they mean nothing, and tables too small', () => {
  expect(() => split(mixed(), { kind: 'row', seed: 1, heldOut: ['mirai'] })).toThrow(
    'A split by row holds no names out',
  );
  expect(() => split(tableOf([1], [0]), { kind: 'row', seed: 1 })).toThrow('Cannot split 1 rows');
});
