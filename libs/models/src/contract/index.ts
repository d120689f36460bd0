/**
 * The door `@botlab/models/contract`: what every network keeps to, as tests for jest, node:test or any other
 * runner. Training and prediction rely on it.
 */
import type { ModelDefinition } from '../define-model';
import type { Check } from './check';
import { descriptionChecks } from './description-checks';
import { networkChecks } from './network-checks';
import { trainingChecks } from './training-checks';

export type { Check };
export { descriptionChecks, trainingChecks };

/**
 * The checks of a network, in the order in which they help most: what it says of itself, shapes and weights, training.
 * Each makes tfjs compute with an engine of the processor; none depends on another.
 */
export function modelContract(definition: ModelDefinition): Check[] {
  return [
    ...descriptionChecks(definition),
    ...networkChecks(definition),
    ...trainingChecks(definition),
  ];
}
