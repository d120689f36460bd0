import path from 'node:path';
import { CELLS, simulateRows } from '@botlab/traffic';
import { CLASSES } from './class-label';
import { folderOf } from './csv-folder.fixture.spec';
import { sample } from './sample';
import { simulatedSource } from './simulated-source';
import { simulationFolder } from './simulation-folder';
import { namesIn, readSample, tiny } from './simulation.fixture.spec';

describe('the files', () => {
  const { files, rows, synthetic, description } = simulatedSource({ seed: 1 });
  const counts = files.map((file) => file.rows);

  it('are the 89 of N-BaIoT with all its rows, and say that they are synthetic', () => {
    expect(files).toHaveLength(89);
    expect(rows).toBe(7_062_606);
    expect(synthetic).toBe(true);
    expect(description).toBe('simulated N-BaIoT (synthetic), seed 1');
  });

  it("give the paper's 353,130 rows at 5 %", () => {
    const taken = sample(counts, { fraction: 0.05 }, 1).map(({ length }) => length);
    expect(taken.reduce((sum, length) => sum + length, 0)).toBe(353_130);
  });

  it('are named as at UCI, by device and then by class', () => {
    const names = files.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual([
      'Danmini_Doorbell/benign_traffic.csv',
      'Danmini_Doorbell/gafgyt_attacks/combo.csv',
    ]);
    expect(new Set(names).size).toBe(89);
    for (const [i, { device, label, name }] of files.entries()) {
      const attack = CLASSES[label]!.attack ?? 'benign_traffic';
      expect(name.startsWith(`${device}/`) && name.endsWith(`/${attack}.csv`)).toBe(true);
      const before = files[i - 1];
      if (before?.device === device) expect(label).toBeGreaterThan(before.label);
    }
  });

  it('have the share of rows that scale says, and at least one', () => {
    const scaled = simulatedSource({ seed: 1, scale: 0.001 });
    expect(scaled.description).toContain('scale 0.001');
    expect(scaled.files[0]!.rows).toBe(Math.round(counts[0]! * 0.001));
    const least = simulatedSource({ seed: 1, scale: 1e-9 });
    expect(least.files.every((file) => file.rows === 1)).toBe(true);
  });

  it.each([
    { seed: -1 },
    { seed: 1.5 },
    { seed: 1, scale: 0 },
    { seed: 1, scale: NaN },
    { seed: 1, threads: 0 },
  ])('refuses %j', (options) => {
    expect(() => simulatedSource(options)).toThrow(RangeError);
  });
});

describe('the rows', () => {
  it('are what the simulator makes, in their places', async () => {
    const source = simulatedSource({ seed: 2, cache: null });
    const picked: Record<number, Uint32Array> = {
      0: Uint32Array.of(0, 3, 500),
      42: Uint32Array.of(17),
    };
    const selection = CELLS.map((_, i) => picked[i] ?? new Uint32Array());
    const table = await source.read(selection);
    const expected = [0, 42].flatMap((i) => [
      ...simulateRows(CELLS[i]!, selection[i]!, { seed: 2 }),
    ]);
    expect([...table.features]).toEqual(expected);
    expect([...table.row]).toEqual([0, 3, 500, 17]);
    expect([...table.file]).toEqual([0, 0, 0, 42]);
    expect([...table.label]).toEqual([0, 0, 0, source.files[42]!.label]);
    expect(table.devices[table.device[3]!]).toBe(CELLS[42]!.device);
  });

  it('do not depend on the number of threads, but on the seed', async () => {
    const one = await readSample({ threads: 1 });
    expect(one.rows).toBe(300);
    expect((await readSample({ threads: 2 })).checksum()).toBe(one.checksum());
    expect((await readSample({ seed: 2 })).checksum()).not.toBe(one.checksum());
  });

  it('of a smaller scale are the first of the whole files', async () => {
    const first = CELLS.map((_, i) => Uint32Array.from(i % 10 === 0 ? [0, 5] : []));
    const read = (scale: number) => simulatedSource({ seed: 1, scale, cache: null }).read(first);
    expect((await read(0.001)).features).toEqual((await read(1)).features);
  });

  it('may be none', async () => {
    const cache = path.join(folderOf({}), 'cache');
    const table = await simulatedSource({ ...tiny, cache }).read(
      CELLS.map(() => new Uint32Array()),
    );
    expect(table.rows).toBe(0);
    expect(namesIn(cache)).toEqual([]);
  });

  it('must be rows that there are', async () => {
    const source = simulatedSource({ ...tiny, cache: null });
    const read = source.read(source.files.map(({ rows }) => Uint32Array.of(rows)));
    await expect(read).rejects.toThrow(RangeError);
  });
});

it('tells its progress up to the end', async () => {
  const told: [number, number][] = [];
  await readSample({}, { onProgress: (done, total) => told.push([done, total]) });
  const [done, total] = told.at(-1)!;
  expect(done).toBe(total);
  expect(told.length).toBeGreaterThanOrEqual(89);
  expect(told.every(([at], i) => at >= (told[i - 1]?.[0] ?? 0))).toBe(true);
});

it('stops at once, and leaves no file', async () => {
  const cache = folderOf({});
  const stop = new AbortController();
  const started = Date.now();
  const reading = readSample(
    { scale: 1, cache },
    { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) },
  );
  await expect(reading).rejects.toThrow('enough');
  expect(Date.now() - started).toBeLessThan(5000); // all of it takes twenty seconds of computing
  expect(namesIn(cache)).toEqual([]);
});

it("keeps rows in the system's cache folder by default", () => {
  expect(simulationFolder()).toMatch(/botlab[/\\]simulated$/);
});
