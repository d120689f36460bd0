import type { ClassTreesParts } from './class-trees';
import { addLeaf, type ClassWalk } from './class-walk';
import { codeRows } from './codes';

/** Answers by the bins of all of a row's values, which are bytes: the quickest for many trees. */
export class CodedWalk implements ClassWalk {
  private readonly tests: Int32Array; // for each node column << 8 | bin, and its child

  constructor(private readonly parts: ClassTreesParts) {
    const { column, bin, child } = parts;
    this.tests = new Int32Array(2 * child.length);
    for (let node = 0; node < child.length; node++) {
      this.tests[2 * node] = (column[node]! << 8) | bin[node]!;
      this.tests[2 * node + 1] = child[node]!;
    }
  }

  add(x: Float32Array, rows: number, sums: Float64Array): void {
    const { tests, parts } = this;
    const { classes, edges, roots } = parts;
    const columns = edges.length;
    const codes = codeRows({ x, rows, columns }, edges);
    for (const root of roots) {
      for (let row = 0, at = 0, to = 0; row < rows; row++, at += columns, to += classes) {
        let node = root;
        for (let child = tests[2 * node + 1]!; child !== 0; child = tests[2 * node + 1]!) {
          const test = tests[2 * node]!;
          node = codes[at + (test >>> 8)]! > (test & 255) ? child + 1 : child;
        }
        addLeaf(parts, node, sums, to);
      }
    }
  }
}
