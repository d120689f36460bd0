import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';

/** A gradient of a reduction spread over the axes of x that were reduced. */
interface Spread {
  readonly shape: number[];
  readonly axes: number[];
  /** How many elements were averaged; 1 of a sum. */
  readonly divisor: number;
}

function spreadOf(kernelName: string, { axis }: { axis: number | number[] }, x: tf.Tensor): Spread {
  const { shape } = x;
  const axes = tf.util.parseAxisParam(axis, shape); // all where none is named
  const count = axes.reduce((product, each) => product * shape[each]!, 1);
  return { shape, axes, divisor: kernelName === 'Mean' ? count : 1 };
}

function spread(dy: tf.Tensor, spread: Spread): tf.Tensor {
  if (hasKernel('SpreadGradient')) {
    return tf.engine().runKernel<tf.Tensor>('SpreadGradient', { dy }, { ...spread });
  }
  const { shape, axes, divisor } = spread;
  const share = divisor === 1 ? dy : dy.div(divisor);
  return share.reshape(shape.map((size, i) => (axes.includes(i) ? 1 : size))).broadcastTo(shape);
}

/**
 * Replaces tfjs's gradients of sum and mean, which multiply a tensor of ones as large as the input by the
 * gradient, by a broadcast of it: the same values in a fraction of the time.
 */
export function registerReductionGradients(): void {
  for (const kernelName of ['Sum', 'Mean']) {
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc: (dy, [x], attrs) => ({
        x: () => spread(dy as tf.Tensor, spreadOf(kernelName, attrs as never, x!)),
      }),
    });
  }
  if (tf.getGradient('SpreadGradient') === undefined) registerSecondGradient();
}

function registerSecondGradient(): void {
  tf.registerGradient({
    kernelName: 'SpreadGradient',
    inputsToSave: ['dy'],
    gradFunc: (of, [dy], attrs) => {
      const { axes, divisor } = attrs as unknown as Spread;
      return { dy: () => (of as tf.Tensor).sum(axes).div(divisor).reshape(dy!.shape) };
    },
  });
}
