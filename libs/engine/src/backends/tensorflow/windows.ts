import * as tf from '@tensorflow/tfjs';
import type { CorrectedCall, CorrectedKernel } from './corrected-kernel';
import { Frame, type WindowInfo } from './frame';

type Shape4D = [number, number, number, number];

/** The attributes of tfjs's kernels of convolution and pooling. */
interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly filterSize: [number, number] | number;
}

function convolutionInfo(call: CorrectedCall, image: number[], filter: number[]): WindowInfo {
  const attrs = call.attrs as unknown as Attributes;
  return tf.backend_util.computeConv2DInfo(
    image as Shape4D,
    filter as Shape4D,
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC'),
  );
}

function poolingInfo(call: CorrectedCall, image: number[]): WindowInfo {
  const attrs = call.attrs as unknown as Attributes;
  return tf.backend_util.computePool2DInfo(
    image as Shape4D,
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

/** Over a frame, every window is a valid one. */
const VALID = { pad: 'valid' };

const convolution: CorrectedKernel = {
  kernelNames: ['Conv2D', 'FusedConv2D'],
  run(call) {
    const { x, filter } = call.inputs as { x: tf.Tensor; filter: tf.Tensor };
    const info = convolutionInfo(call, x.shape, filter.shape);
    // Of nothing, oneDNN's convolution has the shape of the input.
    if (x.size === 0) return tf.zeros(info.outShape);
    const frame = new Frame(info, x.shape);
    return frame.isNeeded ? call.runOwn({ x: frame.around(x) }, VALID) : call.runOwn();
  },
};

const convolutionInputGradient: CorrectedKernel = {
  kernelNames: ['Conv2DBackpropInput'],
  run(call) {
    const { dy, filter } = call.inputs as { dy: tf.Tensor; filter: tf.Tensor };
    const inputShape = call.attrs['inputShape'] as number[];
    if (dy.size === 0) return tf.zeros(inputShape);
    const frame = new Frame(convolutionInfo(call, inputShape, filter.shape), inputShape);
    return frame.isNeeded
      ? frame.within(call.runOwn({}, { ...VALID, inputShape: frame.shape }))
      : call.runOwn();
  },
};

const convolutionFilterGradient: CorrectedKernel = {
  kernelNames: ['Conv2DBackpropFilter'],
  run(call) {
    const { x, dy } = call.inputs as { x: tf.Tensor; dy: tf.Tensor };
    const filterShape = call.attrs['filterShape'] as number[];
    if (dy.size === 0) return tf.zeros(filterShape);
    const frame = new Frame(convolutionInfo(call, x.shape, filterShape), x.shape);
    return frame.isNeeded ? call.runOwn({ x: frame.around(x) }, VALID) : call.runOwn();
  },
};

/** What TensorFlow's maximum of no number is: of NaN alone, of −∞ alone, or of padding alone. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

const maxPooling: CorrectedKernel = {
  kernelNames: ['MaxPool'],
  run(call) {
    const x = call.inputs['x']!;
    const frame = new Frame(poolingInfo(call, x.shape), x.shape);
    const pooled = frame.isNeeded ? call.runOwn({ x: padded(frame, x) }, VALID) : call.runOwn();
    if (x.dtype !== 'float32') return pooled;
    // A finite number there would hide that the features hold NaN.
    return tf.where(tf.lessEqual(pooled, LOWEST), -Infinity, pooled);
  },
};

const maxPoolingGradient: CorrectedKernel = {
  kernelNames: ['MaxPoolGrad'],
  run(call) {
    const input = call.inputs['input']!;
    const frame = new Frame(poolingInfo(call, input.shape), input.shape);
    return frame.isNeeded
      ? frame.within(call.runOwn({ input: padded(frame, input) }, VALID))
      : call.runOwn();
  },
};

/** The frame of an image whose padding is never the greatest. */
function padded(frame: Frame, image: tf.Tensor): tf.Tensor {
  return frame.around(image, image.dtype === 'float32' ? LOWEST : -(2 ** 31));
}

/** Padding has no share in a mean. */
const averagePooling: CorrectedKernel = {
  kernelNames: ['AvgPool'],
  run(call) {
    const x = call.inputs['x']!;
    const frame = new Frame(poolingInfo(call, x.shape), x.shape);
    if (!frame.isNeeded) return call.runOwn();
    const mean = (image: tf.Tensor): tf.Tensor => call.runOwn({ x: frame.around(image) }, VALID);
    return tf.div(mean(x), mean(tf.onesLike(x)));
  },
};

/** tfjs spreads the gradient of a mean over the whole window, padding included: TensorFlow's does not. */
const averagePoolingGradient: CorrectedKernel = {
  kernelNames: ['AvgPoolGrad'],
  run(call) {
    const input = call.inputs['input']!;
    const info = poolingInfo(call, input.shape);
    const frame = new Frame(info, input.shape);
    if (info.padInfo.type === 'VALID' && !frame.isNeeded) return call.runOwn();
    return frame.within(call.runOwn({ input: tf.zeros(frame.shape) }, VALID));
  },
};

/** Convolution and pooling with any padding, and over nothing. */
export const windowKernels: readonly CorrectedKernel[] = [
  convolution,
  convolutionInputGradient,
  convolutionFilterGradient,
  maxPooling,
  maxPoolingGradient,
  averagePooling,
  averagePoolingGradient,
];
