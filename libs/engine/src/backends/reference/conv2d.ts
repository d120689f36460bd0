import {
  backend_util,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
} from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';
import { gemm, pack, rowMajor, transposed } from './gemm';

type Geometry = backend_util.Conv2DInfo;
type Pair = [number, number];

function geometry(x: number[], filter: number[], attrs: NamedAttrMap | undefined): Geometry {
  const { strides, pad, dilations, dimRoundingMode } = attrs as {
    strides: Pair;
    pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
    dilations?: Pair;
    dimRoundingMode?: 'floor';
  };
  return backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations ?? [1, 1],
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
}

/** Calls `visit(patch, tap, pixel)` for each filter tap of each output place that lies inside x. */
function eachTap(g: Geometry, visit: (patch: number, tap: number, pixel: number) => void): void {
  for (let b = 0, patch = 0; b < g.batchSize; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++, patch++) {
        for (let fy = 0, tap = 0; fy < g.filterHeight; fy++) {
          const y = oy * g.strideHeight - g.padInfo.top + fy * g.dilationHeight;
          for (let fx = 0; fx < g.filterWidth; fx++, tap++) {
            const x = ox * g.strideWidth - g.padInfo.left + fx * g.dilationWidth;
            if (y < 0 || y >= g.inHeight || x < 0 || x >= g.inWidth) continue;
            visit(patch, tap, (b * g.inHeight + y) * g.inWidth + x);
          }
        }
      }
    }
  }
}

/** The patches that the filter sees, one a row: `[batch * outHeight * outWidth, taps * channels]`. */
function patches(x: Float32Array, g: Geometry): Float32Array {
  const channels = g.inChannels;
  const taps = g.filterHeight * g.filterWidth;
  const rows = new Float32Array(g.batchSize * g.outHeight * g.outWidth * taps * channels);
  eachTap(g, (patch, tap, pixel) => {
    const to = (patch * taps + tap) * channels;
    const from = pixel * channels;
    for (let c = 0; c < channels; c++) rows[to + c] = x[from + c]!;
  });
  return rows;
}

/** Convolution as one matrix product over the patches of x. */
const conv2d: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Conv2D',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const host = new HostMemory({ inputs, backend });
    const g = geometry(host.info('x').shape, host.info('filter').shape, attrs);
    const k = g.filterHeight * g.filterWidth * g.inChannels;
    const places = g.batchSize * g.outHeight * g.outWidth;
    const out = new Float32Array(places * g.outChannels);
    gemm(
      places,
      rowMajor(patches(host.read('x'), g), k),
      pack(rowMajor(host.read('filter'), g.outChannels), k, g.outChannels),
      rowMajor(out, g.outChannels),
    );
    return host.write(out, g.outShape);
  },
};

/** dL/dfilter: the patches' transpose times dL/dy. */
const conv2dBackpropFilter: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Conv2DBackpropFilter',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const host = new HostMemory({ inputs, backend });
    const { filterShape } = attrs as unknown as { filterShape: number[] };
    const g = geometry(host.info('x').shape, filterShape, attrs);
    const k = g.filterHeight * g.filterWidth * g.inChannels;
    const places = g.batchSize * g.outHeight * g.outWidth;
    const out = new Float32Array(k * g.outChannels);
    gemm(
      k,
      transposed(rowMajor(patches(host.read('x'), g), k)),
      pack(rowMajor(host.read('dy'), g.outChannels), places, g.outChannels),
      rowMajor(out, g.outChannels),
    );
    return host.write(out, filterShape);
  },
};

/** dL/dx: dL/dy times the filter's transpose, each patch added back to where it was taken. */
const conv2dBackpropInput: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Conv2DBackpropInput',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const host = new HostMemory({ inputs, backend });
    const { inputShape } = attrs as unknown as { inputShape: number[] };
    const g = geometry(inputShape, host.info('filter').shape, attrs);
    const channels = g.inChannels;
    const taps = g.filterHeight * g.filterWidth;
    const k = taps * channels;
    const places = g.batchSize * g.outHeight * g.outWidth;
    const rows = new Float32Array(places * k);
    gemm(
      places,
      rowMajor(host.read('dy'), g.outChannels),
      pack(transposed(rowMajor(host.read('filter'), g.outChannels)), g.outChannels, k),
      rowMajor(rows, k),
    );
    const out = new Float32Array(g.batchSize * g.inHeight * g.inWidth * channels);
    eachTap(g, (patch, tap, pixel) => {
      const from = (patch * taps + tap) * channels;
      const to = pixel * channels;
      for (let c = 0; c < channels; c++) out[to + c] = out[to + c]! + rows[from + c]!;
    });
    return host.write(out, inputShape);
  },
};

/** The convolution and its gradients on `[batch, height, width, channel]`; the other order of axes by `fallback`. */
export function convolutionKernels(
  fallback: (kernelName: string) => KernelFunc,
): Omit<KernelConfig, 'backendName'>[] {
  return [conv2d, conv2dBackpropFilter, conv2dBackpropInput].map(({ kernelName, kernelFunc }) => {
    const other = fallback(kernelName);
    return {
      kernelName,
      kernelFunc: (call) => (call.attrs!['dataFormat'] === 'NHWC' ? kernelFunc(call) : other(call)),
    };
  });
}
