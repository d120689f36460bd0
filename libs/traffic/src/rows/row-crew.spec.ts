import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FEATURES } from '../schema';
import { builtFile } from './built-file';
import { csvSink } from './csv-sink';
import { CsvText } from './csv-text';
import { RowCrew, type RowCrewOptions } from './row-crew';
import type { Encoded } from './row-worker';

const WIDTH = FEATURES.length;
const BATCH = 2;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-crew-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Batches of rows that tell their place. */
function batches(count: number): Float64Array<ArrayBuffer>[] {
  return Array.from({ length: count }, (_, batch) =>
    new Float64Array(BATCH * WIDTH).fill(batch + 0.5),
  );
}

function crew(options: Partial<RowCrewOptions<Encoded>>): RowCrew<Encoded> {
  const text = new CsvText();
  return new RowCrew({
    batchRows: BATCH,
    ownBatches: 2,
    encode: (rows) => ({ bytes: text.encode(rows) }),
    worker: builtFile(__dirname, 'csv-worker.js'),
    take: () => undefined,
    threads: 2,
    ...options,
  });
}

async function writeAll(
  to: RowCrew<Encoded>,
  rows: readonly Float64Array<ArrayBuffer>[],
): Promise<void> {
  for (const batch of rows) {
    const room = await to.write(batch);
    expect(room).toHaveLength(BATCH * WIDTH);
  }
  await to.end();
}

function worker(name: string, code: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, code);
  return file;
}

it.each([0, 1, 2, 5])('hands on all in its order, made by %d threads', async (threads) => {
  const taken: string[] = [];
  const take = async ({ bytes }: Encoded, rows: number): Promise<void> => {
    await new Promise((done) => setTimeout(done, taken.length % 3));
    expect(rows).toBe(BATCH);
    taken.push(Buffer.from(bytes).toString().split(',', 1)[0]!);
  };
  await writeAll(crew({ threads, take }), batches(40));
  expect(taken).toEqual(Array.from({ length: 40 }, (_, batch) => String(batch + 0.5)));
});

it.each([0, 3])('waits for who takes slowly (%d threads)', async (threads) => {
  let [written, taken, most] = [0, 0, 0];
  const slow = crew({
    threads,
    take: async () => {
      await new Promise((done) => setTimeout(done, 2));
      taken++;
    },
  });
  for (const batch of batches(40)) {
    await slow.write(batch);
    most = Math.max(most, ++written - taken);
  }
  await slow.end();
  expect(taken).toBe(40);
  expect(most).toBeLessThanOrEqual(threads + 1);
});

it.each([0, 2])(
  'tells who writes what ails who takes, and then takes no more (%d threads)',
  async (threads) => {
    let taken = 0;
    const broken = crew({
      threads,
      take: () => {
        if (++taken === 9) throw new Error('full');
      },
    });
    await expect(writeAll(broken, batches(40))).rejects.toThrow('full');
    await broken.stop();
    expect(taken).toBe(9);
  },
);

it('tells what ails a thread', async () => {
  const throwing = worker(
    'throwing.js',
    `require('node:worker_threads').parentPort.on('message', () => { throw new Error('lost'); });`,
  );
  await expect(writeAll(crew({ worker: throwing }), batches(9))).rejects.toThrow('lost');
  const leaving = worker('leaving.js', `process.exit(0);`);
  await expect(writeAll(crew({ worker: leaving }), batches(9))).rejects.toThrow(
    'leaving.js ended before its work was done',
  );
});

it('starts no thread for what takes no time', async () => {
  const missing = crew({ worker: path.join(folder, 'missing.js') });
  await writeAll(missing, batches(2));
});

it('can be stopped in the middle, and more than once', async () => {
  const stopped = crew({});
  for (const batch of batches(10)) await stopped.write(batch);
  await stopped.stop();
  await stopped.stop();
});

it('writes the same CSV on any number of threads', async () => {
  const rows = Float64Array.from({ length: 6000 * WIDTH }, (_, i) => Math.fround(Math.sin(i)) / 3);
  const texts: string[] = [];
  for (const threads of [0, 1, 3]) {
    const pieces: Buffer[] = [];
    const sink = csvSink((bytes) => void pieces.push(Buffer.from(bytes)), threads);
    for (let at = 0; at < rows.length; at += sink.batchRows * WIDTH)
      await sink.write(rows.slice(at, at + sink.batchRows * WIDTH));
    await sink.end();
    texts.push(Buffer.concat(pieces).toString());
  }
  expect(texts[1] === texts[0] && texts[2] === texts[0]).toBe(true);
  const lines = texts[0]!.split('\n');
  expect(lines).toHaveLength(6002);
  expect(lines[6000]).toBe(rows.subarray(-WIDTH).join(','));
});
