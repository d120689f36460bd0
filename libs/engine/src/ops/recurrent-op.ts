import * as tf from '@tensorflow/tfjs';

/** A kernel of this library on one backend: names in, tensors out. */
type Kernels = 'FusedLSTM' | 'FusedLSTMGrad' | 'FusedGRU' | 'FusedGRUGrad';

function run(
  kernel: Kernels,
  inputs: Record<string, tf.Tensor>,
  attrs: tf.NamedAttrMap = {},
): tf.Tensor[] {
  return tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attrs);
}

/** Options of {@link lstm} and {@link gru}. */
export interface RecurrentOptions {
  /** Whether gradients flow to x as well (the default); not to the input of a model. */
  readonly inputGradient?: boolean;
}

function checkShapes(op: string, gates: number, x: tf.Tensor, weights: tf.Tensor[]): void {
  const [kernel, recurrentKernel, bias] = weights;
  const inputs = x.shape[2];
  const units = recurrentKernel!.shape[0];
  const expected = [[inputs, gates * units], [units, gates * units], [gates * units]];
  const actual = [kernel!.shape, recurrentKernel!.shape, bias!.shape];
  if (x.rank !== 3 || JSON.stringify(expected) !== JSON.stringify(actual)) {
    throw new RangeError(
      `Cannot run ${op} on x [${x.shape.join(', ')}]: expected x [batch, time, inputs] and weights ` +
        `${JSON.stringify(expected)}, got ${JSON.stringify(actual)}.`,
    );
  }
}

/**
 * A recurrent layer as one operation with a gradient of its own.
 *
 * The states that the backward pass needs are outputs of the kernel but not of the operation:
 * so the tape allocates no gradients of zeros for them.
 */
function recurrentOp(
  forward: 'FusedLSTM' | 'FusedGRU',
  backward: 'FusedLSTMGrad' | 'FusedGRUGrad',
  gates: number,
): (
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  options?: RecurrentOptions,
) => tf.Tensor3D {
  return (x, kernel, recurrentKernel, bias, { inputGradient = true } = {}) => {
    const weights = [kernel, recurrentKernel, bias];
    checkShapes(forward === 'FusedLSTM' ? 'lstm' : 'gru', gates, x, weights);
    const inputs = { x, kernel, recurrentKernel, bias };
    if (tf.engine().state.gradientDepth === 0) {
      const [hidden, ...states] = run(forward, inputs, { inference: true });
      tf.dispose(states);
      return hidden as tf.Tensor3D;
    }
    const op = tf.customGrad((...args) => {
      const save = args.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
      const states = run(forward, inputs);
      save([x, kernel, recurrentKernel, ...states]);
      return {
        value: states[0] as tf.Tensor3D,
        gradFunc: (dHidden: tf.Tensor3D, saved: tf.Tensor[]) => {
          const [x, kernel, recurrentKernel, hidden, ...rest] = saved;
          const inputs: Record<string, tf.Tensor> = {
            x: x!,
            kernel: kernel!,
            recurrentKernel: recurrentKernel!,
            hidden: hidden!,
            gates: rest.at(-1)!,
            dHidden,
          };
          if (rest.length > 1) inputs['cell'] = rest[0]!;
          return run(backward, inputs, { inputGradient });
        },
      };
    });
    return inputGradient ? op(x, ...weights) : op(...weights);
  };
}

/**
 * Hidden states `[batch, time, units]` of an LSTM over `x` `[batch, time, inputs]`, from zero states.
 *
 * Weights in Keras's layout and gate order (i, f, c, o): kernel `[inputs, 4 * units]`, recurrent
 * kernel `[units, 4 * units]`, bias `[4 * units]`.
 *
 * @throws RangeError when a shape does not fit
 */
export const lstm = recurrentOp('FusedLSTM', 'FusedLSTMGrad', 4);

/**
 * Hidden states `[batch, time, units]` of a GRU over `x` `[batch, time, inputs]`, from a zero state.
 *
 * Weights in Keras's layout and gate order (z, r, h), the reset gate before the recurrent product
 * (`reset_after=False`): kernel `[inputs, 3 * units]`, recurrent kernel `[units, 3 * units]`, bias
 * `[3 * units]`.
 *
 * @throws RangeError when a shape does not fit
 */
export const gru = recurrentOp('FusedGRU', 'FusedGRUGrad', 3);
