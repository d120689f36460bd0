import { InputError } from '@botlab/errors';
import { type KernelHost, kernelHost, useEngine } from '@botlab/engine';
import { makeRows } from '../rows.fixture.spec';
import { hashOf, onEngines } from './every-engine.fixture.spec';
import { fitBoostedTrees } from './fit-boosted-trees';

/** More rows than a part of the compiled kernels has. */
const MANY = makeRows({ rows: 9000, columns: 11, classes: 4 });
const FEW = makeRows({ rows: 400 });

function shareRight(probabilities: Float32Array, { labels, classes }: typeof FEW): number {
  let right = 0;
  labels.forEach((label, row) => {
    const own = [...probabilities.subarray(row * classes, (row + 1) * classes)];
    if (own.indexOf(Math.max(...own)) === label) right++;
  });
  return right / labels.length;
}

beforeAll(() => useEngine('reference'));

describe('the same bits on every engine and any number of threads', () => {
  it.each([
    ['four classes', MANY, {}],
    ['two classes', makeRows({ rows: 700, classes: 2, seed: 3 }), { lambda: 0.7, leaves: 9 }],
    ['columns of few values', makeRows({ rows: 900, columns: 8, levels: 5 }), { leastRows: 1 }],
    ['rows held out', FEW, { stopping: { rows: 0.2, patience: 1 }, rate: 0.9, rounds: 30 }],
  ])('%s', async (_, data, options) => {
    const results = await onEngines(async () => {
      const model = await fitBoostedTrees(data, { rounds: 4, seed: 1, ...options });
      const answers = model.predict(data.x);
      return [hashOf(model), Buffer.from(answers.buffer).toString('base64')].join(' ');
    });
    expect(new Set(results.values()).size).toBe(1);
  });
});

