import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TASKS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { readJSON, requireFileName, writeJSON } from '@botlab/files';
import type { RunConfig, SourceSpec } from '../run-config';
import { RunFolder } from '../run-folder';
import { canonical } from './canonical';
import { ExperimentFacts, type RowSet } from './experiment-facts';
import { deviation, misfit } from './membership';
import { difference, type Plan } from './plan';
import type { Variant } from './variant-schema';

/** Where else a run can go. */
const ELSEWHERE =
  'name another experiment with --experiment NAME, or another folder with --out DIR';

/**
 * The folder of an experiment.
 *
 * @throws InputError for a name that is not one of a folder inside `out`
 */
export function experimentFolder(out: string, experiment: string): string {
  return join(out, requireFileName(experiment, 'an experiment'));
}

const factsFile = (folder: string): string => join(folder, 'facts.json');

/** Whether a folder is of a plan. */
export const hasPlan = (folder: string): boolean => existsSync(factsFile(folder));

/**
 * What an experiment's folder says of its runs.
 *
 * @throws InputError when it says nothing, or is damaged
 */
export function readFacts(folder: string): ExperimentFacts {
  const path = factsFile(folder);
  const json = readJSON(path);
  const facts = ExperimentFacts.safeParse(json);
  if (facts.success) return facts.data;
  throw new InputError(
    isOlder(json)
      ? `Cannot read ${path}: an earlier version wrote it, which did not note the plan of its runs; run botlab table1 again with another --experiment or --out.`
      : `Cannot read ${path}: it is damaged; run the same command again with the same options.`,
  );
}

/** Whether this is what an earlier version wrote, without a plan. */
function isOlder(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return ('data' in json || 'sets' in json) && !('plan' in json);
}

/**
 * Makes sure that the runs of a folder all follow one plan, and writes into it which that is: a plan that was there
 * is joined by the variants, tasks, seeds and rows of this one.
 *
 * @returns what the folder says now
 * @throws InputError when it holds runs of another plan, and says in what they differ
 */
export function claimExperiment(folder: string, facts: ExperimentFacts): ExperimentFacts {
  const json = existsSync(factsFile(folder)) ? readJSON(factsFile(folder)) : undefined;
  const before = ExperimentFacts.safeParse(json);
  if (!before.success && isOlder(json)) {
    throw new InputError(
      `Cannot add to ${folder}: an earlier version wrote its facts.json, which does not say what plan its runs follow; ${ELSEWHERE}.`,
    );
  }
  const joined = before.success ? joinedFacts(folder, before.data, facts) : facts;
  // A folder without facts, or with damaged ones, is told by its runs.
  for (const run of before.success ? [] : allRuns(folder)) {
    const differs = misfit(run.readConfig(), facts);
    if (differs === undefined) continue;
    throw new InputError(
      `Cannot add to ${folder}: ${run.path} is a run with ${differs}; ${ELSEWHERE}.`,
    );
  }
  if (canonical(joined) !== canonical(json)) writeJSON(factsFile(folder), joined);
  return joined;
}

/** Notes in an experiment's folder that runs are made on these rows. @throws InputError for other rows than before */
export function noteRows(folder: string, set: RowSet): void {
  const facts = readFacts(folder);
  claimExperiment(folder, { ...facts, sets: [set] });
}

