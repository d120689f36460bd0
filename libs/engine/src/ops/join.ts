import * as tf from '@tensorflow/tfjs';

/** Batch normalisation of one input of a {@link join}, over all axes but the last. */
export interface Normalisation {
  /** `[channels]`; 1 where left out. */
  readonly gamma?: tf.Tensor;
  /** `[channels]`; 0 where left out. */
  readonly beta?: tf.Tensor;
  readonly epsilon: number;
  /** Running mean and variance `[channels]`: what inference normalises with. */
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  /** How much of the running averages a batch leaves. */
  readonly momentum: number;
  /** Takes the running averages after a batch of training. */
  readonly onAverages: (mean: tf.Tensor, variance: tf.Tensor) => void;
}

/** An input of a {@link join}. */
export interface JoinInput {
  /** `[…, channels]` */
  readonly x: tf.Tensor;
  readonly norm?: Normalisation;
}

/** A branch of a {@link join}. */
export interface JoinBranch extends JoinInput {
  /**
   * Whether x `[…, length, channels]` is max pooled by 2 first, to `[…, ⌈length / 2⌉, channels]`: each value
   * is the greater of two, and at the end of an odd length the last one alone.
   */
  readonly pooled?: boolean;
}

/** What a {@link join} does. */
export interface Join {
  /** One or two, side by side on the channels. */
  readonly branches: readonly [JoinBranch] | readonly [JoinBranch, JoinBranch];
  readonly relu: boolean;
  /** Added at last; as many channels as the branches have together. */
  readonly shortcut?: JoinInput;
}

type Kernel = 'Join' | 'JoinGrad';
type Save = (tensors: tf.Tensor[]) => void;

function run(kernel: Kernel, inputs: Record<string, tf.Tensor>, attrs: object): tf.Tensor[] {
  return tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attrs as tf.NamedAttrMap);
}

/**
 * The end of a block as one operation: relu?(concat(BN(pool(branch)), …)) + BN(shortcut), where each
 * pooling, each BN, the second branch, ReLU and the shortcut may be left out. In training the statistics
 * are the batch's, and gradients flow through them.
 *
 * Runs on backends with the kernel `Join`.
 */
export function join({ branches, relu, shortcut }: Join, training: boolean): tf.Tensor {
  const inputs: [number, JoinInput][] = [[0, branches[0]]];
  if (branches.length === 2) inputs.push([1, branches[1]]);
  if (shortcut !== undefined) inputs.push([2, shortcut]);

  const operands: Record<string, tf.Tensor> = {}; // what gradients flow to
  const statistics: Record<string, tf.Tensor> = {};
  const steps: Record<string, boolean> = { relu };
  branches.forEach(({ pooled }, place) => (steps[`pool${place}`] = pooled === true));
  const attrs: Record<string, number | boolean> = { ...steps, training };
  for (const [place, { x, norm }] of inputs) {
    operands[`x${place}`] = x;
    if (norm === undefined) continue;
    if (norm.gamma) operands[`gamma${place}`] = norm.gamma;
    if (norm.beta) operands[`beta${place}`] = norm.beta;
    statistics[`mean${place}`] = norm.mean;
    statistics[`variance${place}`] = norm.variance;
    attrs[`epsilon${place}`] = norm.epsilon;
    attrs[`rate${place}`] = 1 - norm.momentum;
  }
  if (!training) return run('Join', { ...operands, ...statistics }, attrs)[0]!;

  const normalised = inputs.filter(([, { norm }]) => norm !== undefined);
  const names = Object.keys(operands);
  const op = tf.customGrad((...args) => {
    const save = args[names.length] as unknown as Save;
    const [value, ...outputs] = run('Join', { ...operands, ...statistics }, attrs);
    const saved: Record<string, tf.Tensor> = {};
    normalised.forEach(([place, { norm }], i) => {
      const [table, mean, variance] = outputs.slice(3 * i, 3 * i + 3);
      norm!.onAverages(mean!, variance!);
      saved[`table${place}`] = table!;
    });
    for (const [place, { x }] of inputs) saved[`x${place}`] = x;
    const savedNames = Object.keys(saved);
    save(Object.values(saved));
    return {
      value: value!,
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => {
        const named: Record<string, tf.Tensor> = { dy };
        savedNames.forEach((name, i) => (named[name] = kept[i]!));
        const gradients = run('JoinGrad', named, steps);
        const byName: Record<string, tf.Tensor> = {};
        for (const [place, { norm }] of inputs) {
          byName[`x${place}`] = place === 2 && norm === undefined ? dy : gradients.shift()!;
        }
        for (const [place] of normalised) {
          byName[`gamma${place}`] = gradients.shift()!;
          byName[`beta${place}`] = gradients.shift()!;
        }
        return names.map((name) => byName[name]!);
      },
    };
  });
  return op(...Object.values(operands));
}
