import * as tf from '@tensorflow/tfjs';
import type { TensorFlowBackend } from './backend';

/** The forward pass's inputs, by the names and in the layout of recurrent-op.ts. */
export interface ForwardInputs {
  /** `[batch, time, inputs]` */
  readonly x: tf.Tensor;
  /** `[inputs, gates * units]` */
  readonly kernel: tf.Tensor;
  /** `[units, gates * units]` */
  readonly recurrentKernel: tf.Tensor;
  /** `[gates * units]` */
  readonly bias: tf.Tensor;
}

/** The backward pass's inputs: `gates` is the last of the forward pass's states, `cell` the one before. */
export interface BackwardInputs extends Omit<ForwardInputs, 'bias'> {
  /** `[batch, time, units]` */
  readonly hidden: tf.Tensor;
  readonly cell?: tf.Tensor;
  readonly gates: tf.Tensor;
  /** dL/dh, `[batch, time, units]` */
  readonly dHidden: tf.Tensor;
}

/** A recurrent layer in operations of TensorFlow; both passes are to be called within tf.tidy. */
export interface RecurrentLayer {
  /** The hidden states `[batch, time, units]` and, in training, the states that the backward pass needs. */
  readonly forward: (
    backend: TensorFlowBackend,
    inputs: ForwardInputs,
    training: boolean,
  ) => tf.Tensor[];
  /** The gradients of x, kernel, recurrent kernel and bias. */
  readonly backward: (backend: TensorFlowBackend, inputs: BackwardInputs) => tf.Tensor[];
}

/** Sizes of one recurrent layer over one batch. */
export function sizesOf({ x, recurrentKernel }: Pick<ForwardInputs, 'x' | 'recurrentKernel'>) {
  const [batch, time, inputs] = x.shape as [number, number, number];
  const [units] = recurrentKernel.shape as [number];
  return { batch, time, inputs, units };
}

/** `[batch, time, …]` as `[time, batch, …]`, and the other way about. */
export function timeFirst(x: tf.Tensor): tf.Tensor {
  return tf.transpose(x, [1, 0, 2]);
}
