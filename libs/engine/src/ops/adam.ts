import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';

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
  const filled = parameters.filter(({ variable }) => variable.size > 0);
  if (filled.length === 0) return;
  if (hasKernel('AdamUpdate')) fused(filled, step);
  else for (const parameter of filled) composed(parameter, step);
}

/**
 * As one call of the kernel, for a backend may move many at a time. It takes `weights0`, `moments0`, `gradient0`,
 * `weights1`, … and gives weights and moments in that order: in the operand's own memory where that is nobody
 * else's.
 */
function fused(parameters: readonly AdamParameter[], step: AdamStep): void {
  const inputs: tf.NamedTensorMap = {};
  parameters.forEach(({ variable, moments, gradient }, i) => {
    inputs[`weights${i}`] = variable;
    inputs[`moments${i}`] = moments;
    inputs[`gradient${i}`] = gradient;
  });
  const moved = tf.engine().runKernel<tf.Tensor[]>('AdamUpdate', inputs, { ...step });
  parameters.forEach(({ variable, moments }, i) => {
    take(variable, moved[2 * i]!);
    take(moments, moved[2 * i + 1]!);
  });
}

/** Makes what a kernel gave the variable's value. */
function take(variable: tf.Variable, value: tf.Tensor): void {
  if (value.dataId !== variable.dataId) variable.assign(value);
  value.dispose();
}

function composed(
  { variable, moments, gradient }: AdamParameter,
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  tf.tidy(() => {
    const [first, second] = tf.unstack(moments) as [tf.Tensor, tf.Tensor];
    const g = gradient.toFloat();
    const m = first.mul(beta1).add(g.mul(1 - beta1));
    const v = second.mul(beta2).add(g.mul(g).mul(1 - beta2));
    moments.assign(tf.stack([m, v]));
    const scale = v.sqrt().mul(correction).add(epsilon);
    variable.assign(variable.sub(m.mul(rate).div(scale)));
  });
}