/** Facts with what others of the same plan have more. */
function joinedFacts(
  folder: string,
  before: ExperimentFacts,
  now: ExperimentFacts,
): ExperimentFacts {
  const refuse = (differs: string) => {
    const sources = [before.sets[0]!.data.source, now.sets[0]!.data.source];
    const named = sources[0] === sources[1] ? '' : ` (${sources.join(', not ')})`;
    return new InputError(
      `Cannot add to ${folder}: its runs have ${differs}${named}; ${ELSEWHERE}.`,
    );
  };
  const differs = deviation(before.plan, now.plan);
  if (differs !== undefined) throw refuse(differs);
  for (const set of now.sets) {
    const same = before.sets.find(({ key }) => key === set.key);
    if (same !== undefined && same.data.checksum !== set.data.checksum) {
      throw refuse('other rows (their checksum differs)');
    }
  }
  for (const variant of now.plan.variants) {
    const same = before.plan.variants.find(({ id }) => id === variant.id);
    const change = same && difference(settled(same), settled(variant));
    if (change !== undefined) throw refuse(`a variant ${variant.id} with ${change}`);
  }
  for (const { name, source } of now.plan.transfer) {
    const same = before.plan.transfer.find((other) => other.name === name);
    if (same !== undefined && canonical(same.source) !== canonical(source)) {
      throw new InputError(
        `Cannot add to ${folder}: its runs were scored on other rows under the name ${name} (${placeOf(same.source)}, not ${placeOf(source)}); give these another "name" in the study's file, or ${ELSEWHERE}.`,
      );
    }
  }
  return {
    ...before,
    ...(now.command === undefined ? {} : { command: now.command }),
    plan: joinedPlan(before.plan, now.plan),
    sets: joined(before.sets, now.sets, ({ key }) => key),
  };
}

function placeOf(source: SourceSpec): string {
  if (source.kind === 'csv') return source.folder;
  return source.kind === 'table' ? source.name : `the simulated set of seed ${source.seed}`;
}

function joinedPlan(before: Plan, now: Plan): Plan {
  return {
    ...before,
    ...(now.title === undefined ? {} : { title: now.title }),
    variants: joined(before.variants, now.variants, ({ id }) => id),
    tasks: TASKS.filter((task) => before.tasks.includes(task) || now.tasks.includes(task)),
    seeds: joined(before.seeds, now.seeds, String).sort((a, b) => a - b),
    transfer: joined(before.transfer, now.transfer, ({ name }) => name),
  };
}

/** What a variant's runs are made by. */
function settled({ model, options, training, data }: Variant): Record<string, unknown> {
  return { model, options, ...training, ...data };
}

/** Of things with a name the first, and those of the second: these in the place of their namesakes. */
function joined<Thing>(
  before: readonly Thing[],
  now: readonly Thing[],
  nameOf: (thing: Thing) => string,
): Thing[] {
  const things = new Map([...before, ...now].map((thing) => [nameOf(thing), thing]));
  return [...things.values()];
}

/**
 * Makes sure that a run may lie in an experiment's folder: where that is of a plan, the run follows it.
 *
 * @throws InputError when it does not
 */
export function requireFits(folder: string, config: RunConfig): void {
  if (!existsSync(factsFile(folder))) return;
  const facts = ExperimentFacts.safeParse(readJSON(factsFile(folder)));
  const differs = facts.success ? misfit(config, facts.data) : undefined;
  if (differs === undefined) return;
  throw new InputError(
    `Cannot train in ${folder}: it is of one plan, and this run would be one with ${differs}; ${ELSEWHERE}.`,
  );
}

/**
 * Makes sure that a run follows the plan of its experiment.
 *
 * @throws InputError when it does not: it was put there by hand
 */
export function requireFollows(
  facts: ExperimentFacts,
  { path }: RunFolder,
  config: RunConfig,
): void {
  const differs = misfit(config, facts);
  if (differs === undefined) return;
  throw new InputError(
    `Cannot make a table with ${path}: it is a run with ${differs} as the others of that experiment; move it elsewhere.`,
  );
}

/** The run folders of an experiment, finished or not. */
export function allRuns(experiment: string): RunFolder[] {
  return TASKS.flatMap((task) =>
    folders(join(experiment, task)).flatMap((variant) =>
      folders(join(experiment, task, variant))
        .map((seed) => new RunFolder(join(experiment, task, variant, seed)))
        .filter(({ exists }) => exists),
    ),
  );
}

/** Names of the folders in a folder; none where it is not there. */
export function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
