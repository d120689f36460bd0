import { sample, simulatedSource } from '..';
import { fileTimes } from './file-times';

it('reads the files of a table, and refuses one of which rows were left out', async () => {
  const source = simulatedSource({ seed: 1, scale: 0.0005 });
  const counts = source.files.map(({ rows }) => rows);
  const table = await source.read(sample(counts, { fraction: 1 }, 1));
  const { seconds } = fileTimes(table, 0);
  expect(seconds).toHaveLength(counts[0]!);
  expect(seconds.at(-1)).toBeGreaterThan(10);
  expect([...seconds].every((time, row) => row === 0 || time >= seconds[row - 1]!)).toBe(true);
  const odd = table.take([...Array(table.rows).keys()].filter((row) => row % 2 === 1));
  expect(() => fileTimes(odd, 0)).toThrow(/needs all of its rows, in order: row 0 is not/);
});
