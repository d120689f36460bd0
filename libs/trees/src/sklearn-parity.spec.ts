import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Random } from '@botlab/random';
import { python, withoutModule } from '../../../tools/testing/python';
import { skipIf } from '../../../tools/testing/skip-if';
import { type ClassTrees, fitIsolationForest, fitTree, type LabelledRows } from './index';
import { makeRows } from './rows.fixture.spec';

const missing = withoutModule('sklearn', 'scikit-learn');

/** Columns of fewer than 255 levels, of which bins lose nothing; leaves too large for two splits to be as good. */
const trees = [
  { data: makeRows({ rows: 3000, levels: 200 }), depth: 6, leastRows: 1 },
  { data: makeRows({ rows: 3000, levels: 254, classes: 11, columns: 9 }), depth: 6, leastRows: 5 },
  { data: makeRows({ rows: 2000, levels: 30, classes: 2, seed: 5 }), depth: 4, leastRows: 20 },
];

const SEEDS = 20;

/** Normally distributed rows, of which one in twenty is spread wider: some of those lie among the others. */
function withOddRows(rows: number, columns: number) {
  const random = new Random(7, 'odd');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  const odd = Uint8Array.from({ length: rows }, (_, row) => (row % 20 === 0 ? 1 : 0));
  const x = Float32Array.from({ length: rows * columns }, (_, i) => {
    return normal() * (odd[Math.floor(i / columns)] === 1 ? 1.6 : 1);
  });
  return { x, rows, columns, odd };
}
const isolation = withOddRows(2000, 6);

interface TreeAnswer {
  readonly nodes: number;
  readonly depth: number;
  readonly impurity: number;
  readonly importance: readonly number[];
  readonly right: number;
}
interface Answers {
  readonly trees: readonly TreeAnswer[];
  readonly isolation: number;
}

function askPython(): Answers {
  const input = JSON.stringify({
    trees: trees.map(({ data: { x, columns, labels }, ...options }) => ({
      ...{ x: [...x], columns, labels: [...labels] },
      ...options,
    })),
    isolation: { ...isolation, x: [...isolation.x], odd: [...isolation.odd], seeds: SEEDS },
  });
  const { status, stdout, stderr } = spawnSync(
    python,
    [path.join(__dirname, 'sklearn-parity.py')],
    { input, encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (status !== 0) throw new Error(`scikit-learn could not fit the cases: ${stderr}`);
  return JSON.parse(stdout) as Answers;
}

/** What our tree says of the rows that it was fitted on. */
function answerOf(tree: ClassTrees, { x, rows, labels, classes }: LabelledRows): TreeAnswer {
  const shares = tree.predict(x);
  let impurity = 0;
  let right = 0;
  labels.forEach((label, row) => {
    const of = shares.subarray(row * classes, (row + 1) * classes);
    impurity += of.reduce((sum, share) => sum - share * share, 1);
    if (of.indexOf(Math.max(...of)) === label) right += 1;
  });
  const { nodes, depth } = tree.facts;
  const importance = [...tree.importance('gain')];
  return { nodes, depth, impurity: impurity / rows, importance, right: right / rows };
}

/** The area under the curve of scores: how often an odd row has a higher one than another. */
function area(scores: Float64Array, odd: Uint8Array): number {
  const [odds, others] = [1, 0].map((of) => scores.filter((_, row) => odd[row] === of));
  let above = 0;
  for (const a of odds!) for (const b of others!) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / (odds!.length * others!.length);
}

skipIf(missing).describe('parity with scikit-learn', () => {
  let answers: Answers;
  beforeAll(() => (answers = askPython()));

  it.each([0, 1, 2])('tree %d is as large and as pure as DecisionTreeClassifier', (i) => {
    const { data, ...options } = trees[i]!;
    const ours = answerOf(fitTree(data, options), data);
    const theirs = answers.trees[i]!;
    expect(ours.nodes).toBe(theirs.nodes);
    expect(ours.depth).toBe(theirs.depth);
    expect(Math.abs(ours.impurity - theirs.impurity)).toBeLessThan(1e-5);
    expect(Math.abs(ours.right - theirs.right)).toBeLessThan(2e-3);
    ours.importance.forEach((worth, column) => {
      expect(Math.abs(worth - theirs.importance[column]!)).toBeLessThan(1e-3);
    });
  });

  it('isolation forests rank as IsolationForest does, in the mean of twenty seeds', () => {
    const areas = Array.from({ length: SEEDS }, (_, seed) =>
      area(fitIsolationForest(isolation, { seed }).score(isolation.x), isolation.odd),
    );
    const mean = areas.reduce((sum, of) => sum + of, 0) / SEEDS;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(0.95);
    expect(Math.abs(mean - answers.isolation)).toBeLessThan(0.02);
  });
});
