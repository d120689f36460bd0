import { InputError, unknownName } from '@botlab/errors';
import { listModels } from '@botlab/models';
import { isTreeOpponent, type OpponentName, TREE_OPPONENTS } from './opponent-name';
import { isTreeModel, TREE_MODELS, type TreeModel } from './trees/tree-task';

/** What to time: networks by their steps, or trees by whole fits. */
export type BenchModels =
  { readonly networks: readonly string[] } | { readonly trees: readonly TreeModel[] };

/** What is typed of it. */
export interface BenchModelsAskedFor {
  readonly models?: readonly string[];
  readonly against?: OpponentName;
}

/**
 * Which models are asked for; without names all that the opponent has, and without an opponent all networks.
 *
 * @throws InputError for an unknown model, for networks and trees at once, or for a model that the opponent has not got
 */
export function benchModels({ models, against }: BenchModelsAskedFor): BenchModels {
  const networks = listModels().map(({ name }) => name);
  for (const name of models ?? []) {
    if (!networks.includes(name) && !isTreeModel(name)) {
      throw unknownName('model', name, [...networks, ...TREE_MODELS]);
    }
  }
  const trees = (models ?? []).filter(isTreeModel);
  if (isTreeOpponent(against)) {
    const known: readonly string[] = TREE_OPPONENTS[against];
    const stray = models?.find((name) => !known.includes(name));
    if (stray !== undefined) {
      const other = isTreeModel(stray) ? '--against scikit-learn' : '--against torch';
      throw new InputError(
        `Cannot compare ${stray} with ${against}, which has ${known.join(', ')}; use ${other}, or other --models.`,
      );
    }
    return { trees: models === undefined ? [...TREE_OPPONENTS[against]] : trees };
  }
  if (trees.length === 0) return { networks: models ?? networks };
  const network = models!.find((name) => !isTreeModel(name));
  if (network !== undefined) {
    throw new InputError(
      `Cannot time ${network} and ${trees[0]} in one table: a network is timed by its steps, trees by whole fits; ` +
        'ask for one of them.',
    );
  }
  if (against !== undefined) {
    throw new InputError(
      `Cannot compare ${trees[0]} with ${against}, which has networks; use --against scikit-learn, or other --models.`,
    );
  }
  return { trees };
}
