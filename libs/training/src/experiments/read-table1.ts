import { join } from 'node:path';
import { type SplitKind, TASKS, type ScalerKind, type Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type { PaperScore } from '@botlab/models';
import type { Bounds } from '../bounds';
import { engineNames } from '../environment';
import type { RunConfig } from '../run-config';
import { RunFolder } from '../run-folder';
import type { EstimatorKind } from '../estimators/estimator-kind';
import type { HalfComparisons } from './comparisons';
import { findEstimator, rankOf } from './estimator-order';
import type { ExperimentFacts, RowSet } from './experiment-facts';
import { folders, readFacts, requireFollows } from './experiment-folder';
import type { Plan } from './plan';
import { rowSetKey } from './plan-runs';
import { readTransfers, type TransferScores } from './transfer';
import { changedOptions, variantOf, variantTitle } from './variant';

/** One finished run as a row of Table 1; fractions from 0 to 1. */
export interface Table1Row {
  /** Name of the estimator in the registry. */
  readonly model: string;
  /** Name of its variant: of the folder of its runs. */
  readonly variant: string;
  /** What kind of estimator it is. */
  readonly estimator: EstimatorKind;
  readonly title: string;
  readonly task: Task;
  readonly seed: number;
  readonly scaler: ScalerKind;
  readonly split: SplitKind;
  /** What was held out, where names were given. */
  readonly heldOut?: readonly string[];
  /** Place among `sets` of the rows that it was trained and tested on. */
  readonly set: number;
  /** Of networks. */
  readonly epochs?: number;
  readonly params?: number;
  /** What else there is to count of it: `trees`, `leaves`. */
  readonly facts: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** How many rows it was tested on. */
  readonly testRows: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly weightedF1: number;
  readonly attackF1?: number;
  readonly falsePositiveRate?: number;
  /** The paper's figures for the same model and task, where it has the model, and none of its options is changed. */
  readonly paper?: PaperScore;
  /** Scores on other rows, by their name. */
  readonly transfer?: Readonly<Record<string, TransferScores>>;
}

/** A set of rows that runs were made on, with the bounds that frame their results. */
export interface Table1Set extends Pick<RowSet, 'data' | 'other'> {
  readonly ceiling: Bounds['ceiling'];
  readonly stump: Bounds['stump'];
}

/** What `table1.json` holds; `data`, `ceiling`, `stump` and `other` are those of the first of `sets`. */
export interface Table1 extends Table1Set {
  readonly schema: 2;
  /** What the plan calls itself; Table 1 where it does not. */
  readonly title?: string;
  readonly profile: string;
  /** The engine that computed the runs; names with commas between them where there were several. */
  readonly engine: string;
  /** Whether each seed drew its own rows. */
  readonly resample: boolean;
  readonly training: Plan['training'];
  readonly sets: readonly Table1Set[];
  readonly rows: readonly Table1Row[];
  /** How the accuracies of each half compare; see `compareRuns`. */
  readonly comparisons?: readonly HalfComparisons[];
}

/** Which of an experiment's runs to put in the table; all where a list is left out. */
export interface RunFilter {
  readonly models?: readonly string[];
  readonly variants?: readonly string[];
  readonly tasks?: readonly Task[];
  readonly seeds?: readonly number[];
}

interface FinishedRun {
  readonly folder: RunFolder;
  readonly config: RunConfig;
}

/** The finished runs of an experiment's folder: by task, then by model in the paper's order, then by seed. */
export function listRuns(experiment: string, filter: RunFilter = {}): RunFolder[] {
  return finishedRuns(experiment, [], filter).map(({ folder }) => folder);
}

/** Of one model the variants that a plan declares come first, in its order. */
function finishedRuns(
  experiment: string,
  variants: Plan['variants'],
  filter: RunFilter,
): FinishedRun[] {
  const place = ({ config }: FinishedRun): number => {
    const found = variants.findIndex(({ id }) => id === variantOf(config));
    return found < 0 ? variants.length : found;
  };
  return TASKS.filter((task) => filter.tasks?.includes(task) ?? true).flatMap((task) =>
    folders(join(experiment, task))
      .filter((variant) => filter.variants?.includes(variant) ?? true)
      .flatMap((variant) =>
        folders(join(experiment, task, variant))
          .filter((seed) => filter.seeds?.includes(Number(seed)) ?? true)
          .map((seed) => new RunFolder(join(experiment, task, variant, seed)))
          .filter(({ isDone }) => isDone)
          .map((folder) => ({ folder, config: folder.readConfig() })),
      )
      .filter(({ config }) => filter.models?.includes(config.model) ?? true)
      .sort(
        (a, b) =>
          rankOf(a.config.model) - rankOf(b.config.model) ||
          a.config.model.localeCompare(b.config.model) ||
          place(a) - place(b) ||
          variantOf(a.config).localeCompare(variantOf(b.config)) ||
          a.config.seed - b.config.seed,
      ),
  );
}

/**
 * Table 1 from the run folders of an experiment alone.
 *
 * @throws InputError when the folder holds no finished run or one of another plan, or a file in it is damaged
 */
export function readTable1(experiment: string, filter: RunFilter = {}): Table1 {
  const facts = readFacts(experiment);
  const { plan, profile } = facts;
  const engines = new Set<string>();
  const used: RowSet[] = [];
  const rows = finishedRuns(experiment, plan.variants, filter).map(({ folder, config }) => {
    requireFollows(facts, folder, config);
    engineNames(config.environment).forEach((engine) => engines.add(engine));
    const set = setOf(facts, folder, config);
    if (!used.includes(set)) used.push(set);
    return rowOf(folder, config, plan, used.indexOf(set));
  });
  if (rows.length === 0) {
    throw new InputError(
      `Cannot make a table from ${experiment}: it has no finished run; run botlab table1 first.`,
    );
  }
  const sets = used.map(({ data, bounds, other }) => ({ data, other, ...bounds }));
  return {
    schema: 2,
    ...(plan.title === undefined ? {} : { title: plan.title }),
    profile,
    engine: [...engines].join(', '),
    resample: plan.resample,
    training: plan.training,
    ...sets[0]!,
    sets,
    rows,
  };
}

function setOf({ sets }: ExperimentFacts, { path }: RunFolder, config: RunConfig): RowSet {
  const key = rowSetKey(config);
  const found = sets.find((set) => set.key === key);
  if (found !== undefined) return found;
  throw new InputError(
    `Cannot make a table with ${path}: the experiment's facts.json does not know its rows; run the command again that made it.`,
  );
}

function rowOf(folder: RunFolder, config: RunConfig, plan: Plan, set: number): Table1Row {
  const metrics = folder.readMetrics();
  const { model, task, seed, data } = config;
  const variant = variantOf(config);
  const estimator = findEstimator(model);
  const isAsDefined =
    estimator !== undefined && Object.keys(changedOptions(model, config.options)).length === 0;
  const transfer = readTransfers(folder, plan.transfer);
  return {
    model,
    variant,
    estimator: metrics.kind,
    title: variantTitle(
      config,
      plan.variants.find(({ id }) => id === variant),
    ),
    task,
    seed,
    scaler: data.scaler,
    split: data.split,
    ...(data.heldOut === undefined ? {} : { heldOut: data.heldOut }),
    set,
    ...(metrics.epochs === undefined ? {} : { epochs: metrics.epochs }),
    ...(metrics.params === undefined ? {} : { params: metrics.params }),
    facts: metrics.facts,
    seconds: metrics.seconds,
    testRows: metrics.rows,
    accuracy: metrics.accuracy,
    macroF1: metrics.macroF1,
    weightedF1: metrics.weightedF1,
    ...(metrics.attackF1 === undefined ? {} : { attackF1: metrics.attackF1 }),
    ...(metrics.falsePositiveRate === undefined
      ? {}
      : { falsePositiveRate: metrics.falsePositiveRate }),
    ...(isAsDefined && estimator.paper ? { paper: estimator.paper[task] } : {}),
    ...(transfer === undefined ? {} : { transfer }),
  };
}
