import * as tf from '@tensorflow/tfjs';

/** A layer's weights and what it multiplies them with. */
export interface LayerOperands {
  readonly x: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly bias: tf.Tensor | null;
}

/** What happens to a layer's sums. */
export type LayerActivation = 'linear' | 'relu';

/**
 * A layer as one operation of the backend's kernels `name` and `nameGrad`, with a gradient for x (unless
 * nobody wants it), the kernel and the bias.
 */
export function layerOp(
  name: 'DenseLayer' | 'Convolution1D',
  { x, kernel, bias }: LayerOperands,
  attrs: Record<string, number | string>,
  inputGradient: boolean,
): tf.Tensor {
  const inputs = { x, kernel, ...(bias && { bias }) };
  if (tf.engine().state.gradientDepth === 0) return tf.engine().runKernel(name, inputs, attrs);
  const isRelu = attrs['activation'] === 'relu';
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    const value = tf.engine().runKernel<tf.Tensor>(name, inputs, attrs);
    save(isRelu ? [x, kernel, value] : [x, kernel]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [x, kernel, y]: tf.Tensor[]) => {
        const saved = { x: x!, kernel: kernel!, dy, ...(y && { y }) };
        const all = tf
          .engine()
          .runKernel<tf.Tensor[]>(`${name}Grad`, saved, { ...attrs, inputGradient });
        if (!bias) all.pop()!.dispose();
        return all;
      },
    };
  });
  const operands = inputGradient ? [x, kernel] : [kernel];
  return op(...operands, ...(bias ? [bias] : []));
}
