import { spawnSync } from 'node:child_process';

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
