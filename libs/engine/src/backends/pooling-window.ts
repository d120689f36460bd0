import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs';

interface PoolingAttributes {
  readonly filterSize: [number, number];
  readonly strides: [number, number];
  readonly pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  readonly dimRoundingMode?: 'floor';
}

/** The windows of a call of tfjs's pooling kernels with these attributes, for x `[batch, height, width, channels]`. */
export function poolingWindow(
  attrs: NamedAttrMap,
  shape: readonly number[],
): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolingAttributes;
  const inShape = shape as [number, number, number, number];
  return backend_util.computePool2DInfo(inShape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** The sizes of a window that kernels take: of the input and the output, of the filter, and where it begins. */
export const POOLING_SIZES = [
  ...(['inHeight', 'inWidth', 'inChannels', 'outHeight', 'outWidth'] as const),
  ...(['filterHeight', 'filterWidth', 'strideHeight', 'strideWidth', 'top', 'left'] as const),
];

/** Those of a window by their names. */
export function poolingSizes(
  pool: backend_util.Conv2DInfo,
): Record<(typeof POOLING_SIZES)[number], number> {
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = pool;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = pool;
  const { top, left } = padInfo;
  return {
    ...{ inHeight, inWidth, inChannels, outHeight, outWidth },
    ...{ filterHeight, filterWidth, strideHeight, strideWidth, top, left },
  };
}
