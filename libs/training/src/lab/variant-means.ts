import { mean, standardDeviation } from '@botlab/metrics';
import type { FittedRun } from './fitted-run';
import type { NamedRuns } from './run-names';

/** The scores of a variant, mean over its runs; fractions from 0 to 1. */
export interface VariantMeans {
  readonly name: string;
  /** Name of the model in the registry. */
  readonly model: string;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly weightedF1: number;
  /** Standard deviation over seeds; 0 of one run. */
  readonly deviation: { readonly accuracy: number; readonly macroF1: number };
  /** Seconds of training. */
  readonly seconds: number;
  /** Weights of a network. */
  readonly params?: number;
  readonly runs: readonly FittedRun[];
}

/** What the runs of a variant are on the mean. */
export function variantMeans({ name, runs }: NamedRuns): VariantMeans {
  const of = (key: 'accuracy' | 'macroF1' | 'weightedF1') =>
    runs.map(({ metrics }) => metrics[key]);
  const [{ config, metrics }] = runs as readonly [FittedRun];
  return {
    ...{ name, model: config.model, runs },
    accuracy: mean(of('accuracy')),
    macroF1: mean(of('macroF1')),
    weightedF1: mean(of('weightedF1')),
    deviation: {
      accuracy: standardDeviation(of('accuracy')),
      macroF1: standardDeviation(of('macroF1')),
    },
    seconds: mean(runs.map((run) => run.seconds)),
    ...(metrics.kind === 'network' && metrics.params !== undefined
      ? { params: metrics.params }
      : {}),
  };
}
