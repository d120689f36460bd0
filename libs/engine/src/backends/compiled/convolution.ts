import type { backend_util } from '@tensorflow/tfjs';
import { productGrain } from './grain';
import type { Host } from './host';
import { addParts, paddedColumns, partOf } from './parts';

/** The sizes of a convolution over `[batch, height, width, channels]`, of tfjs's Conv2DInfo. */
export type Window = Pick<
  backend_util.Conv2DInfo,
  | 'batchSize'
  | 'inHeight'
  | 'inWidth'
  | 'inChannels'
  | 'outHeight'
  | 'outWidth'
  | 'outChannels'
  | 'filterHeight'
  | 'filterWidth'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
> & { readonly padInfo: { readonly top: number; readonly left: number } };

/** The sizes of a convolution along sequences `[batch, inWidth, inChannels]`. */
export interface Sequence {
  readonly batchSize: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterWidth: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before each sequence. */
  readonly left: number;
}

/** Sequences as images of height 1. */
export function sequenceWindow({ stride, dilation, left, ...sizes }: Sequence): Window {
  return {
    ...sizes,
    ...{ inHeight: 1, outHeight: 1, filterHeight: 1, strideHeight: 1, dilationHeight: 1 },
    ...{ strideWidth: stride, dilationWidth: dilation, padInfo: { top: 0, left } },
  };
}

/** A window as the kernels take it. */
function parameters(host: Host, { batchSize, padInfo, ...w }: Window): number[] {
  return host.vocabulary.inOrder('window', {
    ...{ batch: batchSize, top: padInfo.top, left: padInfo.left },
    ...{ inHeight: w.inHeight, inWidth: w.inWidth, inChannels: w.inChannels },
    ...{ outHeight: w.outHeight, outWidth: w.outWidth, outChannels: w.outChannels },
    ...{ filterHeight: w.filterHeight, filterWidth: w.filterWidth },
    ...{ strideHeight: w.strideHeight, strideWidth: w.strideWidth },
    ...{ dilationHeight: w.dilationHeight, dilationWidth: w.dilationWidth },
  });
}

/** What one position costs: its products, and the floats that go through memory. */
function positionCost({ filterHeight, filterWidth, inChannels, outChannels }: Window): number {
  const products = filterHeight * filterWidth * inChannels * outChannels;
  return products + 8 * (inChannels + outChannels);
}

/** The filter `[taps, inChannels, outChannels]` packed for the forward pass, or reversed for dx. */
function packFilter(host: Host, w: Window, filter: Float32Array, reversed: boolean): Float32Array {
  const taps = w.filterHeight * w.filterWidth;
  const [depth, columns] = reversed
    ? [w.outChannels, w.inChannels]
    : [taps * w.inChannels, w.outChannels];
  const order = reversed ? [taps, 1, w.outChannels] : [1, w.outChannels, 1];
  const rows = reversed ? taps * depth : depth;
  const packed = host.allocate(rows * paddedColumns(host, columns));
  const panels = Math.ceil(columns / host.tileColumns);
  const grain = productGrain(16 * rows * host.tileColumns);
  host.run('packPanels', panels, grain, [filter, ...order, depth, columns, packed]);
  return packed;
}

/** What becomes of the sums of a forward pass. */
export interface Ending {
  /** `[outChannels]` */
  readonly bias: Float32Array | null;
  /** See activation.ts. */
  readonly activation: number;
  /** The slope below 0 of `leakyrelu`. */
  readonly slope: number;
}

/** out `[batch, outHeight, outWidth, outChannels]` = activation(x ∗ filter + bias). */
export function convolve(
  host: Host,
  w: Window,
  x: Float32Array,
  filter: Float32Array,
  { bias, activation, slope }: Ending,
  out: Float32Array,
): void {
  if (out.length === 0) return;
  const packed = packFilter(host, w, filter, false);
  const positions = w.batchSize * w.outHeight * w.outWidth;
  const grain = productGrain(positionCost(w), 2 * host.tileRows);
  const operands = [x, packed, bias, activation, slope, out, ...parameters(host, w)];
  host.run('convolve', positions, grain, operands);
  host.release(packed);
}

/** dx of a convolution without bias and activation. */
export function inputGradient(
  host: Host,
  w: Window,
  dy: Float32Array,
  filter: Float32Array,
  dx: Float32Array,
): void {
  if (dx.length === 0) return;
  const packed = packFilter(host, w, filter, true);
  const positions = w.batchSize * w.inHeight * w.inWidth;
  const grain = productGrain(positionCost(w), 2 * host.tileRows);
  host.run('convolveInputGradient', positions, grain, [dy, packed, dx, ...parameters(host, w)]);
  host.release(packed);
}

/** dFilter of a convolution without bias and activation. */
export function filterGradient(
  host: Host,
  w: Window,
  x: Float32Array,
  dy: Float32Array,
  dFilter: Float32Array,
): void {
  const positions = w.batchSize * w.outHeight * w.outWidth;
  if (positions === 0 || dFilter.length === 0) {
    dFilter.fill(0);
    return;
  }
  const rows = w.filterHeight * w.filterWidth * w.inChannels;
  const size = rows * paddedColumns(host, w.outChannels);
  const grain = partOf(positions, positionCost(w), size);
  const parts = Math.ceil(positions / grain);
  const partials = host.allocate(parts * size);
  host.run('convolveFilterGradient', positions, grain, [x, dy, partials, ...parameters(host, w)]);
  addParts(host, partials, parts, rows, w.outChannels, dFilter);
  host.release(partials);
}

/** Floats of x and dy that all gradients are computed from while they are in the cache. */
const CACHED_FLOATS = 16_384;

/** What {@link gradients} reads and fills. */
export interface Gradients {
  readonly x: Float32Array;
  readonly filter: Float32Array;
  readonly dy: Float32Array;
  /** The output, if its activation is relu. */
  readonly y: Float32Array | null;
  /** Null where nobody wants it. */
  readonly dx: Float32Array | null;
  readonly dFilter: Float32Array;
  readonly dBias: Float32Array;
}

/** All gradients of y = activation(x ∗ filter + bias), going over dy once. */
export function gradients(host: Host, w: Window, arrays: Gradients): void {
  const { x, filter, dy, y, dx, dFilter, dBias } = arrays;
  const outputs = w.outHeight * w.outWidth;
  if (dy.length === 0) {
    for (const gradient of [dx, dFilter, dBias]) gradient?.fill(0);
    return;
  }
  const rows = w.filterHeight * w.filterWidth * w.inChannels;
  const size = (rows + 1) * paddedColumns(host, w.outChannels);
  const imageFloats = w.inHeight * w.inWidth * w.inChannels + outputs * w.outChannels;
  const grain = partOf(w.batchSize, 2 * outputs * positionCost(w), size); // with dx and without
  const parts = Math.ceil(w.batchSize / grain);
  const block = Math.max(1, Math.min(grain, Math.floor(CACHED_FLOATS / imageFloats)));
  const packed = dx === null ? null : packFilter(host, w, filter, true);
  const scratch = y === null ? null : host.allocate(host.seats * block * outputs * w.outChannels);
  const partials = host.allocate(parts * size);
  const operands = [x, dy, y, packed, dx, partials, scratch, block, ...parameters(host, w)];
  host.run('convolveGradients', w.batchSize, grain, operands);
  addParts(host, partials, parts, rows, w.outChannels, dFilter, dBias);
  if (packed !== null) host.release(packed);
  if (scratch !== null) host.release(scratch);
  host.release(partials);
}
