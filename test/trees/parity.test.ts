import { simulatedSource } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { ConfusionMatrix, rocAuc, scores } from '@botlab/metrics';
import {
  DataSpec,
  type EstimatorDefinition,
  forTask,
  getEstimator,
  prepareData,
  type TaskData,
} from '@botlab/training';
import { fitBoostedTrees, fitForest, fitIsolationForest } from '@botlab/trees';
import { withoutModule } from '../../tools/testing/python';
import { skipIf, slow } from '../../tools/testing/skip-if';
import { type Answers, referenceAnswers } from './reference-trees';

/** Three samples of the simulated rows, each split anew: 8,000 rows to fit to. Of 2,000 test rows 0.3 points would be 6. */
const SEEDS = [1, 2, 3];
const SAMPLE = { sample: { rows: 40_000 }, testFraction: 0.8 };
/** Points of accuracy or macro F1. */
const TOLERANCE = 0.3;

jest.setTimeout(600_000); // each test fits to three splits, on both sides
const FITS = [1, 2, 3];

const BOOSTING = { rounds: 100, leaves: 31, rate: 0.1, leastRows: 20, lambda: 0, bins: 255 };
const FOREST = { trees: 100, columns: 'sqrt', leastRows: 1 } as const;
const LOGISTIC = { C: 1, iterations: 500 };
const ISOLATION = { trees: 100, sample: 256 };
const ISOLATION_SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Accuracy and macro F1 in percent. */
interface Percent {
  readonly accuracy: number;
  readonly macroF1: number;
}

function percentOf({ test, classes }: TaskData, labels: ArrayLike<number>): Percent {
  const { accuracy, macroF1 } = scores(new ConfusionMatrix(classes.length).add(test.y, labels));
  return { accuracy: 100 * accuracy, macroF1: 100 * macroF1 };
}

/** The mean of what several seeds give: a forest's own luck is nearly as large as the tolerance. */
function meanPercent(parts: readonly Percent[]): Percent {
  return {
    accuracy: mean(parts.map(({ accuracy }) => accuracy)),
    macroF1: mean(parts.map(({ macroF1 }) => macroF1)),
  };
}

/** The likeliest class of each row. */
function likeliest(shares: Float32Array, classes: number): number[] {
  return Array.from({ length: shares.length / classes }, (_, row) => {
    const ofRow = shares.subarray(row * classes, (row + 1) * classes);
    return ofRow.indexOf(Math.max(...ofRow));
  });
}

const theirs = (data: TaskData, answers: readonly Answers[]): Percent =>
  meanPercent(answers.map(({ labels }) => percentOf(data, labels!)));

function rowsOf({ train: { x, y }, features, classes }: TaskData) {
  return { x, rows: y.length, columns: features, labels: y, classes: classes.length };
}

const splits: TaskData[] = [];

/** Simulates the rows, once. */
async function prepared(): Promise<void> {
  if (splits.length > 0) return;
  await useEngine('auto', { runsOn: 'processor', threads: 1 });
  for (const seed of SEEDS) {
    const spec = DataSpec.parse({ source: { kind: 'simulated', seed: 1 }, ...SAMPLE, seed });
    const source = simulatedSource({ seed: 1, cache: null });
    splits.push(forTask(await prepareData(source, spec), 'multiclass'));
  }
}

