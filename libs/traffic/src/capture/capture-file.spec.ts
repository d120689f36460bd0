import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import zlib, { gzipSync } from 'node:zlib';
import { skipIf } from '../../../../tools/testing/skip-if';
import { FRAMES, pcap, rows, type Row } from './capture-bytes.fixture.spec';
import type { CaptureTotals } from './capture-decoder';
import { readCapture, type ReadCaptureOptions } from './capture-file';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-capture-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const FRAME = FRAMES[0]![1];
const COUNT = 60_000;
/** Some 4 MB: several blocks, many batches. */
const capture = pcap(Array.from({ length: COUNT }, (_, ticks) => ({ frame: FRAME, ticks })));

function fileOf(content: Uint8Array): string {
  const name = path.join(folder, `${fs.readdirSync(folder).length}.pcap`);
  fs.writeFileSync(name, content);
  return name;
}

/** Reads it, and requires that the packets are those of `capture`, from the first on. */
async function read(
  name: string,
  options: Partial<ReadCaptureOptions> = {},
): Promise<CaptureTotals> {
  let next = 0;
  const onBatch: ReadCaptureOptions['onBatch'] = ({ size, time }) => {
    for (let i = 0; i < size; i++) {
      const expected = (1_505_661_693e6 + next++) / 1e6;
      if (time[i] !== expected) throw new Error(`packet ${next} has the time ${time[i]}`);
    }
  };
  const totals = await readCapture(name, { onBatch, ...options });
  if (options.onBatch === undefined) expect(totals.packets).toBe(next);
  return totals;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => 'no error',
    (cause: unknown) => cause,
  );
  return String(error);
}

const whole = { packets: COUNT, malformed: 0, bytes: capture.length, damage: null };

describe('readCapture', () => {
  it.each([
    ['plain', capture],
    ['compressed', gzipSync(capture)],
    [
      'in gzip members',
      Buffer.concat(
        [capture.subarray(0, 99_999), capture.subarray(99_999)].map((part) => gzipSync(part)),
      ),
    ],
    ['with zeros behind gzip', Buffer.concat([gzipSync(capture), Buffer.alloc(70_000)])],
  ])('reads a file, %s', async (_, content) => {
    expect(await read(fileOf(content))).toMatchObject(whole);
  });

  it.each([
    ['plain', capture],
    ['compressed', gzipSync(capture)],
  ])('reads standard input, %s, the first bytes one by one', async (_, content) => {
    const pieces = [0, 1, 2, 3, 4, 5].map((at) => content.subarray(at, at + 1));
    const input = Readable.from([...pieces, content.subarray(6)]);
    expect(await read('-', { input })).toMatchObject(whole);
  });

  it('gives packets of a stream as they come', async () => {
    const seen: number[] = [];
    async function* live(): AsyncGenerator<Buffer> {
      yield capture.subarray(0, 24 + 70);
      await wait(20);
      seen.push(-1);
      yield capture.subarray(24 + 70, 24 + 140);
    }
    const onBatch = ({ size }: { size: number }): void => void seen.push(size);
    await readCapture('-', { input: Readable.from(live()), onBatch });
    expect(seen).toEqual([1, -1, 1]);
  });

  it('waits for each batch, which it fills again', async () => {
    let isBusy = false;
    const packets: Row[] = [];
    await readCapture(fileOf(capture.subarray(0, 24 + 70 * 9000)), {
      onBatch: async (batch) => {
        expect(isBusy).toBe(false);
        isBusy = true;
        await wait(5);
        packets.push(...rows(batch));
        isBusy = false;
      },
    });
    expect(packets.map(({ time }) => Math.round((time - 1_505_661_693) * 1e6))).toEqual(
      Array.from({ length: 9000 }, (_, i) => i),
    );
  });

  it('tells how far it is, in bytes of the file', async () => {
    const content = gzipSync(capture, { level: 0 });
    const told: (readonly [number, number | undefined])[] = [];
    await read(fileOf(content), { onProgress: (...of) => void told.push(of) });
    expect(told[0]).toEqual([0, content.length]);
    expect(told.length).toBeGreaterThan(4);
    expect(told.at(-1)).toEqual([content.length, content.length]);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const stop = async (): Promise<void> => {
      await wait(1);
      controller.abort(new Error('stopped'));
    };
    const options = { signal: controller.signal, onBatch: stop };
    expect(await messageOf(readCapture(fileOf(capture), options))).toBe('Error: stopped');
    expect(await messageOf(readCapture('nowhere', options))).toBe('Error: stopped');
  });

  it('stops while it waits for standard input', async () => {
    const controller = new AbortController();
    const input = new Readable({ read: () => undefined });
    input.push(capture.subarray(0, 100));
    const onBatch = (): void => void setImmediate(() => controller.abort(new Error('stopped')));
    const reading = readCapture('-', { input, signal: controller.signal, onBatch });
    expect(await messageOf(reading)).toBe('Error: stopped');
    expect(input.destroyed).toBe(true);
  });

  it('passes on what onBatch throws, and closes the file', async () => {
    const onBatch = (): Promise<void> => Promise.reject(new Error('full'));
    expect(await messageOf(readCapture(fileOf(gzipSync(capture)), { onBatch }))).toBe(
      'Error: full',
    );
  });
});

