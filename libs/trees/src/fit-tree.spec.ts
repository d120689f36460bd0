import { InputError } from '@botlab/errors';
import type { ClassTrees } from './class-trees';
import { fitTree } from './index';
import type { LabelledRows } from './rows';
import { makeRows } from './rows.fixture.spec';

/** Gini impurity times rows, as it is defined. */
function impurity(labels: readonly number[]): number {
  const n = labels.length;
  const shares = [...new Set(labels)].map((k) => labels.filter((label) => label === k).length / n);
  return n * (1 - shares.reduce((sum, share) => sum + share * share, 0));
}

/** The least impurity of two parts that any column and value give, by trying all of them. */
function leastImpurity(data: LabelledRows, rows: readonly number[], leastRows: number): number {
  let least = Infinity;
  for (let column = 0; column < data.columns; column++) {
    const valueOf = (row: number): number => data.x[row * data.columns + column]!;
    for (const value of new Set(rows.map(valueOf))) {
      const parts = [
        rows.filter((r) => valueOf(r) <= value),
        rows.filter((r) => valueOf(r) > value),
      ];
      if (parts.some((part) => part.length < leastRows)) continue;
      const sum = parts.reduce((s, part) => s + impurity(part.map((r) => data.labels[r]!)), 0);
      least = Math.min(least, sum);
    }
  }
  return least;
}

/** The rows of each node, by following the tree with the values themselves. */
function rowsOfNodes({ parts }: ClassTrees, data: LabelledRows): number[][] {
  const held = Array.from({ length: parts.child.length }, (): number[] => []);
  for (let row = 0; row < data.rows; row++) {
    let node = 0;
    held[node]!.push(row);
    while (parts.child[node] !== 0) {
      const column = parts.column[node]!;
      const edge = parts.edges[column]![parts.bin[node]!]!;
      const right = data.x[row * data.columns + column]! > edge ? 1 : 0;
      node = parts.child[node]! + right;
      held[node]!.push(row);
    }
  }
  return held;
}

describe.each([
  { rows: 20, classes: 2, levels: 5, leastRows: 1 },
  { rows: 24, classes: 3, leastRows: 1 },
  { rows: 25, classes: 3, leastRows: 1 },
  { rows: 150, classes: 4, leastRows: 1 },
  { rows: 150, classes: 11, levels: 9, leastRows: 7 },
  { rows: 200, classes: 64, leastRows: 3 },
])('a tree of %j', ({ leastRows, ...made }) => {
  const data = makeRows({ ...made, columns: 4 });
  const tree = fitTree(data, { leastRows });
  const held = rowsOfNodes(tree, data);

  it('splits each leaf as the best of all splits does', () => {
    const { child, gain } = tree.parts;
    for (const [node, rows] of held.entries()) {
      const whole = impurity(rows.map((row) => data.labels[row]!));
      const least = leastImpurity(data, rows, leastRows);
      if (child[node] === 0) {
        expect(whole < 1e-9 || least === Infinity).toBe(true);
        continue;
      }
      const parts = [held[child[node]!]!, held[child[node]! + 1]!];
      const got = parts.reduce((sum, of) => sum + impurity(of.map((r) => data.labels[r]!)), 0);
      expect(got).toBeCloseTo(least, 8);
      expect(gain[node]).toBeCloseTo(whole - got, 8);
      for (const part of parts) expect(part.length).toBeGreaterThanOrEqual(leastRows);
    }
  });

  it('answers with the shares of the classes in a leaf', () => {
    const answers = tree.predict(data.x);
    for (const [node, rows] of held.entries()) {
      if (tree.parts.child[node] !== 0) continue;
      for (let k = 0; k < data.classes; k++) {
        const share = rows.filter((row) => data.labels[row] === k).length / rows.length;
        for (const row of rows) expect(answers[row * data.classes + k]).toBe(Math.fround(share));
      }
    }
  });
});

it('stops at its depth', () => {
  const data = makeRows({ rows: 500 });
  expect(fitTree(data, { depth: 2 }).facts).toEqual({ trees: 1, nodes: 7, leaves: 4, depth: 2 });
  const whole = fitTree(data).facts;
  expect(whole.depth).toBeGreaterThan(5);
  expect(whole.nodes).toBe(2 * whole.leaves - 1);
});

it('is right on all rows that differ, with no limits', () => {
  const data = makeRows({ rows: 240, levels: 200 });
  const answers = fitTree(data).predict(data.x);
  data.labels.forEach((label, row) => expect(answers[row * data.classes + label]).toBe(1));
});

it('takes rows that are all the same', () => {
  const x = new Float32Array(30);
  const data = {
    x,
    rows: 10,
    columns: 3,
    labels: Uint8Array.from(x.keys(), (i) => i % 2).slice(0, 10),
    classes: 2,
  };
  const tree = fitTree(data);
  expect(tree.facts.nodes).toBe(1);
  expect([...tree.predict(x).subarray(0, 2)]).toEqual([0.5, 0.5]);
  expect([...tree.importance('gain')]).toEqual([0, 0, 0]);
});

it('tells which columns the classes depend on', () => {
  const tree = fitTree(makeRows({ rows: 2000, columns: 5 }), { depth: 4 });
  for (const kind of ['gain', 'splits'] as const) {
    const worth = tree.importance(kind);
    expect(worth.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(worth[0]! + worth[4]!).toBeGreaterThan(0.9);
  }
  const { child, column, gain } = tree.parts;
  const splits = [...child.keys()].filter((node) => child[node] !== 0);
  const sum = (nodes: number[]) => nodes.reduce((all, node) => all + gain[node]!, 0);
  const ofFirst = splits.filter((node) => column[node] === 0);
  expect(tree.importance('gain')[0]).toBeCloseTo(sum(ofFirst) / sum(splits), 12);
  expect(tree.importance('splits')[0]).toBeCloseTo(ofFirst.length / splits.length, 12);
  expect(sum(ofFirst) / sum(splits)).not.toBeCloseTo(ofFirst.length / splits.length, 3);
});

it.each([
  [{ depth: 0 }, 'depth 0: expected a whole number from 1 on, or Infinity'],
  [{ depth: 1.5 }, 'depth 1.5'],
  [{ leastRows: 0 }, 'leastRows 0: expected a whole number from 1 on.'],
])('refuses %j', (options, words) => {
  const fit = () => fitTree(makeRows({ rows: 10 }), options);
  expect(fit).toThrow(InputError);
  expect(fit).toThrow(words);
});

it('answers rows of numbers alone', () => {
  const tree = fitTree(makeRows({ rows: 10 }));
  expect(() => tree.predict(Float32Array.of(1, 2, 3, NaN, 5, 6))).toThrow('Row 1, column 4 is NaN');
  expect(tree.predict(new Float32Array(0))).toHaveLength(0);
});
