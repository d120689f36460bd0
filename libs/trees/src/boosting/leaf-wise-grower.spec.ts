import { codeRowsInto } from './fit-boosted-trees';
import { findEdges } from '../edges';
import { makeRows } from '../rows.fixture.spec';
import { Random } from '@botlab/random';
import type { BoostedTree } from './boosted-tree';
import { LeafWiseGrower } from './leaf-wise-grower';
import { plainKernels } from './plain-kernels';
import { unitsFor } from './units';

const LIMITS = { leaves: 9, rate: 0.5, leastRows: 4, leastHessian: 0.3, lambda: 0.25 };

/** Rows with gradients and hessians of their own. */
function someCase(rows: number, columns: number, levels: number, seed: number) {
  const data = makeRows({ rows, columns, levels, seed });
  const units = unitsFor(rows);
  const random = new Random(seed, 'pairs');
  const pairs = new Float64Array(2 * rows);
  const sums = new Float64Array(2);
  for (let row = 0; row < rows; row++) {
    pairs[2 * row] = Math.floor((random.float() - 0.5) / units.gradient);
    pairs[2 * row + 1] = Math.floor(random.float() / 4 / units.hessian) * units.perRow + 1;
    sums[0]! += pairs[2 * row]!;
    sums[1]! += pairs[2 * row + 1]!;
  }
  const coded = codeRowsInto(plainKernels.memory, data, findEdges(data));
  const grower = new LeafWiseGrower(coded, plainKernels, units, LIMITS);
  const tree = grower.grow(pairs, sums);
  return { data, coded, units, pairs, tree, grower };
}
type Case = ReturnType<typeof someCase>;

const codeOf = ({ coded }: Case, row: number, column: number): number =>
  coded.codes[Math.floor(column / 8) * coded.rows * 8 + row * 8 + (column % 8)]!;

/** Gradient, hessian and rows, in their own units. */
function sumsOf({ pairs, units }: Case, rows: readonly number[]) {
  let [gradient, hessian] = [0, 0];
  for (const row of rows) {
    gradient += pairs[2 * row]! * units.gradient;
    hessian += Math.floor(pairs[2 * row + 1]! / units.perRow) * units.hessian;
  }
  return { gradient, hessian, count: rows.length };
}

const scoreOf = ({ gradient, hessian }: ReturnType<typeof sumsOf>): number =>
  gradient ** 2 / (hessian + LIMITS.lambda);

/** What a split of some rows gains; −∞ where it is not allowed. */
function gainOf(own: Case, rows: readonly number[], column: number, bin: number): number {
  const lower = sumsOf(own, rows.filter((row) => codeOf(own, row, column) <= bin)); // prettier-ignore
  const upper = sumsOf(own, rows.filter((row) => codeOf(own, row, column) > bin)); // prettier-ignore
  const allowed = [lower, upper].every(
    ({ count, hessian }) => count >= LIMITS.leastRows && hessian >= LIMITS.leastHessian,
  );
  return allowed ? scoreOf(lower) + scoreOf(upper) - scoreOf(sumsOf(own, rows)) : -Infinity;
}

/** The best gain of all splits of some rows. */
function bestGain(own: Case, rows: readonly number[]): number {
  let best = -Infinity;
  for (let column = 0; column < own.data.columns; column++) {
    for (let bin = 0; bin < 254; bin++) best = Math.max(best, gainOf(own, rows, column, bin));
  }
  return best;
}

/** The rows of each node. */
function rowsOfNodes(own: Case, tree: BoostedTree): number[][] {
  const nodes: number[][] = [Array.from({ length: own.data.rows }, (_, row) => row)];
  for (let node = 0; node < tree.child.length; node++) {
    const child = tree.child[node]!;
    if (child === 0) continue;
    const isLower = (row: number): boolean =>
      codeOf(own, row, tree.column[node]!) <= tree.bin[node]!;
    nodes[child] = nodes[node]!.filter(isLower);
    nodes[child + 1] = nodes[node]!.filter((row) => !isLower(row));
  }
  return nodes;
}

describe.each([
  [60, 3, 6, 1],
  [90, 10, 4, 2],
  [120, 17, 9, 3],
  [40, 8, 2, 4],
])('a tree of %d rows, %d columns, %d levels', (rows, columns, levels, seed) => {
  const own = someCase(rows, columns, levels, seed);
  const { tree, grower, units, pairs } = own;
  const nodes = rowsOfNodes(own, tree);

  it('has the best of all splits at each node, grown where most is gained', () => {
    const open = new Set([0]);
    for (let child = 1; child < tree.child.length; child += 2) {
      const node = tree.child.indexOf(child);
      const gains = [...open].map((each) => bestGain(own, nodes[each]!));
      const best = bestGain(own, nodes[node]!);
      expect(best).toBeCloseTo(Math.max(...gains), 9);
      expect(gainOf(own, nodes[node]!, tree.column[node]!, tree.bin[node]!)).toBeCloseTo(best, 9);
      expect(tree.gain[node]).toBeCloseTo(best, 9);
      open.delete(node);
      open.add(child).add(child + 1);
    }
    expect(tree.child.length).toBeGreaterThan(3);
    // It ended for a reason.
    const most = Math.max(...[...open].map((each) => bestGain(own, nodes[each]!)));
    expect(open.size === LIMITS.leaves || most <= 1e-9).toBe(true);
  });
  it('has the values that lower the loss most, times the rate', () => {
    for (const leaf of grower.leaves) {
      const { gradient, hessian } = sumsOf(own, nodes[leaf.node]!);
      const value = (-gradient / (hessian + LIMITS.lambda)) * LIMITS.rate;
      expect(tree.value[leaf.node]).toBeCloseTo(value, 9);
    }
  });
  it('leaves the rows of each leaf together, in their order', () => {
    for (const { node, start, end } of grower.leaves) {
      expect([...grower.rows.subarray(start, end)]).toEqual(nodes[node]);
    }
    const sums = pairs.reduce((sum, value, i) => sum + (i % 2 === 0 ? value : 0), 0);
    const leaves = grower.leaves.reduce((sum, { gradient }) => sum + gradient, 0);
    expect(leaves).toBe(sums);
    expect(units.perRow).toBeGreaterThan(rows);
  });
});
