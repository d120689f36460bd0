import * as tf from '@tensorflow/tfjs';
import { checkLabels } from '../backends/labels';
import { hasKernel } from './has-kernel';

/** The loss of a classifier on a batch, and how much of the batch it has right. */
export interface ClassificationLoss {
  /** Mean cross-entropy, which gradients flow through. */
  readonly loss: tf.Scalar;
  /**
   * How many rows have their greatest logit (the first of equals) at the label. No tidy disposes of it: the
   * caller does.
   */
  readonly correct: tf.Scalar;
}

/**
 * Mean cross-entropy of the softmax of logits `[rows, classes]` at labels `[rows]` (whole numbers from 0 to before
 * `classes`), and the number of right answers.
 *
 * On the engine `webgpu`, labels that were computed there are not waited for: one that is no class makes the loss
 * NaN, and the gradient of its row.
 *
 * @throws RangeError where a shape does not fit, or a label is none of the classes
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): ClassificationLoss {
  if (logits.rank !== 2 || labels.rank !== 1 || labels.size !== logits.shape[0]) {
    throw new RangeError(
      `Cannot take the cross-entropy of logits [${logits.shape.join(', ')}] at labels ` +
        `[${labels.shape.join(', ')}]: expected [rows, classes] and [rows].`,
    );
  }
  if (!hasKernel('CrossEntropy')) return composed(logits, labels);
  let correct: tf.Tensor | undefined;
  const op = tf.customGrad((...args) => {
    const [logits, save] = args as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const outputs = tf.engine().runKernel<tf.Tensor[]>('CrossEntropy', { logits, labels });
    const [loss, right, softmax] = outputs;
    correct = tf.keep(right!);
    save([softmax!, labels]);
    return {
      value: loss as tf.Scalar,
      gradFunc: (dLoss: tf.Tensor, [softmax, labels]: tf.Tensor[]) =>
        tf.engine().runKernel<tf.Tensor>('CrossEntropyGrad', {
          softmax: softmax!,
          labels: labels!,
          dLoss,
        }),
    };
  });
  const loss = op(logits);
  return { loss, correct: correct as tf.Scalar };
}

function composed(logits: tf.Tensor2D, labels: tf.Tensor1D): ClassificationLoss {
  checkLabels(labels.dataSync(), logits.shape[1]);
  const correct = tf.tidy(() => logits.argMax(1).equal(labels).sum().toFloat().asScalar());
  const truth = tf.oneHot(labels.toInt(), logits.shape[1]);
  const loss = tf.losses.softmaxCrossEntropy(truth, logits.toFloat()).asScalar();
  return { loss, correct: tf.keep(correct) };
}
