import { FusedLSTM } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';

/** Which of a block's two branches it has: one alone takes the channels of both. */
export type Branches = 'both' | 'conv' | 'lstm';

/** Options of one residual block; all but `name` and `width` are for ablations. */
export interface BlockOptions {
  readonly name: string;
  /** Channels of each of the two branches: the block's output has twice as many. */
  readonly width: number;
  readonly kernelSize?: number;
  readonly branches?: Branches;
  readonly batchNorm?: boolean;
  readonly shortcut?: boolean;
  /** What the bias of the LSTM's forget gate starts at; 1 where left out. */
  readonly forgetBias?: number | undefined;
}

// PyTorch's defaults, the paper's framework (section 4.1): Keras's momentum of 0.99 would need
// several hundred steps before inference sees anything like what training saw.
const normalisation = { momentum: 0.9, epsilon: 1e-5 };

/**
 * The residual block of the paper's sections 3.2 and 3.3 over `x` `[batch, length, channels]`:
 *
 *   g(x) = ReLU(concat(BN(conv(x)), BN(LSTM(x))))     f(x) = x + g(x)
 *
 * With `halve`, max pooling by 2 follows the convolution, the LSTM and the shortcut. Where the shape
 * of x changes, the shortcut is a convolution of size 1 with BN. The paper says neither of the two
 * (docs/deviations.md).
 */
function block(x: tf.SymbolicTensor, halve: boolean, options: BlockOptions): tf.SymbolicTensor {
  const {
    name,
    width,
    kernelSize = 3,
    branches = 'both',
    batchNorm = true,
    forgetBias = 1,
  } = options;
  const apply = (layer: tf.layers.Layer, to: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(to) as tf.SymbolicTensor;
  const pool = (branch: string, to: tf.SymbolicTensor) =>
    halve
      ? apply(
          tf.layers.maxPooling1d({
            poolSize: 2,
            strides: 2,
            padding: 'same',
            name: `${name}/${branch}_pool`,
          }),
          to,
        )
      : to;
  const norm = (branch: string, to: tf.SymbolicTensor) =>
    batchNorm
      ? apply(tf.layers.batchNormalization({ ...normalisation, name: `${name}/${branch}_bn` }), to)
      : to;

  const channels = branches === 'both' ? width : 2 * width;
  const outputs: tf.SymbolicTensor[] = [];
  if (branches !== 'lstm') {
    const conv = tf.layers.conv1d({
      filters: channels,
      kernelSize,
      padding: 'same',
      name: `${name}/conv`,
    });
    outputs.push(norm('conv', pool('conv', apply(conv, x))));
  }
  if (branches !== 'conv') {
    const lstm = new FusedLSTM({
      units: channels,
      returnSequences: true,
      forgetBias,
      name: `${name}/lstm`,
    });
    outputs.push(norm('lstm', pool('lstm', apply(lstm, x))));
  }
  const joined =
    outputs.length > 1
      ? apply(tf.layers.concatenate({ name: `${name}/concat` }), outputs)
      : outputs[0]!;
  const g = apply(tf.layers.reLU({ name: `${name}/relu` }), joined);
  if (options.shortcut === false) return g;

  let shortcut = pool('shortcut', x);
  if (halve || x.shape[2] !== 2 * width) {
    const projection = tf.layers.conv1d({
      filters: 2 * width,
      kernelSize: 1,
      name: `${name}/shortcut_conv`,
    });
    shortcut = norm('shortcut', apply(projection, shortcut));
  }
  return apply(tf.layers.add({ name: `${name}/add` }), [shortcut, g]);
}

/** block1 of section 3.3: keeps the length; channels grow by concatenation alone. `[b, n, c]` to `[b, n, 2 * width]`. */
export function block1(x: tf.SymbolicTensor, options: BlockOptions): tf.SymbolicTensor {
  return block(x, false, options);
}

/** block2 of section 3.3: the length falls, here to half by max pooling. `[b, n, c]` to `[b, ⌈n / 2⌉, 2 * width]`. */
export function block2(x: tf.SymbolicTensor, options: BlockOptions): tf.SymbolicTensor {
  return block(x, true, options);
}
