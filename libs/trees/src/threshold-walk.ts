import type { ClassTreesParts } from './class-trees';
import { addLeaf, type ClassWalk } from './class-walk';
import { downToFloat32 } from './down-to-float32';

/** Numbers of a node: its column, its threshold and its child; a fourth keeps a node within a cache line. */
const NODE = 4;

/**
 * Answers by the values that nodes ask for, against the edge above each node's bin: no other value is looked at. A value
 * is above that edge where its bin is above the node's, so that the answers are those of bins.
 */
export class ThresholdWalk implements ClassWalk {
  private readonly tests: Int32Array;
  private readonly thresholds: Float32Array; // the same memory

  constructor(private readonly parts: ClassTreesParts) {
    const { column, bin, child, edges } = parts;
    this.tests = new Int32Array(NODE * child.length);
    this.thresholds = new Float32Array(this.tests.buffer);
    for (let node = 0, at = 0; node < child.length; node++, at += NODE) {
      if (child[node] === 0) continue;
      this.tests[at] = column[node]!;
      this.thresholds[at + 1] = downToFloat32(edges[column[node]!]![bin[node]!] ?? Infinity);
      this.tests[at + 2] = child[node]!;
    }
  }

  add(x: Float32Array, rows: number, sums: Float64Array): void {
    const { tests, thresholds, parts } = this;
    const { classes, edges, roots } = parts;
    const columns = edges.length;
    for (const root of roots) {
      for (let row = 0, from = 0, to = 0; row < rows; row++, from += columns, to += classes) {
        let node = root;
        let at = NODE * node;
        for (let child = tests[at + 2]!; child !== 0; child = tests[at + 2]!) {
          node = x[from + tests[at]!]! > thresholds[at + 1]! ? child + 1 : child;
          at = NODE * node;
        }
        addLeaf(parts, node, sums, to);
      }
    }
  }
}
