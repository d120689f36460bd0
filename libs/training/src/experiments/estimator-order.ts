import type { Estimator } from '../estimators/estimator';
import { listEstimators } from '../estimators/registry';

/** The estimator of that name, where there is one: a run folder may be of one that somebody defined elsewhere. */
export function findEstimator(name: string): Estimator | undefined {
  return listEstimators().find((estimator) => estimator.name === name);
}

/** Place of an estimator in a table: the paper's first and in its order, and what they are held against at the end. */
export function rankOf(name: string): number {
  const names = listEstimators().map((estimator) => estimator.name);
  const place = names.indexOf(name);
  return place < 0 ? names.length : place;
}
