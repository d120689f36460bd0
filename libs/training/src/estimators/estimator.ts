import type { Task } from '@botlab/data';
import type { ModelDefinition, PaperScores } from '@botlab/models';
import type { z } from 'zod';
import type { Predictions } from '../evaluation';
import type { Examples } from '../prepare-data';
import type { EstimatorKind } from './estimator-kind';

/** What an estimator is fitted with, beside the rows. */
export interface FitContext<Options = unknown> {
  /** Validated, with defaults filled in. */
  readonly options: Options;
  /** Of everything random: the same seed gives the same bits, on any number of threads. */
  readonly seed: number;
  /** How many classes the task has; not each of them need be among the rows. */
  readonly classes: number;
  /** Columns of `x`. */
  readonly features: number;
  /** How many threads may compute; every core where left out. */
  readonly threads?: number;
  /** Rows set aside to watch: what may be chosen by them may not be by the test rows. */
  readonly watched?: Examples;
  /** Rounds without a lower loss on the watched rows after which a fit that has rounds ends. */
  readonly patience?: number;
  /** Ends the fit, which then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** How much of the fit is done. */
  onProgress?(this: void, done: number, total: number): void;
}

/** What a saved estimator is loaded for. */
export interface EstimatorShape<Options = unknown> {
  readonly features: number;
  readonly classes: number;
  readonly options: Options;
}

/** An estimator that has been fitted, or loaded. */
export interface FittedEstimator {
  /**
   * What it says of rows `x` `[rows, features]`, scaled as those that it was fitted to: log-probabilities
   * `[rows, classes]`, all finite, and the classes it answers. A row's answer depends on no other row.
   * What a network gives before softmax is log-probabilities but for a constant in each row.
   */
  predict(x: Float32Array): Promise<Predictions>;
  /** Writes all that prediction needs as safetensors, whole or not at all; returns the SHA-256 of the arrays. */
  save(file: string): Promise<string>;
  /** What there is to count, by name: `params`, `epochs`, `trees`, `leaves`, `depth`. */
  readonly facts: Readonly<Record<string, number>>;
  /** Frees what it holds on a device. */
  dispose?(): void;
}

/** What every estimator says of itself. */
export interface EstimatorInfo<Schema extends z.ZodType = z.ZodType> {
  /** Name on the command line and in run folders: lower case, digits and dashes. */
  readonly name: string;
  /** Name in tables and figures. */
  readonly title: string;
  /** One sentence: what it is, with its source. */
  readonly summary: string;
  /** What it can do. */
  readonly tasks: readonly Task[];
  /** Whether it may end early by the rows set aside to watch; networks may. */
  readonly watches?: boolean;
  /** The paper's Table 1, for those that are in it. */
  readonly paper?: PaperScores;
  /** A zod object whose fields all have defaults or may be left out; their descriptions are the options' help. */
  readonly options: Schema;
  /**
   * An estimator that was saved.
   *
   * @throws InputError that names the file, when it is damaged or is of another estimator or shape
   */
  load(
    file: string,
    shape: EstimatorShape<z.output<Schema>>,
  ): FittedEstimator | Promise<FittedEstimator>;
}

/** An estimator that is fitted in one go: one file that calls `defineEstimator`. */
export interface EstimatorDefinition<
  Schema extends z.ZodType = z.ZodType,
> extends EstimatorInfo<Schema> {
  readonly kind: Exclude<EstimatorKind, 'network'>;
  /**
   * Fits it to rows.
   *
   * @throws InputError when it cannot be fitted to them
   */
  fit(train: Examples, context: FitContext<z.output<Schema>>): Promise<FittedEstimator>;
}

/** A network of `@botlab/models`, which is trained in epochs, from checkpoint to checkpoint. */
export interface NetworkEstimator extends EstimatorInfo {
  readonly kind: 'network';
  readonly definition: ModelDefinition;
}

/** What Table 1 compares. */
export type Estimator = EstimatorDefinition | NetworkEstimator;
