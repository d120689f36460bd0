/**
 * A tree that answers with classes, as arrays over its nodes: node 0 is the root, a node's children lie together, and
 * a leaf has child 0.
 */
export interface ClassTree {
  /** Of an inner node: which column it asks, and the last bin that goes left. */
  readonly column: Int32Array;
  readonly bin: Uint8Array;
  /** The left child; the right one follows it. */
  readonly child: Int32Array;
  /** By how much an inner node's split lowers the impurity, times its rows. */
  readonly gain: Float64Array;
  /** Of a leaf: its class where all its rows are of one, or else -1 less its place in `shares`. */
  readonly answer: Int32Array;
  /** The shares of the classes in leaves of several, `[leaf, class]`. */
  readonly shares: Float32Array;
  readonly depth: number;
}

/** Nodes that there is room for at first. */
const FIRST = 256;

/** A tree that grows: nodes are added in pairs, and become leaves or are split. */
export class GrowingTree {
  private column = new Int32Array(FIRST);
  private bin = new Uint8Array(FIRST);
  private child = new Int32Array(FIRST);
  private gain = new Float64Array(FIRST);
  private answer = new Int32Array(FIRST);
  private readonly shares: number[] = [];
  private mixed = 0;
  private nodes = 1;
  private depth = 0;

  /** Splits a node at a depth, and returns its left child. */
  split(node: number, depth: number, column: number, bin: number, gain: number): number {
    if (this.nodes + 2 > this.child.length) this.makeRoom();
    const child = this.nodes;
    this.nodes += 2;
    this.column[node] = column;
    this.bin[node] = bin;
    this.gain[node] = gain;
    this.child[node] = child;
    this.depth = Math.max(this.depth, depth + 1);
    return child;
  }

  /** Makes a leaf of a node, with as many rows of each class. */
  end(node: number, counts: Float64Array, classes: number, total: number): void {
    const only = counts.indexOf(total);
    if (only >= 0) {
      this.answer[node] = only;
      return;
    }
    this.answer[node] = -1 - this.mixed++;
    for (let k = 0; k < classes; k++) this.shares.push(counts[k]! / total);
  }

  /** The tree, of its nodes alone. */
  finished(): ClassTree {
    const { nodes, depth } = this;
    return {
      column: this.column.slice(0, nodes),
      bin: this.bin.slice(0, nodes),
      child: this.child.slice(0, nodes),
      gain: this.gain.slice(0, nodes),
      answer: this.answer.slice(0, nodes),
      shares: Float32Array.from(this.shares),
      depth,
    };
  }

  private makeRoom(): void {
    const length = 2 * this.child.length;
    const longer = <T extends { set(from: T): void }>(to: T, from: T): T => (to.set(from), to);
    this.column = longer(new Int32Array(length), this.column);
    this.bin = longer(new Uint8Array(length), this.bin);
    this.child = longer(new Int32Array(length), this.child);
    this.gain = longer(new Float64Array(length), this.gain);
    this.answer = longer(new Int32Array(length), this.answer);
  }
}
