import { InputError } from '@botlab/errors';
import { codeColumns, fitForest, findEdges } from './index';
import { ForestCrew } from './forest-crew';
import { ForestGrower, TreeNumbers } from './forest-tree';
import { makeRows } from './rows.fixture.spec';

const data = makeRows({ rows: 600 });

/** Enough rows and trees that processes are worth their start. */
const many = makeRows({ rows: 4000, columns: 9 });
const manyOptions = { trees: 70, seed: 3 };

it('has the same bits on any number of threads', async () => {
  const one = await fitForest(many, { ...manyOptions, threads: 1 });
  for (const threads of [2, 3]) {
    const { parts } = await fitForest(many, { ...manyOptions, threads });
    expect(parts).toEqual(one.parts);
  }
  const other = await fitForest(many, { ...manyOptions, seed: 4, threads: 2 });
  expect(other.parts.child).not.toEqual(one.parts.child);
});

it('has the mean of its trees, each grown from its number', async () => {
  const forest = await fitForest(data, { trees: 5, seed: 2, threads: 1 });
  const coded = { ...data, codes: codeColumns(data, findEdges(data)) };
  const plan = { seed: 2, depth: Infinity, leastRows: 1, tried: 2 };
  const trees = [4, 2, 3, 1, 0].map((number) => new ForestGrower(coded, plan).grow(number));
  const nodes = trees.reduce((sum, { child }) => sum + child.length, 0);
  expect(forest.facts).toMatchObject({ trees: 5, nodes });
  const answers = forest.predict(data.x);
  const { roots, edges, child, column, bin, answer, shares } = forest.parts;
  for (let row = 0; row < data.rows; row += 37) {
    const sums = [0, 0, 0];
    for (const root of roots) {
      let node = root;
      while (child[node] !== 0) {
        const value = data.x[row * data.columns + column[node]!]!;
        node = child[node]! + (value > edges[column[node]!]![bin[node]!]! ? 1 : 0);
      }
      const of = answer[node]!;
      sums.forEach((_, k) => {
        sums[k]! += of >= 0 ? Number(of === k) : shares[(-1 - of) * data.classes + k]!;
      });
    }
    sums.forEach((sum, k) => expect(answers[row * data.classes + k]).toBeCloseTo(sum / 5, 6));
  }
});

it('draws rows with repetition: each tree leaves out some 37 % of them', async () => {
  // Every row is in a bin of its own, and of a class that the bin alone tells.
  const rows = 250;
  const x = Float32Array.from({ length: rows }, (_, i) => i);
  const labels = Uint8Array.from(x, (i) => i % 2);
  const one = await fitForest({ x, rows, columns: 1, labels, classes: 2 }, { trees: 1, seed: 5 });
  const answers = one.predict(x);
  const wrong = labels.reduce((sum, label, i) => sum + (answers[2 * i + label]! < 0.5 ? 1 : 0), 0);
  expect(wrong / rows).toBeGreaterThan(0.08);
  expect(wrong / rows).toBeLessThan(0.37);
});

it('does better on rows that it has not seen than one of its trees', async () => {
  const test = makeRows({ rows: 2000, seed: 9 });
  const share = (answers: Float32Array): number => {
    const right = test.labels.filter((label, row) => {
      const of = answers.subarray(row * 3, row * 3 + 3);
      return of.indexOf(Math.max(...of)) === label;
    });
    return right.length / test.rows;
  };
  const one = await fitForest(data, { trees: 1, threads: 1 });
  const all = await fitForest(data, { trees: 40, threads: 1 });
  expect(share(all.predict(test.x))).toBeGreaterThan(share(one.predict(test.x)) + 0.03);
});

it('tells of each tree, and stops when it is told to', async () => {
  for (const threads of [1, 2]) {
    const told: number[] = [];
    const onProgress = (trees: number) => void told.push(trees);
    await fitForest(many, { ...manyOptions, threads, onProgress });
    expect(told).toEqual(Array.from({ length: 70 }, (_, i) => i + 1));
    const control = new AbortController();
    const stopped = fitForest(many, {
      ...{ ...manyOptions, threads, signal: control.signal },
      onProgress: (trees) => trees === 3 && control.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  }
});

it('passes on what its caller throws', async () => {
  const onProgress = () => {
    throw new Error('no room');
  };
  for (const threads of [1, 2]) {
    await expect(fitForest(many, { ...manyOptions, threads, onProgress })).rejects.toThrow(
      'no room',
    );
  }
});

it('passes on what a worker throws', async () => {
  const crew = new ForestCrew(2);
  const coded = { ...data, codes: new Uint8Array(0), rows: -1 };
  const plan = { seed: 2, depth: Infinity, leastRows: 1, tried: 2 };
  await expect(crew.grow(coded, plan, new TreeNumbers(4), () => undefined)).rejects.toThrow(
    /length/,
  );
  await crew.end();
});

it.each([
  [{ trees: 0 }, 'trees 0: expected a whole number from 1 to 100000.'],
  [{ columns: 7 }, 'columns 7: expected a whole number from 1 to 6.'],
  [{ depth: -1 }, 'depth -1'],
  [{ leastRows: NaN }, 'leastRows NaN'],
  [{ threads: 0 }, 'threads 0'],
])('refuses %j', async (options, words) => {
  await expect(fitForest(data, options)).rejects.toThrow(InputError);
  await expect(fitForest(data, options)).rejects.toThrow(words);
});
