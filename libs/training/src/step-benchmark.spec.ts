import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { StepBenchmark } from './step-benchmark';
import { WORKS } from './work';
import * as training from './train-step';

beforeAll(() => useEngine('reference'));

it.each(WORKS)('%s: does its steps, and keeps no tensors', async (work) => {
  const before = tf.memory().numTensors;
  const benchmark = new StepBenchmark({ model: 'dense', work, batch: 4, options: { units: [3] } });
  const { numTensors } = tf.memory();
  expect(await benchmark.round(3)).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(numTensors);
  benchmark.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('trains as a run does, on the same synthetic rows each time', async () => {
  const { trainStep } = training;
  let x = new Float32Array(0);
  let y = new Int32Array(0);
  const losses = async (): Promise<number[]> => {
    const seen: number[] = [];
    const step = jest.spyOn(training, 'trainStep').mockImplementation((...args) => {
      const [, , source, rows] = args;
      tf.tidy(() => {
        const { input, truth } = source.batch(rows);
        [x, y] = [Float32Array.from(input.dataSync()), Int32Array.from(truth.dataSync())];
      });
      const result = trainStep(...args);
      seen.push(result.loss.dataSync()[0]!);
      return result;
    });
    const benchmark = new StepBenchmark({ model: 'dense', work: 'train', batch: 200 });
    await benchmark.round(3);
    benchmark.dispose();
    step.mockRestore();
    return seen;
  };
  const first = await losses();
  expect(first).toHaveLength(3);
  expect(first[2]).toBeLessThan(first[0]!);
  expect(await losses()).toEqual(first);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  expect(x).toHaveLength(200 * 115);
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
  expect(new Set(y).size).toBe(11);
});

it('stops between two steps', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  const benchmark = new StepBenchmark({ model: 'dense', work: 'infer', batch: 2 });
  await expect(benchmark.round(1e9, controller.signal)).rejects.toThrow('enough');
  benchmark.dispose();
});

it('refuses an unknown option of a model', () => {
  const settings = { model: 'dense', work: 'train', batch: 1, options: { width: 3 } } as const;
  expect(() => new StepBenchmark(settings)).toThrow(/^Unknown option of dense "width"/);
});
