import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import {
  ethernet,
  FRAMES,
  ipv4,
  pcap,
  TCP,
  UDP,
  type PcapRecord,
} from '../capture/capture-bytes.fixture.spec';
import { readCapture } from '../capture/capture-file';
import { type Extraction, type ExtractionOptions, extractFeatures } from './extraction';
import { FeatureExtractor } from './extractor';
import { macText } from '../mac-address';
import type { RowSink } from '../rows/row-sink';
import { FEATURES } from '../schema';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-extraction-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const WIDTH = FEATURES.length;
let files = 0;
const save = (bytes: Uint8Array): string => {
  const file = path.join(folder, `${files++}.pcap`);
  fs.writeFileSync(file, bytes);
  return file;
};

const MINE = 0x0200000000a1;
const START = 1_505_661_693;
const tcp = ethernet(`0800 ${ipv4(6, TCP)}`);
/** From 02:00:00:00:00:b1. */
const theirs = Buffer.concat([tcp.subarray(6, 12), tcp.subarray(0, 6), tcp.subarray(12)]);
const record = (frame: Buffer, second: number): PcapRecord => ({ frame, seconds: START + second });
const early = pcap([record(tcp, 0), record(theirs, 1), record(theirs, 2)]);
const late = pcap([record(ethernet(`0800 ${ipv4(17, UDP)}`), 3), record(theirs, 4)]);
const both = [save(early), save(late)];

async function extract(
  captures: readonly string[],
  options?: ExtractionOptions,
): Promise<Extraction & { lines: string[] }> {
  const lines: string[] = [];
  const sink: RowSink = {
    batchRows: 2,
    write: (rows) => {
      for (let at = 0; at < rows.length; at += WIDTH)
        lines.push(rows.subarray(at, at + WIDTH).join(','));
      return Promise.resolve(new Float64Array(2 * WIDTH));
    },
    end: () => Promise.resolve(),
  };
  const extraction = await extractFeatures(captures, sink, options);
  return { ...extraction, lines };
}

/** The rows of all packets, as one extractor gives them. */
async function expected(captures: readonly string[]): Promise<string[]> {
  const extractor = new FeatureExtractor();
  const row = new Float64Array(FEATURES.length);
  const lines: string[] = [];
  for (const capture of captures) {
    await readCapture(capture, {
      onBatch: (batch) => {
        for (let i = 0; i < batch.size; i++) {
          extractor.update(batch, i);
          extractor.write(row);
          lines.push(row.join(','));
        }
      },
    });
  }
  return lines;
}

it('writes a row a packet, the statistics going on from capture to capture', async () => {
  const { lines, ...extraction } = await extract(both);
  expect(lines).toEqual(await expected(both));
  expect(extraction).toMatchObject({
    packets: 5,
    rows: 5,
    malformed: 0,
    reasons: {},
    streams: { MI_dir: 2, H: 1, HH: 1, HpHp: 2 },
    dropped: { MI_dir: 0, H: 0, HH: 0, HpHp: 0 },
    notes: [],
  });
  expect(extraction.captures).toMatchObject([
    { name: both[0], packets: 3 },
    { name: both[1], packets: 2 },
  ]);
});

it('writes the rows of one sender, whose statistics see every packet', async () => {
  const all = await expected(both);
  const mine = await extract(both, { mac: MINE });
  expect(mine.lines).toEqual([all[0], all[3]]);
  expect(mine).toMatchObject({ packets: 5, rows: 2 });
});

it('reads standard input in its place among files', async () => {
  const { lines, captures } = await extract([both[0]!, '-'], { input: Readable.from([late]) });
  expect(lines).toEqual(await expected(both));
  expect(captures[1]).toMatchObject({ name: 'standard input' });
});

it('notes captures that are cut, or not in the order of time', async () => {
  const cut = save(late.subarray(0, -3));
  const { notes, rows } = await extract([cut, both[0]!]);
  expect(rows).toBe(4);
  expect(notes).toEqual([
    `${cut} ends at byte ${late.length - 3}, within packet 2 that begins at byte ${late.length - 16 - tcp.length}; all before it was read.`,
    `${both[0]} begins before ${cut} ends: captures are read as one recording, expected in the order of time.`,
  ]);
});

