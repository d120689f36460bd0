import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { DataFrame, readCSV } from 'danfojs-node';
import type { FrameOptions } from './frame-rows';
import { Table } from './table';

const [packets, size] = ['MI_dir_L1_weight', 'MI_dir_L1_mean'];
const columns = [size, 'kind', packets];
const folder = mkdtempSync(join(tmpdir(), 'botlab-frame-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The frame that danfo reads from these lines under a header. */
async function read(...lines: string[]): Promise<DataFrame> {
  const path = join(folder, 'own.csv');
  writeFileSync(path, [columns.join(','), ...lines].join('\n'));
  return await readCSV(path);
}

const classes = { normal: 'benign', bot: 'mirai udp' };

it('are rows of the columns that are there, in their order, with the classes that labels stand for', async () => {
  const frame = await read('60,normal,1', '554,bot,12.5', '61,normal,2');
  const table = Table.fromFrame(frame, { label: 'kind', classes });
  expect(table.columns).toEqual([size, packets]);
  expect(table.features).toEqual(Float64Array.of(60, 1, 554, 12.5, 61, 2));
  expect([...table.label, ...table.row]).toEqual([0, 9, 0, 0, 1, 2]);
  expect(table.files.map(({ label, rows }) => [label, rows])).toEqual([
    [0, 2],
    [9, 1],
  ]);
  const turned = Table.fromFrame(frame, { label: 'kind', classes, features: [packets, size] });
  expect(turned.features).toEqual(table.select([packets, size]).features);
});

it('are those of a table that became a frame, to the checksum', () => {
  const table = new Table({
    features: Float64Array.of(1, 2.5, 3, 4e17, 5, -6),
    columns: [size, packets],
    label: Uint8Array.of(0, 4, 4),
    device: Uint8Array.of(1, 0, 0),
    devices: ['D', 'E'],
    file: Uint16Array.of(1, 0, 0),
    files: [4, 0].map((label, i) => ({ name: `${i}.csv`, device: 'DE'[i]!, label, rows: 9 })),
    row: Uint32Array.of(7, 0, 5),
  });
  const all = { label: 'class', device: 'device', file: 'file', row: 'row' };
  expect(Table.fromFrame(table.toFrame(), all).checksum()).toBe(table.checksum());
});

it('may have whole numbers of 17 digits, which danfo leaves as text', async () => {
  const frame = await read('45837786854125530,normal,1', '2.5,bot,12');
  const { features } = Table.fromFrame(frame, { label: 'kind', classes });
  expect([...features]).toEqual([45837786854125530, 1, 2.5, 12]);
});

it('may have columns of any name where these are named', () => {
  const frame = new DataFrame([[1, 'benign'], [2, 'gafgyt tcp']], { columns: ['bytes', 'kind'] }); // prettier-ignore
  const table = Table.fromFrame(frame, { label: 'kind', features: ['bytes'] });
  expect([...table.columns, ...table.features, ...table.label]).toEqual(['bytes', 1, 2, 0, 4]);
  expect(() => Table.fromFrame(frame, { label: 'kind' })).toThrow(
    'Cannot make a table of the frame: its column "bytes" is none of N-BaIoT\'s 115; name the columns to learn from with features, or drop it from the frame.',
  );
});

const row3 = (column: string) => `its column ${column} is`;
const numbers = 'in row 3, expected a number; correct it, or leave the row out.';
it.each<[string, string, Partial<FrameOptions>, string]>([
  ['text in a column of numbers', '60,bot,twelve', {}, `${row3(packets)} "twelve" ${numbers}`],
  ['a cell without a value', ',bot,12', {}, `${row3(size)} empty ${numbers}`],
  ['what is no number', '60,bot,NaN', {}, `${row3(packets)} "NaN" ${numbers}`],
  ['a row without a label', '60,,12', {}, `${row3('kind')} empty in row 3, expected a class;`],
  ['a label that is no class', '60,Bot,12', {}, `say what it stands for, such as classes: { "Bot"`],
  [
    'a class that is none',
    '60,bot,12',
    { classes: { ...classes, bot: 'mirai udb' } },
    'did you mean "mirai udp"?',
  ],
  [
    'a column of labels that is not there',
    '60,bot,12',
    { label: 'kinds' },
    'Unknown column of the frame "kinds"',
  ],
  [
    'a feature that is not there',
    '60,bot,12',
    { features: ['MI_dir_L1_wight'] },
    'Unknown column of the frame "MI_dir_L1_wight"',
  ],
  ['a feature twice', '60,bot,12', { features: [size, size] }, `the column ${size} is there twice`],
  ['no feature', '60,bot,12', { features: [] }, 'it has no column to learn from'],
])('refuses %s', async (_, line, change, sentence) => {
  const frame = await read('60,normal,1', '60,bot,1', line);
  const make = () => Table.fromFrame(frame, { label: 'kind', classes, ...change });
  expect(make).toThrow(InputError);
  expect(make).toThrow(sentence);
});

it('refuses a frame without rows', () => {
  const none = { columns: ['kind'], values: [] };
  expect(() => Table.fromFrame(none, { label: 'kind' })).toThrow('it has no rows; give it some.');
});
