import type { Task } from '@botlab/data';
import type { PaperScore } from '@botlab/models';
import { type Bounds, boundsOf } from '../bounds';
import { decimalsOf } from '../experiments/score-text';
import {
  answersOf,
  compareVariants,
  type VariantComparison,
} from '../experiments/variant-comparison';
import type { PreparedData } from '../prepare-data';
import { withBaselines } from './baseline-runs';
import { type ComparisonBars, comparisonBars } from './comparison-bars';
import { type ComparisonRecord, comparisonRecords } from './comparison-records';
import type { FittedRun } from './fitted-run';
import { namedRuns, type NamedRuns, requireComparable, type RunsToCompare } from './run-names';
import { type VariantMeans, variantMeans } from './variant-means';

/** A run as `table1Bars` of `@botlab/plots` takes it; fractions from 0 to 1. */
export interface ComparedRow {
  readonly model: string;
  readonly variant: string;
  readonly title: string;
  readonly task: Task;
  readonly seed: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly weightedF1: number;
  /** The paper's figures for the same model and task, where it has the model. */
  readonly paper?: PaperScore;
}

/** Runs of one task side by side: what a table prints of them, and what figures take. */
export interface RunComparison extends VariantComparison {
  readonly task: Task;
  /** Whether a run is of rows that were made up rather than recorded. */
  readonly synthetic: boolean;
  readonly rows: readonly ComparedRow[];
  /** Mean scores and the runs of each variant, those of the baselines last. */
  readonly variants: readonly VariantMeans[];
  /** The best that any classifier can reach on the test rows, where all runs have the same bound. */
  readonly ceiling?: Partial<Record<Task, Bounds['ceiling'][Task]>>;
  /** How many decimals the best accuracy allows on so many test rows. */
  readonly decimals: 1 | 2;
  /** A record a variant, then the ceiling: for `table` of `@botlab/plots`, or `console.table`. */
  readonly records: readonly ComparisonRecord[];
  /** The places among `records` of the best. */
  readonly emphasise: readonly number[];
  /** Accuracy and macro F1 in per cent: for `barChart` of `@botlab/plots`. */
  readonly bars: ComparisonBars;
}

/** Options of {@link compare}. */
export interface CompareOptions {
  /** Whether the baselines of Table 1 are fitted to the same rows and set beside; or which of them, by model. */
  readonly baselines?: boolean | readonly string[];
}

/**
 * Runs of one task side by side, several seeds of a variant as mean ± standard deviation. `≈` marks an accuracy that
 * the test rows do not tell from the best, by the tests of Table 1.
 *
 * @param runs of models and choices that name themselves; or by names of your own: `{ ranks: run, log: [run1, run2] }`
 * @throws InputError where there are none, or they are of several tasks
 */
export async function compare(
  runs: RunsToCompare,
  { baselines = false }: CompareOptions = {},
): Promise<RunComparison> {
  const own = namedRuns(runs);
  requireComparable(own);
  const named = await withBaselines(own, baselines);
  const variants = named.map(variantMeans);
  const all = variants.flatMap((variant) => variant.runs);
  const { task } = all[0]!.config;
  const bounds = all.map(({ data }) => ceilingOf(data)[task]);
  const isOne = bounds.every(({ accuracy, macroF1 }) => {
    return accuracy === bounds[0]!.accuracy && macroF1 === bounds[0]!.macroF1;
  });
  const compared = compareVariants(named.map(comparedVariant));
  const fewest = Math.min(...all.map(({ metrics }) => metrics.rows));
  const decimals = decimalsOf(Math.max(...variants.map(({ accuracy }) => accuracy)), fewest);
  const ceiling = isOne ? bounds[0]! : undefined;
  return {
    task,
    synthetic: all.some(({ data }) => data.source.synthetic),
    rows: variants.flatMap(({ name, runs }) => runs.map((run) => rowOf(name, run))),
    variants,
    ...(ceiling ? { ceiling: { [task]: ceiling } } : {}),
    ...compared,
    decimals,
    records: comparisonRecords(variants, compared, decimals, ceiling),
    emphasise: variants.flatMap(({ name }, i) => (compared.best.includes(name) ? [i] : [])),
    bars: comparisonBars(variants),
  };
}

function comparedVariant({ name, runs }: NamedRuns) {
  const dataSeeds = new Set(runs.map(({ config }) => config.data.seed));
  return {
    variant: name,
    runs: runs.map(({ config, metrics, predictions, data }) => ({
      ...{ seed: config.seed, accuracy: metrics.accuracy, answers: answersOf(predictions) },
      ...(dataSeeds.size > 1 ? { resampled: data.test.rows.length / data.train.rows.length } : {}),
    })),
  };
}

function rowOf(name: string, { config, metrics, estimator }: FittedRun): ComparedRow {
  const { model, task, seed } = config;
  const { accuracy, macroF1, weightedF1 } = metrics;
  return {
    ...{ model, variant: name, title: name, task, seed, accuracy, macroF1, weightedF1 },
    ...(estimator.paper ? { paper: estimator.paper[task] } : {}),
  };
}

const ceilings = new WeakMap<PreparedData, Bounds['ceiling']>();

/** The ceiling of data, found once. */
function ceilingOf(data: PreparedData): Bounds['ceiling'] {
  const found = ceilings.get(data) ?? boundsOf(data).ceiling;
  ceilings.set(data, found);
  return found;
}
