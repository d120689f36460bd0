import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { defineModel } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineEstimator } from '../estimators/define-estimator';
import { environmentOf } from '../environment';
import { Hyperparameters } from '../run-config';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { train } from '../train';
import { fit, type FitOptions } from './fit';
import { loadData, type LoadedData } from './load-data';
import { removeTemporaryRuns } from './temporary-runs';
import { tinyTable } from './tiny-table.fixture.spec';

const out = temporaryFolder();
afterAll(() => rmSync(out, { recursive: true }));
afterAll(removeTemporaryRuns);

let data: LoadedData;
beforeAll(async () => {
  await useEngine('reference');
  data = await loadData(await tinyTable());
});

const brief = { epochs: 2, batchSize: 16, options: { units: [8] } };

it('gives the same weights each time, those of train with the settings of the profile', async () => {
  const [first, again, other] = [
    await fit('dense', data, brief),
    await fit('dense', data, brief),
    await fit('dense', data, { ...brief, seed: 2 }),
  ];
  expect(again.metrics.weights).toBe(first.metrics.weights);
  expect(other.metrics.weights).not.toBe(first.metrics.weights);
  expect(again.folder.path).not.toBe(first.folder.path);
  const schedule = { kind: 'cosine', floor: 0, warmup: 0.1 };
  const trained = await train(
    {
      ...{
        experiment: 'same',
        model: 'dense',
        options: brief.options,
        task: 'multiclass',
        seed: 1,
      },
      training: Hyperparameters.parse({ epochs: 2, batchSize: 16, learningRate: 0.01, schedule, clipNorm: 1 }), // prettier-ignore
      ...{ data: data.spec, checksum: data.checksum },
      environment: environmentOf(await useEngine('reference')),
    },
    data,
    { out },
  );
  expect(first.metrics.weights).toBe(trained.metrics.weights);
});

it('has history, predictions, the network, and what it says of other rows', async () => {
  const epochs: number[] = [];
  const onEpoch: FitOptions['onEpoch'] = ({ epoch }) => epochs.push(epoch);
  const run = await fit('dense', data, { ...brief, task: 'binary', onEpoch });
  expect(epochs).toEqual([1, 2]);
  expect(run.history.map(({ epoch }) => epoch)).toEqual([1, 2]);
  const { truth, prediction } = run.predictions;
  const right = truth.filter((name, i) => name === prediction[i]).length;
  expect(right / truth.length).toBeCloseTo(run.metrics.accuracy);
  expect(run.model.outputShape).toEqual([null, 2]);
  const answers = await run.predict(data.sampled.take(data.test.rows));
  expect(answers.names).toEqual(prediction);
  expect(await run.predict(data.test.x)).toEqual(answers);
  expect(answers.probabilities[1]).toBeCloseTo((run.predictions['p(attack)'] as Float32Array)[0]!);
  await expect(run.predict(new Float32Array(7))).rejects.toThrow('Cannot predict 7 numbers');
  run.dispose();
  expect((await run.predict(data.test.x)).names).toEqual(prediction); // loads it again
  run.dispose();
});

it('has temporary folders that can be removed, and then made anew', async () => {
  const { folder } = await fit('majority', data);
  expect(existsSync(folder.path)).toBe(true);
  removeTemporaryRuns();
  expect(existsSync(folder.path)).toBe(false);
  expect(existsSync((await fit('majority', data)).folder.path)).toBe(true);
});

it('leaves no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const run = await fit('dense', data, brief);
  expect(tf.memory().numTensors).toBe(before);
  expect(run.model.countParams()).toBe(run.metrics.params);
  await run.predict(data.test.x);
  run.dispose();
  await new Promise(setImmediate);
  expect(tf.memory().numTensors).toBe(before);
});

it('fits what is no network, on the task that it can do', async () => {
  const forest = await fit('forest', data, { options: { trees: 5 } });
  expect(forest.config.task).toBe('multiclass');
  expect(forest.metrics.facts).toMatchObject({ trees: 5 });
  expect(() => forest.model).toThrow('it is a run of forest, which is none');
  const isolation = await fit('isolation-forest', data, { options: { trees: 5 } });
  expect(isolation.config.task).toBe('binary');
});

