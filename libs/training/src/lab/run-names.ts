import { InputError } from '@botlab/errors';
import { canonical } from '../experiments/canonical';
import { choicesOf } from '../experiments/plan';
import { inTitle, optionsText, variantTitle } from '../experiments/variant';
import type { FittedRun } from './fitted-run';

/** The runs of one variant, one a seed, under the name that they have in a table. */
export interface NamedRuns {
  readonly name: string;
  readonly runs: readonly FittedRun[];
}

/** Runs to compare: under names of one's own, or such that their models and choices name them. */
export type RunsToCompare =
  readonly FittedRun[] | Readonly<Record<string, FittedRun | readonly FittedRun[]>>;

/** What of a plan's training concerns what is no network. */
const CONCERNS_ALL = ['validation', 'earlyStopping'];

/** Runs by variant. What they are called by themselves: their model, its options, and choices that others do not share. */
export function namedRuns(runs: RunsToCompare): NamedRuns[] {
  if (!isList(runs)) {
    return Object.entries(runs).map(([name, of]) => ({ name, runs: isList(of) ? of : [of] }));
  }
  const variants = new Map<string, Map<number, FittedRun>>();
  for (const run of runs) {
    const { model, options, seed } = run.config;
    const key = canonical({ model, options, ...choices(run) });
    variants.set(key, (variants.get(key) ?? new Map<number, FittedRun>()).set(seed, run));
  }
  const names = new Map<string, number>();
  return [...variants.values()].map((bySeed) => {
    const own = [...bySeed.values()];
    const name = nameOf(own[0]!, runs);
    const before = names.get(name) ?? 0;
    names.set(name, before + 1);
    return { name: before === 0 ? name : `${name}, ${before + 1}`, runs: own };
  });
}

/** Makes sure that there are runs, and that all are of one task. @throws InputError */
export function requireComparable(variants: readonly NamedRuns[]): void {
  const tasks = new Set(variants.flatMap(({ runs }) => runs.map(({ config }) => config.task)));
  const empty = variants.find(({ runs }) => runs.length === 0);
  if (tasks.size === 1 && empty === undefined) return;
  throw new InputError(
    tasks.size > 1
      ? `Cannot compare runs of the ${[...tasks].join(' and the ')} task with each other: compare those of each task.`
      : `Cannot compare ${empty === undefined ? 'no runs' : `"${empty.name}", which has no run`}: give some that fit returned.`,
  );
}

function nameOf(run: FittedRun, all: readonly FittedRun[]): string {
  const title = variantTitle(run.config, undefined);
  const others = all.map(choices);
  const told = Object.entries(choices(run)).filter(
    ([name, value]) =>
      value !== undefined &&
      others.some((of) => name in of && canonical(of[name]) !== canonical(value)),
  );
  if (told.length === 0) return title;
  const text = optionsText(inTitle(Object.fromEntries(told)));
  return title.endsWith(')') ? `${title.slice(0, -1)}, ${text})` : `${title} (${text})`;
}

/** The choices that a run's result comes from, beside its model and its seeds. */
function choices({ config }: FittedRun): Record<string, unknown> {
  const { kind, training } = config;
  const idle = Object.keys(training).filter((name) => !CONCERNS_ALL.includes(name));
  return Object.fromEntries(
    Object.entries({ columns: undefined, every: undefined, ...choicesOf(config) }).filter(
      ([name]) =>
        name !== 'checksum' &&
        name !== 'dataSeed' &&
        name !== 'source' &&
        (kind === 'network' || !idle.includes(name)),
    ),
  );
}

function isList<Item>(runs: Item | readonly FittedRun[]): runs is readonly FittedRun[] {
  return Array.isArray(runs);
}
