import fc from 'fast-check';
import { csvCells } from './csv-line';

it.each<[string, string[]]>([
  ['', ['']],
  ['1', ['1']],
  ['1, 2 ,3', ['1', '2', '3']],
  ['1,,', ['1', '', '']],
  ['"1,5",2', ['1,5', '2']],
  [' "1" , "2"', ['1', '2']],
  ['"say ""1""",2', ['say "1"', '2']],
  ['"",""', ['', '']],
  ['"1"x,2', ['"1"x', '2']],
  ['"never closed,2', ['"never closed', '2']],
])('the cells of %j', (line, cells) => {
  expect(csvCells(line)).toEqual(cells);
});

it('finds again what was quoted', () => {
  const cell = fc.string({ unit: fc.constantFrom('1', ',', '"', 'x', '.') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const line = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
      expect(csvCells(line)).toEqual(cells);
    }),
  );
});
