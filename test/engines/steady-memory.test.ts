import { spawnSync } from 'node:child_process';
import { withoutNative } from '../../tools/testing/native';
import { skipIf, slow } from '../../tools/testing/skip-if';
import { withoutWebGPU } from '../../tools/testing/webgpu';

/** What a process has while it trains: tensors, resident memory (MiB) and, of a card, bytes of buffers in use and in all. */
interface Reading {
  readonly numTensors: number;
  readonly resident: number;
  readonly numBytesInGPU?: number;
  readonly numBytesAllocatedInGPU?: number;
}

/** How long to train before the first reading and between two, in steps, and how many readings follow the first. */
interface Training {
  readonly engine: string;
  readonly batch: number;
  readonly before: number;
  readonly between: number;
  readonly more: number;
}

const script = `
  const { useEngine } = require('@botlab/engine');
  const { StepBenchmark } = require('@botlab/training');
  const tf = require('@tensorflow/tfjs');
  (async () => {
    const { engine, batch, before, between, more } = JSON.parse(process.argv[1]);
    await useEngine(engine);
    const settings = { model: 'res-1dcnn-lstm', options: { width: 2 }, work: 'train', batch };
    const benchmark = new StepBenchmark(settings);
    const readings = [];
    for (let reading = 0; reading <= more; reading++) {
      await benchmark.round(reading === 0 ? before : between);
      gc();
      const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } = tf.memory();
      const resident = process.memoryUsage.rss() / 2 ** 20;
      readings.push({ numTensors, resident, numBytesInGPU, numBytesAllocatedInGPU });
    }
    process.stdout.write(JSON.stringify(readings));
  })();
`;

function readingsOf(training: Training): Reading[] {
  const args = ['--expose-gc', '-e', script, JSON.stringify(training)];
  const options = { cwd: __dirname, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Reading[];
}

describe.each([
  ['native', withoutNative],
  ['wasm', undefined],
] as const)('%s', (engine, missing) => {
  skipIf(missing ?? slow).it('2,000 steps leave no tensor behind and no memory', () => {
    // First until V8 has optimised what runs again and again.
    const readings = readingsOf({ engine, batch: 32, before: 500, between: 200, more: 10 });
    expect(readings).toHaveLength(11);
    expect(new Set(readings.map(({ numTensors }) => numTensors)).size).toBe(1);
    // Less than the smallest tensor of a step, its input, would take if each step left one behind.
    const input = (32 * 115 * 4) / 2 ** 20;
    const [first, ...rest] = readings.map(({ resident }) => resident);
    expect(Math.max(...rest) - first!).toBeLessThan(0.9 * 2000 * input);
  });
});

skipIf(withoutWebGPU ?? slow).it(
  'webgpu: 500 steps take no buffer more',
  () => {
    // First until the groups of steps are at their longest.
    const training = { engine: 'webgpu', batch: 2, before: 40, between: 100, more: 5 };
    const [first, ...rest] = readingsOf(training);
    expect(rest).toHaveLength(5);
    for (const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } of rest) {
      expect({ numTensors, numBytesInGPU }).toEqual({
        numTensors: first!.numTensors,
        numBytesInGPU: first!.numBytesInGPU,
      });
      // Losses are read in groups, and a buffer is kept for each length of a group: a few kilobytes. What every
      // step left behind, its input for one, would be 460 of them.
      expect(numBytesAllocatedInGPU! - first!.numBytesAllocatedInGPU!).toBeLessThan(500 * 32);
    }
  },
  600_000,
);
