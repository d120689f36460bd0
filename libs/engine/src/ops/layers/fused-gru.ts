import * as tf from '@tensorflow/tfjs';
import { gru } from '../recurrent-op';
import { FusedRecurrentLayer, type FusedRecurrentOptions } from './recurrent-layer';

/**
 * Gated recurrent unit as one fused operation: `[batch, time, inputs]` to `[batch, time, units]`, or
 * `[batch, units]` without `returnSequences`.
 *
 * The same function and weights as `tf.layers.gru({ recurrentActivation: 'sigmoid' })`.
 */
export class FusedGRU extends FusedRecurrentLayer {
  static readonly className = 'FusedGRU';

  constructor(options: FusedRecurrentOptions) {
    super(options, 3, gru);
  }
}

tf.serialization.registerClass(FusedGRU);
