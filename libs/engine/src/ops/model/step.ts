import type * as tf from '@tensorflow/tfjs';

/** Values of a run, by the symbolic tensor that they stand for. */
export type Values = Map<tf.SymbolicTensor, tf.Tensor>;

/** One operation of a plan. */
export interface Step {
  readonly output: tf.SymbolicTensor;
  run(values: Values, training: boolean): tf.Tensor;
}

/** A step with the tensors that it needs. */
export interface PlannedStep extends Step {
  readonly inputs: readonly tf.SymbolicTensor[];
}
