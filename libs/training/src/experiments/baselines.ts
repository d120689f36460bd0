import { findEstimator } from './estimator-order';
import { variantId } from './variant';
import type { Variant } from './variant-schema';

/** What the networks of a table are held against, in the order of their rows: what needs no network. */
const BASELINES: readonly Pick<Variant, 'model' | 'options' | 'title'>[] = [
  { model: 'forest', options: {} },
  { model: 'boosting', options: {} },
  { model: 'tree', options: { depth: 2 }, title: 'Decision tree of depth 2' },
  { model: 'stump', options: { for: 'accuracy' }, title: 'Stump, for accuracy' },
  { model: 'stump', options: { for: 'macro-f1' }, title: 'Stump, for macro F1' },
  { model: 'majority', options: {} },
];

/** The baselines as variants of a plan. */
export function baselines(): Variant[] {
  return BASELINES.filter(({ model }) => findEstimator(model) !== undefined).map((baseline) => ({
    ...baseline,
    id: variantId(baseline.model, baseline.options),
  }));
}
