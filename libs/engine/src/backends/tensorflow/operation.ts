import * as tf from '@tensorflow/tfjs';
import type { TensorFlowBackend } from './backend';

/**
 * Runs an operation of TensorFlow on float32 tensors, and gives its outputs. Attributes that are left out
 * have the defaults of its definition (tensorflow/core/ops). To be called within tf.tidy.
 */
export function runOperation(
  backend: TensorFlowBackend,
  name: string,
  inputs: readonly tf.Tensor[],
  outputs: number,
  flags: Readonly<Record<string, boolean>> = {},
): tf.Tensor[] {
  const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    ...Object.entries(flags).map(([name, value]) => ({ name, type: TF_ATTR_BOOL, value })),
  ];
  return backend.executeMultipleOutputs(name, attributes, inputs, outputs);
}

/**
 * A scalar of TensorFlow's type int64, which tfjs has not: to tfjs it is an int32. tfjs-node's Int64Scalar
 * would leave its memory behind with every operation.
 */
export function int64Scalar(backend: TensorFlowBackend, value: number): tf.Tensor {
  const words = Int32Array.of(value, 0); // little-endian
  const dataId = backend.write(words, [], 'int64' as tf.DataType);
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [], dtype: 'int32' });
}
