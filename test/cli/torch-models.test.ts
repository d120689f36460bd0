import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CLASSES, FEATURES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { buildModel, countParameters, getModel, listModels } from '@botlab/models';
import { botlabWith } from './botlab';

const python = process.env.BOTLAB_PYTHON ?? 'python3';
const probe = spawnSync(python, ['-c', 'import torch'], { encoding: 'utf8' });
const reason = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1);
const isThere = probe.status === 0;
if (!isThere) {
  process.stderr.write(
    `Skipped: the models in PyTorch (${python}: ${reason}); set BOTLAB_PYTHON to a Python that has it.\n`,
  );
}

/** The script's greeting and its answers to questions. */
function ask(...questions: object[]): Record<string, unknown>[] {
  const script = join(__dirname, '..', 'bench', 'torch_models.py');
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

const paperModels = listModels().filter(({ paper }) => paper !== undefined);
const everyModel = [
  ...paperModels.map(({ name }) => ({ model: name, width: null })),
  ...[2, 16, 64].map((width) => ({ model: 'res-1dcnn-lstm', width })),
];

(isThere ? describe : describe.skip)('the models in PyTorch', () => {
  beforeAll(() => useEngine('reference'));

  it("are those of the paper's Table 1, with as many parameters but for second biases", () => {
    const [greeting, ...answers] = ask(
      ...everyModel.map((question) => ({ work: 'parameters', ...question })),
    );
    expect(greeting!['models']).toEqual(
      expect.arrayContaining(paperModels.map(({ name }) => name)),
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
