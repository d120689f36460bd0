import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel } from '@botlab/models';
import type { Estimator } from './estimators/estimator';
import { isOwnEstimator } from './estimators/registry';
import type { PreparedData } from './prepare-data';
import type { RunConfig } from './run-config';
import type { RunFolder } from './run-folder';
import { identityOfNetwork } from './network-identity';
import type { TaskData } from './task-data';

/** What a run folder gets by itself, and what marks it as finished. */
const NOT_KEPT = ['config.json', 'DONE'];

/**
 * The place of a finished run among those that are kept for whoever asks for the same, to the bit, in the folder that
 * the environment's `BOTLAB_RUNS` names. Rendering notebooks has one: a chapter's translation and its solutions train
 * what the chapter did. It is for one version of the program, and is thrown away with what needed it.
 */
export class KeptRun {
  private constructor(private readonly path: string) {}

  /**
   * The place of a run that is about to be made; none where the environment names no folder, or where
   * what is fitted cannot be told from another of the same name.
   */
  static async of(
    estimator: Estimator,
    config: RunConfig,
    data: PreparedData,
    task: TaskData,
  ): Promise<KeptRun | undefined> {
    const kept = process.env['BOTLAB_RUNS'];
    if (!kept) return undefined;
    const fitted = await identityOf(estimator, config, task);
    if (fitted === undefined) return undefined;
    const hash = createHash('sha256').update(JSON.stringify([choicesOf(config), fitted]));
    addRows(hash, data, task);
    return new KeptRun(join(kept, hash.digest('hex')));
  }

  /** Copies the run into a folder that has its configuration, but for the mark of its end; says whether there is one. */
  take(folder: RunFolder): boolean {
    if (!existsSync(this.path)) return false;
    cpSync(this.path, folder.path, { recursive: true });
    return true;
  }

  /** Keeps the run of a folder, unless another engine than it began on had to end it. */
  keep(folder: RunFolder): void {
    if (existsSync(this.path) || folder.readConfig().environment.laterEngines) return;
    const partial = `${this.path}.${randomUUID()}`;
    mkdirSync(partial, { recursive: true });
    const left = new Set(NOT_KEPT.map((name) => join(folder.path, name)));
    cpSync(folder.path, partial, { recursive: true, filter: (source) => !left.has(source) });
    try {
      renameSync(partial, this.path);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(this.path)) throw error; // else another process kept the same meanwhile
    }
  }
}

/** What a run is made with and of, but for what it is called, and the commit: the folder is for one version. */
function choicesOf(config: RunConfig): unknown {
  const environment = { ...config.environment, commit: undefined };
  return { ...config, environment, experiment: undefined, variant: undefined };
}

/** What is fitted, in words that nothing else has; undefined where there are none. */
async function identityOf(
  estimator: Estimator,
  { seed, options }: RunConfig,
  { features, classes }: TaskData,
): Promise<string | undefined> {
  if (estimator.kind !== 'network') return isOwnEstimator(estimator) ? estimator.name : undefined;
  const settings = { features, classes: classes.length, seed, options };
  const model = buildModel(estimator.definition, settings);
  try {
    return await identityOfNetwork(model);
  } finally {
    model.dispose();
  }
}

/** All of the rows that a run folder follows from: a notebook may have changed any of it. */
function addRows(
  hash: ReturnType<typeof createHash>,
  { scaler, source, table }: PreparedData,
  { train, validation, test, leftOut, isTrained, classes }: TaskData,
): void {
  for (const side of [train, validation, test]) {
    hash.update(`\n${side?.y.length} rows\n`);
    if (side !== undefined) hash.update(side.x).update(side.y).update(side.rows);
  }
  const files = table.files.map(({ name }) => name);
  hash.update(JSON.stringify([scaler, source.synthetic, leftOut, isTrained, classes, files]));
  for (const places of [table.file, table.row]) {
    hash.update(Int32Array.from(test.rows, (row) => places[row]!));
  }
}
