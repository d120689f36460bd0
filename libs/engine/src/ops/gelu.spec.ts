import * as tf from '@tensorflow/tfjs';
import {
  expectClose,
  expectCloseValues,
  onEveryEngine,
} from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import { gelu } from './gelu';

const composed = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => x.mul(x.div(Math.SQRT2).erf().add(1)).div(2));

it.each([[[]], [[0]], [[1]], [[17]], [[3, 5, 33]], [[40, 1000]]])(
  '%j: x Φ(x) and its gradient as composed of other operations',
  async (shape) => {
    await onEveryEngine(() => {
      const x = uniform(shape).mul(5);
      const dy = uniform(shape, 2);
      expectClose(gelu(x), composed(x), 2e-6); // of erf in float32, times x
      expectClose(tf.grad(gelu)(x, dy), tf.grad(composed)(x, dy), 2e-6);
    });
  },
);

it('is 0 at 0, x far above and 0 far below', async () => {
  await onEveryEngine(() => {
    const x = tf.tensor1d([0, 1, -1, 20, -20, NaN]);
    const expected = [0, 0.8413447461, -0.1586552539, 20, 0, NaN];
    expectCloseValues(gelu(x).dataSync(), expected, 1e-6);
  });
});

it('has the gradient of finite differences', async () => {
  await onEveryEngine(() => {
    const x = tf.linspace(-4, 4, 161);
    const step = 2 ** -7;
    const difference = gelu(x.add(step))
      .sub(gelu(x.sub(step)))
      .div(2 * step);
    expectClose(tf.grad(gelu)(x), difference, 1e-4);
  });
});
