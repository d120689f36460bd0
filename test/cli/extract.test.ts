import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { csvSource, FEATURE_NAMES, readParquet } from '@botlab/data';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, temporaryFolder } from './botlab';
import { cellsOf, record, Workshop } from './captures';

const noFull = fs.existsSync('/dev/full') ? undefined : 'there is no /dev/full';

const binary = join(__dirname, '..', '..', 'apps', 'cli', 'bin', 'botlab.js');
const workshop = new Workshop(temporaryFolder());
afterAll(() => fs.rmSync(workshop.root, { recursive: true }));
let capture: string;
let mac: string;
beforeAll(async () => {
  ({ capture, mac } = await workshop.capture());
});

/** A CSV file of all rows of the capture. */
function rowsFile(): string {
  const file = join(workshop.folder(), 'rows.csv');
  expect(botlab('extract', capture, '-o', file).code).toBe(0);
  return file;
}

describe('writes', () => {
  it('a row a packet, which csvSource reads', async () => {
    const data = workshop.folder();
    const device = join(data, 'My_Camera');
    fs.mkdirSync(device);
    const out = join(device, 'benign_traffic.csv');
    const { code, stdout, stderr } = botlab('extract', capture, '-o', out);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^([\d,]+) packets read, \1 rows written to \S+ \(\S+ [kM]B\)\.\n$/);
    const source = await csvSource(data);
    const rows = cellsOf(fs.readFileSync(out, 'utf8'));
    expect(source).toMatchObject({ synthetic: false, rows: rows.length });
    const table = await source.read([Uint32Array.from(rows.keys())]);
    expect([...table.features]).toEqual(rows.flat());
  });

  it('rows of one sender, its address in any form', () => {
    const out = workshop.folder();
    const upper = mac.toUpperCase().replaceAll(':', '-');
    const texts = [mac, upper].map((address, i) => {
      const file = join(out, `${i}.csv`);
      expect(botlab('extract', capture, '--mac', address, '-o', file).code).toBe(0);
      return fs.readFileSync(file, 'utf8');
    });
    expect(texts[1]).toBe(texts[0]);
    expect(cellsOf(texts[0]!)).toHaveLength(495);
  });

  it('parquet with the same numbers, by the ending or by --format', async () => {
    const out = workshop.folder();
    const csv = cellsOf(fs.readFileSync(rowsFile(), 'utf8'));
    for (const args of [['x.parquet'], ['x.dat', '--format', 'parquet']]) {
      const file = join(out, args[0]!);
      expect(botlab('extract', capture, ...args.slice(1), '-o', file)).toMatchObject({ code: 0 });
      const columns = await readParquet(file);
      expect(Object.keys(columns)).toEqual(FEATURE_NAMES);
      FEATURE_NAMES.forEach((name, i) => {
        expect([...columns[name]!]).toEqual(csv.map((cells) => cells[i]));
      });
    }
    expect(fs.readdirSync(out).sort()).toEqual(['x.dat', 'x.parquet']);
  });

  it('from standard input the same, and a summary as JSON', () => {
    const out = join(workshop.folder(), 'x.csv');
    const args = ['extract', '-', '-o', out, '--idle', '600', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
      input: gzipSync(fs.readFileSync(capture)),
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({ out, format: 'csv', malformed: 0, reasons: {}, notes: [] });
    expect(result['bytes']).toBe(fs.statSync(out).size);
    expect(result['rows']).toBe(result['packets']);
    expect(Object.keys(result['dropped'] as object)).toEqual(['MI_dir', 'H', 'HH', 'HpHp']);
  });

  it('what was there before a cut, and says what it left out', () => {
    const whole = fs.readFileSync(capture);
    const cut = workshop.save(Buffer.concat([whole, record(5), record(60).subarray(0, 40)]));
    const { code, stderr } = botlab(
      'extract',
      cut,
      '--idle',
      '60',
      '-o',
      join(workshop.folder(), 'x.csv'),
    );
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^1 packet left out, for it cannot be read: 1 \S/);
    expect(lines[2]).toMatch(/^Idle streams forgotten: MI_dir \d+, H \d+, HH \d+, HpHp \d+\.$/);
    expect(lines[3]).toMatch(/ends at byte .*; all before it was read\.$/);
  });

  it.each([[[]], [['--json']]])('the rows before damage, and says where it is %s', (args) => {
    const damaged = Buffer.concat([fs.readFileSync(capture), record(60, 2 ** 31), record(60)]);
    const out = join(workshop.folder(), 'x.csv');
    const { code, stderr } = botlab('extract', workshop.save(damaged), '-o', out, ...args);
    expect(code).toBe(0);
    const rows = cellsOf(fs.readFileSync(rowsFile(), 'utf8'));
    expect(cellsOf(fs.readFileSync(out, 'utf8'))).toEqual(rows);
    const place = fs.statSync(capture).size;
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(
        ` is damaged: packet ${rows.length + 1}, at byte ${place}, .*; all before it was read\\.$`,
      ),
    );
  });

  it('the same to standard output', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [binary, 'extract', capture, '-o', '-'],
      { encoding: 'utf8', maxBuffer: 1e9 },
    );
    expect(status).toBe(0);
    expect(stdout === fs.readFileSync(rowsFile(), 'utf8')).toBe(true);
    expect(stderr).toMatch(/^([\d,]+) packets read, \1 rows written\.\n$/);
  });

  it('no more than a reader takes', async () => {
    const child = spawn(process.execPath, [binary, 'extract', capture, '-o', '-']);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  skipIf(noFull).it('a sentence where the output is full', () => {
    const full = fs.openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(
      process.execPath,
      [binary, 'extract', capture, '-o', '-'],
      {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      },
    );
    fs.closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^botlab: Cannot write standard output: the disk is full; .*\n$/);
  });
});

describe('interrupted', () => {
  /** Starts on a standard input that does not end, and waits until a file is begun. */
  async function begin(out: string, name: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [binary, 'extract', '-', '-o', join(out, name)]);
    child.stdin.write(fs.readFileSync(capture));
    while (fs.readdirSync(out).length === 0 && child.exitCode === null) await setTimeout(20);
    return child;
  }

  it.each(['x.csv', 'x.parquet'])('it leaves nothing of %s', async (name) => {
    const out = workshop.folder();
    const child = await begin(out, name);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(fs.readdirSync(out)).toEqual([]);
  });

  it('by force, the next run cleans up', async () => {
    const out = workshop.folder();
    const child = await begin(out, 'x.csv');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fs.readdirSync(out)).toHaveLength(1);
    expect(botlab('extract', capture, '-o', join(out, 'x.csv')).code).toBe(0);
    expect(fs.readdirSync(out)).toEqual(['x.csv']);
  });
});
