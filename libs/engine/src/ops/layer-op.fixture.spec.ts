import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';

/** A layer over x, its kernel and perhaps a bias. */
export interface LayerCase {
  /** x, kernel and perhaps a bias; the same each time. */
  readonly operands: () => tf.Tensor[];
  /** The layer in tfjs's operations. */
  readonly composed: (operands: tf.Tensor[]) => tf.Tensor;
  /** The layer as one operation. */
  readonly fused: (operands: tf.Tensor[], inputGradient?: boolean) => tf.Tensor;
}

/** Fails unless a layer has, on every engine, the value and gradients that tfjs's operations have on `cpu`. */
export async function expectLayer({ operands, composed, fused }: LayerCase): Promise<void> {
  await tf.setBackend('cpu');
  const inputs = operands();
  const value = composed(inputs);
  const dy = uniform(value.shape, 4);
  const expected = tf.grads((...args: tf.Tensor[]) => composed(args))(inputs, dy);
  await onEveryEngine(() =>
    tf.tidy(() => {
      const inputs = operands();
      expectClose(fused(inputs), value, 1e-5);
      const actual = tf.grads((...args: tf.Tensor[]) => fused(args))(inputs, dy);
      actual.forEach((gradient, i) => expectClose(gradient, expected[i]!, 1e-4));
      const [x, ...weights] = inputs;
      const alone = tf.grads((...args: tf.Tensor[]) => fused([x!, ...args], false));
      alone(weights, dy).forEach((gradient, i) => expectClose(gradient, actual[i + 1]!, 0));
    }),
  );
}
