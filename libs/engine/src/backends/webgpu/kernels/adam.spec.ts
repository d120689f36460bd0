import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../../conformance/every-engine.fixture.spec';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import { adamUpdate } from '../../../ops/adam';
import { withBindings } from '../bindings.fixture.spec';
import { itOnWebGPU } from '../webgpu.fixture.spec';

const STEP = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.1, correction: 30 };

/** Variables whose buffers are theirs alone, with moments and gradients. */
const parametersOf = (count: number) =>
  tf.tidy(() =>
    Array.from({ length: count }, (_, i) => ({
      variable: tf.variable(uniform([3, 1 + 7 * i], i + 1)),
      moments: tf.variable(tf.zeros([2, 3, 1 + 7 * i])),
      gradient: tf.keep(uniform([3, 1 + 7 * i], i + 2)),
    })),
  );

itOnWebGPU('moves as many parameters at a time as a shader has bindings for', (backend) => {
  const expected = parametersOf(45);
  adamUpdate(expected, STEP);
  for (const [bindings, dispatches] of [
    [8, 23],
    [10, 15],
  ] as const) {
    const parameters = parametersOf(45);
    const before = backend.dispatches;
    withBindings(backend, bindings, () => adamUpdate(parameters, STEP));
    expect(backend.dispatches - before).toBe(dispatches);
    parameters.forEach(({ variable }, i) => expectClose(variable, expected[i]!.variable, 0));
  }
});
