import { InputError } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import { ENGINE_NAMES, engines } from './registry';
import { describeEngines, useEngine } from './use-engine';

/** What a promise is rejected with; fails if it is not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('expected a rejection')),
    (error: unknown) => error,
  );
}

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
  it.each([undefined, 'auto'])('%s is the first that can run here', async (wanted) => {
    const first = (await describeEngines()).find(({ available }) => available);
    expect((await useEngine(wanted)).name).toBe(first?.name);
  });
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
    for (const { name, ...status } of await describeEngines()) {
      if (status.available) continue;
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
