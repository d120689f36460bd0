import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { WasmHost } from './wasm-host';

const CHANNELS = 5;
const ROWS = 3_000;
const GRAIN = 100;
const PARTIALS = Math.ceil(ROWS / GRAIN) * 2 * CHANNELS;

/** Moments of each part of some rows, and what each seat left in its scratch, 0 where it had no part. */
function moments(host: WasmHost): { partials: Float32Array; seats: number[] } {
  const x = Float32Array.from({ length: ROWS * CHANNELS }, (_, i) => Math.sin(i) * (i % 7));
  const partials = host.allocate(PARTIALS);
  const scratch = host.allocate(host.seats * 2 * CHANNELS).fill(0);
  const held = host.resident(x);
  host.run('channelMoments', ROWS, GRAIN, [held, partials, scratch, CHANNELS, 0]);
  const result = partials.slice();
  const seats = Array.from({ length: host.seats }, (_, i) => scratch[i * 2 * CHANNELS]!);
  for (const array of [partials, scratch, held]) host.release(array);
  return { partials: result, seats };
}

/** Runs kernels until every thread had a part in one, or for ten seconds. */
function threadsSeen(host: WasmHost): number {
  const seen = new Set<number>();
  for (const end = Date.now() + 10_000; seen.size < host.seats && Date.now() < end;) {
    moments(host).seats.forEach((value, seat) => value !== 0 && seen.add(seat));
  }
  return seen.size;
}

describe.each([false, true])('the kernels as WebAssembly, plain SIMD: %s', (plain) => {
  const host = new WasmHost({ plain });

  it('come in the flavour that was asked for', () => {
    expect(host.relaxed).toBe(!plain);
    expect(host.lanes).toBe(4);
    expect(host.tileRows * host.tileColumns).toBeGreaterThan(0);
  });

  it('give the same bits with 1, 2 and 3 threads, all of which take part', () => {
    host.setThreads(1);
    const { partials } = moments(host);
    expect(partials.every(Number.isFinite)).toBe(true);
    for (const threads of [2, 3, 1]) {
      host.setThreads(threads);
      expect(threadsSeen(host)).toBe(threads);
      for (let i = 0; i < 50; i++) expect(moments(host).partials).toEqual(partials);
    }
  });

  it('add up', () => {
    const partials = host.allocate(6);
    partials.set([1, 2, 3, 10, 20, 30]);
    host.run('sumParts', 3, 2, [partials, 2, 3]);
    expect([...partials.subarray(0, 3)]).toEqual([11, 22, 33]);
    host.release(partials);
  });

  it('work in memory that has grown, on every thread', () => {
    host.setThreads(2);
    const arrays: Float32Array[] = [];
    for (let power = 20; power < 26; power++) {
      const parts = host.allocate(2 ** power).fill(1);
      arrays.push(parts);
      host.run('sumParts', 2 ** (power - 1), 2 ** 12, [parts, 2, 2 ** (power - 1)]);
      expect(parts.subarray(0, 2 ** (power - 1)).every((value) => value === 2)).toBe(true);
    }
    for (const array of arrays) host.release(array);
  });
});

describe('a call', () => {
  const host = new WasmHost();
  const logits = host.resident(Float32Array.of(0, 1, 2, 3));
  const softmax = host.allocate(4);
  const results = host.allocate(4);

  it('takes inputs from outside the memory, and keeps no copy', () => {
    const labels = Int32Array.of(9, 1, 0).subarray(1);
    const call = (): void =>
      host.run('crossEntropyForward', 2, 8, [logits, labels, 2, softmax, results]);
    call();
    expect([...results].map((value) => Number(value.toFixed(4)))).toEqual([0.3133, 1, 1.3133, 0]);
    const next = host.allocate(2);
    host.release(next);
    call();
    expect(host.allocate(2).byteOffset).toBe(next.byteOffset);
  });
  it('takes null for what is left out', () => {
    const left = [null, null, 0, 0, 0, null, null];
    host.run('joinForward', 2, 8, [logits, null, 2, 0, ...left, softmax]);
    expect([...softmax]).toEqual([0, 1, 2, 3]);
  });
  it('refuses numbers of threads that are none', () => {
    for (const threads of [0, 1.5, NaN]) expect(() => host.setThreads(threads)).toThrow(TypeError);
  });
});

describe('arrays', () => {
  const host = new WasmHost();

  it('are resident where they come from the memory, otherwise copied', () => {
    const array = host.allocate(3);
    expect(host.resident(array)).toBe(array);
    const outside = Float32Array.of(1, NaN, -0);
    const copy = host.resident(outside);
    expect(copy).toEqual(outside);
    expect([outside, copy].map((values) => host.owns(values))).toEqual([false, true]);
  });
});

describe('a kernel that leaves the memory', () => {
  const ROWS = 64;
  it.each([0, 20, 40, 63])('ends the call on whichever thread has row %i, and the host', (row) => {
    const host = new WasmHost();
    host.setThreads(2);
    threadsSeen(host);
    const [logits, softmax, results] = [1, 1, 2].map((n) => host.allocate(n * ROWS).fill(0));
    const labels = new Int32Array(ROWS);
    labels[row] = 2 ** 29;
    const call = (): void =>
      host.run('crossEntropyForward', ROWS, 1, [logits!, labels, 1, softmax!, results!]);
    expect(call).toThrow('the kernel "crossEntropyForward" failed, and no other can run');
    expect(() => moments(host)).toThrow('the kernel "crossEntropyForward" failed');
  });
});

describe('the process ends', () => {
  const file = join(__dirname, '..', '..', '..', 'dist', 'backends', 'compiled', 'wasm-host.js');
  const script = `
    const { WasmHost } = require(${JSON.stringify(file)});
    const host = new WasmHost();
    host.setThreads(2);
    const parts = host.allocate(2 ** 20).fill(1);
    for (const end = Date.now() + 300; Date.now() < end; ) {
      host.run('sumParts', 2 ** 19, 2 ** 12, [parts, 1, 2 ** 19]);
    }`;

  it.each([
    ['when nothing is left to do', '', 0],
    ['at process.exit', 'process.exit(3);', 3],
    ['at an error', 'throw new Error("end");', 1],
    ['while its threads sleep', 'setTimeout(() => undefined, 500);', 0],
    [
      'before its threads have started',
      'host.setThreads(4); host.run("sumParts", 2, 1, [parts, 1, 2]);',
      0,
    ],
  ])('%s', (_, last, status) => {
    const child = spawnSync(process.execPath, ['-e', script + last], { timeout: 20_000 });
    expect([child.status, child.signal]).toEqual([status, null]);
  });
});
