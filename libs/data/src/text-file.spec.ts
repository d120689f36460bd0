import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { temporaryFolder } from './csv-folder.fixture.spec';
import { csvShape, lines } from './text-file';

const folder = temporaryFolder();

it('csvShape counts the lines after the first that are not blank', async () => {
  const line = fc.constantFrom('a,b', '', '1', '\r', 'x'.repeat(100), '1,2\r');
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      async (all, end) => {
        const file = path.join(folder, 'lines.csv');
        const text = ['head,er', ...all].join('\n') + (end ? '\n' : '');
        fs.writeFileSync(file, text);
        const rows = text
          .split(/\r?\n/)
          .slice(1)
          .filter((content) => content !== '' && content !== '\r');
        expect(await csvShape(file)).toMatchObject({ header: 'head,er', rows: rows.length });
        const read: string[] = [];
        for await (const content of lines(file)) read.push(content);
        expect(read.join('')).toBe(text);
        expect(read).toHaveLength(text.replace(/\n$/, '').split('\n').length);
      },
    ),
    { numRuns: 60 },
  );
});

it('csvShape counts across the blocks that a file is read in', async () => {
  const file = path.join(folder, 'long.csv');
  // 3 MB of lines whose ends fall on both sides of every block boundary.
  const line = `${'9'.repeat(12)}\r\n`;
  fs.writeFileSync(file, 'a\r\n' + line.repeat(220_000) + '\r\n');
  expect(await csvShape(file)).toMatchObject({ header: 'a', rows: 220_000 });
});

it('csvShape notices numbers that only DuckDB takes for such, wherever a block ends', async () => {
  const file = path.join(folder, 'odd.csv');
  const [header, row] = ['a_b\n', '1e+5,-1\n'];
  const shapeOf = (rows: string) => {
    fs.writeFileSync(file, header + rows);
    return csvShape(file);
  };
  const whole = row.repeat((1 << 20) / row.length);
  expect(await shapeOf(whole)).toMatchObject({ hasOddNumbers: false });
  for (const odd of ['1_0', '+-1']) {
    for (let shift = 0; shift < 12; shift++) {
      // The odd number lies before, across and behind the end of the first block of 1 MB.
      const before = whole.slice(0, whole.length - header.length - shift);
      expect(await shapeOf(`${before}${odd}\n${row}`)).toMatchObject({ hasOddNumbers: true });
    }
  }
});
