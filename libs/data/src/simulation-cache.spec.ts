import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PartialFile } from '@botlab/files';
import { FEATURE_NAMES } from '@botlab/traffic';
import { folderOf, messageOf } from './csv-folder.fixture.spec';
import { SimulationCache } from './simulation-cache';
import { namesIn, readFew, tiny } from './simulation.fixture.spec';
import { simulatorVersion } from './simulator-version';
import { Table } from './table';

const NAME = /^simulated-seed1-[0-9a-f]{16}\.parquet$/;

/** A folder with the rows of `readFew`, and their file. */
async function filled(): Promise<{ cache: string; file: string; checksum: string }> {
  const cache = path.join(folderOf({}), 'a', 'b');
  const checksum = (await readFew({ cache })).checksum();
  const [name, ...others] = namesIn(cache);
  expect(name).toMatch(NAME);
  expect(others).toEqual([]);
  return { cache, file: path.join(cache, name!), checksum };
}

describe('simulated rows', () => {
  let kept: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    kept = await filled();
  });

  it('are the same from the disk, where they are not made again', async () => {
    const { mtimeMs } = fs.statSync(kept.file);
    const told: [number, number][] = [];
    const table = await readFew(
      { cache: kept.cache },
      { onProgress: (done, total) => told.push([done, total]) },
    );
    expect(table.checksum()).toBe(kept.checksum);
    expect(told).toEqual([[60, 60]]); // rows read, where simulating has thousands
    expect(fs.statSync(kept.file).mtimeMs).toBe(mtimeMs);
    expect((await readFew({ cache: null })).checksum()).toBe(kept.checksum);
  });

  it.each<[string, (file: string) => void]>([
    ['cut off', (file) => fs.truncateSync(file, fs.statSync(file).size >> 1)],
    ['no parquet', (file) => fs.writeFileSync(file, 'text')],
    ['empty', (file) => fs.writeFileSync(file, '')],
  ])('are made again where the file is %s', async (_, damage) => {
    damage(kept.file);
    expect((await readFew({ cache: kept.cache })).checksum()).toBe(kept.checksum);
    expect(namesIn(kept.cache)).toEqual([path.basename(kept.file)]);
    await readFew({ cache: kept.cache }, { onProgress: (_, total) => expect(total).toBe(60) });
  });

  it('are made again where the file is of other rows', async () => {
    const { cache, file } = kept;
    const whole = fs.readFileSync(file);
    await readFew({ cache, seed: 2 });
    const other = namesIn(cache).find((name) => name.startsWith('simulated-seed2'))!;
    fs.renameSync(path.join(cache, other), file);
    expect((await readFew({ cache })).checksum()).toBe(kept.checksum);
    expect(fs.readFileSync(file).equals(whole)).toBe(true);
  });

  it('are whole when two make them at once', async () => {
    const cache = folderOf({});
    const [a, b] = await Promise.all([readFew({ cache }), readFew({ cache })]);
    expect([a.checksum(), b.checksum()]).toEqual([kept.checksum, kept.checksum]);
    expect(namesIn(cache)).toEqual([path.basename(kept.file)]);
  });

  it('are refused a folder that cannot be written, before they are made', async () => {
    const cache = path.join(kept.file, 'below');
    const onProgress = jest.fn();
    const message = await messageOf(readFew({ cache }, { onProgress }));
    expect(message).toMatch(/^InputError: Cannot write to .*not a folder.* --cache DIR\.$/);
    expect(message).toContain(cache);
    expect(onProgress).not.toHaveBeenCalled();
  });
});

