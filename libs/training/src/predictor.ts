import type { Scaler } from '@botlab/data';
import { predict, type Predictions } from './evaluation';
import { Recovery, type RecoveryOptions } from './recovery';
import type { RunConfig } from './run-config';
import { loadRun, type RunModel } from './run-model';

/** A finished run whose network answers on whatever engine is left when the device of one is lost. */
export class Predictor {
  private run: RunModel | undefined;
  private readonly recovery: Recovery;
  readonly config: RunConfig;
  readonly scaler: Scaler;

  /** @throws InputError when the folder is no finished run or is damaged */
  constructor(
    private readonly path: string,
    options: RecoveryOptions = {},
  ) {
    this.run = loadRun(path);
    this.config = this.run.config;
    this.scaler = this.run.scaler;
    this.recovery = new Recovery(options);
  }

  /** Probabilities and labels of rows `x` `[rows, features]`, scaled. */
  predict(x: Float32Array): Promise<Predictions> {
    return this.recovery.during(
      () => predict((this.run ??= loadRun(this.path)).model, x),
      () => {
        this.dispose();
        return 'with the rows under way';
      },
    );
  }

  dispose(): void {
    this.run?.model.dispose();
    this.run = undefined;
  }
}
