import { CLASSES, FEATURES } from '@botlab/data';
import { buildModel, countParameters, optionNames, parseOptions } from '@botlab/models';
import type { Estimator, NetworkEstimator } from './estimator';
import { listEstimators } from './registry';

/** An estimator as a list has it. */
export interface EstimatorDescription extends Pick<
  Estimator,
  'name' | 'title' | 'kind' | 'summary' | 'tasks' | 'paper'
> {
  /** Of networks: weights of one that tells the eleven classes apart. */
  readonly params?: number;
  /** With their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of the options that have none; left out where there are none of these. */
  readonly withoutDefault?: readonly string[];
}

/** All that can be trained, in the order of the registry; it builds the networks on the engine in use. */
export function describeEstimators(): EstimatorDescription[] {
  return listEstimators().map(described);
}

function described(estimator: Estimator): EstimatorDescription {
  const { name, title, kind, summary, tasks, paper } = estimator;
  const options = parseOptions(estimator);
  const withoutDefault = optionNames(estimator).filter((option) => !(option in options));
  return {
    ...{ name, title, kind, summary, tasks },
    ...(estimator.kind === 'network' ? { params: parametersOf(estimator) } : {}),
    options,
    ...(withoutDefault.length > 0 ? { withoutDefault } : {}),
    ...(paper ? { paper } : {}),
  };
}

function parametersOf({ definition }: NetworkEstimator): number {
  const settings = { features: FEATURES.length, classes: CLASSES.length, seed: 0 };
  const model = buildModel(definition, settings);
  const params = countParameters(model);
  model.dispose();
  return params;
}