describe('a cache', () => {
  const key = { ...tiny, selection: [Uint32Array.of(1, 2)] };
  const names = (...keys: (typeof key)[]) =>
    keys.map((each) => new SimulationCache('/cache').fileOf(each));

  it('has a file for each seed, scale and selection', () => {
    const all = names(
      key,
      { ...key, seed: 2 },
      { ...key, scale: 1 },
      { ...key, selection: [Uint32Array.of(1, 3)] },
      { ...key, selection: [Uint32Array.of(1), Uint32Array.of(2)] },
    );
    expect(new Set(all).size).toBe(all.length);
    expect(names({ ...key })).toEqual([all[0]]);
  });

  /** Keeps 30 rows of zeros under a seed, and returns their file. */
  async function keep(cache: SimulationCache, seed: number): Promise<string> {
    const table = new Table({
      features: new Float64Array(30 * FEATURE_NAMES.length),
      columns: FEATURE_NAMES,
      label: new Uint8Array(30),
      device: new Uint8Array(30),
      devices: ['device'],
      file: new Uint16Array(30),
      files: [{ name: 'file', device: 'device', label: 0, rows: 30 }],
      row: Uint32Array.from({ length: 30 }, (_, row) => row),
    });
    const file = cache.fileOf({ ...key, seed });
    await cache.fill(table, { ...key, seed }, () => Promise.resolve());
    return file;
  }

  it('stays within its limit: the oldest of its own files go', async () => {
    const folder = folderOf({});
    const first = await keep(new SimulationCache(folder), 1);
    const { size } = fs.statSync(first);
    fs.utimesSync(first, 1000, 1000);
    fs.writeFileSync(path.join(folder, 'mine.parquet'), Buffer.alloc(10 * size));
    const cache = new SimulationCache(folder, 2.5 * size);
    const second = await keep(cache, 2);
    const third = await keep(cache, 3);
    const kept = [second, third].map((file) => path.basename(file));
    expect(namesIn(folder)).toEqual(['mine.parquet', ...kept].sort());
  });

  it('lets be what it cannot remove, as what another person keeps in a shared folder', async () => {
    const folder = folderOf({});
    const theirs = 'simulated-seed1-0123456789abcdef.parquet';
    fs.mkdirSync(path.join(folder, theirs)); // a folder: rm without "recursive" refuses it
    const first = await keep(new SimulationCache(folder), 1);
    const { size } = fs.statSync(first);
    fs.utimesSync(path.join(folder, theirs), 1000, 1000);
    fs.utimesSync(first, 2000, 2000);
    const cache = new SimulationCache(folder, 2.5 * size);
    const second = await keep(cache, 2);
    const third = await keep(cache, 3);
    const kept = [second, third].map((file) => path.basename(file));
    expect(namesIn(folder)).toEqual([theirs, ...kept].sort());
  });

  it('does not keep what is larger than its limit', async () => {
    const folder = folderOf({});
    await keep(new SimulationCache(folder, 1000), 1);
    expect(namesIn(folder)).toEqual([]);
  });

  it('removes what a killed process left, but not what another is writing', async () => {
    const folder = folderOf({});
    const cache = new SimulationCache(folder);
    const other = new PartialFile(cache.fileOf({ ...key, seed: 1 }));
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    fs.writeFileSync(other.partial.replace(`-${process.pid}-`, `-${gone}-`), '');
    const file = await keep(cache, 5);
    expect(namesIn(folder)).toEqual(
      [other.partial, file].map((name) => path.basename(name)).sort(),
    );
    other.abort();
  });

  it('says what it cannot write, and leaves nothing', async () => {
    const folder = folderOf({});
    const cache = new SimulationCache(folder);
    const file = cache.fileOf({ ...key, seed: 1 });
    fs.mkdirSync(path.join(file, 'in the way'), { recursive: true });
    expect(await messageOf(keep(cache, 1))).toMatch(
      /^InputError: Cannot write .*\.parquet: .*--cache DIR\.$/,
    );
    expect(namesIn(folder)).toEqual([path.basename(file)]);
  });
});

it("the simulator's version is the same from call to call", () => {
  expect(simulatorVersion()).toMatch(/^[0-9a-f]{64}$/);
  expect(simulatorVersion()).toBe(simulatorVersion());
});
