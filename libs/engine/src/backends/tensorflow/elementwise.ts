import * as tf from '@tensorflow/tfjs';
import type { CorrectedKernel } from './corrected-kernel';

/** TensorFlow broadcasts over four axes at most, once neighbours that broadcast alike are one. */
const MOST_AXES = 4;

const binary: CorrectedKernel = {
  kernelNames: [
    ...['Add', 'Sub', 'Multiply', 'RealDiv', 'FloorDiv', 'Mod', 'Pow', 'SquaredDifference'],
    ...['Maximum', 'Minimum', 'Atan2', 'LogicalAnd', 'LogicalOr'],
    ...['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'],
  ],
  run(call) {
    const { a, b } = call.inputs as { a: tf.Tensor; b: tf.Tensor };
    if (Math.max(a.rank, b.rank) <= MOST_AXES) return call.runOwn();
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return call.runOwn({ a: tf.broadcastTo(a, shape), b: tf.broadcastTo(b, shape) });
  },
};

/** TensorFlow's is off by a unit in the last place here and there, and it has none of int32. */
const reciprocal: CorrectedKernel = {
  kernelNames: ['Reciprocal'],
  run({ inputs }) {
    const x = inputs['x']!;
    if (x.dtype === 'float32') return tf.div(1, x);
    return tf.mul(x, tf.cast(tf.equal(tf.abs(x), 1), 'int32')); // 1 / x without its fraction
  },
};

/** TensorFlow has none of int32. */
const step: CorrectedKernel = {
  kernelNames: ['Step'],
  run(call) {
    const x = call.inputs['x']!;
    if (x.dtype === 'float32') return call.runOwn();
    return tf.cast(call.runOwn({ x: tf.cast(x, 'float32') }), x.dtype);
  },
};

/** The same, but of int32 it is float32. */
const leakyRelu: CorrectedKernel = {
  kernelNames: ['LeakyRelu'],
  run(call) {
    const x = call.inputs['x']!;
    return x.dtype === 'float32' ? call.runOwn() : call.runOwn({ x: tf.cast(x, 'float32') });
  },
};

export const elementwiseKernels: readonly CorrectedKernel[] = [binary, reciprocal, step, leakyRelu];
