import * as tf from '@tensorflow/tfjs';
import { skipIf } from '../../../../tools/testing/skip-if';
import { withoutNative } from '../../../../tools/testing/native';
import type { Engine } from './engine';
import { kernelHost } from './engine-in-use';
import { engines } from './registry';
import { useEngine } from './use-engine';

it('the reference engine has no compiled kernels', async () => {
  await useEngine('reference');
  expect(kernelHost()).toBeUndefined();
});

describe.each(engines().filter(({ runsOn }) => runsOn !== 'processor'))('on $name', (engine) => {
  beforeEach(async () => {
    await useEngine('reference', { threads: 3 });
    jest.replaceProperty(engine, 'backend', tf.getBackend());
  });
  afterEach(() => jest.restoreAllMocks());

  it('the kernels are those of the processor, with as many threads as were asked for', () => {
    const host = kernelHost()!;
    expect(host.seats).toBe(3);
    const scores = host.float64(10).fill(1);
    host.run('treeAdd', 5, 10, [host.int32(5).fill(7), 0, 0.5, scores]);
    expect(scores[7]).toBe(3.5);
  });
  it('they are those of wasm where there are none of native', () => {
    const [native, wasm] = ['native', 'wasm'].map((name) => {
      return engines().find((engine) => engine.name === name)!;
    }) as [Engine, Engine];
    const asked = jest.spyOn(wasm, 'kernelHost' as never);
    jest.spyOn(native, 'kernelHost' as never).mockReturnValue(undefined as never);
    expect(kernelHost()).toBe(asked.mock.results[0]!.value);
  });
});

for (const [name, reason] of [
  ['native', withoutNative],
  ['wasm', undefined],
] as const) {
  skipIf(reason).describe(`the kernels of ${name}`, () => {
    it('work in arrays of every type, with as many threads as the engine', async () => {
      await useEngine(name, { threads: 2 });
      const host = kernelHost()!;
      expect(host.seats).toBe(2);
      const rows = host.int32(1000).map((_, i) => 999 - i);
      const scores = host.float64(1000).fill(1);
      host.run('treeAdd', 500, 10, [rows, 0, 0.5, scores]);
      expect(scores.findIndex((score) => score !== 1)).toBe(500);
      expect([host.float32(3).length, host.uint8(3).length]).toEqual([3, 3]);
      host.free(scores);
    });
    it('say what their sources say', () => {
      const host = kernelHost()!;
      expect(host.constant('treeColumns')).toBe(8);
      expect(host.order('treeFound')[0]).toBe('gain');
      expect(() => host.constant('absent')).toThrow(TypeError);
    });
  });
}
