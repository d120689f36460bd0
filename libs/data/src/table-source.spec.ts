import { tableOf } from './table.fixture.spec';
import { tableSource } from './table-source';

const table = tableOf([10, 11, 12, 13, 14], [0, 4, 0, 4, 0], { file: [0, 0, 0, 1, 1] });

it('has a file for each file and class of the table, and reads the rows that are selected', async () => {
  const source = tableSource(table);
  expect(source.files.map(({ name, label, rows }) => [name, label, rows])).toEqual([
    ['file 0', 0, 2],
    ['file 0', 4, 1],
    ['file 1', 4, 1],
    ['file 1', 0, 1],
  ]);
  expect(source.rows).toBe(5);
  const read = await source.read([[1], [0], [], [0]].map((rows) => Uint32Array.from(rows)));
  expect([...read.features, ...read.label, ...read.row]).toEqual([12, 11, 14, 0, 4, 0, 2, 1, 4]);
});

it('says what it is, and whether it is synthetic', () => {
  expect(tableSource(table)).toMatchObject({
    description: 'a table in memory',
    synthetic: false,
  });
  const made = tableSource(table, { description: 'a frame', synthetic: true });
  expect(made).toMatchObject({ description: 'a frame (synthetic)', synthetic: true });
});
