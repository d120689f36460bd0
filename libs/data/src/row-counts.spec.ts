import { rowCounts } from './row-counts';

it('counts rows by device and class, of classes that there are', () => {
  const file = (device: string, label: number, rows: number) => ({
    ...{ name: `${device}/${label}.csv`, device, label, rows },
  });
  const files = [file('a', 0, 5), file('a', 3, 7), file('b', 0, 1), file('b', 0, 2)];
  expect(rowCounts({ files })).toEqual({
    devices: ['a', 'b'],
    present: [0, 3],
    rows: [
      [5, 7],
      [3, 0],
    ],
    totals: [8, 7],
  });
});
