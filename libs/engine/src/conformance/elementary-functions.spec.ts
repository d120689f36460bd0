import * as tf from '@tensorflow/tfjs';
import { gelu } from '../ops/gelu';
import { hasKernel } from '../ops/has-kernel';
import { gru, lstm } from '../ops/recurrent-op';
import { IN_FLOAT64 } from './elementary-functions.fixture.spec';
import { onEveryEngine } from './every-engine.fixture.spec';
import { gruFloat64, lstmFloat64, type Operands } from './recurrent-float64.fixture.spec';

type FunctionName = keyof typeof IN_FLOAT64;

const OPS: Record<FunctionName, (x: tf.Tensor1D) => tf.Tensor> = {
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  gelu,
  log: tf.log,
  log1p: tf.log1p,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  tanh: tf.tanh,
};

/** Both signs of every size from the smallest float32 to 100, and steps from −105 to 100. */
const NUMBERS = Float32Array.from([
  ...Array.from({ length: 9_400 }, (_, i) => 10 ** (i / 200 - 45)).flatMap((x) => [x, -x]),
  ...Array.from({ length: 41_001 }, (_, i) => i / 200 - 105),
]);

/** Below this, numbers have fewer digits. WGSL may take them for 0, on the way to a result too. */
const smallest = (): number => (tf.getBackend() === 'webgpu' ? 2 ** -118 : 2 ** -126);

/** The worst of some numbers: its distance from the right one, as a share of that, and where it is. */
function worst(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  const least = smallest();
  let [share, at] = [0, -1];
  for (let i = 0; i < expected.length; i++) {
    const right = expected[i]!;
    if (Object.is(actual[i], Math.fround(right))) continue;
    const isFlushed = tf.getBackend() === 'webgpu' && Math.abs(right) < least;
    const error = Math.abs(actual[i]! - right) / Math.max(Math.abs(right), least);
    if (!(error <= (isFlushed ? 1 : share))) [share, at] = [error, i];
  }
  return { share, at };
}

it.each(Object.keys(OPS) as FunctionName[])(
  '%s is right to some units in the last place, near 0 and in both tails',
  async (name) => {
    const [op, exact] = [OPS[name], IN_FLOAT64[name]];
    const x = name.startsWith('log')
      ? NUMBERS.filter((v) => (name === 'log' ? v : 1 + v) > 0)
      : NUMBERS;
    await onEveryEngine((engine) => {
      if (engine === 'tensorflow') return; // whose functions are its own
      if (name === 'gelu' && !hasKernel('Gelu')) return; // composed of operations that round
      const taken = x.filter((value) => engine !== 'webgpu' || Math.abs(value) >= 2 ** -126);
      const actual = tf.tidy(() => op(tf.tensor1d(taken)).dataSync());
      const { share, at } = worst(actual, Float64Array.from(taken, exact));
      if (!(share <= 2e-6)) throw new Error(`at ${taken[at]} it is ${share} of itself away`);
    });
  },
);

const RECURRENT = {
  lstm: { op: lstm, exact: lstmFloat64, gates: 4 },
  gru: { op: gru, exact: gruFloat64, gates: 3 },
} as const;

it.each(['lstm', 'gru'] as const)(
  'the activations of %s lose no digits where its inputs are small',
  async (name) => {
    const { op, exact, gates } = RECURRENT[name];
    const shape = { batch: 5, time: 20, inputs: 3, units: 19 };
    const { batch, time, inputs, units } = shape;
    // All above 0, so that no sum cancels.
    const above0 = (dims: number[], seed: number): tf.Tensor =>
      tf.randomUniform(dims, 0.01, 0.1, 'float32', seed);
    await onEveryEngine((engine) => {
      if (engine === 'tensorflow') return;
      for (const size of [1, 1e-3, 1e-5, 1e-10, 1e-20, 1e-30]) {
        tf.tidy(() => {
          const x = above0([batch, time, inputs], 1).mul<tf.Tensor3D>(size);
          const kernel = above0([inputs, gates * units], 2) as tf.Tensor2D;
          const recurrentKernel = above0([units, gates * units], 3) as tf.Tensor2D;
          const bias = tf.zeros<tf.Rank.R1>([gates * units]);
          const operands = [x, kernel, recurrentKernel, bias].map((tensor) =>
            Float64Array.from(tensor.dataSync()),
          ) as Operands;
          const actual = op(x, kernel, recurrentKernel, bias).dataSync();
          const { share, at } = worst(actual, exact(operands, shape));
          if (!(share <= 5e-6)) {
            throw new Error(`of inputs of ${size}, state ${at} is ${share} of itself away`);
          }
        });
      }
    });
  },
);
