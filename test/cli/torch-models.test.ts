import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CLASSES, FEATURES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { buildModel, countParameters, getModel, listModels, weightNames } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { python, withoutModule } from '../../tools/testing/python';
import { skipIf } from '../../tools/testing/skip-if';
import { botlabWith } from './botlab';

const noTorch = withoutModule('torch', 'PyTorch');

/** The script's greeting and its answers to questions. */
function ask(...questions: object[]): Record<string, unknown>[] {
  const script = join(__dirname, '..', '..', 'libs', 'bench', 'python', 'torch_models.py');
  const { status, stdout, stderr } = spawnSync(python, [script, '1'], {
    input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`torch_models.py failed: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Our weights of bert by PyTorch's names, in its layout. */
function torchWeights(model: tf.LayersModel): Record<string, unknown> {
  const names = weightNames(model);
  const entries = model.weights.map((weight, i): [string, unknown] => {
    const name = names[i]!.replace(
      /^encoder_(\d)\//,
      (_, block) => `encoders/${Number(block) - 1}/`,
    )
      .replace(/attention\/(query|key|value|output)$/, '$1/kernel')
      .replace('attention/bias', 'output/bias')
      .replace('position/embedding', 'position')
      .replace(/gamma$|kernel$/, 'weight')
      .replace(/beta$/, 'bias')
      .replaceAll('/', '.');
    const value = weight.read();
    const [rows, columns] = value.shape.slice(-2) as [number, number];
    const isKernel = name.endsWith('.weight') && value.rank > 1;
    const kept = isKernel ? tf.transpose(value.reshape([rows, columns])) : value;
    return [name, kept.arraySync()];
  });
  return Object.fromEntries(entries);
}

const everyModel = [
  ...listModels().map(({ name }) => ({ model: name, width: null })),
  ...[2, 16, 64].map((width) => ({ model: 'res-1dcnn-lstm', width })),
];

skipIf(noTorch).describe('the models in PyTorch', () => {
  beforeAll(() => useEngine('reference'));

  it('are all of the zoo, with as many parameters but for second biases', () => {
    const [greeting, ...answers] = ask(
      ...everyModel.map((question) => ({ work: 'parameters', ...question })),
    );
    expect((greeting!['models'] as string[]).sort()).toEqual(
      listModels()
        .map(({ name }) => name)
        .sort(),
    );
    everyModel.forEach(({ model, width }, i) => {
      const ours = buildModel(getModel(model), {
        features: FEATURES.length,
        classes: CLASSES.length,
        seed: 1,
        options: width === null ? {} : { width },
      });
      const { parameters, secondBiases } = answers[i] as Record<string, number>;
      expect([model, width, parameters! - secondBiases!]).toEqual([
        model,
        width,
        countParameters(ours),
      ]);
      ours.dispose();
    });
  });

  it('make of rows what ours makes, with the same weights: bert', async () => {
    const model = buildModel(getModel('bert'), {
      features: FEATURES.length,
      classes: CLASSES.length,
      seed: 1,
    });
    // Weights that are not 0 and 1 at first would else hide an error.
    for (const [i, weight] of model.weights.entries()) {
      weight.write(tf.randomNormal(weight.shape as number[], i % 2, 0.3, 'float32', i));
    }
    const x = tf.randomNormal([6, FEATURES.length, 1], 0, 1, 'float32', 99);
    const ours = (model.predict(x) as tf.Tensor).arraySync();
    const rows = x.squeeze([2]).arraySync();
    const [, answer] = ask({
      work: 'logits',
      model: 'bert',
      weights: torchWeights(model),
      x: rows,
    });
    const theirs = answer!['logits'] as number[][];
    const far = tf
      .sub(tf.tensor(theirs), tf.tensor(ours as number[][]))
      .abs()
      .max();
    const size = tf.max(tf.abs(tf.tensor(theirs)));
    expect((await far.data())[0]! / (await size.data())[0]!).toBeLessThan(2e-6);
    model.dispose();
  });

  it('train and infer as many steps as they are asked for', () => {
    const questions = ['train', 'infer'].flatMap((work) =>
      everyModel
        .filter(({ width }) => width !== 64)
        .map((question) => ({ work, ...question, batch: 3, steps: 2 })),
    );
    const [, ...answers] = ask(...questions, { work: 'memory' });
    for (const { ms } of answers.slice(0, -1) as { ms: number[] }[]) {
      expect(ms).toHaveLength(2);
      expect(Math.min(...ms)).toBeGreaterThan(0);
    }
    expect(answers.at(-1)!['peakMemoryMB']).toBeGreaterThan(50);
  });

  it('are compared with ours by botlab bench', () => {
    const { code, stdout, stderr } = botlabWith(
      { BOTLAB_PYTHON: python },
      ...['bench', '--engine', 'reference', '--model', 'dense', '--batch', '4', '--rounds', '1'],
      ...['--seconds', '0.01', '--against', 'torch', '--memory', '--threads', '1', '--json'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { rows } = JSON.parse(stdout) as { rows: Record<string, number>[] };
    expect(rows).toHaveLength(2);
    for (const { ms, againstMs, ratio } of rows) {
      expect(againstMs).toBeGreaterThan(0);
      expect(ratio).toBeCloseTo(ms! / againstMs!, 9);
    }
    expect(rows[0]!['againstPeakMemoryMB']).toBeGreaterThan(50);
  });
});
