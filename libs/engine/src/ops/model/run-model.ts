import type * as tf from '@tensorflow/tfjs';
import { hasKernel } from '../has-kernel';
import { stepsOf } from './plan';
import type { Values } from './step';

/**
 * What `model.apply(x, { training })` gives, in fewer operations where the backend in use has fused ones: a
 * dense or convolutional layer with its activation is one, and so are the max poolings of the branches, the
 * batch normalisations, the concatenation, the ReLU and the addition at the end of a residual block. Other
 * layers run as they are. Gradients reach the model's weights; for those of `x` use `model.apply`.
 *
 * A model with several inputs or outputs, shared layers or masks runs as tfjs runs it.
 */
export function runModel(model: tf.LayersModel, x: tf.Tensor, training = false): tf.Tensor {
  if (!hasKernel('Join')) return model.apply(x, { training }) as tf.Tensor;
  const steps = stepsOf(model);
  if (steps === null) return model.apply(x, { training }) as tf.Tensor;
  const values: Values = new Map([[model.inputs[0]!, x]]);
  let last = x;
  for (const step of steps) {
    last = step.run(values, training);
    values.set(step.output, last);
  }
  return last;
}