it('learns what rows have in common', async () => {
  const rounds = 20;
  const model = await fitBoostedTrees(MANY, { rounds });
  const others = makeRows({ rows: 2000, columns: 11, classes: 4, seed: 2 });
  // One row in ten is of any class; the best possible is 0.925.
  expect(shareRight(model.predict(others.x), others)).toBeGreaterThan(0.88);
  expect(model.facts).toMatchObject({ rounds, trees: 4 * rounds });
  const importance = model.importance('gain');
  expect(importance[0]! + importance[10]!).toBeGreaterThan(0.8);
  expect(model.importance('splits').reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
});

it('grows one tree a round for two classes, whose probabilities add up to 1', async () => {
  const data = makeRows({ rows: 500, classes: 2 });
  const model = await fitBoostedTrees(data, { rounds: 7 });
  expect(model.facts.trees).toBe(7);
  const answers = model.predict(data.x);
  for (let row = 0; row < 500; row++) {
    expect(answers[2 * row]! + answers[2 * row + 1]!).toBeCloseTo(1, 6);
  }
  expect(shareRight(answers, data)).toBeGreaterThan(0.9);
});

it('begins with the share of each class, where no split gains', async () => {
  const labels = Uint8Array.of(0, 0, 0, 1, 2, 0, 0, 1);
  const data = { x: new Float32Array(8), rows: 8, columns: 1, labels, classes: 3 };
  const model = await fitBoostedTrees(data, { rounds: 3, leastRows: 1 });
  [0.625, 0.25, 0.125].forEach((share, k) => {
    expect(model.predict(Float32Array.of(5))[k]).toBeCloseTo(share, 6);
  });
  expect([...model.importance('gain')]).toEqual([0]);
});

it('takes classes that no row is of', async () => {
  const model = await fitBoostedTrees({ ...FEW, classes: 6 }, { rounds: 5 });
  const answers = model.predict(FEW.x);
  for (let row = 0; row < FEW.rows; row++) expect(answers[6 * row + 5]).toBeLessThan(1e-9);
});

it('keeps to leaves and rows', async () => {
  for (const [leaves, leastRows] of [
    [2, 1],
    [7, 30],
    [64, 5],
  ] as const) {
    const { parts } = await fitBoostedTrees(FEW, { rounds: 3, leaves, leastRows });
    parts.roots.forEach((root, tree) => {
      const nodes = (parts.roots[tree + 1] ?? parts.child.length) - root;
      expect((nodes + 1) / 2).toBeLessThanOrEqual(leaves);
      expect((nodes + 1) / 2).toBeLessThanOrEqual(Math.max(1, FEW.rows / leastRows));
      expect(nodes).toBeGreaterThan(1);
    });
  }
});

it('predicts trees of more leaves than the compiled kernel takes node by node, with the same bits', async () => {
  const results = await onEngines(async () => {
    const model = await fitBoostedTrees(FEW, { rounds: 2, leaves: 33, leastRows: 2 });
    const most = Math.max(...Array.from(model.parts.roots, (root) => root));
    expect(most).toBeGreaterThan(0);
    expect(model.facts.leaves).toBeGreaterThan(6 * 32);
    return Buffer.from(model.predict(FEW.x).buffer).toString('base64');
  });
  expect(new Set(results.values()).size).toBe(1);
});

describe('rows held out', () => {
  const stopping = { rows: 0.25, patience: 3 };
  const options = { rounds: 200, rate: 0.6, leaves: 15, leastRows: 3, seed: 5 };

  it('end it early, and rounds after the best are dropped', async () => {
    const losses: number[] = [];
    const model = await fitBoostedTrees(FEW, {
      ...{ ...options, stopping },
      onRound: (done, rounds, loss) => {
        expect([done, rounds]).toEqual([losses.push(loss!), 200]);
      },
    });
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(losses).toHaveLength(best + stopping.patience);
    expect(model.facts.rounds).toBe(best);
    expect(best).toBeGreaterThan(1);
  });
  it('are those that are given, and all others are trained on', async () => {
    const rows = makeRows({ rows: 200, seed: 9 });
    const losses: number[] = [];
    const model = await fitBoostedTrees(FEW, {
      ...{ ...options, stopping: { rows, patience: 3 } },
      onRound: (_, __, loss) => void losses.push(loss!),
    });
    const same = await fitBoostedTrees(FEW, { ...options, rounds: model.facts.rounds });
    expect(hashOf(model)).toBe(hashOf(same));
    const answers = model.predict(rows.x);
    const sum = [...rows.labels].reduce(
      (all, label, row) => all - Math.log(answers[3 * row + label]!),
      0,
    );
    expect(Math.min(...losses)).toBeCloseTo(sum / 200, 6);
  });
  it('are drawn by the seed, and asked for without having been trained on', async () => {
    const model = await fitBoostedTrees(FEW, { ...options, stopping });
    expect(hashOf(await fitBoostedTrees(FEW, { ...options, stopping }))).toBe(hashOf(model));
    const other = await fitBoostedTrees(FEW, { ...options, stopping, seed: 6 });
    expect(hashOf(other)).not.toBe(hashOf(model));
    const all = await fitBoostedTrees(FEW, { ...options, rounds: model.facts.rounds });
    expect(hashOf(all)).not.toBe(hashOf(model));
  });
});

it('tells of each round, and ends between two rounds when it is asked to', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const fit = fitBoostedTrees(FEW, {
    ...{ rounds: 50, signal: controller.signal },
    onRound: (done) => {
      seen.push(done);
      if (done === 3) setImmediate(() => controller.abort(new Error('enough')));
    },
  });
  await expect(fit).rejects.toThrow('enough');
  expect(seen.length).toBeLessThan(6);
  await expect(fitBoostedTrees(FEW, { signal: controller.signal })).rejects.toThrow('enough');
});

