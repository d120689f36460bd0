import { countParameters } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { saveWeights } from '../checkpoint';
import { predict, type Predictions } from '../evaluation';
import type { FittedEstimator } from './estimator';

/** A network that has been trained. */
export class FittedNetwork implements FittedEstimator {
  readonly facts: Readonly<Record<string, number>>;

  /** @param epochs how many it was trained for, where that is known */
  constructor(
    private readonly model: tf.LayersModel,
    epochs?: number,
  ) {
    this.facts = { ...(epochs === undefined ? {} : { epochs }), params: countParameters(model) };
  }

  predict(x: Float32Array): Promise<Predictions> {
    return predict(this.model, x);
  }

  save(file: string): Promise<string> {
    return saveWeights(file, this.model);
  }

  dispose(): void {
    this.model.dispose();
  }
}
