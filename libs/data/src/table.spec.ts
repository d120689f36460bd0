import { DataFrame } from 'danfojs-node';
import { Table } from './table';

const files = ['b.csv', 'a.csv', 'unused.csv'].map((name, i) => ({
  name,
  device: i === 0 ? 'D' : 'E',
  label: 0,
  rows: 9,
}));

function table(): Table {
  return new Table({
    features: Float64Array.of(1, 2, 3, 4, 5, 6),
    columns: ['x', 'y'],
    label: Uint8Array.of(0, 10, 10),
    device: Uint8Array.of(0, 1, 1),
    devices: ['D', 'E'],
    file: Uint16Array.of(0, 1, 1),
    files,
    row: Uint32Array.of(7, 0, 5),
  });
}

describe('Table', () => {
  it('refuses parts that disagree', () => {
    expect(() => new Table({ ...table(), label: Uint8Array.of(1) })).toThrow(RangeError);
    expect(() => new Table({ ...table(), columns: ['x'] })).toThrow(RangeError);
  });

  it('takes rows in the order asked for', () => {
    const taken = table().take([2, 0]);
    expect(taken.features).toEqual(Float64Array.of(5, 6, 1, 2));
    expect([...taken.label, ...taken.device, ...taken.file, ...taken.row]).toEqual([
      10, 0, 1, 0, 1, 0, 5, 7,
    ]);
    expect(() => table().take([3])).toThrow('Row 3 of a table of 3 rows');
  });

  it('selects columns in the order asked for', () => {
    const selected = table().select(['y', 'x']);
    expect(selected.columns).toEqual(['y', 'x']);
    expect(selected.features).toEqual(Float64Array.of(2, 1, 4, 3, 6, 5));
    expect(selected.row).toEqual(table().row);
    expect(() => table().select(['z'])).toThrow('Unknown column "z"');
  });

  it('counts classes', () => {
    expect(table().classCounts()).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  });

  it('becomes a DataFrame', () => {
    const frame = table().toFrame();
    expect(frame).toBeInstanceOf(DataFrame);
    expect(frame.columns).toEqual(['x', 'y', 'device', 'class', 'file', 'row']);
    expect(frame.values).toEqual([
      [1, 2, 'D', 'benign', 'b.csv', 7],
      [3, 4, 'E', 'mirai udpplain', 'a.csv', 0],
      [5, 6, 'E', 'mirai udpplain', 'a.csv', 5],
    ]);
  });
});

describe('Table.checksum', () => {
  const checksum = table().checksum();
  it('is the SHA-256 of what the rows are', () => {
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(table().checksum()).toBe(checksum);
  });
  it('does not depend on files without rows, nor on the places of the others', () => {
    const [b, a, unused] = files;
    if (!a || !b || !unused) throw new Error('three files');
    const moved = { ...table(), files: [unused, a, b], file: Uint16Array.of(2, 1, 1) };
    expect(new Table(moved).checksum()).toBe(checksum);
  });
  it('does not depend on what the files are called: they may be compressed, or in another layout', () => {
    const renamed = table().files.map((file) => ({ ...file, name: `${file.name}.gz` }));
    expect(new Table({ ...table(), files: renamed }).checksum()).toBe(checksum);
  });
  it.each<[string, (parts: Table) => Partial<Table>]>([
    ['a feature', () => ({ features: Float64Array.of(1, 2, 3, 4, 5, 7) })],
    ['a column name', () => ({ columns: ['x', 'z'] })],
    ['a label', () => ({ label: Uint8Array.of(0, 10, 9) })],
    ['a row number', () => ({ row: Uint32Array.of(7, 0, 6) })],
    [
      "a file's device",
      ({ files }) => ({ files: files.map((file) => ({ ...file, device: 'F' })) }),
    ],
    ['the file of a row', () => ({ file: Uint16Array.of(0, 0, 1) })],
  ])('changes with %s', (_, change) => {
    expect(new Table({ ...table(), ...change(table()) }).checksum()).not.toBe(checksum);
  });
  it('changes with the order of rows', () => {
    expect(table().take([0, 2, 1]).checksum()).not.toBe(checksum);
  });
});
