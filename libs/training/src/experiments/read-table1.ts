import { join } from 'node:path';
import { TASKS, type Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { listModels, type PaperScore } from '@botlab/models';
import { engineNames } from '../environment';
import { RunFolder } from '../run-folder';
import type { ExperimentFacts } from './experiment-facts';
import { folders, readFacts, requireFollows } from './experiment-folder';

/** One finished run as a row of Table 1; fractions from 0 to 1. */
export interface Table1Row {
  readonly model: string;
  readonly title: string;
  readonly task: Task;
  readonly seed: number;
  /** Of networks. */
  readonly epochs?: number;
  readonly params?: number;
  readonly seconds: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly weightedF1: number;
  readonly attackF1?: number;
  /** The paper's figures for the same model and task, where it has the model. */
  readonly paper?: PaperScore;
}

/** What `table1.json` holds. */
export interface Table1 extends Pick<ExperimentFacts, 'data' | 'profile' | 'other'> {
  /** The engine that computed the runs; names with commas between them where there were several. */
  readonly engine: string;
  readonly ceiling: ExperimentFacts['bounds']['ceiling'];
  readonly stump: ExperimentFacts['bounds']['stump'];
  readonly rows: readonly Table1Row[];
}

/** Which of an experiment's runs to put in the table; all where a list is left out. */
export interface RunFilter {
  readonly models?: readonly string[];
  readonly tasks?: readonly Task[];
  readonly seeds?: readonly number[];
}

/** The finished runs of an experiment's folder: by task, then by model in the paper's order, then by seed. */
export function listRuns(experiment: string, filter: RunFilter = {}): RunFolder[] {
  const inOrder = listModels().map(({ name }) => name);
  const rank = (name: string) =>
    (inOrder.indexOf(name) + inOrder.length + 1) % (inOrder.length + 1);
  return TASKS.filter((task) => filter.tasks?.includes(task) ?? true).flatMap((task) =>
    folders(join(experiment, task))
      .filter((model) => filter.models?.includes(model) ?? true)
      .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
      .flatMap((model) =>
        folders(join(experiment, task, model))
          .filter((seed) => filter.seeds?.includes(Number(seed)) ?? true)
          .sort((a, b) => Number(a) - Number(b))
          .map((seed) => new RunFolder(join(experiment, task, model, seed)))
          .filter(({ isDone }) => isDone),
      ),
  );
}

/**
 * Table 1 from the run folders of an experiment alone.
 *
 * @throws InputError when the folder holds no finished run or one of another plan, or a file in it is damaged
 */
export function readTable1(experiment: string, filter: RunFilter = {}): Table1 {
  const { bounds, plan, ...facts } = readFacts(experiment);
  const models = listModels();
  const engines = new Set<string>();
  const rows = listRuns(experiment, filter).map((folder): Table1Row => {
    const config = folder.readConfig();
    requireFollows(plan, folder, config);
    const { model: name, task, seed, environment } = config;
    engineNames(environment).forEach((engine) => engines.add(engine));
    const metrics = folder.readMetrics();
    const model = models.find((known) => known.name === name);
    return {
      model: name,
      title: model?.title ?? name,
      task,
      seed,
      ...(metrics.epochs === undefined ? {} : { epochs: metrics.epochs }),
      ...(metrics.params === undefined ? {} : { params: metrics.params }),
      seconds: metrics.seconds,
      accuracy: metrics.accuracy,
      macroF1: metrics.macroF1,
      weightedF1: metrics.weightedF1,
      ...(metrics.attackF1 === undefined ? {} : { attackF1: metrics.attackF1 }),
      ...(model?.paper ? { paper: model.paper[task] } : {}),
    };
  });
  if (rows.length === 0) {
    throw new InputError(
      `Cannot make a table from ${experiment}: it has no finished run; run botlab table1 first.`,
    );
  }
  return { ...facts, engine: [...engines].join(', '), ...bounds, rows };
}
