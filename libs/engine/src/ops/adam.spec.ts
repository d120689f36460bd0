import * as tf from '@tensorflow/tfjs';
import {
  expectClose,
  expectCloseValues,
  onEveryEngine,
} from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import { type AdamParameter, type AdamStep, adamUpdate } from './adam';

const SHAPES = [[3, 5, 7], [], [1], [64], [0], [17, 33], [256], [130], [2, 300], [11]];

function stepOf(t: number): AdamStep {
  const [beta1, beta2] = [0.9, 0.999];
  const rate = 0.01 / (1 - beta1 ** t);
  return { beta1, beta2, epsilon: 1e-8, rate, correction: 1 / Math.sqrt(1 - beta2 ** t) };
}

function parametersOf(shapes = SHAPES): AdamParameter[] {
  return tf.tidy(() =>
    shapes.map((shape, i) => ({
      variable: tf.variable(uniform(shape, 3 * i + 1)),
      moments: tf.variable(tf.zeros([2, ...shape])),
      gradient: tf.keep(uniform(shape, 3 * i + 2)),
    })),
  );
}

function update(parameters: readonly AdamParameter[], steps: number, together = true): void {
  for (let t = 1; t <= steps; t++) {
    const groups = together ? [parameters] : parameters.map((parameter) => [parameter]);
    for (const group of groups) adamUpdate(group, stepOf(t));
  }
}

/** Three steps of the algorithm in float64, of weights and their constant gradient. */
function inFloat64(weights: ArrayLike<number>, gradient: ArrayLike<number>): number[] {
  return Array.from(weights, (weight, i) => {
    const g = gradient[i]!;
    let [w, m, v] = [weight, 0, 0];
    for (let t = 1; t <= 3; t++) {
      const { beta1, beta2, epsilon, rate, correction } = stepOf(t);
      m = m * beta1 + g * (1 - beta1);
      v = v * beta2 + g * g * (1 - beta2);
      w -= (m * rate) / (Math.sqrt(v) * correction + epsilon);
    }
    return w;
  });
}

it('makes the steps of the algorithm, and keeps nothing', async () => {
  await onEveryEngine(() => {
    const parameters = parametersOf();
    const expected = parameters.map(({ variable, gradient }) =>
      inFloat64(variable.dataSync(), gradient.dataSync()),
    );
    const { numTensors } = tf.memory();
    update(parameters, 3);
    expect(tf.memory().numTensors).toBe(numTensors);
    parameters.forEach(({ variable, moments, gradient }, i) => {
      expectCloseValues(variable.dataSync(), expected[i]!, 1e-6);
      const [m, v] = [1 - 0.9 ** 3, 1 - 0.999 ** 3];
      expectClose(moments, tf.stack([gradient.mul(m), gradient.square().mul(v)]), 1e-6);
    });
    tf.dispose(parameters.flatMap((parameter) => Object.values(parameter) as tf.Tensor[]));
  });
});

it('moves a weight to the same bits, whatever is moved with it', async () => {
  await onEveryEngine(() => {
    const [together, apart] = [parametersOf(), parametersOf()];
    update(together, 3);
    update(apart, 3, false);
    together.forEach(({ variable, moments }, i) => {
      expectClose(variable, apart[i]!.variable, 0);
      expectClose(moments, apart[i]!.moments, 0);
    });
  });
});

it('leaves tensors alone that share memory with a variable', async () => {
  await onEveryEngine(() => {
    const parameters = parametersOf();
    const before = parameters.map(({ variable, moments }) => [variable.clone(), moments.clone()]);
    const values = before.map((tensors) => tensors.map((tensor) => tensor.dataSync().slice()));
    update(parameters, 2);
    before.forEach((tensors, i) => {
      tensors.forEach((tensor, j) => expectCloseValues(tensor.dataSync(), values[i]![j]!, 0));
    });
    expect(parameters[0]!.variable.dataSync()).not.toEqual(values[0]![0]);
  });
});

describe('what is read of a variable', () => {
  it('before a step is what it was then, and after it what the step has made of it', async () => {
    await onEveryEngine(async () => {
      const [parameters, twins] = [parametersOf([[64], [3, 5]]), parametersOf([[64], [3, 5]])];
      update(parameters, 1); // from now on its memory is its own, and changed in place
      update(twins, 1);
      for (const [i, parameter] of parameters.entries()) {
        const { variable, moments } = parameter;
        const twin = twins[i]!;
        // Nothing was read before: an engine that computes meanwhile has the values nowhere else.
        const pending = [variable.data(), moments.data()];
        update([parameter], 1);
        const read = await Promise.all(pending);
        expect(read).toEqual([twin.variable.dataSync(), twin.moments.dataSync()]);
        update([twin], 1);
        // The late answer to the first question is not that to the next one.
        expect(variable.dataSync()).toEqual(twin.variable.dataSync());
        expect(await moments.data()).toEqual(twin.moments.dataSync());
        const kept = variable.dataSync();
        update([parameter], 1);
        expect(kept).toEqual(twin.variable.dataSync());
        expect(variable.dataSync()).not.toEqual(kept);
      }
      tf.dispose([...parameters, ...twins].flatMap((one) => Object.values(one) as tf.Tensor[]));
    });
  });

  it('is a copy: to change it changes nothing', async () => {
    await onEveryEngine(async () => {
      const parameters = parametersOf([[64]]);
      update(parameters, 1);
      const [{ variable }] = parameters as [AdamParameter];
      const values = variable.dataSync().slice();
      variable.dataSync().fill(7);
      expect(variable.dataSync()).toEqual(values);
      (await variable.data()).fill(7);
      expect(await variable.data()).toEqual(values);
      const copy = variable.clone(); // from the same memory
      copy.dataSync().fill(7);
      expect(variable.dataSync()).toEqual(values);
      copy.dispose();
      tf.dispose(parameters.flatMap((parameter) => Object.values(parameter) as tf.Tensor[]));
    });
  });
});
