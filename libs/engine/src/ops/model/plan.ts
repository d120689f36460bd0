import type * as tf from '@tensorflow/tfjs';
import { planOf } from './planner';
import type { Step } from './step';

/** A model's operations, as long as all that they were planned by is as it was. */
interface Plan {
  /** null where the model has to run as tfjs runs it. */
  readonly steps: readonly Step[] | null;
  readonly plannedBy: readonly unknown[];
}

const plans = new WeakMap<tf.LayersModel, Plan>();

/** What a plan reads of a layer beside its weights and its place in the model; each may be changed later. */
const ATTRIBUTES = [
  ...['activation', 'axis', 'dataFormat', 'dilationRate', 'maskZero', 'maxValue', 'padding'],
  ...['poolSize', 'strides'],
];

/**
 * What a model's plan depends on: its ends (a sequential model may grow), how often each layer is used, whether it
 * has weights to train, and its attributes. Compared at each run, so it only looks at what is there.
 */
function planningFacts(model: tf.LayersModel): unknown[] {
  const facts: unknown[] = [...model.inputs, ...model.outputs, model.layers.length];
  for (const layer of model.layers) {
    facts.push(layer, layer.inboundNodes.length, layer.trainableWeights.length > 0);
    for (const name of ATTRIBUTES) {
      const value = (layer as unknown as Record<string, unknown>)[name];
      if (Array.isArray(value)) facts.push(...(value as unknown[]));
      else facts.push(value);
    }
  }
  return facts;
}

/** The operations of a model, planned anew where something has changed that they depend on. */
export function stepsOf(model: tf.LayersModel): readonly Step[] | null {
  const plannedBy = planningFacts(model);
  const known = plans.get(model);
  const isCurrent =
    known?.plannedBy.length === plannedBy.length &&
    known.plannedBy.every((fact, i) => fact === plannedBy[i]);
  if (isCurrent) return known.steps;
  const steps = planOf(model);
  plans.set(model, { steps, plannedBy });
  return steps;
}
