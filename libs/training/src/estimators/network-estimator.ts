import { TASKS } from '@botlab/data';
import { buildModel, type ModelDefinition } from '@botlab/models';
import type { EstimatorShape, NetworkEstimator } from './estimator';
import { loadWeights } from '../checkpoint';
import { FittedNetwork } from './fitted-network';

/** A network as an estimator. */
export function networkEstimator(definition: ModelDefinition): NetworkEstimator {
  const { name, title, summary, paper, options } = definition;
  return {
    ...{ name, title, summary, options, definition },
    kind: 'network',
    tasks: TASKS,
    watches: true,
    ...(paper ? { paper } : {}),
    load: (file, shape) => loadNetwork(definition, file, shape),
  };
}

function loadNetwork(
  definition: ModelDefinition,
  file: string,
  { options, ...shape }: EstimatorShape,
): FittedNetwork {
  const known = options as Readonly<Record<string, unknown>>;
  // Whatever it begins with, the weights of the file take its place.
  const model = buildModel(definition, { ...shape, seed: 0, options: known });
  try {
    loadWeights(file, model);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return new FittedNetwork(model);
}
