import fc from 'fast-check';
import { identicalRows } from './identical-rows';

function groupsOf(
  rows: readonly (readonly number[])[],
  width: number,
  features: Float64Array | Float32Array = Float64Array.from(rows.flat()),
): number[] {
  const columns = Array.from({ length: width }, (_, i) => `c${i}`);
  return [...identicalRows({ features, columns, rows: rows.length }).group];
}

it('groups rows whose numbers are equal, in the precision they have', () => {
  const rows = [
    [1, 2],
    [2, 1],
    [1 + 1e-12, 2],
    [0, -0],
    [-0, 0],
    [1.0001, 2],
  ];
  expect(groupsOf(rows, 2)).toEqual([0, 1, 2, 3, 3, 4]);
  expect(groupsOf(rows, 2, Float32Array.from(rows.flat()))).toEqual([0, 1, 0, 2, 2, 3]);
});

it('tells tiny values apart', () => {
  expect(groupsOf([[1e-12], [2e-12], [1e-12]], 1)).toEqual([0, 1, 0]);
});

it('tells rows apart whose hashes are the same', () => {
  const colliding = [
    [126250, 1],
    [85221, -5522.4814453125],
  ];
  const rows = [...colliding, ...colliding];
  expect(groupsOf(rows, 2, Float32Array.from(rows.flat()))).toEqual([0, 1, 0, 1]);
});

it('agrees with comparing text', () => {
  const value = fc.constantFrom(0, 1, 2, 0.5, 1e17, 1505661693);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 60 }), (rows) => {
      const keys = [...new Set(rows.map((row) => row.join()))];
      expect(groupsOf(rows, 3)).toEqual(rows.map((row) => keys.indexOf(row.join())));
    }),
  );
});
