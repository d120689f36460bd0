import { spawnSync } from 'node:child_process';

/** What the training below prints: after every 200 steps, the tensors and the resident memory (MiB). */
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
    for (let step = 1; step <= 2000; step++) {
      await benchmark.round(1);
      if (step % 200 !== 0) continue;
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
  expect(readings).toHaveLength(10);
  expect(new Set(readings.map(({ tensors }) => tensors)).size).toBe(1);
  // Once V8 has optimised what runs again and again.
  const settled = readings.slice(3).map(({ resident }) => resident);
  expect(Math.max(...settled) - settled[0]!).toBeLessThan(12);
});
