import * as tf from '@tensorflow/tfjs';
import { CompiledBackend } from '../compiled/backend';
import { RANGE_ELEMENTS } from '../compiled/grain';

/** What a step of Adam needs beside the tensors. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The learning rate over 1 − β₁ᵗ. */
  readonly rate: number;
  /** 1 / √(1 − β₂ᵗ). */
  readonly correction: number;
}

/**
 * Moves a variable and its two moments by one step of Adam (Kingma and Ba 2015, algorithm 1) against its
 * gradient.
 */
export function adamUpdate(
  variable: tf.Variable,
  first: tf.Variable,
  second: tf.Variable,
  gradient: tf.Tensor,
  step: AdamStep,
): void {
  const backend = tf.backend();
  if (backend instanceof CompiledBackend)
    compiled(backend, variable, first, second, gradient, step);
  else composed(variable, first, second, gradient, step);
}

function compiled(
  backend: CompiledBackend,
  variable: tf.Variable,
  first: tf.Variable,
  second: tf.Variable,
  gradient: tf.Tensor,
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  // Without a tensor for each new value: the kernel works in place, in memory that is the variable's alone.
  const operands = [variable, first, second].map((tensor) => {
    if (!backend.isOwn(tensor)) tf.tidy(() => tensor.assign(copy(backend, tensor)));
    return backend.values(tensor);
  });
  backend.host.run('adamUpdate', variable.size, RANGE_ELEMENTS, [
    ...[...operands, backend.values(gradient)],
    ...[beta1, beta2, epsilon, rate, correction],
  ]);
}

/** The same values in memory of the backend's. */
function copy(backend: CompiledBackend, tensor: tf.Tensor): tf.Tensor {
  const info = backend.make(tensor.shape);
  backend.values(info).set(backend.values(tensor));
  return tf.engine().makeTensorFromTensorInfo(info);
}

function composed(
  variable: tf.Variable,
  m: tf.Variable,
  v: tf.Variable,
  gradient: tf.Tensor,
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  tf.tidy(() => {
    m.assign(m.mul(beta1).add(gradient.mul(1 - beta1)));
    v.assign(v.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2)));
    const scale = v.sqrt().mul(correction).add(epsilon);
    variable.assign(variable.sub(m.mul(rate).div(scale)));
  });
}
