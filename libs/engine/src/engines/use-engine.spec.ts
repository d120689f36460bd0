import { InputError } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import type { Availability, Engine } from './engine';
import * as preference from './preference';
import { ENGINE_NAMES, engines } from './registry';
import { currentEngine, describeEngines, useEngine } from './use-engine';

afterEach(() => jest.restoreAllMocks());

/** An engine of that name that says so of itself, and computes on tfjs's cpu. */
const engine = (name: string, status: Availability): Engine => ({
  name,
  title: 'made for a test',
  backend: 'cpu',
  runsOn: 'either',
  probe: () => Promise.resolve(status),
});

/** What a promise is rejected with; fails if it is not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('expected a rejection')),
    (error: unknown) => error,
  );
}

describe('currentEngine', () => {
  it('puts one to use where none is', async () => {
    expect(tf.getBackend()).toBeUndefined(); // nothing before it in this file may put one to use
    const { name, backend } = await currentEngine();
    expect(ENGINE_NAMES).toContain(name);
    expect(tf.getBackend()).toBe(backend);
  });
  it('is the one in use, and where tfjs computes with another backend one that is put to use', async () => {
    const reference = await useEngine('reference');
    expect(await currentEngine()).toEqual(reference);
    const ofAnotherCopy = { kernelName: 'Sum', gradFunc: () => ({}) };
    tf.unregisterGradient('Sum');
    tf.registerGradient(ofAnotherCopy);
    expect(await currentEngine()).toEqual(reference);
    expect(tf.getGradient('Sum')).not.toBe(ofAnotherCopy); // ours again
    await tf.setBackend('cpu');
    const found = await currentEngine();
    expect(ENGINE_NAMES).toContain(found.name);
    expect(tf.getBackend()).toBe(found.backend);
  });
});

describe('describeEngines', () => {
  it('describes every engine, in the order of preference', async () => {
    const names = (await describeEngines()).map(({ name }) => name);
    expect(names).toEqual(ENGINE_NAMES);
    expect(names).toEqual(engines().map(({ name }) => name)); // each under its own name
  });
  it('says of each where it runs, or why it cannot and what mends that', async () => {
    for (const status of await describeEngines()) {
      const said = status.available ? [status.detail] : [status.reason, status.remedy];
      for (const text of [status.title, status.backend, ...said]) {
        expect(text).toMatch(/\S/);
        expect(text).not.toMatch(/\.$|\n/); // parts of one sentence
      }
    }
  });
  it('has the reference engine everywhere', async () => {
    const reference = (await describeEngines()).find(({ name }) => name === 'reference');
    expect(reference).toMatchObject({ available: true, detail: `Node ${process.versions.node}` });
  });
  it('leaves the backend in use as it was', async () => {
    await tf.setBackend('cpu');
    await describeEngines();
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('useEngine', () => {
  it('uses every engine that is said to be available', async () => {
    for (const { name, title, backend, runsOn, ...status } of await describeEngines()) {
      if (!status.available) continue;
      await tf.setBackend('cpu');
      const running = { name, title, backend, runsOn, detail: status.detail };
      expect(await useEngine(name)).toEqual(running);
      expect(tf.getBackend()).toBe(backend);
    }
  });
  it.each([undefined, 'auto'])(
    '%s is the first of those preferred that can run here',
    async (wanted) => {
      const absent = engine('native', { available: false, reason: 'gone', remedy: 'call it' });
      const played = engine('webgpu', { available: true, detail: 'a processor', isSoftware: true });
      const there = engine('reference', { available: true, detail: 'the first' });
      const next = engine('wasm', { available: true, detail: 'the second' });
      const preferred = jest
        .spyOn(preference, 'preferredEngines')
        .mockResolvedValue([absent, played, there, next]);
      expect(await useEngine(wanted)).toMatchObject({ name: 'reference', detail: 'the first' });
      expect(preferred).toHaveBeenLastCalledWith({ anew: false });
      // A graphics card that is preferred comes first, and is measured anew on demand.
      const card = engine('webgpu', { available: true, detail: 'a card', isSoftware: false });
      preferred.mockResolvedValue([card, there]);
      expect(await useEngine(wanted, { measureAnew: true })).toMatchObject({ detail: 'a card' });
      expect(preferred).toHaveBeenLastCalledWith({ anew: true });
    },
  );
  it('auto takes the first on the processor where asked to', async () => {
    const statuses = await describeEngines();
    const first = statuses.find(({ available, runsOn }) => available && runsOn === 'processor');
    expect((await useEngine('auto', { runsOn: 'processor' })).name).toBe(first?.name);
  });
  it('suggests the nearest name', async () => {
    const error = await rejection(useEngine('refrence'));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toHaveProperty(
      'message',
      'Unknown engine "refrence": expected one of auto, native, wasm, webgpu, tensorflow, reference; did you mean "reference"?',
    );
  });
  it('says in one sentence why an engine cannot run and what mends it', async () => {
    const absent = { available: false, reason: 'it is gone', remedy: 'call it' } as const;
    for (const engine of engines()) {
      const { name } = engine;
      // As it says by itself where it cannot run here; otherwise as if it could not.
      const found = await engine.probe();
      const status = found.available ? absent : found;
      jest.spyOn(engine, 'probe').mockResolvedValue(status);
      await tf.setBackend('cpu');
      const error = await rejection(useEngine(name));
      expect(error).toBeInstanceOf(InputError);
      const { message } = error as InputError;
      expect(message).toBe(
        `Cannot use the engine "${name}": ${status.reason}; to mend it: ${status.remedy}.`,
      );
      expect(message).not.toMatch(/\. [A-Z]|\n/);
      expect(tf.getBackend()).toBe('cpu');
    }
  });
  it.each([0, 1.5, 1025])('refuses %d threads', async (threads) => {
    const error = await rejection(useEngine('reference', { threads }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toHaveProperty(
      'message',
      `Cannot use ${threads} threads: expected a whole number from 1 to 1024.`,
    );
  });
  it('says so when tfjs cannot start the backend', async () => {
    const start = jest.spyOn(tf.engine(), 'setBackend').mockResolvedValue(false);
    const { message } = (await rejection(useEngine('reference'))) as InputError;
    start.mockRestore();
    expect(message).toBe(
      'Cannot use the engine "reference": tfjs could not start its backend "reference"; run botlab doctor.',
    );
  });
  it('silences the advice that tfjs prints', async () => {
    await useEngine('reference');
    expect(tf.env().getBool('PROD')).toBe(true);
  });
});