it('writes the rows before damage, and none with strict', async () => {
  const damaged = save(
    pcap([record(tcp, 0), { ...record(tcp, 1), captured: 2 ** 31 }, record(tcp, 2)]),
  );
  const damage = `${damaged} is damaged: packet 2, at byte 94, says that 2147483648 bytes of it were captured, expected 262144 at most`;
  const { rows, notes } = await extract([damaged, ...both]);
  expect([rows, notes[0]]).toEqual([6, `${damage}; all before it was read.`]);
  await expect(extract([damaged, ...both], { strict: true })).rejects.toThrow(
    `Cannot extract from a capture that is not whole: ${damage}; capture or download it again, or leave --strict out.`,
  );
  const cut = save(late.subarray(0, -3));
  await expect(extract([cut], { strict: true })).rejects.toThrow(
    `not whole: ${cut} ends at byte ${late.length - 3}, within packet 2`,
  );
  expect(await extract(both, { strict: true })).toMatchObject({ rows: 5, notes: [] });
});

it('counts what cannot be read, by reason', async () => {
  const faulty = pcap([
    record(tcp, 0),
    record(tcp.subarray(0, 5), 1),
    record(tcp.subarray(0, 36), 2),
  ]);
  const file = save(faulty);
  const { packets, malformed, reasons } = await extract([file, file]);
  expect([packets, malformed]).toEqual([2, 4]);
  expect(Object.values(reasons)).toEqual([2, 2]);
});

it('forgets idle streams', async () => {
  // Time goes on after the pause: it was no clock gone wrong.
  const later = save(pcap([record(tcp, 9000), record(tcp, 9030)]));
  const { dropped } = await extract([save(early), later], { idle: 60 });
  expect(dropped).toEqual({ MI_dir: 1, H: 0, HH: 0, HpHp: 0 }); // "theirs" did not come back
});

it('tells how far it is', async () => {
  const told: string[] = [];
  await extract(both, {
    onProgress: ({ packets, bytes, totalBytes }) => told.push(`${packets} ${bytes}/${totalBytes}`),
  });
  const total = early.length + late.length;
  expect(told[0]).toBe(`0 0/${total}`);
  expect(told).toContain(`3 ${early.length}/${total}`);
  expect(told.at(-1)).toBe(`5 ${total}/${total}`);
  const streamed: unknown[] = [];
  await extract(['-'], {
    input: Readable.from([early]),
    onProgress: ({ packets, totalBytes }) => streamed.push(packets, totalBytes),
  });
  expect(streamed).toEqual([3, undefined]);
});

it('stops when told to', async () => {
  const stop = new AbortController();
  const onProgress = (): void => stop.abort(new Error('enough'));
  await expect(extract(both, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
});

it('waits for its sink', async () => {
  let isBusy = false;
  const write = async (rows: Float64Array<ArrayBuffer>): Promise<Float64Array<ArrayBuffer>> => {
    expect(isBusy).toBe(false);
    isBusy = true;
    await new Promise(setImmediate);
    isBusy = false;
    return rows;
  };
  const sink: RowSink = { batchRows: 500, write, end: () => Promise.resolve() };
  const many = save(pcap(Array.from({ length: 20_000 }, (_, i) => record(tcp, i))));
  expect(await extractFeatures([many], sink)).toMatchObject({ rows: 20_000 });
});

describe('is refused', () => {
  it('a sender that sent nothing, with those that did', async () => {
    await expect(extract(both, { mac: 7 })).rejects.toThrow(
      `Cannot extract the packets of 00:00:00:00:00:07: it sent none of the 5; those that sent the most are 02:00:00:00:00:b1 (3 packets), ${macText(MINE)} (2 packets).`,
    );
    const raw = save(pcap([record(FRAMES[6]![1], 0)], { linkType: 12 }));
    await expect(extract([raw], { mac: 7 })).rejects.toThrow('no MAC addresses, leave --mac out.');
  });
  it('a capture without packets', async () => {
    const empty = save(pcap([]));
    await expect(extract([empty])).rejects.toThrow(
      `Cannot extract from ${empty}: it holds no packet; name another capture.`,
    );
    const faulty = save(pcap([record(tcp.subarray(0, 5), 1)]));
    await expect(extract([faulty])).rejects.toThrow(
      /it holds no packet that can be read, but 1 that cannot \(\S.*\); name another capture\.$/,
    );
    expect(await extract([empty, both[0]!])).toMatchObject({ rows: 3 });
  });
  it('a capture that is not there, before the first is read', async () => {
    const onProgress = jest.fn();
    await expect(extract([both[0]!, `${folder}/x`], { onProgress })).rejects.toThrow(
      `Cannot read ${folder}/x: it does not exist; check the path.`,
    );
    await expect(extract([folder])).rejects.toThrow('it is a folder; name a file.');
    await expect(extract(['-', '-'])).rejects.toThrow('Cannot read standard input twice');
    expect(onProgress).not.toHaveBeenCalled();
  });
});
