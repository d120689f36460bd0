import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { csv, csvLines, folderOf, messageOf } from './csv-folder.fixture.spec';
import { CsvFile } from './csv-file';
import { csvSource } from './csv-source';
import { withDuckDB } from './duckdb';
import { FEATURE_NAMES } from '@botlab/traffic';

const NAME = 'Danmini_Doorbell/benign_traffic.csv';

/** What is said of a file with this content, without the path; opening and reading it all. */
async function said(content: string | Buffer, name = NAME): Promise<string> {
  const folder = folderOf({ [name]: content });
  const reading = csvSource(folder).then((source) =>
    source.read(source.files.map(({ rows }) => new Uint32Array(rows).map((_, i) => i))),
  );
  const message = await messageOf(reading);
  const start = `InputError: Cannot read ${path.join(folder, name)}: `;
  expect(message.slice(0, start.length)).toBe(start);
  expect(message).not.toMatch(/\n/);
  return message.slice(start.length);
}

/** A file of 5 rows whose cell in row 3 (line 4) and column HH_L3_std is `text`. */
function withCell(text: string): string {
  const lines = csvLines(5);
  const cells = lines[3]?.split(',') ?? [];
  cells[FEATURE_NAMES.indexOf('HH_L3_std')] = text;
  lines[3] = cells.join(',');
  return lines.join('\n');
}

const MEND = 'correct the file or download it again.';
const HEADER = 'expected the header of the 115 N-BaIoT columns.';
const [firstName = '', ...otherNames] = FEATURE_NAMES;

describe('a fault of a cell', () => {
  it.each([
    ['abc', 'is "abc", expected a number'],
    ['', 'is empty, expected a number'],
    ['NaN', 'is NaN, expected a finite number'],
    ['-inf', 'is -inf, expected a finite number'],
    ['Infinity', 'is Infinity, expected a finite number'],
    ['1e400', 'is 1e400, too large for a number'],
    ['0x10', 'is "0x10", expected a number'],
    ['null', 'is "null", expected a number'],
    ['1_000', 'is "1_000", expected a number'],
    ['1e1_0', 'is "1e1_0", expected a number'],
    ['+-1', 'is "+-1", expected a number'],
    ['-+1', 'is "-+1", expected a number'],
    ['1d5', 'is "1d5", expected a number'],
    ['1f', 'is "1f", expected a number'],
    ['１', 'is "１", expected a number'],
    ['"1,5"', 'is "1,5", expected a number'],
    ['"1_000"', 'is "1_000", expected a number'],
    ['""', 'is empty, expected a number'],
    ['1e309', 'is 1e309, too large for a number'],
  ])('%j', async (text, fault) => {
    const sentence = `line 4, column HH_L3_std ${fault}; ${MEND}`;
    expect(await said(withCell(text))).toBe(sentence);
    expect(await said(gzipSync(withCell(text)), `${NAME}.gz`)).toBe(sentence);
  });

  it('in a row that is not selected', async () => {
    const source = await csvSource(folderOf({ [NAME]: withCell('abc') }));
    await expect(source.read([Uint32Array.of(0)])).rejects.toThrow('line 4, column HH_L3_std');
  });

  it('in a column that stands elsewhere', async () => {
    const lines = csvLines(2, [...otherNames, firstName]);
    expect(await said([lines[0], lines[1], lines[2]?.replace(/,[^,]*$/, ',x')].join('\r\n'))).toBe(
      `line 3, column ${firstName} is "x", expected a number; ${MEND}`,
    );
  });
});

describe('a fault of a line', () => {
  it('that is cut short at the end', async () => {
    const whole = csv(3);
    expect(await said(whole.slice(0, whole.lastIndexOf(',')))).toBe(
      `line 4 has 114 cells, expected 115: it is cut short; ${MEND}`,
    );
  });
  it('with a decimal comma', async () => {
    expect(await said(withCell('1,5'))).toBe(`line 4 has 116 cells, expected 115; ${MEND}`);
    const behind = withCell('x').split('\n').join(',\n').replace(',\n', '\n');
    expect(await said(behind)).toContain('line 4, column HH_L3_std is "x"');
  });
  it('with too many cells', async () => {
    expect(await said(csv(3).replace(/\n$/, ',1\n'))).toBe(
      `line 4 has 116 cells, expected 115; ${MEND}`,
    );
  });
  it('that ends unlike the others', async () => {
    const lines = csvLines(3);
    expect(await said(`${lines[0]}\r\n${lines[1]}\n${lines[2]}\r\n${lines[3]}\r\n`)).toBe(
      `line 2 ends in LF, expected CR LF as in line 1; ${MEND}`,
    );
  });
  it('that is the last and ends unlike the others', async () => {
    expect(await said(`${csvLines(2).join('\n')}\r\n`)).toBe(
      `line 3 ends in CR LF, expected LF as in line 1; ${MEND}`,
    );
    expect(await said(`${csv(2)}\r\n`)).toContain('line 4 ends in CR LF');
    expect(await said(`${csvLines(2).join('\r\n')}\n`)).toContain('line 3 ends in LF');
  });
  it('of quotes that span lines', async () => {
    const [header, first, second] = csvLines(2);
    expect(await said(`${header}\n"${first}\n${second}"\n`)).toContain('line 2, column');
    // DuckDB takes the line feed for a space around the number, and so sees a row less.
    const cells = first?.split(',').slice(1).join(',');
    expect(await said(`${header}\n"0\n",${cells}\n`)).toBe(
      `line 2 has 1 cell, expected 115: it is cut short; ${MEND}`,
    );
  });
});

