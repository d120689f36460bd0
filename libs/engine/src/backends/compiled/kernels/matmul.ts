import { broadcast_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs';
import { activationCode } from '../activation';
import type { CompiledCall, CompiledKernel } from '../call';
import { sequenceWindow } from '../convolution';
import { layerGradients } from '../layer-gradients';
import { multiplyMatrices } from '../matmul';

/** Whether a bias is one number for each column of the product. */
function isForColumns(shape: number[], columns: number): boolean {
  return shape.at(-1) === columns && util.sizeFromShape(shape) === columns;
}

/** Whether a batch of matrices, one after the other and from the first again, is broadcast to `dims`. */
function isRepeated(shape: number[], dims: number[]): boolean {
  const rank = shape.length - 2;
  const first = shape.findIndex((size, i) => size !== 1 || i === rank);
  for (let i = first; i < rank; i++) {
    if (shape[i] !== dims[dims.length - rank + i]) return false;
  }
  return true;
}

function product(call: CompiledCall, own: KernelFunc): TensorInfo | TensorInfo[] {
  const { transposeA, transposeB, activation, leakyreluAlpha } = call.attrs;
  const code = activationCode(call.host, activation);
  if (!call.isFloat() || code < 0) return call.passTo(own);

  const aShape = call.shape('a');
  const bShape = call.shape('b');
  let [rows, depth] = aShape.slice(-2) as [number, number];
  if (transposeA) [rows, depth] = [depth, rows];
  let [bDepth, columns] = bShape.slice(-2) as [number, number];
  if (transposeB) [bDepth, columns] = [columns, bDepth];
  const aBatch = util.sizeFromShape(aShape.slice(0, -2));
  const bBatch = util.sizeFromShape(bShape.slice(0, -2));
  const dims = broadcast_util.assertAndGetBroadcastShape(aShape.slice(0, -2), bShape.slice(0, -2));
  const isRegular = depth === bDepth && isRepeated(aShape, dims) && isRepeated(bShape, dims);
  const hasBias = call.has('bias');
  if (!isRegular || (hasBias && !isForColumns(call.shape('bias'), columns)))
    return call.passTo(own);

  const info = call.backend.make([...dims, rows, columns]);
  multiplyMatrices(call.host, {
    a: call.values('a'),
    aBatch,
    transposeA: transposeA === true,
    b: call.values('b'),
    bBatch,
    transposeB: transposeB === true,
    rows,
    depth,
    columns,
    bias: call.optional('bias'),
    activation: code,
    slope: typeof leakyreluAlpha === 'number' ? leakyreluAlpha : 0,
    out: call.backend.values(info),
  });
  return info;
}

/** Inputs `x` `[rows, inputs]`, `kernel` `[inputs, units]` and perhaps `bias`; output activation(x · kernel + bias). */
const denseLayer: CompiledKernel = {
  kernelName: 'DenseLayer',
  run(call) {
    const [rows, depth] = call.shape('x') as [number, number];
    const columns = call.shape('kernel')[1]!;
    const info = call.backend.make([rows, columns]);
    multiplyMatrices(call.host, {
      a: call.values('x'),
      aBatch: 1,
      transposeA: false,
      b: call.values('kernel'),
      bBatch: 1,
      transposeB: false,
      rows,
      depth,
      columns,
      bias: call.optional('bias'),
      activation: activationCode(call.host, call.attrs['activation']),
      slope: 0,
      out: call.backend.values(info),
    });
    return info;
  },
};

/** See {@link layerGradients}: a dense layer is a convolution of sequences of one step. */
const denseLayerGrad: CompiledKernel = {
  kernelName: 'DenseLayerGrad',
  run(call) {
    const [batchSize, inChannels] = call.shape('x') as [number, number];
    const outChannels = call.shape('kernel')[1]!;
    const sizes = { batchSize, inWidth: 1, inChannels, outWidth: 1, outChannels };
    const step = { filterWidth: 1, stride: 1, dilation: 1, left: 0 };
    return layerGradients(call, sequenceWindow({ ...sizes, ...step }));
  },
};

export const matmulKernels: readonly CompiledKernel[] = [
  { kernelName: 'BatchMatMul', run: product },
  { kernelName: '_FusedMatMul', run: product },
  denseLayer,
  denseLayerGrad,
];