describe('the memory of an engine', () => {
  /** Arrays that were taken, and those that were given back. */
  let taken: () => unknown[];
  let givenBack: () => unknown[];
  beforeEach(async () => {
    await useEngine('wasm', { threads: 1 });
    const host = Object.getPrototypeOf(kernelHost()) as KernelHost;
    const takes = (['float64', 'float32', 'int32', 'uint8'] as const).map((type) => {
      return jest.spyOn(host, type);
    });
    const free = jest.spyOn(host, 'free');
    taken = () => takes.flatMap(({ mock }) => mock.results.map(({ value }) => value as unknown));
    givenBack = () => free.mock.calls.map(([array]) => array);
  });
  afterEach(() => jest.restoreAllMocks());

  const data = makeRows({ rows: 9000, columns: 20, classes: 2 });

  const expectAllBack = (): void => {
    expect(taken().length).toBeGreaterThan(10);
    expect(givenBack()).toHaveLength(taken().length);
    expect(new Set(givenBack())).toEqual(new Set(taken()));
  };

  it('is given back after a fit, and after answers', async () => {
    const model = await fitBoostedTrees(data, { rounds: 2 });
    expectAllBack();
    const before = taken().length;
    model.predict(data.x);
    expect(taken().length).toBeGreaterThan(before);
    expectAllBack();
  });
  it('is given back where the fit is ended', async () => {
    const onRound = (): never => {
      throw new Error('ended');
    };
    await expect(fitBoostedTrees(data, { rounds: 2, onRound })).rejects.toThrow('ended');
    expectAllBack();
  });
});

describe('refuses, with an InputError', () => {
  it.each([
    [{ rounds: 0 }, 'Cannot fit trees with rounds 0: expected a whole number from 1 to 100000.'],
    [{ leaves: 1 }, 'leaves 1: expected a whole number from 2'],
    [{ leastRows: 0.5 }, 'leastRows 0.5'],
    [{ rate: 0 }, 'rate 0: expected a number above 0 and up to 1'],
    [{ lambda: -1 }, 'lambda -1: expected a number from 0 on'],
    [{ bins: 256 }, 'Cannot bin into 256 bins'],
    [{ stopping: { rows: 1, patience: 3 } }, 'stopping.rows 1'],
    [{ stopping: { rows: 0.1, patience: 0 } }, 'stopping.patience 0'],
  ])('%j', async (options, sentence) => {
    const fit = fitBoostedTrees(FEW, options);
    await expect(fit).rejects.toThrow(InputError);
    await expect(fit).rejects.toThrow(sentence);
  });
  it('NaN, to train on and to answer', async () => {
    const x = FEW.x.slice();
    x[7] = NaN;
    await expect(fitBoostedTrees({ ...FEW, x })).rejects.toThrow('Row 2, column 2 is NaN');
    const model = await fitBoostedTrees(FEW, { rounds: 1 });
    expect(() => model.predict(x)).toThrow(InputError);
  });
  it('more than 64 classes, and more than 2^23 rows', async () => {
    await expect(fitBoostedTrees({ ...FEW, classes: 65 })).rejects.toThrow('65 classes');
    const rows = 2 ** 23 + 1;
    const labels = new Uint8Array(rows);
    labels[0] = 1;
    const many = { x: new Float32Array(rows), rows, columns: 1, labels, classes: 2 };
    await expect(fitBoostedTrees(many)).rejects.toThrow('8388609 rows');
  });
  it('a share that holds no row out, and no rows at all', async () => {
    const small = makeRows({ rows: 9 });
    const stopping = { rows: 0.01, patience: 1 };
    await expect(fitBoostedTrees(small, { stopping })).rejects.toThrow(
      'Cannot hold 0.01 of 9 rows out',
    );
    const none = { ...small, x: new Float32Array(0), labels: new Uint8Array(0), rows: 0 };
    await expect(fitBoostedTrees(small, { stopping: { rows: none, patience: 1 } })).rejects.toThrow(
      'Cannot stop early by no rows; give some to ask, or a share to hold out.',
    );
  });
});
