import type { KernelHost } from '@botlab/engine';
import { downToFloat32 } from '../down-to-float32';
import type { BoostedTreesParts } from './boosted-trees';
import { treesPerRound } from './booster';

/** Rows in a call: what WebAssembly copies of them stays small. */
const CHUNK = 8192;
/** What the kernel takes of a column: edges padded with infinity. */
const EDGES = 255;

/**
 * Trees as the compiled kernel takes them: each inner node is a test with the leaves that remain where it fails, as
 * bits (QuickScorer, Lucchese et al. 2015).
 */
export class TreeMasks {
  private readonly starts: Int32Array;
  private readonly tests: Int32Array;
  private readonly remaining: Int32Array;
  private readonly mostLeaves: number;
  private readonly edges: Float32Array;
  /** `[tree, 32]`, made when the kernel's number of leaves is known. */
  private values: Float64Array | undefined;

  constructor(private readonly parts: BoostedTreesParts) {
    const { roots, child, edges } = parts;
    const inner = (child.length - roots.length) / 2;
    this.tests = new Int32Array(inner);
    this.remaining = new Int32Array(inner);
    this.starts = new Int32Array(roots.length + 1);
    let most = 0;
    roots.forEach((root, tree) => {
      const end = roots[tree + 1] ?? child.length;
      const leaves = (end - root + 1) / 2;
      this.starts[tree + 1] = this.starts[tree]! + leaves - 1;
      most = Math.max(most, leaves);
    });
    this.mostLeaves = most;
    this.edges = new Float32Array(EDGES * edges.length).fill(Infinity);
    edges.forEach((own, column) => this.edges.set(own.map(downToFloat32), column * EDGES));
  }

  /** Whether the kernel takes trees with so many leaves. */
  fit(host: KernelHost): boolean {
    return this.mostLeaves <= host.constant('treeLeaves');
  }

  /** Probabilities `[rows, classes]` of rows `[rows, columns]` of finite numbers. */
  predict(host: KernelHost, x: Float32Array, rows: number): Float32Array {
    const { classes, edges, first, roots } = this.parts;
    const columns = edges.length;
    const lanes = host.constant('treeRows');
    this.values ??= this.mark(host.constant('treeLeaves'));
    const { starts, tests, remaining, values } = this;
    const trees = [starts, roots.length, treesPerRound(classes), classes, tests, remaining];
    const out = new Float32Array(rows * classes);
    const scratch = host.int32(host.seats * columns * lanes);
    const answers = host.float32(Math.min(rows, CHUNK) * classes);
    for (let start = 0; start < rows; start += CHUNK) {
      const count = Math.min(CHUNK, rows - start);
      const own = x.subarray(start * columns, (start + count) * columns);
      const model = [this.edges, ...trees, values, first, scratch, answers];
      host.run('treePredict', Math.ceil(count / lanes), 1, [own, count, columns, ...model]);
      out.set(answers.subarray(0, count * classes), start * classes);
    }
    for (const array of [scratch, answers]) host.free(array);
    return out;
  }

  /** Numbers the leaves of each tree from the left, and marks for each test those that remain; the leaves' values. */
  private mark(leaves: number): Float64Array {
    const { roots, column, bin, child, value } = this.parts;
    const values = new Float64Array(leaves * roots.length);
    roots.forEach((root, tree) => {
      let test = this.starts[tree]!;
      let leaf = 0;
      const walk = (node: number): void => {
        const lower = child[node]!;
        if (lower === 0) {
          values[leaves * tree + leaf++] = value[node]!;
          return;
        }
        const own = test++;
        this.tests[own] = column[node]! * 256 + bin[node]!;
        const begin = leaf;
        walk(lower);
        let lost = 0;
        for (let each = begin; each < leaf; each++) lost |= 1 << each;
        this.remaining[own] = ~lost;
        walk(lower + 1);
      };
      walk(root);
    });
    return values;
  }
}