it('stops reading a stream at damage, which may go on without end', async () => {
  const input = new Readable({ read: () => undefined });
  input.push(Buffer.concat([capture.subarray(0, 94), Buffer.alloc(100, 0xff)]));
  const { packets, damage } = await read('-', { input });
  expect(packets).toBe(1);
  expect(damage).toMatch(/^standard input is damaged: packet 2, at byte 94, says /);
  expect(input.destroyed).toBe(true);
});

describe('what is cut short counts as far as it goes', () => {
  it('plain', async () => {
    const name = fileOf(capture.subarray(0, 24 + 70 * 50_000 + 5));
    expect(await read(name)).toMatchObject({
      packets: 50_000,
      damage: `${name} ends at byte 3500029, within packet 50001 that begins at byte 3500024`,
    });
  });
  it.each([0.3, 0.9, 0.999])('compressed, at %d of it', async (part) => {
    const content = gzipSync(capture);
    const name = fileOf(content.subarray(0, Math.floor(content.length * part)));
    const { packets, bytes, damage } = await read(name);
    expect(packets / COUNT).toBeGreaterThan(part - 0.1);
    expect(packets).toBe(Math.floor((bytes - 24) / 70));
    expect(damage).toBe(`${name} ends within its gzip data, behind byte ${bytes} of the capture`);
  });
  it('compressed, in the last eight bytes, which only check the others', async () => {
    const name = fileOf(gzipSync(capture).subarray(0, -3));
    expect(await read(name)).toMatchObject({ packets: COUNT, bytes: capture.length });
  });
});

describe('refuses', () => {
  const nothing =
    ': there is nothing in it, expected a capture (pcap or pcapng); capture or download it again.';
  it.each([
    ['an empty file', Buffer.alloc(0), nothing],
    [
      'one byte',
      Buffer.of(0x1f),
      ': it ends after 1 bytes, expected a capture (pcap or pcapng); capture or download it again.',
    ],
    [
      'the beginning of gzip',
      gzipSync(capture).subarray(0, 9),
      ': it ends within its gzip data before its first packet; download or compress it again.',
    ],
    ['gzip of nothing', gzipSync(''), nothing],
    [
      'gzip of text',
      gzipSync('a,b\n'),
      ': expected a capture (pcap or pcapng), but it is something else; name another file.',
    ],
  ])('%s', async (_, content, message) => {
    const name = fileOf(content);
    expect(await messageOf(read(name))).toBe(`InputError: Cannot read ${name}${message}`);
  });

  it('gzip that is damaged before the first packet', async () => {
    const name = fileOf(gzipSync(capture).fill(7, 10, 11));
    expect(await messageOf(read(name))).toMatch(
      /^InputError: Cannot read .*: it has damaged gzip data \(.+\) before its first packet; download or compress it again\.$/,
    );
  });

  it('a missing file and a folder', async () => {
    const name = path.join(folder, 'missing');
    expect(await messageOf(read(name))).toBe(
      `InputError: Cannot read ${name}: it does not exist; check the path.`,
    );
    expect(await messageOf(read(folder))).toBe(
      `InputError: Cannot read ${folder}: it is a folder; name a file.`,
    );
  });
});

describe('gzip that is damaged', () => {
  const gzip = gzipSync(capture);
  /** Few enough bytes that all of them are the tail, of which little is lost. */
  const few = capture.subarray(0, 24 + 70 * 5000);
  const middle = gzip.length >> 1;

  it.each([
    ['its checksum', () => Buffer.from(gzip).fill(0, gzip.length - 8, gzip.length - 4), COUNT],
    ['what follows it', () => Buffer.concat([gzip, Buffer.alloc(20_000, 'more')]), COUNT],
    ['much that follows', () => Buffer.concat([gzip, Buffer.alloc(90_000, 'more')]), 0.9 * COUNT],
    [
      'what follows zeros behind it',
      () => Buffer.concat([gzip, Buffer.alloc(70_000), gzip]),
      COUNT,
    ],
    ['its middle', () => Buffer.from(gzip).fill(0xff, middle, middle + 9), COUNT / 4],
    ['the middle of a short one', () => gzipSync(few).fill(0xff, 9000, 9009), 2000],
  ])('in %s gives the packets before', async (_, damaged, least) => {
    const name = fileOf(damaged());
    const { packets, bytes, damage } = await read(name);
    expect(packets).toBeGreaterThanOrEqual(least);
    expect(damage).toMatch(/damaged|behind its gzip data/);
    if (damage?.includes('gzip')) {
      expect(damage).toMatch(
        / (has damaged gzip data \(.+\)|holds something else behind its gzip data), behind byte \d+ of the capture$/,
      );
      expect(damage).toContain(`byte ${bytes} of`);
    }
  });
});

