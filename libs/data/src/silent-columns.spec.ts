import { droppedColumns, withoutColumns } from './silent-columns';
import { Table } from './table';

const columns = ['mean', 'variance', 'weight'];
const table = new Table({
  features: Float64Array.of(1, 2, 3, 4, 5, 6),
  columns,
  label: Uint8Array.of(0, 1),
  device: new Uint8Array(2),
  devices: ['camera'],
  file: new Uint16Array(2),
  files: [{ name: 'a.csv', device: 'camera', label: 0, rows: 2 }],
  row: Uint32Array.of(0, 1),
});

it('makes the columns named 0, and keeps the others and their places', () => {
  const silent = withoutColumns(table, ['weight', 'mean', 'weight']);
  expect([...silent.features]).toEqual([0, 2, 0, 0, 5, 0]);
  expect(silent.columns).toEqual(columns);
  expect([...table.features]).toEqual([1, 2, 3, 4, 5, 6]);
});

it('is the same table where nothing is named', () => {
  expect(withoutColumns(table, [])).toBe(table);
});

it('asks about a name that is no column, and leaves one at least', () => {
  expect(() => withoutColumns(table, ['mean', 'varianc'])).toThrow(
    'Unknown column "varianc": expected one of mean, variance, weight; did you mean "variance"?',
  );
  expect(() => droppedColumns(columns, columns)).toThrow(
    'Cannot leave out all 3 columns: nothing would be left to learn from; name fewer.',
  );
});
