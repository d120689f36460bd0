import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Random } from '@botlab/random';
import { python, withoutModule } from '../../../../tools/testing/python';
import { skipIf } from '../../../../tools/testing/skip-if';
import { codeRows } from '../codes';
import { findEdges } from '../edges';
import type { LabelledRows } from '../rows';
import { makeRows } from '../rows.fixture.spec';
import { joinTrees } from './boosted-tree';
import { Booster, firstScores, treesPerRound } from './booster';
import { codeRowsInto } from './fit-boosted-trees';
import type { TreeLimits } from './leaf-wise-grower';
import { plainKernels } from './plain-kernels';
import { addScores, softmaxRows } from './tree-scores';

/** Probabilities of the rows after rounds, by a library of Python. */
function theirs(question: object): number[][][] {
  const { status, stdout, stderr } = spawnSync(python, [join(__dirname, 'python-parity.py')], {
    ...{ input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 2 ** 28 },
  });
  if (status !== 0) throw new Error(`Python could not fit trees: ${stderr}`);
  return JSON.parse(stdout) as number[][][];
}

/** Ours after so many rounds. */
function ours(
  data: LabelledRows,
  rounds: number,
  limits: TreeLimits,
  first: Float64Array,
  factor?: number,
): Float32Array {
  const { rows, columns, classes } = data;
  const edges = findEdges(data);
  const coded = codeRowsInto(plainKernels.memory, data, edges);
  const booster = new Booster(coded, plainKernels, limits, first, factor);
  const trees = Array.from({ length: rounds }, () => booster.round()).flat();
  const scores = new Float64Array(rows * classes).map((_, i) => {
    const [row, k] = [Math.floor(i / classes), i % classes];
    return first.length === classes ? first[k]! : first[k * rows + row]!;
  });
  const perRound = treesPerRound(classes);
  addScores(joinTrees(trees), codeRows(data, edges), columns, scores, classes, perRound);
  const probabilities = new Float32Array(scores.length);
  softmaxRows(scores, classes, probabilities);
  return probabilities;
}

const rowsOf = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from({ length: width }, (_, i) => values[row * width + i]!),
  );

// LightGBM guesses how many rows a leaf has from their hessians: here those are what leaves keep to. Below a leaf in which
// no split by a column gained it passes that column over: with a lambda above 0, trees of two leaves are compared.
const LIGHTGBM = { leaves: 15, rate: 0.1, leastRows: 1, leastHessian: 3, lambda: 0 };
const DRAWN = { ...LIGHTGBM, leaves: 2, lambda: 10 };

skipIf(withoutModule('lightgbm', 'LightGBM')).describe('LightGBM, on the same bins', () => {
  it.each([
    [2, LIGHTGBM],
    [3, LIGHTGBM],
    [5, LIGHTGBM],
    [2, DRAWN],
    [5, DRAWN],
  ])(
    'grows the same trees for %d classes by %j, where no two splits gain as much',
    (classes, limits) => {
      const data = makeRows({ rows: 1500, columns: 10, classes, levels: 200, seed: classes });
      const random = new Random(1, 'first scores');
      const first = new Float64Array(data.rows * classes).map(() => random.float() - 0.5);
      const rounds = [1, 2, 5];
      const answers = theirs({
        ...{ library: 'lightgbm', classes, rounds, limits },
        x: rowsOf(codeRows(data, findEdges(data)), data.columns),
        labels: [...data.labels],
        first: Array.from({ length: data.rows }, (_, row) =>
          Array.from({ length: classes }, (_, k) => first[k * data.rows + row]),
        ),
      });
      answers.forEach((theirAnswers, i) => {
        const mine = ours(data, rounds[i]!, limits, first);
        const all = theirAnswers.flat();
        const off = mine.map((p, at) => Math.abs(p - all[at]!));
        expect(Math.max(...off)).toBeLessThan(1e-6);
      });
    },
    180_000,
  );
});

const SCIKIT_LEARN = { leaves: 31, rate: 0.1, leastRows: 20, leastHessian: 1e-3, lambda: 0 };

skipIf(withoutModule('sklearn', 'scikit-learn')).describe('scikit-learn', () => {
  it.each([2, 4])(
    'lowers the loss of the training rows as much, of %d classes',
    (classes) => {
      const data = makeRows({ rows: 3000, columns: 12, classes, seed: classes });
      const rounds = [1, 5, 20];
      const answers = theirs({
        ...{ library: 'scikit-learn', classes, rounds, limits: SCIKIT_LEARN },
        x: rowsOf(data.x, data.columns),
        labels: [...data.labels],
      });
      const lossOf = (probabilities: ArrayLike<number>): number =>
        data.labels.reduce((sum, label, row) => {
          return sum - Math.log(probabilities[row * classes + label]!) / data.rows;
        }, 0);
      answers.forEach((theirAnswers, i) => {
        // It does not multiply hessians.
        const first = firstScores(data.labels, classes);
        const mine = lossOf(ours(data, rounds[i]!, SCIKIT_LEARN, first, 1));
        const share = mine / lossOf(theirAnswers.flat());
        expect(Math.abs(share - 1)).toBeLessThan(0.02);
      });
    },
    180_000,
  );
});
