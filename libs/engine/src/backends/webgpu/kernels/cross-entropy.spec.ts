import * as tf from '@tensorflow/tfjs';
import { expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import { crossEntropy } from '../../../ops/cross-entropy';
import { itOnWebGPU } from '../webgpu.fixture.spec';

itOnWebGPU('of more rows than one pass of the workgroups takes', () => {
  const rows = 2 ** 18 + 300;
  const logits = Float32Array.from({ length: 2 * rows }, (_, i) => 2 * Math.sin(i * i));
  const labels = Int32Array.from({ length: rows }, (_, row) => (row >> 3) % 2);
  let [loss, right] = [0, 0];
  labels.forEach((label, row) => {
    const below = logits[2 * row + 1 - label]! - logits[2 * row + label]!;
    loss += Math.log1p(Math.exp(below));
    right += below < 0 ? 1 : 0;
  });
  const actual = crossEntropy(tf.tensor2d(logits, [rows, 2]), tf.tensor1d(labels, 'int32'));
  expectCloseValues(actual.loss.dataSync(), [loss / rows], 1e-6);
  expect(actual.correct.dataSync()).toEqual(Float32Array.of(right));
});

itOnWebGPU('NaN in a row makes its loss and gradients NaN, and those of no other', () => {
  for (let place = 0; place < 9; place++) {
    const values = Float32Array.from({ length: 18 }, (_, i) => (i === place ? NaN : i % 5));
    const labels = tf.tensor1d([4, 5], 'int32');
    const { value, grad } = tf.valueAndGrad((x) => crossEntropy(x as tf.Tensor2D, labels).loss)(
      tf.tensor2d(values, [2, 9]),
    );
    expect(value.dataSync()[0]).toBeNaN();
    expect([...grad.dataSync()].map(Number.isNaN)).toEqual([...values.keys()].map((i) => i < 9));
  }
});

describe('labels that only the card has', () => {
  /** Labels that were computed on the card. */
  const onTheCard = (labels: number[], dtype: 'int32' | 'float32'): tf.Tensor1D =>
    tf.gather(tf.tensor1d(labels, dtype), tf.range(0, labels.length, 1, 'int32'));

  for (const [dtype, wrong] of [
    ['int32', [-1, 9, 2_000_000_000, -2_000_000_000]],
    ['float32', [-1, -0.5, 9, 1.5, 8.5, 3e38, -3e38, NaN, Infinity, -Infinity]],
  ] as const) {
    for (const label of wrong) {
      itOnWebGPU(`${label} (${dtype}) is no class: the loss and the row's gradient are NaN`, () => {
        for (const rows of [2, 4000]) {
          const labels = Array.from({ length: rows }, (_, row) => row % 9);
          labels[1] = label;
          const { value, grad } = tf.valueAndGrad(
            (x) => crossEntropy(x as tf.Tensor2D, onTheCard(labels, dtype)).loss,
          )(tf.ones([rows, 9]));
          expect(value.dataSync()[0]).toBeNaN();
          const isNaN = [...grad.dataSync()].map(Number.isNaN);
          expect(isNaN).toEqual(isNaN.map((_, i) => i >= 9 && i < 18));
        }
      });
    }
  }
});
