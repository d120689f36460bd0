import { spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { python, withoutModule } from '../../../tools/testing/python';
import { skipIf } from '../../../tools/testing/skip-if';
import { averagePrecision, ConfusionMatrix, rocAuc, scores } from './index';

/** All numbers of an answer, by where they are in it: "classes.2.f1". */
function numbers(value: unknown, at = ''): [string, number][] {
  if (typeof value === 'number') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => numbers(part, at ? `${at}.${key}` : key));
}

interface Answers {
  classification: unknown[];
  ranking: unknown[];
}

const missing = withoutModule('sklearn', 'scikit-learn');

const label = (classes: number) => fc.integer({ min: 0, max: classes - 1 });
const classification = [
  { classes: 2, truth: [0, 0, 0], prediction: [0, 0, 0] },
  { classes: 2, truth: [1, 1], prediction: [1, 1] },
  { classes: 2, truth: [0, 0], prediction: [1, 1] },
  { classes: 2, truth: [0, 1, 0], prediction: [1, 1, 1] },
  { classes: 4, truth: [0, 1, 1], prediction: [0, 1, 3] },
  { classes: 4, truth: [2, 2], prediction: [2, 2] },
  ...fc.sample(
    fc.integer({ min: 2, max: 11 }).chain((classes) =>
      fc
        .array(fc.tuple(label(classes), label(classes)), { minLength: 1, maxLength: 60 })
        .map((rows) => ({
          classes,
          truth: rows.map(([truth]) => truth),
          prediction: rows.map(([, prediction]) => prediction),
        })),
    ),
    { numRuns: 150, seed: 1 },
  ),
];
const ranking = [
  { truth: [0, 0], score: [0.1, 0.2] },
  { truth: [1], score: [1] },
  { truth: [0, 1, 1, 0], score: [0.5, 0.5, 0.5, 0.5] },
  ...[fc.integer({ min: 0, max: 4 }), fc.double({ noNaN: true, min: -1e3, max: 1e3 })].flatMap(
    (score) =>
      fc.sample(
        fc.array(fc.tuple(label(2), score), { minLength: 1, maxLength: 60 }).map((rows) => ({
          truth: rows.map(([truth]) => truth),
          score: rows.map(([, score]) => score),
        })),
        { numRuns: 75, seed: 2 },
      ),
  ),
];

function askPython(): Answers {
  const { status, stdout, stderr } = spawnSync(
    python,
    [path.join(__dirname, 'sklearn-parity.py')],
    {
      input: JSON.stringify({ classification, ranking }),
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  );
  if (status !== 0) throw new Error(`scikit-learn could not score the cases: ${stderr}`);
  return JSON.parse(stdout) as Answers;
}

function expectEqual(ours: unknown, theirs: unknown, example: unknown): void {
  const here = numbers(ours);
  const there = new Map(numbers(theirs));
  const far = here.filter(([at, value]) => !(Math.abs(value - there.get(at)!) <= 1e-12));
  expect({ example, far, missing: there.size - here.length }).toEqual({
    example,
    far: [],
    missing: 0,
  });
}

skipIf(missing).describe('parity with scikit-learn', () => {
  let answers: Answers;
  beforeAll(() => (answers = askPython()));

  it(`scores ${classification.length} confusion matrices alike`, () => {
    classification.forEach((example, i) => {
      const { classes, truth, prediction } = example;
      const ours = scores(new ConfusionMatrix(classes).add(truth, prediction));
      expectEqual(ours, answers.classification[i], example);
    });
  });

  it(`ranks ${ranking.length} lists alike`, () => {
    ranking.forEach((example, i) => {
      const { truth, score } = example;
      const ours = {
        rocAuc: rocAuc(truth, score),
        averagePrecision: averagePrecision(truth, score),
      };
      expectEqual(ours, answers.ranking[i], example);
    });
  });
});
