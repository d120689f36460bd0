import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import { crossEntropy } from './cross-entropy';

const labelsOf = (rows: number, classes: number): tf.Tensor1D =>
  tf.range(0, rows, 1, 'int32').mod<tf.Tensor1D>(tf.scalar(classes, 'int32'));

it.each([
  [1, 2],
  [7, 11],
  [33, 16],
  [1000, 17],
])(
  '%i rows of %i classes: tf.losses, its gradient, and the right answers',
  async (rows, classes) => {
    await onEveryEngine(() => {
      const logits = uniform([rows, classes], 1).mul<tf.Tensor2D>(20);
      const labels = labelsOf(rows, classes);
      const truth = tf.oneHot(labels, classes);
      const composed = (z: tf.Tensor): tf.Scalar =>
        tf.losses.softmaxCrossEntropy(truth, z).asScalar();
      const expected = tf.valueAndGrad(composed)(logits);
      let correct: tf.Scalar | undefined;
      const fused = (z: tf.Tensor): tf.Scalar => {
        const result = crossEntropy(z as tf.Tensor2D, labels);
        correct = result.correct;
        return result.loss;
      };
      const actual = tf.valueAndGrad(fused)(logits);
      expectClose(actual.value, expected.value, 1e-5);
      expectClose(actual.grad, expected.grad, 1e-6);
      expectClose(correct!, logits.argMax(1).equal(labels).sum().toFloat(), 0);
    });
  },
);

it('a logit far below the others costs what it is below, and NaN stays NaN', async () => {
  await onEveryEngine(() => {
    const logits = tf.tensor2d([1000, -1000, NaN, 0], [2, 2]);
    const first = crossEntropy(logits.slice([0, 0], [1, 2]), tf.tensor1d([1], 'int32'));
    expect(first.loss.dataSync()).toEqual(Float32Array.of(2000));
    const both = crossEntropy(logits, tf.tensor1d([1, 0], 'int32'));
    expect(both.loss.dataSync()[0]).toBeNaN();
  });
});

it('keeps nothing but what it gives', async () => {
  await onEveryEngine(() => {
    const logits = uniform([5, 3]) as tf.Tensor2D;
    const labels = labelsOf(5, 3);
    const { numTensors } = tf.memory();
    tf.dispose(tf.tidy(() => crossEntropy(logits, labels) as unknown as tf.TensorContainer));
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