it('reads files one after another, compressed too', async () => {
  const half = 24 + 70 * 30_000;
  const [one, two] = [capture.subarray(0, half), capture.subarray(half)];
  const second = Buffer.concat([capture.subarray(0, 24), two]);
  for (const file of [Buffer.concat([one, second]), Buffer.concat([one, second].map(gz))]) {
    expect(await read(fileOf(file))).toMatchObject({ packets: COUNT, malformed: 0, damage: null });
  }
});
const gz = (bytes: Uint8Array): Buffer => gzipSync(bytes);

it('reads a thousand times as much as the file in zeros, in little memory', async () => {
  const bomb = fileOf(gzipSync(Buffer.concat([capture.subarray(0, 94), Buffer.alloc(2 ** 28)])));
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const onProgress = (): void => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  };
  const { packets, reasons } = await read(bomb, { onProgress });
  expect(packets).toBe(1);
  expect(reasons).toEqual({ 'cut within its link header': 2 ** 28 / 16 });
  expect(most).toBeLessThan(128 << 20);
});

it('stops within records without packets when it is told to', async () => {
  const bomb = fileOf(gzipSync(Buffer.concat([capture.subarray(0, 24), Buffer.alloc(2 ** 26)])));
  const controller = new AbortController();
  const onProgress = (): void => void setImmediate(() => controller.abort(new Error('stopped')));
  expect(await messageOf(read(bomb, { signal: controller.signal, onProgress }))).toBe(
    'Error: stopped',
  );
});

/** Of Node.js from 22.15 on. */
const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Uint8Array) => Buffer };
const hasZstd = zstdCompressSync !== undefined;
skipIf(hasZstd ? undefined : `Node.js ${process.version} has no zstd`).describe('zstd', () => {
  const zstd = (bytes: Uint8Array): Buffer => zstdCompressSync!(bytes);
  it('is read as gzip is, in frames too', async () => {
    const frames = [capture.subarray(0, 99_999), capture.subarray(99_999)].map(zstd);
    for (const file of [zstd(capture), Buffer.concat(frames)]) {
      expect(await read(fileOf(file))).toMatchObject(whole);
    }
  });
  it('counts as far as it goes where it is cut or damaged', async () => {
    const content = zstd(capture);
    const cut = fileOf(content.subarray(0, content.length >> 1));
    const { packets, damage, bytes } = await read(cut);
    expect(packets).toBeGreaterThan(COUNT / 4);
    expect(damage).toBe(`${cut} ends within its zstd data, behind byte ${bytes} of the capture`);
    const bad = fileOf(Buffer.from(content).fill(0xff, content.length - 9000));
    expect(await read(bad)).toMatchObject({ damage: expect.stringMatching(/damaged/) as string });
  });
  it('with something else behind it is not whole', async () => {
    const file = fileOf(Buffer.concat([zstd(capture), Buffer.from('more')]));
    const damage = `${file} holds something else behind its zstd data, behind byte ${capture.length} of the capture`;
    expect(await read(file)).toMatchObject({ ...whole, damage });
  });
  it('of zeros, 30,000 times as long as the file, takes little memory', async () => {
    const bomb = fileOf(zstd(Buffer.concat([capture.subarray(0, 94), Buffer.alloc(2 ** 28)])));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const input = fs.createReadStream(bomb).on('data', () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    });
    expect(await read('-', { input })).toMatchObject({ packets: 1, malformed: 2 ** 28 / 16 });
    expect(most).toBeLessThan(128 << 20);
  });
});
skipIf(hasZstd ? 'this Node.js has zstd' : undefined).it(
  'says what to do about zstd where Node.js cannot decompress it',
  async () => {
    const name = fileOf(Buffer.from('28b52ffd00', 'hex'));
    expect(await messageOf(read(name))).toBe(
      `InputError: Cannot read ${name}: it is compressed with zstd, which Node.js decompresses from 22.15 on, and this is ${process.version}; decompress it first, with "zstd -d", or use a newer Node.js.`,
    );
  },
);

const pipe = path.join(folder, 'fifo');
const hasPipe = spawnSync('mkfifo', [pipe]).status === 0;
skipIf(hasPipe ? undefined : 'there is no mkfifo').it('reads a pipe by its path', async () => {
  const writing = fs.promises.writeFile(pipe, capture);
  const told: (number | undefined)[] = [];
  const onProgress = (_: number, total: number | undefined): void => void told.push(total);
  expect(await read(pipe, { onProgress })).toMatchObject(whole);
  expect(told[0]).toBeUndefined();
  await writing;
});
