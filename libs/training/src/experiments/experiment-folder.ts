import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TASKS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { readJSON, requireFileName, writeJSON } from '@botlab/files';
import { listModels, parseOptions } from '@botlab/models';
import type { RunConfig } from '../run-config';
import { RunFolder } from '../run-folder';
import { ExperimentFacts } from './experiment-facts';
import { choicesOf, difference, identityOf, type Plan, type Shared } from './plan';

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
      : `Cannot read ${path}: it is damaged; run botlab table1 again with the same options.`,
  );
}

/** Whether this is what an earlier version wrote, without a plan. */
function isOlder(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'data' in json && !('plan' in json);
}

/**
 * Makes sure that the runs of a folder all follow one plan, and writes into a new one which that is.
 *
 * @throws InputError when it holds runs of another plan, and says in what they differ
 */
export function claimExperiment(folder: string, facts: ExperimentFacts): void {
  const { plan, data } = facts;
  const json = existsSync(factsFile(folder)) ? readJSON(factsFile(folder)) : undefined;
  const before = ExperimentFacts.safeParse(json);
  if (before.success) {
    const differs = deviation(before.data.plan, plan);
    if (differs === undefined) return;
    const sources = [before.data.data.source, data.source];
    const named = sources[0] === sources[1] ? '' : ` (${sources.join(', not ')})`;
    throw new InputError(
      `Cannot add to ${folder}: its runs have ${differs}${named}; ${ELSEWHERE}.`,
    );
  }
  if (isOlder(json)) {
    throw new InputError(
      `Cannot add to ${folder}: an earlier version wrote its facts.json, which does not say what plan its runs follow; ${ELSEWHERE}.`,
    );
  }
  // A folder without facts, or with damaged ones, is told by its runs.
  for (const run of allRuns(folder)) {
    const differs = ofRun(run.readConfig(), plan);
    if (differs === undefined) continue;
    throw new InputError(
      `Cannot add to ${folder}: ${run.path} is a run with ${differs}; ${ELSEWHERE}.`,
    );
  }
  writeJSON(factsFile(folder), facts);
}

/**
 * Makes sure that a run may lie in an experiment's folder: where that is of a plan, the run follows it.
 *
 * @throws InputError when it does not
 */
export function requireFits(folder: string, config: RunConfig): void {
  if (!existsSync(factsFile(folder))) return;
  const facts = ExperimentFacts.safeParse(readJSON(factsFile(folder)));
  const differs = facts.success ? ofRun(config, facts.data.plan) : undefined;
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
export function requireFollows(plan: Plan, { path }: RunFolder, config: RunConfig): void {
  const differs = ofRun(config, plan);
  if (differs === undefined) return;
  throw new InputError(
    `Cannot make a table with ${path}: it is a run with ${differs} as the others of that experiment; move it elsewhere.`,
  );
}

/** In what a run is unlike a plan, whose models have the options that they have by themselves. */
function ofRun(config: RunConfig, plan: Plan): string | undefined {
  const differs = deviation(config, plan);
  const definition = listModels().find(({ name }) => name === config.model);
  if (differs !== undefined || definition === undefined) return differs; // a model of somebody's own
  return difference(parseOptions(definition, config.options), parseOptions(definition));
}

/** In what two plans are unlike: "epochs 3, not 4". */
function deviation(one: Shared, other: Shared): string | undefined {
  if (identityOf(one) === identityOf(other)) return undefined;
  return difference(choicesOf(one), choicesOf(other));
}

/** The run folders of an experiment, finished or not. */
export function allRuns(experiment: string): RunFolder[] {
  return TASKS.flatMap((task) =>
    folders(join(experiment, task)).flatMap((model) =>
      folders(join(experiment, task, model))
        .map((seed) => new RunFolder(join(experiment, task, model, seed)))
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
