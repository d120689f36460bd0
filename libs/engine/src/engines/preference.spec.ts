import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from './registry';
import { preferredEngines } from './preference';
import { describeEngines } from './use-engine';
import * as search from '../backends/webgpu/adapter-search';

const folder = mkdtempSync(join(tmpdir(), 'botlab-'));
const file = join(folder, 'webgpu', 'calibration.json');
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(join(folder, 'webgpu'), { recursive: true, force: true });
});

interface Kept {
  machine: string;
  calibration: { searched: number; milliseconds?: Record<string, number> };
}
const kept = (): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept;
const keep = (change: (kept: Kept) => void): void => {
  const value = kept();
  change(value);
  writeFileSync(file, JSON.stringify(value));
};
const names = async (): Promise<string[]> =>
  (await preferredEngines({ file })).map(({ name }) => name);
const usual = engines().map(({ name }) => name);

/** Has the machine an adapter, or none; returns how often it is searched for. */
function machineWith(found: search.AdapterSearch): () => number {
  const spy = jest.spyOn(search, 'searchAdapter').mockResolvedValue(found);
  return () => spy.mock.calls.length;
}
const none = { reason: 'no graphics driver was found', remedy: 'install one' };
const software = { adapter: { title: 'a processor', isSoftware: true } };

it.each([none, software])(
  'without a graphics card the order is the usual one: %j',
  async (found) => {
    const searches = machineWith(found);
    expect(await names()).toEqual(usual);
    expect(kept().calibration.milliseconds).toBeUndefined();
    expect(await names()).toEqual(usual);
    expect(searches()).toBe(1);
  },
);

it('a card comes first where a step was faster on it, and only there', async () => {
  machineWith(none);
  await names();
  keep(({ calibration }) => (calibration.milliseconds = { native: 10, webgpu: 1 }));
  expect(await names()).toEqual(['webgpu', ...usual.filter((name) => name !== 'webgpu')]);
  keep(({ calibration }) => (calibration.milliseconds = { native: 1, webgpu: 10 }));
  expect(await names()).toEqual(usual);
});

it('is searched for anew after a day, on another machine, where the file is spoilt, and on demand', async () => {
  const searches = machineWith(none);
  await names();
  keep((value) => (value.calibration.searched -= 25 * 3600 * 1000));
  await names();
  expect(searches()).toBe(2);
  keep((value) => (value.machine = 'another'));
  await names();
  expect(searches()).toBe(3);
  writeFileSync(file, '{"machine": ');
  await names();
  expect(searches()).toBe(4);
  await preferredEngines({ file, anew: true });
  expect(searches()).toBe(5);
});

it('a folder that cannot be written keeps nothing, and changes nothing', async () => {
  machineWith(none);
  writeFileSync(join(folder, 'file'), '');
  const impossible = join(folder, 'file', 'calibration.json');
  expect((await preferredEngines({ file: impossible })).map(({ name }) => name)).toEqual(usual);
});

it('a card is measured against the processor', async () => {
  machineWith({ adapter: { title: 'a card', isSoftware: false } });
  const webgpu = engines().find(({ name }) => name === 'webgpu')!;
  const { available } = await webgpu.probe();
  await names();
  const { milliseconds } = kept().calibration;
  if (!available) expect(milliseconds).toBeUndefined();
  else {
    const [processor] = (await describeEngines()).filter((status) => status.available);
    expect(Object.keys(milliseconds!)).toEqual([processor!.name, 'webgpu']);
    for (const time of Object.values(milliseconds!)) expect(time).toBeGreaterThan(0);
  }
}, 120_000);
