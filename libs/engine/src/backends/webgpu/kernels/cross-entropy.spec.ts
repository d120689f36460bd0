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
