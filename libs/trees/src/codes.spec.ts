import { InputError } from '@botlab/errors';
import fc from 'fast-check';
import { blocksOf, codeBlocks, codeColumns, codeRows, findEdges } from './index';

const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 150 }), columns: fc.integer({ min: 1, max: 20 }) })
  .chain(({ rows, columns }) =>
    fc
      .float32Array({
        minLength: rows * columns,
        maxLength: rows * columns,
        noNaN: true,
        noDefaultInfinity: true,
      })
      .map((x) => ({ x, rows, columns })),
  );

it('counts the edges below a value, in each layout', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 2, max: 255 }), (data, bins) => {
      const { x, rows, columns } = data;
      const edges = findEdges(data, { bins });
      const [byRow, byColumn, byBlock] = [codeRows, codeColumns, codeBlocks].map((code) =>
        code(data, edges),
      );
      expect(byBlock).toHaveLength(blocksOf(columns) * rows * 8);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const bin = edges[column]!.filter((edge) => edge < x[row * columns + column]!).length;
          expect(byRow![row * columns + column]).toBe(bin);
          expect(byColumn![column * rows + row]).toBe(bin);
          expect(byBlock![((column >> 3) * rows + row) * 8 + (column & 7)]).toBe(bin);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('puts a value that equals an edge left of it', () => {
  const data = { x: Float32Array.of(1.5, 1.25, 1.75), rows: 3, columns: 1 };
  expect([...codeRows(data, [Float64Array.of(1.25, 1.5)])]).toEqual([1, 0, 2]);
});

it('keeps the order of values', () => {
  fc.assert(
    fc.property(tables, (data) => {
      const codes = codeRows(data, findEdges(data, { bins: 16 }));
      for (let a = 0; a < data.rows; a++) {
        const b = ((a + 1) * 7) % data.rows;
        const [from, to] = [a * data.columns, b * data.columns];
        if (data.x[from]! <= data.x[to]!) expect(codes[from]).toBeLessThanOrEqual(codes[to]!);
      }
    }),
  );
});

it.each([NaN, Infinity, -Infinity])('refuses %d with its row and column', (value) => {
  const data = { x: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, columns: 2 };
  const edges = findEdges(data);
  const x = data.x.with(3, value);
  for (const code of [codeRows, codeColumns, codeBlocks]) {
    expect(() => code({ ...data, x }, edges)).toThrow(
      new InputError(
        `Row 2, column 2 is ${value}: trees take finite numbers; leave the row out or fill the value in.`,
      ),
    );
  }
  expect(() => findEdges({ ...data, x })).toThrow(InputError);
});

it('takes no edges of other columns', () => {
  const data = { x: Float32Array.of(1, 2), rows: 1, columns: 2 };
  expect(() => codeRows(data, [new Float64Array(0)])).toThrow(RangeError);
});