skipIf(slow ?? withoutModule('sklearn', 'scikit-learn')).describe(
  'trees beside those of scikit-learn',
  () => {
    beforeAll(prepared);

    it(`boosting is within ${TOLERANCE} points of its HistGradientBoosting`, async () => {
      for (const split of splits) {
        const [their, ours] = [boostedBy('scikit-learn', split), await boosted(split)];
        expect(Math.abs(ours.accuracy - their.accuracy)).toBeLessThan(TOLERANCE);
        expect(Math.abs(ours.macroF1 - their.macroF1)).toBeLessThan(TOLERANCE);
      }
    });

    it(`a forest is at least its random forest less ${TOLERANCE} points, by the mean of three seeds`, async () => {
      for (const split of splits) {
        const fits = FITS.map((seed) => ({ model: 'forest', settings: FOREST, seed }));
        const { accuracy, macroF1 } = theirs(split, referenceAnswers('scikit-learn', split, fits));
        const own: Percent[] = [];
        for (const seed of FITS) {
          const forest = await fitForest(rowsOf(split), { ...FOREST, seed, threads: 1 });
          own.push(percentOf(split, likeliest(forest.predict(split.test.x), split.classes.length)));
        }
        const ours = meanPercent(own);
        expect(ours.accuracy).toBeGreaterThan(accuracy - TOLERANCE);
        expect(ours.macroF1).toBeGreaterThan(macroF1 - TOLERANCE);
      }
    });

    it(`logistic regression is within ${TOLERANCE} points of its own`, async () => {
      const logistic = getEstimator('logistic') as EstimatorDefinition;
      for (const split of splits) {
        const fits = [{ model: 'logistic', settings: LOGISTIC, seed: 1 }];
        const their = theirs(split, referenceAnswers('scikit-learn', split, fits));
        const { train, test, features, classes } = split;
        const context = {
          seed: 1,
          features,
          classes: classes.length,
          options: logistic.options.parse({}),
        };
        const fitted = await logistic.fit(train, context);
        const ours = percentOf(split, (await fitted.predict(test.x)).labels);
        expect(Math.abs(ours.accuracy - their.accuracy)).toBeLessThan(TOLERANCE);
        expect(Math.abs(ours.macroF1 - their.macroF1)).toBeLessThan(TOLERANCE);
      }
    });

    it('an isolation forest ranks attacks above benign rows as well, within 0.02, by the mean of 20 seeds', () => {
      for (const split of splits) {
        const { train, test, features } = split;
        const isAttack = test.y.map((label) => Math.min(label, 1));
        const aucOf = (scored: ArrayLike<number>): number => rocAuc(isAttack, scored)!;
        const fits = ISOLATION_SEEDS.map((seed) => ({
          ...{ model: 'isolation-forest', settings: ISOLATION, seed },
        }));
        const answers = referenceAnswers('scikit-learn', split, fits);
        const benign = benignRows(train, features);
        const ours = ISOLATION_SEEDS.map((seed) =>
          aucOf(fitIsolationForest(benign, { ...ISOLATION, seed }).score(test.x)),
        );
        expect(
          Math.abs(mean(ours) - mean(answers.map(({ scores }) => aucOf(scores!)))),
        ).toBeLessThan(0.02);
      }
    });
  },
);

skipIf(slow ?? withoutModule('lightgbm', 'LightGBM')).describe(
  'trees beside those of LightGBM',
  () => {
    beforeAll(prepared);

    it(`boosting is at least its less ${TOLERANCE} points`, async () => {
      for (const split of splits) {
        const [their, ours] = [boostedBy('lightgbm', split), await boosted(split)];
        expect(ours.accuracy).toBeGreaterThan(their.accuracy - TOLERANCE);
        expect(ours.macroF1).toBeGreaterThan(their.macroF1 - TOLERANCE);
      }
    });
  },
);

/** What another library's boosted trees reach: no seed changes them on so few rows. */
function boostedBy(library: 'lightgbm' | 'scikit-learn', split: TaskData): Percent {
  const fits = [{ model: 'boosting', settings: BOOSTING, seed: 1 }];
  return theirs(split, referenceAnswers(library, split, fits));
}

async function boosted(split: TaskData): Promise<Percent> {
  const model = await fitBoostedTrees(rowsOf(split), { ...BOOSTING, seed: 1 });
  return percentOf(split, likeliest(model.predict(split.test.x), split.classes.length));
}

/** The benign rows. */
function benignRows({ x, y }: TaskData['train'], columns: number) {
  const places = Array.from(y.keys()).filter((row) => y[row] === 0);
  const values = new Float32Array(places.length * columns);
  places.forEach((row, i) =>
    values.set(x.subarray(row * columns, (row + 1) * columns), i * columns),
  );
  return { x: values, rows: places.length, columns };
}
