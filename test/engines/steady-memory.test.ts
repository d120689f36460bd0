import { spawnSync } from 'node:child_process';
import { describeEngines } from '@botlab/engine';

/** What the training below prints: after 500 steps and then every 200, the tensors and the resident memory (MiB). */
interface Reading {
  readonly tensors: number;
  readonly resident: number;
}

const script = `
  const { useEngine } = require('@botlab/engine');
  const { StepBenchmark } = require('@botlab/training');
  const tf = require('@tensorflow/tfjs');
  (async () => {
    await useEngine(process.argv[1]);
    const settings = { model: 'res-1dcnn-lstm', options: { width: 2 }, work: 'train', batch: 32 };
    const benchmark = new StepBenchmark(settings);
    const readings = [];
    await benchmark.round(500); // until V8 has optimised what runs again and again
    for (let reading = 0; reading <= 10; reading++) {
      if (reading > 0) await benchmark.round(200);
      gc();
      const resident = process.memoryUsage.rss() / 2 ** 20;
      readings.push({ tensors: tf.memory().numTensors, resident });
    }
    process.stdout.write(JSON.stringify(readings));
  })();
`;

it.each(['native', 'wasm'])('%s: 2,000 steps leave no tensor behind and no memory', (engine) => {
  const args = ['--expose-gc', '-e', script, engine];
  const options = { cwd: __dirname, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(stderr);
  const readings = JSON.parse(stdout) as Reading[];
  expect(readings).toHaveLength(11);
  expect(new Set(readings.map(({ tensors }) => tensors)).size).toBe(1);
  // Less than the smallest tensor of a step, its input, would take if each step left one behind.
  const input = (32 * 115 * 4) / 2 ** 20;
  const [first, ...rest] = readings.map(({ resident }) => resident);
  expect(Math.max(...rest) - first!).toBeLessThan(0.9 * 2000 * input);
});

/** The same on a graphics card: tensors, and bytes of buffers in use and in all. */
interface CardReading {
  readonly numTensors: number;
  readonly numBytesInGPU: number;
  readonly numBytesAllocatedInGPU: number;
}

const onCard = `
  const { useEngine } = require('@botlab/engine');
  const { StepBenchmark } = require('@botlab/training');
  const tf = require('@tensorflow/tfjs');
  (async () => {
    await useEngine('webgpu');
    const settings = { model: 'res-1dcnn-lstm', options: { width: 2 }, work: 'train', batch: 2 };
    const benchmark = new StepBenchmark(settings);
    const readings = [];
    for (let reading = 0; reading <= 5; reading++) {
      await benchmark.round(reading === 0 ? 40 : 100); // at first until the groups of steps are at their longest
      const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } = tf.memory();
      readings.push({ numTensors, numBytesInGPU, numBytesAllocatedInGPU });
    }
    process.stdout.write(JSON.stringify(readings));
  })();
`;

it('webgpu: 500 steps take no buffer more', async () => {
  const status = (await describeEngines()).find(({ name }) => name === 'webgpu')!;
  if (!status.available) {
    process.stderr.write(`not run, without the engine webgpu: ${status.reason}\n`);
    return;
  }
  const options = { cwd: __dirname, encoding: 'utf8' } as const;
  const { status: code, stdout, stderr } = spawnSync(process.execPath, ['-e', onCard], options);
  if (code !== 0) throw new Error(stderr);
  const [first, ...rest] = JSON.parse(stdout) as CardReading[];
  expect(rest).toHaveLength(5);
  for (const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } of rest) {
    expect({ numTensors, numBytesInGPU }).toEqual({
      numTensors: first!.numTensors,
      numBytesInGPU: first!.numBytesInGPU,
    });
    // Losses are read in groups, and a buffer is kept for each length of a group: a few kilobytes. What every
    // step left behind, its input for one, would be 460 of them.
    expect(numBytesAllocatedInGPU - first!.numBytesAllocatedInGPU).toBeLessThan(500 * 32);
  }
}, 600_000);
