/** What both sides are told, by the names of `@botlab/trees`. */
export const TREE_SETTINGS = {
  boosting: { rounds: 100, leaves: 31, rate: 0.1, leastRows: 20, lambda: 0, bins: 255 },
  forest: { trees: 100, columns: 'sqrt', leastRows: 1 },
  tree: { depth: 10, leastRows: 1 },
  'isolation-forest': { trees: 100, sample: 256 },
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
