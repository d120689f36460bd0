import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs';
import { activationCode } from '../activation';
import type { CompiledCall, CompiledKernel } from '../call';
import {
  convolve,
  filterGradient,
  inputGradient,
  sequenceWindow,
  type Window,
} from '../convolution';
import { layerGradients } from '../layer-gradients';

type Shape4D = [number, number, number, number];
type Info = backend_util.Conv2DInfo;

/** The sizes of a call of tfjs's, or nothing where its own kernel has to do it. */
function infoOf(
  call: CompiledCall,
  x: number[],
  filter: number[],
  dilations: unknown,
): Info | undefined {
  const { strides, pad, dataFormat, dimRoundingMode } = call.attrs;
  if (!call.isFloat() || dataFormat === 'NCHW') return undefined;
  return backend_util.computeConv2DInfo(
    x as Shape4D,
    filter as Shape4D,
    strides as number | [number, number],
    dilations as number | [number, number],
    pad as 'same' | 'valid' | number,
    dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
  );
}

function forward(call: CompiledCall, own: KernelFunc): TensorInfo | TensorInfo[] {
  const { dilations, activation, leakyreluAlpha } = call.attrs;
  const code = activationCode(call.host, activation);
  const w = infoOf(call, call.shape('x'), call.shape('filter'), dilations);
  if (w === undefined || code < 0) return call.passTo(own);
  const bias = call.has('bias') ? call.shape('bias') : undefined;
  const isForChannels =
    bias === undefined ||
    (bias.at(-1) === w.outChannels && util.sizeFromShape(bias) === w.outChannels);
  if (!isForChannels) return call.passTo(own);

  const info = call.backend.make(w.outShape);
  const slope = typeof leakyreluAlpha === 'number' ? leakyreluAlpha : 0;
  const ending = { bias: call.optional('bias'), activation: code, slope };
  const out = call.backend.values(info);
  convolve(call.host, w, call.values('x'), call.values('filter'), ending, out);
  return info;
}

function backwardInput(call: CompiledCall, own: KernelFunc): TensorInfo | TensorInfo[] {
  const shape = call.attrs['inputShape'] as number[];
  const w = infoOf(call, shape, call.shape('filter'), 1);
  if (w === undefined) return call.passTo(own);
  const info = call.backend.make(w.inShape);
  const dx = call.backend.values(info);
  inputGradient(call.host, w, call.values('dy'), call.values('filter'), dx);
  return info;
}

function backwardFilter(call: CompiledCall, own: KernelFunc): TensorInfo | TensorInfo[] {
  const shape = call.attrs['filterShape'] as number[];
  const w = infoOf(call, call.shape('x'), shape, 1);
  if (w === undefined) return call.passTo(own);
  const info = call.backend.make(w.filterShape);
  const dFilter = call.backend.values(info);
  filterGradient(call.host, w, call.values('x'), call.values('dy'), dFilter);
  return info;
}

/** The sizes of a call of `Convolution1D`. */
function sequenceOf(call: CompiledCall): Window {
  const [batchSize, inWidth, inChannels] = call.shape('x') as [number, number, number];
  const [filterWidth, , outChannels] = call.shape('kernel') as [number, number, number];
  const attrs = call.attrs as { outWidth: number; stride: number; dilation: number; left: number };
  const { outWidth, stride, dilation, left } = attrs;
  return sequenceWindow({
    ...{ batchSize, inWidth, inChannels, outWidth, outChannels },
    ...{ filterWidth, stride, dilation, left },
  });
}

/**
 * Inputs `x` `[batch, length, in]`, `kernel` `[size, in, out]` and perhaps `bias`; output
 * `[batch, outWidth, out]`.
 */
const convolution1D: CompiledKernel = {
  kernelName: 'Convolution1D',
  run(call) {
    const w = sequenceOf(call);
    const info = call.backend.make([w.batchSize, w.outWidth, w.outChannels]);
    const activation = activationCode(call.host, call.attrs['activation']);
    const ending = { bias: call.optional('bias'), activation, slope: 0 };
    const out = call.backend.values(info);
    convolve(call.host, w, call.values('x'), call.values('kernel'), ending, out);
    return info;
  },
};

/** See {@link layerGradients}. */
const convolution1DGrad: CompiledKernel = {
  kernelName: 'Convolution1DGrad',
  run: (call) => layerGradients(call, sequenceOf(call)),
};

export const convolutionKernels: readonly CompiledKernel[] = [
  { kernelName: 'Conv2D', run: forward },
  { kernelName: 'FusedConv2D', run: forward },
  { kernelName: 'Conv2DBackpropInput', run: backwardInput },
  { kernelName: 'Conv2DBackpropFilter', run: backwardFilter },
  convolution1D,
  convolution1DGrad,
];
