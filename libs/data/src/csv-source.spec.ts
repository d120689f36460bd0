import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { cell, csv, csvLines, folderOf } from './csv-folder.fixture.spec';
import { csvSource } from './csv-source';
import { FEATURE_NAMES } from '@botlab/traffic';
import type { Source } from './source';
import type { Table } from './table';
import { WithoutPadding } from './without-padding';

const BENIGN = 'Danmini_Doorbell/benign_traffic.csv';

function readAll(source: Source): Promise<Table> {
  return source.read(source.files.map(({ rows }) => new Uint32Array(rows).map((_, i) => i)));
}

async function read(content: string | Buffer, name = BENIGN): Promise<Table> {
  return readAll(await csvSource(folderOf({ [name]: content })));
}

/** The last rows of a file of `rows`, without the header. */
function lastRows(rows: number, last: number): string {
  return `${csvLines(rows).slice(-last).join('\n')}\n`;
}

describe('csvSource', () => {
  const folder = (): string =>
    folderOf({
      'Ennio_Doorbell/gafgyt_attacks/tcp.csv': csv(5),
      'Danmini_Doorbell/benign_traffic.csv': csv(4),
      'Toaster/mirai_attacks/syn.csv.gz': gzipSync(csv(3)),
    });

  it('describes its files and counts their rows', async () => {
    const source = await csvSource(folder());
    expect(source).toMatchObject({ synthetic: false, rows: 12 });
    expect(source.description).toContain('N-BaIoT CSV files in the UCI layout, ');
    expect(source.files).toEqual([
      { name: BENIGN, device: 'Danmini_Doorbell', label: 0, rows: 4 },
      {
        name: 'Ennio_Doorbell/gafgyt_attacks/tcp.csv',
        device: 'Ennio_Doorbell',
        label: 4,
        rows: 5,
      },
      { name: 'Toaster/mirai_attacks/syn.csv.gz', device: 'Toaster', label: 8, rows: 3 },
    ]);
  });

  it('calls a folder synthetic that was simulated', async () => {
    const marker = { 'SYNTHETIC.txt': 'SYNTHETIC DATA: simulated by botlab, not recorded.\n' };
    const source = await csvSource(folderOf({ [BENIGN]: csv(1), ...marker }));
    expect(source).toMatchObject({ synthetic: true, rows: 1 });
    expect(source.description).toContain('simulated CSV files in the UCI layout, ');
  });

  it('reads the selected rows, with what they are', async () => {
    const source = await csvSource(folder());
    const table = await source.read([Uint32Array.of(1, 3), new Uint32Array(), Uint32Array.of(2)]);
    expect(table.columns).toEqual(FEATURE_NAMES);
    expect(table.devices).toEqual(['Danmini_Doorbell', 'Ennio_Doorbell', 'Toaster']);
    expect([...table.label]).toEqual([0, 0, 8]);
    expect([...table.device]).toEqual([0, 0, 2]);
    expect([...table.file]).toEqual([0, 0, 2]);
    expect([...table.row]).toEqual([1, 3, 2]);
    const expected = [1, 3, 2].flatMap((row) => FEATURE_NAMES.map((_, i) => cell(row, i)));
    expect([...table.features]).toEqual(expected);
  });

  it('reads both layouts, plain and compressed, to the same rows', async () => {
    const plain = await read(csv(4));
    for (const table of [
      await read(gzipSync(csv(4)), `${BENIGN}.gz`),
      await read(csv(4), '1.benign.csv'),
      await read(gzipSync(csv(4)), '1.benign.csv.gz'),
    ]) {
      expect(table.features).toEqual(plain.features);
      expect(table.devices).toEqual(plain.devices);
    }
  });

  it.each<[string, string | Buffer]>([
    ['CR LF line ends', csvLines(3).join('\r\n') + '\r\n'],
    ['no line end after the last row', csvLines(3).join('\n')],
    ['a byte order mark', `\uFEFF${csv(3)}`],
    [
      'a byte order mark and quotes',
      `\uFEFF"${FEATURE_NAMES.join('","')}"\n${csv(3).split('\n').slice(1).join('\n')}`,
    ],
    [
      'quotes around everything',
      csvLines(3)
        .map((line) => `"${line.replaceAll(',', '","')}"`)
        .join('\n'),
    ],
    ['a comma behind each row', csvLines(3).join(',\n').replace(',\n', '\n')],
    ['blank lines at the end', `${csv(3)}\n\n`],
    ['blank lines at the end, CR LF', `${csvLines(3).join('\r\n')}\r\n\r\n\r\n`],
    ['CR LF line ends, but for the last', csvLines(3).join('\r\n')],
    ['columns in another order', csv(3, [...FEATURE_NAMES].reverse())],
    ['spaces around names', csv(3).replaceAll('_pcc,', '_pcc , ')],
  ])('accepts %s', async (_, content) => {
    const table = await read(content);
    expect(table.rows).toBe(3);
    expect(table.features).toEqual((await read(csv(3))).features);
  });

  const zipped = gzipSync(csv(4));
  it.each<[string, Buffer]>([
    ['in several pieces', Buffer.concat([gzipSync(csv(2)), gzipSync(lastRows(4, 2))])],
    ['padded with a zero', Buffer.concat([zipped, Buffer.alloc(1)])],
    ['padded with zeros', Buffer.concat([zipped, Buffer.alloc(70_000)])],
    [
      'in pieces and padded',
      Buffer.concat([gzipSync(csv(2)), gzipSync(lastRows(4, 2)), Buffer.alloc(512)]),
    ],
  ])('accepts gzip %s', async (_, content) => {
    const table = await read(content, `${BENIGN}.gz`);
    expect(table.features).toEqual((await read(csv(4))).features);
  });

  it('leaves no copy of a padded file', async () => {
    const name = 'Danmini_Doorbell/benign_traffic.csv.gz';
    const unlike = path.join(folderOf({ [name]: Buffer.concat([zipped, Buffer.alloc(9)]) }), name);
    const copy = await WithoutPadding.of(unlike, zipped.length);
    expect(fs.readFileSync(copy.path)).toEqual(zipped);
    copy.remove();
    expect(fs.existsSync(copy.path)).toBe(false);
  });

  it('reads every way to write a decimal number', async () => {
    const texts = ['+1', ' 1', '1 ', '1.', '.5', '1e5', '1E+05', '-0', '007', '" 1"', '1e-400'];
    const numbers = [1, 1, 1, 1, 0.5, 1e5, 1e5, -0, 7, 1, 0];
    const cells = FEATURE_NAMES.map((_, i) => texts[i] ?? '0');
    const table = await read(`${FEATURE_NAMES.join(',')}\n${cells.join(',')}\n`);
    expect([...table.features.subarray(0, texts.length)]).toEqual(numbers);
  });

  it('reads float64 to the last digit', async () => {
    const values = ['0.1', '1505661693.0', '-7.64e-12', '9.36E-31', '123456789012345680', '5e-324'];
    const cells = FEATURE_NAMES.map((_, i) => values[i % values.length]);
    const table = await read(`${FEATURE_NAMES.join(',')}\n${cells.join(',')}\n`);
    expect([...table.features]).toEqual(cells.map(Number));
  });

  it('keeps the order of rows in a file larger than the pieces that DuckDB reads at once', async () => {
    const rest = `,${FEATURE_NAMES.slice(1)
      .map(() => '0.12345678901')
      .join(',')}`;
    const rows = 30_000;
    const lines = Array.from({ length: rows }, (_, row) => `${row}${rest}`);
    const table = await read([FEATURE_NAMES.join(','), ...lines].join('\n'));
    const first = table.row.map((_, row) => table.features[row * 115] ?? -1);
    expect(first).toEqual(table.row);
    expect(table.features.at(-1)).toBe(0.12345678901);
  });

  it('takes a path as it is, not for a pattern', async () => {
    const parent = folderOf({
      [`data[1]/${BENIGN}`]: csv(2),
      [`data1/${BENIGN}`]: csv(2).replace('0.001', '7'),
    });
    const table = await readAll(await csvSource(path.join(parent, 'data[1]')));
    expect(table.features[1]).toBe(0.001);
  });

  it('tells how far it is', async () => {
    const opening: string[] = [];
    const reading: string[] = [];
    const source = await csvSource(folder(), {
      onProgress: (done, total) => opening.push(`${done}/${total}`),
    });
    await source.read([Uint32Array.of(0), new Uint32Array(), Uint32Array.of(0)], {
      onProgress: (done, total) => reading.push(`${done}/${total}`),
    });
    expect(opening).toEqual(['0/3', '1/3', '2/3', '3/3']);
    expect(reading).toEqual(['0/7', '4/7', '4/7', '7/7']);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const source = await csvSource(folder());
    stop.abort(new Error('enough'));
    await expect(
      source.read([Uint32Array.of(0), new Uint32Array(), new Uint32Array()], {
        signal: stop.signal,
      }),
    ).rejects.toThrow('enough');
    await expect(csvSource(folder(), { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('refuses selections that are not of its rows', async () => {
    const source = await csvSource(folder());
    const none = new Uint32Array();
    for (const selection of [
      [none, none],
      [none, none, none, none],
      [Uint32Array.of(4), none, none],
      [Uint32Array.of(1, 1), none, none],
      [Uint32Array.of(2, 1), none, none],
    ]) {
      await expect(source.read(selection)).rejects.toThrow(RangeError);
    }
    expect((await source.read([none, none, none])).rows).toBe(0);
  });

  it('notices that a file changed after its rows were counted', async () => {
    const changing = folderOf({ [BENIGN]: csv(4) });
    const source = await csvSource(changing);
    fs.appendFileSync(path.join(changing, BENIGN), csvLines(1)[1] + '\n');
    await expect(readAll(source)).rejects.toThrow(
      `Cannot read ${path.join(changing, BENIGN)}: it changed while it was being read; wait until it is complete, then start again.`,
    );
    fs.rmSync(path.join(changing, BENIGN));
    await expect(readAll(source)).rejects.toThrow('it does not exist; check the path.');
  });
});
