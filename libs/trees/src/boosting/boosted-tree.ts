/**
 * A regression tree as arrays over its nodes: node 0 is the root, a node's children lie together, and a leaf has
 * child 0.
 */
export interface BoostedTree {
  /** Of an inner node: which column it asks, and the last bin that goes to the lower child. */
  readonly column: Int32Array;
  readonly bin: Uint8Array;
  /** The lower child, which the upper one follows. */
  readonly child: Int32Array;
  /** Of a leaf: what it adds to the score. */
  readonly value: Float64Array;
  /** Of an inner node: by how much its split lowers the loss, to the second order and twice. */
  readonly gain: Float64Array;
}

/** A tree of one leaf that has room for so many nodes. */
export function roomForNodes(nodes: number): BoostedTree {
  return {
    column: new Int32Array(nodes),
    bin: new Uint8Array(nodes),
    child: new Int32Array(nodes),
    value: new Float64Array(nodes),
    gain: new Float64Array(nodes),
  };
}

/** The first nodes of a tree. */
export function firstNodes(tree: BoostedTree, nodes: number): BoostedTree {
  return {
    column: tree.column.slice(0, nodes),
    bin: tree.bin.slice(0, nodes),
    child: tree.child.slice(0, nodes),
    value: tree.value.slice(0, nodes),
    gain: tree.gain.slice(0, nodes),
  };
}

/** Trees with their nodes one after the other. */
export interface JoinedTrees extends BoostedTree {
  /** The root of each. */
  readonly roots: Int32Array;
}

/** Joins trees; children are counted from the first tree's root on. */
export function joinTrees(trees: readonly BoostedTree[]): JoinedTrees {
  const roots = new Int32Array(trees.length);
  let nodes = 0;
  trees.forEach(({ child }, i) => {
    roots[i] = nodes;
    nodes += child.length;
  });
  const all = roomForNodes(nodes);
  trees.forEach((tree, i) => {
    const root = roots[i]!;
    all.column.set(tree.column, root);
    all.bin.set(tree.bin, root);
    all.value.set(tree.value, root);
    all.gain.set(tree.gain, root);
    const children = tree.child.map((child) => (child === 0 ? 0 : child + root));
    all.child.set(children, root);
  });
  return { ...all, roots };
}