it('fits a definition, the one that it is given, whatever has its name by then', async () => {
  const of = (units: number) =>
    defineModel({
      name: 'of-a-cell',
      title: 'Of a cell',
      summary: 'A layer.',
      options: z.strictObject({ twice: z.boolean().default(false) }),
      build({ input, classes, options: { twice } }) {
        const flat = tf.layers.flatten().apply(input);
        const hidden = tf.layers.dense({ units: twice ? 2 * units : units }).apply(flat);
        return tf.layers.dense({ units: classes }).apply(hidden) as tf.SymbolicTensor;
      },
    });
  const [narrow, wide] = [of(2), of(3)];
  const widthOf = (run: Awaited<ReturnType<typeof fit>>) => run.model.layers[2]!.outputShape[1];
  const first = await fit(narrow, data, { epochs: 1, options: { twice: true } });
  const second = await fit(wide, data, { epochs: 1 });
  expect([widthOf(first), widthOf(second)]).toEqual([4, 3]);
  expect((await first.predict(data.test.x)).names).toEqual(first.predictions.prediction);

  const never = defineEstimator({
    name: 'never',
    title: 'Never',
    summary: 'The first class.',
    kind: 'rule',
    tasks: ['binary', 'multiclass'],
    options: z.strictObject({}),
    fit: () => Promise.resolve({ predict, save: () => Promise.resolve('none'), facts: {} }),
    load: () => ({ predict, save: () => Promise.resolve('none'), facts: {} }),
  });
  const run = await fit(never, data, { task: 'binary' });
  expect(new Set(run.predictions.prediction)).toEqual(new Set(['benign']));

  function predict(x: Float32Array) {
    const rows = x.length / 115;
    const logits = Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? -5 : -0.01));
    return Promise.resolve({ logits, labels: new Uint8Array(rows) });
  }
});

it('reads what is finished under out, and goes where the command line goes', async () => {
  const first = await fit('dense', data, { ...brief, out });
  expect(first.folder.path).toBe(join(out, 'train', 'multiclass', 'dense-units=8', '1'));
  expect(first.skipped).toBe(false);
  expect((await fit('dense', data, { ...brief, out })).skipped).toBe(true);
  const otherwise = fit('dense', data, { ...brief, out, learningRate: 0.5 });
  await expect(otherwise).rejects.toThrow('it holds a run with learningRate 0.01, not 0.5');
});

it('trains by another profile, without clipping, with rows set aside', async () => {
  const { config } = await fit('dense', data, {
    ...brief,
    ...{ profile: 'paper', clipNorm: 'none', validation: 0.25 },
    schedule: { kind: 'constant' },
  });
  expect(config.training).toMatchObject({ epochs: 2, learningRate: 0.001, validation: 0.25 });
  expect(config.training).not.toHaveProperty('clipNorm');
});

it.each<[Record<string, unknown>, string]>([
  [{ epoch: 3 }, 'Unknown option "epoch": expected one of'],
  [{ epochs: 0 }, 'Cannot train with epochs 0: expected a whole number of 1 or more'],
  [{ task: 'both' }, 'Unknown task "both": expected one of binary, multiclass.'],
  [{ options: { unit: 3 } }, 'Unknown option of dense "unit"'],
  [{ profile: 'quickly' }, 'Unknown profile "quickly"'],
  [{ earlyStopping: { patience: 2 } }, 'needs rows to watch that are not the test rows'],
])('refuses %j', async (options, sentence) => {
  const fitting = fit('dense', data, options as FitOptions);
  await expect(fitting).rejects.toThrow(sentence);
  await expect(fitting).rejects.toThrow(InputError);
});

it('refuses an unknown model by the nearest name', async () => {
  await expect(fit('cnn1', data)).rejects.toThrow('did you mean "cnn1d"?');
});