describe('a fault of the header', () => {
  it.each<[string, string, string]>([
    ['missing', csv(2, otherNames), `line 1 has no column ${firstName}; ${HEADER}`],
    [
      'several missing',
      csv(2, FEATURE_NAMES.slice(3)),
      `line 1 has no column ${firstName} (and 2 more like it); ${HEADER}`,
    ],
    ['extra', csv(2, ['index', ...FEATURE_NAMES]), `line 1 has an extra column "index"; ${HEADER}`],
    [
      'renamed',
      csv(2, ['MI_weight', ...otherNames]),
      `line 1 calls column ${firstName} "MI_weight"; ${HEADER}`,
    ],
    [
      'duplicate',
      csv(2, [...FEATURE_NAMES, firstName]),
      `line 1 has column ${firstName} twice; ${HEADER}`,
    ],
    ['no header', csvLines(3).slice(1).join('\n'), `line 1 is a row of numbers; ${HEADER}`],
    ['a blank line', `\n${csv(2)}`, `line 1 is blank; ${HEADER}`],
    [
      'semicolons',
      csv(2).replaceAll(',', ';'),
      `line 1 separates its cells with a semicolon, not a comma; ${HEADER}`,
    ],
    [
      'another table',
      'device,rows\na,1\n',
      `line 1 begins with "device" and names none of the columns; ${HEADER}`,
    ],
  ])('%s', async (_, content, sentence) => {
    expect(await said(content)).toBe(sentence);
  });
});

describe('a fault of the file', () => {
  const zipped = gzipSync(csv(2000));
  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'it is empty, expected a header and rows; download it again.'],
    ['header only', csv(0), 'it has a header but no rows; download it again, or remove it.'],
    ['binary', Buffer.of(80, 75, 3, 4, 0, 0, 1), 'it is a binary file, expected CSV text;'],
    ['UTF-16', Buffer.from(`\uFEFF${csv(2)}`, 'utf16le'), 'it is UTF-16 text, expected UTF-8;'],
    ['gzip, called .csv', zipped, 'it is compressed with gzip, expected text; rename it to'],
  ])('%s', async (_, content, sentence) => {
    expect(await said(content)).toContain(sentence);
  });

  const flipped = Buffer.from(zipped);
  flipped.writeUInt32LE(~flipped.readUInt32LE(flipped.length >> 1) >>> 0, flipped.length >> 1);
  it.each<[string, Buffer]>([
    ['cut in its last bytes', zipped.subarray(0, -3)],
    ['with text behind it', Buffer.concat([zipped, Buffer.from('and so on')])],
    ['cut short', zipped.subarray(0, zipped.length >> 1)],
    ['with wrong bytes inside', flipped],
    ['that is plain text', Buffer.from(csv(2))],
  ])('gzip %s', async (_, content) => {
    expect(await said(content, `${NAME}.gz`)).toMatch(
      /^it is not a whole gzip file \(.*\); download or compress it again\.$/,
    );
  });

  it('gzip with something else behind its padding', async () => {
    for (const more of [zipped, Buffer.from('and so on')]) {
      expect(await said(Buffer.concat([zipped, Buffer.alloc(700), more]), `${NAME}.gz`)).toBe(
        `something else follows the gzip data that end after ${zipped.length} bytes; download or compress it again.`,
      );
    }
  });

  it('that needs more memory than there is: the file is not to blame', async () => {
    const folder = folderOf({ [NAME]: csv(20_000) });
    const file = await CsvFile.open(path.join(folder, NAME));
    const reading = withDuckDB(async (connection) => {
      await connection.run("SET memory_limit = '1MB'");
      const features = new Float64Array(115);
      await file.read(connection, Uint32Array.of(0), { features, firstRow: 0 }, () => undefined);
    });
    expect(await messageOf(reading)).toBe(
      `InputError: Cannot read ${path.join(folder, NAME)}: DuckDB, which does it, ran out of memory; sample fewer rows (--rows), close other programs, or take a machine with more.`,
    );
  });

  it('that is none', async () => {
    const folder = folderOf({ 'Danmini_Doorbell/gafgyt_attacks/udp.csv': csv(2) });
    const file = path.join(folder, NAME);
    const said = () => messageOf(csvSource(folder));
    fs.symlinkSync(path.join(folder, 'nowhere.csv'), file);
    expect(await said()).toBe(
      `InputError: Cannot read ${file}: it is a link to a file that is not there; put the file there, or remove the link.`,
    );
    fs.rmSync(file);
    fs.symlinkSync(file, file);
    expect(await said()).toBe(
      `InputError: Cannot read ${file}: its symbolic links lead in a circle; mend them or choose another path.`,
    );
    fs.rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(await said()).toBe(
      `InputError: Cannot read ${file}: it is a folder, pipe or device, expected a file; replace or remove it.`,
    );
  });

  it('that may not be read', async () => {
    const folder = folderOf({ [NAME]: csv(2) });
    // Permissions do not bind the superuser, whom tests in a container run as.
    const denied = (): fs.ReadStream => {
      const stream: unknown = new PassThrough();
      const error = Object.assign(new Error('denied'), { code: 'EACCES' });
      return (stream as fs.ReadStream).destroy(error);
    };
    const spy = jest.spyOn(fs, 'createReadStream').mockImplementation(denied);
    const message = await messageOf(csvSource(folder));
    spy.mockRestore();
    expect(message).toBe(
      `InputError: Cannot read ${path.join(folder, NAME)}: permission denied; choose a folder you may use, or change its permissions.`,
    );
  });
});
