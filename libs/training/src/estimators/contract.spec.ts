import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readParquet, type Task, taskClasses, TASKS } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { parseOptions } from '@botlab/models';
import { z } from 'zod';
import { attackLogOdds, type Predictions, probabilities } from '../evaluation';
import { type PreparedData, prepareData } from '../prepare-data';
import { Predictor } from '../predictor';
import { Hyperparameters, type RunConfig } from '../run-config';
import { forTask } from '../task-data';
import { writeTensorFile } from '../safetensors';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { type Run, train } from '../train';
import { listEstimators } from './registry';

let data: PreparedData;
let out: string;

beforeAll(async () => {
  await useEngine('auto', { runsOn: 'processor' });
  data = await prepareData(tinySource, tinySpec);
  out = temporaryFolder();
});
afterAll(() => rmSync(out, { recursive: true }));

/** Options with which a network trains in seconds; what it does not have is left out. */
const SMALL = { width: 4 };

/** What every estimator keeps to: one is covered by being registered. */
describe.each(listEstimators())('$name', (estimator) => {
  const { name, kind, tasks } = estimator;
  const known = Object.keys(parseOptions(estimator));
  const small = Object.entries(SMALL).filter(
    ([option]) => kind === 'network' && known.includes(option),
  );
  const runs = new Map<string, Promise<Run>>();

  const start = (task: Task, change: Partial<RunConfig> = {}, threads = 1): Promise<Run> =>
    train(
      tinyConfig({
        ...{ experiment: name, model: name, options: Object.fromEntries(small), task },
        training: Hyperparameters.parse({ epochs: 6, batchSize: 8, learningRate: 0.01 }),
        ...change,
      }),
      data,
      { out, threads },
    );

  /** The run of a task, made once. */
  const fitted = (task: Task): Promise<Run> => {
    if (!runs.has(task)) runs.set(task, start(task));
    return runs.get(task)!;
  };

  const predicted = async (path: string, x: Float32Array): Promise<Predictions> => {
    const predictor = await Predictor.open(path);
    try {
      return await predictor.predict(x);
    } finally {
      predictor.dispose();
    }
  };

  describe.each(tasks)('%s', (task) => {
    it('leaves a finished run, with its kind and finite facts', async () => {
      const { folder, metrics } = await fitted(task);
      expect(folder.isDone).toBe(true);
      expect(metrics.kind).toBe(kind);
      expect(folder.readConfig().kind).toBe(kind);
      expect(Object.values(metrics.facts).every(Number.isFinite)).toBe(true);
      expect(metrics.weights).toMatch(/^[0-9a-f]{64}$/);
      const has = [...readdirSync(folder.path)].sort();
      expect(has).toEqual(
        [
          'DONE',
          'checkpoint',
          'config.json',
          ...(kind === 'network' ? ['history.jsonl'] : []),
          'metrics.json',
          'predictions.parquet',
          'scaler.json',
        ].sort(),
      );
    });

    it('gives each row finite log-probabilities that sum to 1, and answers the likeliest class', async () => {
      const { folder } = await fitted(task);
      const { test, classes } = forTask(data, task);
      const predictions = await predicted(folder.path, test.x);
      expect(predictions.logits).toHaveLength(test.y.length * classes.length);
      expect(predictions.logits.every(Number.isFinite)).toBe(true);
      const shares =
        kind === 'network' ? probabilities(predictions) : predictions.logits.map(Math.exp);
      predictions.labels.forEach((label, row) => {
        const ofRow = [...shares.subarray(row * classes.length, (row + 1) * classes.length)];
        expect(ofRow.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        expect(label).toBe(ofRow.indexOf(Math.max(...ofRow)));
      });
    });

    it('answers a row as it does without the rows beside it', async () => {
      const { folder } = await fitted(task);
      const { test, features } = forTask(data, task);
      const [all, alone] = [
        await predicted(folder.path, test.x),
        await predicted(folder.path, test.x.slice(3 * features, 4 * features)),
      ];
      const classes = alone.logits.length;
      alone.logits.forEach((logit, c) =>
        expect(logit).toBeCloseTo(all.logits[3 * classes + c]!, 4),
      );
    });

    it('says after it was saved and loaded what it said before, to the bit', async () => {
      const { folder } = await fitted(task);
      const { test } = forTask(data, task);
      const before = await readParquet(folder.predictions);
      const after = await predicted(folder.path, test.x);
      expect(attackLogOdds(after)).toEqual(before['log-odds(attack)']);
      expect([...after.labels].map((label) => taskClasses(task)[label])).toEqual(
        before['prediction'],
      );
    });

    it('has the same bits with the same seed, on any number of threads', async () => {
      const first = await fitted(task);
      const again = await start(task, { experiment: `${name}-again` }, 3);
      expect(again.skipped).toBe(false);
      expect(again.metrics.weights).toBe(first.metrics.weights);
      expect(readFileSync(again.folder.weights)).toEqual(readFileSync(first.folder.weights));
    });

    it('learns what the majority cannot tell', async () => {
      const { folder, metrics } = await fitted(task);
      if (kind === 'anomaly') return findsStrangeRows(folder.path);
      const counts = metrics.confusion.map((row) => row.reduce((sum, n) => sum + n, 0));
      const share = Math.max(...counts) / metrics.rows;
      if (name === 'majority') expect(metrics.accuracy).toBeLessThanOrEqual(share);
      else expect(metrics.accuracy).toBeGreaterThan(share);
    });
  });

  /** What sees no labels: rows unlike those that it was fitted to are taken for attacks sooner. */
  async function findsStrangeRows(path: string): Promise<void> {
    const { x } = forTask(data, 'binary').test;
    const strange = x.map((value) => 20 * (value + 5));
    const [usual, far] = [await predicted(path, x), await predicted(path, strange)].map((said) =>
      attackLogOdds(said).sort(),
    );
    expect(far![0]).toBeGreaterThan(usual![usual!.length >> 1]!);
  }

  it('refuses the tasks that it cannot do, before anything is written', async () => {
    expect(tasks.length).toBeGreaterThan(0);
    for (const task of TASKS.filter((one) => !tasks.includes(one))) {
      await expect(start(task, { experiment: 'refused' })).rejects.toThrow(
        `Cannot train ${name} on the ${task} task: it can do the ${tasks.join()} task alone`,
      );
      expect(existsSync(join(out, 'refused'))).toBe(false);
    }
  });

  it('looks at rows set aside where it says so alone', async () => {
    if (estimator.kind === 'network' || estimator.watches) return;
    const { train: rows, test, classes, features } = forTask(data, tasks[0]!);
    const context = {
      options: parseOptions(estimator),
      seed: 1,
      classes: classes.length,
      features,
    };
    // With wrong labels, so that what watches them ends at once.
    const watched = { ...test, y: test.y.map((label) => (label + 1) % classes.length) };
    const file = join(out, `${name}.safetensors`);
    const [without, watching] = [
      await (await estimator.fit(rows, context)).save(file),
      await (await estimator.fit(rows, { ...context, watched, patience: 1 })).save(file),
    ];
    expect(watching).toBe(without);
  });

  it('names a file that is damaged, or of another estimator', async () => {
    const { folder } = await fitted(tasks[0]!);
    const copy = temporaryFolder();
    const damaged = async (change: (file: string) => void): Promise<unknown> => {
      cpSync(folder.path, copy, { recursive: true });
      change(join(copy, 'checkpoint', 'weights.safetensors'));
      return Predictor.open(copy).catch((error: unknown) => error);
    };
    const cut = await damaged((file) => writeFileSync(file, readFileSync(file).subarray(0, -3)));
    const flipped = await damaged((file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 2]! ^= 1;
      writeFileSync(file, bytes);
    });
    const arrays = [{ name: 'else', shape: [1], values: Float32Array.of(1) }];
    const other = await damaged((file) =>
      writeTensorFile(file, { arrays, metadata: { model: 'else' } }),
    );
    const gone = await damaged((file) => rmSync(file));
    rmSync(copy, { recursive: true });
    for (const error of [cut, flipped, other, gone]) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toContain(join(copy, 'checkpoint', 'weights.safetensors'));
    }
  });

  it('has a title, a sentence about itself, and options with defaults and descriptions', () => {
    expect(estimator.title).toMatch(/\S/);
    expect(estimator.summary).toMatch(/^[A-Z].*\.$/);
    expect(estimator.options).toBeInstanceOf(z.ZodObject);
    const { shape } = estimator.options as unknown as z.ZodObject<Record<string, z.ZodType>>;
    expect(Object.keys(parseOptions(estimator))).toEqual(Object.keys(shape));
    for (const [option, field] of Object.entries(shape)) {
      expect([option, field.description]).toEqual([option, expect.stringMatching(/\S/)]);
    }
  });

  it('refuses options that it does not have', () => {
    expect(() => parseOptions(estimator, { nonesuch: 1 })).toThrow(InputError);
    for (const option of known) {
      expect(() => parseOptions(estimator, { [option]: { of: 'no option' } })).toThrow(InputError);
    }
  });
});
