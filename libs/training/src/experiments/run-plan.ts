import type { ReadOptions, Source } from '@botlab/data';
import type { RunningEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { environmentOf } from '../environment';
import type { TrainOptions } from '../train-options';
import { openSource } from '../open-source';
import type { RunConfig, SourceSpec } from '../run-config';
import { type Run, train } from '../train';
import { checkedVariants } from './checked-variants';
import type { ExperimentFacts } from './experiment-facts';
import { claimExperiment, experimentFolder, noteRows } from './experiment-folder';
import { identityOf, type Plan, type Transfer } from './plan';
import { type PlannedRun, rowSetKey, runsOf } from './plan-runs';
import { rowSetOf, RowSets } from './row-sets';
import { transferRun } from './transfer';

/** What is asked for: a plan before its rows are known, and the name of its folder. */
export interface PlanRequest extends Omit<Plan, 'identity' | 'checksum'> {
  readonly experiment: string;
  /** Name of the profile that it began with. */
  readonly profile: string;
  /** The command that asks for it, as it is typed. */
  readonly command?: string;
}

/** A run's place among those of its experiment. */
export interface RunPlace {
  readonly index: number;
  readonly count: number;
  readonly config: RunConfig;
}

/** Hooks of {@link runPlan}; they change nothing of its result. */
export interface PlanOptions extends TrainOptions {
  readonly read?: ReadOptions;
  /** Opens the rows of a plan's `transfer`, as `openSource` does. */
  readonly open?: (spec: SourceSpec) => Promise<Source>;
  /** When the first rows are ready, before the first run. */
  onData?(this: void, facts: ExperimentFacts): void;
  onRunStart?(this: void, place: RunPlace): void;
  onRunEnd?(this: void, place: RunPlace, run: Run): void;
}

/** The seed of the rows that stand for all where each seed draws its own. */
const SEED = 1;

/**
 * Trains the runs of a plan, variants × tasks × seeds, each in its run folder under `out/<experiment>/`: finished
 * runs are skipped, interrupted ones go on. Returns the experiment's folder, from which `readTable1` makes the table.
 *
 * @throws InputError for bad data, a variant that cannot be, or a folder that holds another experiment's runs
 */
export async function runPlan(
  source: Source,
  { experiment, profile, command, ...request }: PlanRequest,
  engine: RunningEngine,
  options: PlanOptions,
): Promise<string> {
  const folder = experimentFolder(options.out, experiment);
  const asked = {
    ...request,
    variants: checkedVariants(request.variants, request.tasks),
    data: { ...request.data, ...(request.resample ? { seed: SEED } : {}) },
  };
  const planned = runsOf(asked);
  const others = await openTransfers(asked.transfer, options);
  const sets = new RowSets(source, {
    ...options.read,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const { checksum } = await sets.sample(asked.data);
  await requireAll(sets, planned);
  const shared = { ...asked, checksum };
  const plan: Plan = { identity: identityOf(shared), ...shared };
  const first = rowSetOf(await sets.prepare(planned[0]!));
  const facts = claimExperiment(folder, {
    plan,
    profile,
    ...(command === undefined ? {} : { command }),
    sets: [first],
  });
  options.onData?.(facts);
  let environment = environmentOf(engine);
  const noted = new Set([first.key]);
  for (const [index, run] of planned.entries()) {
    const data = await sets.prepare(run);
    const key = rowSetKey(run);
    if (!noted.has(key)) noteRows(folder, rowSetOf(data));
    noted.add(key);
    const config: RunConfig = {
      experiment,
      variant: run.variant.id,
      model: run.variant.model,
      options: run.variant.options,
      task: run.task,
      seed: run.seed,
      training: run.training,
      data: run.data,
      checksum: data.checksum,
      environment,
    };
    const place = { index, count: planned.length, config };
    options.onRunStart?.(place);
    const done = await train(config, data, {
      ...options,
      onRecovery: (sentence, next) => {
        environment = environmentOf(next); // the runs that are left begin on it
        options.onRecovery?.(sentence, next);
      },
    });
    for (const { transfer, source } of others) {
      await transferRun(done.folder, transfer, source, options);
    }
    options.onRunEnd?.(place, done);
  }
  return folder;
}

/** The other rows that runs are scored on, opened before the first run, so that what is wrong with them is said. */
function openTransfers(
  transfers: readonly Transfer[],
  { open = openSource }: Pick<PlanOptions, 'open'>,
): Promise<{ transfer: Transfer; source: Source }[]> {
  const names = transfers.map(({ name }) => name.toLowerCase());
  const twice = transfers.find((_, i) => names.indexOf(names[i]!) < i);
  if (twice !== undefined) {
    throw new InputError(
      `Cannot score runs on two folders under the name ${twice.name}: give one of them another "name" in the study's file.`,
    );
  }
  return Promise.all(
    transfers.map(async (transfer) => ({ transfer, source: await open(transfer.source) })),
  );
}

/** Says what cannot be before the first run: a split or a task of any variant, on the rows of the first seed. */
async function requireAll(sets: RowSets, planned: readonly PlannedRun[]): Promise<void> {
  const { seed } = planned[0]!.data;
  const ofFirst = planned.filter(({ data }) => data.seed === seed);
  for (const key of new Set(ofFirst.map(rowSetKey))) {
    const runs = ofFirst.filter((run) => rowSetKey(run) === key);
    await sets.require(runs[0]!, [...new Set(runs.map(({ task }) => task))]);
  }
}
