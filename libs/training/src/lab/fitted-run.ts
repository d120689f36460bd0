import { readParquet, type Scaler, Table, taskClasses } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type * as tf from '@tensorflow/tfjs';
import type { Estimator } from '../estimators/estimator';
import { type Predictions, probabilities } from '../evaluation';
import { Predictor } from '../predictor';
import type { PreparedData } from '../prepare-data';
import type { RunConfig } from '../run-config';
import type { EpochRecord, RunFolder } from '../run-folder';
import type { RunMetrics } from '../run-metrics';
import { loadRun } from '../run-model';
import { silenced } from '../silenced';
import type { Run } from '../train';

/** What a run says of rows. */
export interface Answers extends Predictions {
  /** The classes of the task; `labels` are places among them. */
  readonly classes: readonly string[];
  /** The class that each row is taken for, by its name. */
  readonly names: readonly string[];
  /** Of each class, `[rows, classes]` row-major. */
  readonly probabilities: Float32Array;
}

/** The columns of `predictions.parquet`: a test row each. */
export interface TestPredictions {
  /** Where each row is from: its file, and its place there, 0-based. */
  readonly file: readonly string[];
  readonly row: Int32Array;
  /** Classes by their names. */
  readonly truth: readonly string[];
  readonly prediction: readonly string[];
  /** `p(CLASS)` for each class, and `log-odds(attack)`. */
  readonly [column: string]: readonly string[] | Int32Array | Float32Array | Float64Array;
}

/** A finished run with the data that it was made of: what {@link fit} returns. */
export class FittedRun implements Run {
  #predictor: Promise<Predictor> | undefined;
  #model: tf.LayersModel | undefined;
  readonly folder: RunFolder;
  readonly config: RunConfig;
  /** Scores on the test rows. */
  readonly metrics: RunMetrics;
  /** A record an epoch; none of an estimator that has no epochs. */
  readonly history: readonly EpochRecord[];
  readonly skipped: boolean;

  private constructor(
    run: Run,
    readonly estimator: Estimator,
    readonly data: PreparedData,
    /** What it said of each test row. */
    readonly predictions: TestPredictions,
  ) {
    const { folder, config, metrics, history, skipped } = run;
    this.folder = folder;
    this.config = config;
    this.metrics = metrics;
    this.history = history;
    this.skipped = skipped;
  }

  /** A run with what it was made of. @throws InputError when its predictions are damaged */
  static async of(run: Run, estimator: Estimator, data: PreparedData): Promise<FittedRun> {
    const predictions = (await readParquet(run.folder.predictions)) as TestPredictions;
    return new FittedRun(run, estimator, data, predictions);
  }

  /** Seconds of training. */
  get seconds(): number {
    return this.metrics.seconds;
  }

  /** The classes of its task. */
  get classes(): readonly string[] {
    return taskClasses(this.config.task);
  }

  /**
   * The network with its weights, which {@link dispose} frees.
   *
   * @throws InputError when the run is of no network
   */
  get model(): tf.LayersModel {
    this.#model ??= loadRun(this.folder.path, this.estimator).model;
    return this.#model;
  }

  /** What scaled its rows, fitted to those that it was trained on. */
  async scaler(): Promise<Scaler> {
    return (await this.#open()).scaler;
  }

  /**
   * What it says of rows: of a table as a source has them, which it scales, or of rows `[rows, features]` that are scaled.
   *
   * @throws InputError for rows without its columns, or with a value that cannot be scaled
   */
  async predict(rows: Table | Float32Array): Promise<Answers> {
    const predictor = await this.#open();
    const x = rows instanceof Table ? scaled(rows, predictor) : rows;
    const features = predictor.scaler.columns.length;
    if (x.length % features !== 0) {
      throw new InputError(
        `Cannot predict ${x.length} numbers: expected rows of ${features}, one after the other; scale them as the run's are.`,
      );
    }
    const said = await predictor.predict(x);
    const { classes } = this;
    const names = Array.from(said.labels, (label) => classes[label]!);
    return { ...said, classes, names, probabilities: probabilities(said) };
  }

  /** Frees what was loaded to predict; predicting again loads it again. */
  dispose(): void {
    this.#model?.dispose();
    this.#model = undefined;
    void this.#predictor?.then((predictor) => predictor.dispose());
    this.#predictor = undefined;
  }

  #open(): Promise<Predictor> {
    this.#predictor ??= Predictor.open(this.folder.path, {}, this.estimator);
    return this.#predictor;
  }
}

/** The rows of a table as the run reads them. */
function scaled(table: Table, { config, scaler }: Predictor): Float32Array {
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  return scaler.transform(silenced(table, config.data), all);
}
