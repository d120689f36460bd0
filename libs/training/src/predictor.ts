import type { Scaler } from '@botlab/data';
import type { Estimator } from './estimators/estimator';
import type { Predictions } from './evaluation';
import { Recovery, type RecoveryOptions } from './recovery';
import type { RunConfig } from './run-config';
import { loadEstimator, type RunEstimator } from './run-model';

/** A finished run that answers on whatever engine is left when the device of one is lost. */
export class Predictor {
  private run: RunEstimator | undefined;
  private readonly recovery: Recovery;
  readonly config: RunConfig;
  readonly scaler: Scaler;

  private constructor(
    private readonly path: string,
    run: RunEstimator,
    options: RecoveryOptions,
    private readonly known: Estimator | undefined,
  ) {
    this.run = run;
    this.config = run.config;
    this.scaler = run.scaler;
    this.recovery = new Recovery(options);
  }

  /**
   * @param known what the run is of, where that may no longer be what the registry has under its name
   * @throws InputError when the folder is no finished run or is damaged
   */
  static async open(
    path: string,
    options: RecoveryOptions = {},
    known?: Estimator,
  ): Promise<Predictor> {
    return new Predictor(path, await loadEstimator(path, known), options, known);
  }

  /** What the run's estimator says of rows `x` `[rows, features]`, scaled. */
  predict(x: Float32Array): Promise<Predictions> {
    return this.recovery.during(
      async () => {
        this.run ??= await loadEstimator(this.path, this.known);
        return this.run.fitted.predict(x);
      },
      () => {
        this.dispose();
        return 'with the rows under way';
      },
    );
  }

  dispose(): void {
    this.run?.fitted.dispose?.();
    this.run = undefined;
  }
}
