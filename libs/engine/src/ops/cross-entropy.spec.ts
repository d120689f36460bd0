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

describe('a label that is none of the classes', () => {
  const logits = (): tf.Tensor2D => uniform([4, 3]) as tf.Tensor2D;

  it.each<[string, number[], 'int32' | 'float32', number, number]>([
    ['negative', [0, 1, -1, 2], 'int32', 2, -1],
    ['the number of classes', [0, 3, 1, 2], 'int32', 1, 3],
    ['far beyond', [0, 1, 2, 2_000_000_000], 'int32', 3, 2_000_000_000],
    ['far below', [-2_000_000_000, 1, 2, 0], 'int32', 0, -2_000_000_000],
    ['no whole number', [0, 1.5, 2, 0], 'float32', 1, 1.5],
    ['NaN', [0, 1, NaN, 0], 'float32', 2, NaN],
    ['infinite', [0, 1, 2, Infinity], 'float32', 3, Infinity],
  ])('%s: is refused, with its row', async (_, labels, dtype, row, label) => {
    await onEveryEngine(() => {
      const { numTensors } = tf.memory();
      const run = (): unknown =>
        tf.tidy(() => ({ ...crossEntropy(logits(), tf.tensor1d(labels, dtype)) }));
      expect(run).toThrow(RangeError);
      expect(run).toThrow(
        `Cannot take the cross-entropy: row ${row} has the label ${label}, expected a whole number from 0 to 2.`,
      );
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });

  it('is refused on a training step too', async () => {
    await onEveryEngine(() => {
      const step = (x: tf.Tensor): tf.Scalar =>
        crossEntropy(x as tf.Tensor2D, tf.tensor1d([0, 1, 2, 3], 'int32')).loss;
      expect(() => tf.tidy(() => tf.valueAndGrad(step)(logits()))).toThrow('row 3 has the label 3');
    });
  });

  it.each([
    [[4, 3], [3]],
    [[4, 3], [5]],
    [
      [4, 3],
      [4, 1],
    ],
    [[4, 3, 1], [4]],
  ])('logits %j and labels %j are of other shapes', async (shape, rows) => {
    await onEveryEngine(() => {
      const labels: tf.Tensor = tf.zeros(rows, 'int32');
      const run = (): unknown => crossEntropy(uniform(shape) as tf.Tensor2D, labels as tf.Tensor1D);
      expect(run).toThrow(RangeError);
      expect(run).toThrow(
        `Cannot take the cross-entropy of logits [${shape.join(', ')}] at labels [${rows.join(', ')}]`,
      );
    });
  });

  it.each(['int32', 'float32', 'bool'] as const)('labels of %s are numbers', async (dtype) => {
    await onEveryEngine(() => {
      const z = uniform([4, 2]) as tf.Tensor2D;
      const labels = tf.tensor1d([0, 1, 1, 0], dtype);
      const truth = tf.oneHot(tf.tensor1d([0, 1, 1, 0], 'int32'), 2);
      const { value, grad } = tf.valueAndGrad((x) => crossEntropy(x as tf.Tensor2D, labels).loss)(
        z,
      );
      const composed = (x: tf.Tensor): tf.Scalar =>
        tf.losses.softmaxCrossEntropy(truth, x).asScalar();
      const expected = tf.valueAndGrad(composed)(z);
      expectClose(value, expected.value, 1e-6);
      expectClose(grad, expected.grad, 1e-6);
    });
  });
});
