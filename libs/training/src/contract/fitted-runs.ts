import type { Task } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { parseOptions } from '@botlab/models';
import type { Estimator } from '../estimators/estimator';
import type { Predictions } from '../evaluation';
import { Predictor } from '../predictor';
import { type PreparedData, prepareData } from '../prepare-data';
import { Hyperparameters, type RunConfig } from '../run-config';
import { type Run, train } from '../train';
import { tinyConfig, tinySource, tinySpec } from './tiny-data';

/** Options with which a network trains in seconds; what it does not have is left out. */
const SMALL = { width: 4 };

/** Runs of one estimator on a few rows, in run folders below `out`. */
export class FittedRuns {
  private readonly runs = new Map<Task, Promise<Run>>();
  private prepared: Promise<PreparedData> | undefined;

  constructor(
    readonly estimator: Estimator,
    readonly out: string,
  ) {}

  /** The rows, on the processor. */
  data(): Promise<PreparedData> {
    return (this.prepared ??= (async () => {
      await useEngine('auto', { runsOn: 'processor' });
      return prepareData(tinySource, tinySpec);
    })());
  }

  /** Starts a run. */
  async start(task: Task, change: Partial<RunConfig> = {}, threads = 1): Promise<Run> {
    const { name, kind } = this.estimator;
    const known = Object.keys(parseOptions(this.estimator));
    const small = Object.entries(SMALL).filter(
      ([option]) => kind === 'network' && known.includes(option),
    );
    const config = tinyConfig({
      ...{ experiment: name, model: name, options: Object.fromEntries(small), task },
      training: Hyperparameters.parse({ epochs: 6, batchSize: 8, learningRate: 0.01 }),
      ...change,
    });
    return train(config, await this.data(), { out: this.out, threads });
  }

  /** The run of a task, made once. */
  of(task: Task): Promise<Run> {
    if (!this.runs.has(task)) this.runs.set(task, this.start(task));
    return this.runs.get(task)!;
  }
}

/** What the run in a folder says of rows `x` `[rows, features]`. */
export async function predicted(path: string, x: Float32Array): Promise<Predictions> {
  const predictor = await Predictor.open(path);
  try {
    return await predictor.predict(x);
  } finally {
    predictor.dispose();
  }
}
