/** What both sides are told, by the names of `@botlab/trees`. */
export const TREE_SETTINGS = {
  forest: { trees: 100, columns: 'sqrt', leastRows: 1 },
  tree: { depth: 10, leastRows: 1 },
} as const;

export type TreeModel = keyof typeof TREE_SETTINGS;
export const TREE_MODELS = Object.keys(TREE_SETTINGS) as readonly TreeModel[];

export function isTreeModel(name: string): name is TreeModel {
  return name in TREE_SETTINGS;
}

/** What a fit is given beside its rows. */
export interface TreeTask {
  readonly model: TreeModel;
  readonly seed: number;
}
