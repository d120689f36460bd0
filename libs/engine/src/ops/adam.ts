import * as tf from '@tensorflow/tfjs';
import { CompiledBackend } from '../backends/compiled/backend';
import { RANGE_ELEMENTS } from '../backends/compiled/grain';
import { adamOnGPU } from '../backends/webgpu/adam';
import { GPUBackend } from '../backends/webgpu/backend';

/** A variable that Adam moves. */
export interface AdamParameter {
  readonly variable: tf.Variable;
  /** `[2, …]`: the first and the second moment of each weight. */
  readonly moments: tf.Variable;
  readonly gradient: tf.Tensor;
}

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
 * Moves variables and their moments by one step of Adam (Kingma and Ba 2015, algorithm 1) against their
 * gradients.
 */
export function adamUpdate(parameters: readonly AdamParameter[], step: AdamStep): void {
  const backend = tf.backend();
  const filled = parameters.filter(({ variable }) => variable.size > 0);
  if (backend instanceof GPUBackend) adamOnGPU(backend, filled, step);
  else if (backend instanceof CompiledBackend) {
    for (const parameter of filled) compiled(backend, parameter, step);
  } else for (const parameter of filled) composed(parameter, step);
}

function compiled(
  backend: CompiledBackend,
  { variable, moments, gradient }: AdamParameter,
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  // Without a tensor for each new value: the kernel works in place, in memory that is the variable's alone.
  const [weights, both] = [variable, moments].map((tensor) => {
    if (!backend.isOwn(tensor)) tf.tidy(() => tensor.assign(copy(backend, tensor)));
    return backend.values(tensor);
  });
  backend.host.run('adamUpdate', variable.size, RANGE_ELEMENTS, [
    ...[weights!, both!.subarray(0, variable.size), both!.subarray(variable.size)],
    ...[backend.values(gradient), beta1, beta2, epsilon, rate, correction],
  ]);
}

/** The same values in memory of the backend's. */
function copy(backend: CompiledBackend, tensor: tf.Tensor): tf.Tensor {
  const info = backend.make(tensor.shape);
  backend.values(info).set(backend.values(tensor));
  return tf.engine().makeTensorFromTensorInfo(info);
}

function composed(
  { variable, moments, gradient }: AdamParameter,
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  tf.tidy(() => {
    const [first, second] = tf.unstack(moments) as [tf.Tensor, tf.Tensor];
    const m = first.mul(beta1).add(gradient.mul(1 - beta1));
    const v = second.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
    moments.assign(tf.stack([m, v]));
    const scale = v.sqrt().mul(correction).add(epsilon);
    variable.assign(variable.sub(m.mul(rate).div(scale)));
  });
}
