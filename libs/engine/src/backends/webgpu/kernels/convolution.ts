import type { GPUCall, GPUKernel } from '../call';
import { products, runProduct } from '../product/product';
import { finishCode, gradientCode, STORE_WEIGHTS } from '../product/product-layer';
import { runSplitProduct, splitProducts } from '../product/split-product';

/** The sizes of a convolution along sequences. */
interface Window {
  readonly batch: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before each sequence. */
  readonly left: number;
}

function windowOf(call: GPUCall): Window {
  const [batch, inWidth, inChannels] = call.shape('x') as [number, number, number];
  const [taps, , outChannels] = call.shape('kernel') as [number, number, number];
  const attrs = call.attrs as { outWidth: number; stride: number; dilation: number; left: number };
  const { outWidth, stride, dilation, left } = attrs;
  return { batch, inWidth, inChannels, outWidth, outChannels, taps, stride, dilation, left };
}

const UNIFORMS = { inWidth: 'u32', outWidth: 'u32', left: 'u32' } as const;

function numbersOf({ inWidth, outWidth, left }: Window): number[] {
  return [inWidth, outWidth, left];
}

/** Divisors are above 0 for the compiler, also where a tensor without channels leaves nothing to divide. */
function constantsOf(channels: number, stride: number, dilation: number): Record<string, number> {
  return { CHANNELS: Math.max(1, channels), STRIDE: stride, DILATION: dilation };
}

/** WGSL: x as the rows, one for each position of the output, of what the taps see there. */
const SEEN = /* wgsl */ `
fn seen(position: u32, i: u32) -> f32 {
  let sample = position / uniforms.outWidth;
  let step = position % uniforms.outWidth;
  let place = step * STRIDE + (i / CHANNELS) * DILATION - uniforms.left; // very large if before the sequence
  if (place >= uniforms.inWidth) { return 0.0; }
  return x[(sample * uniforms.inWidth + place) * CHANNELS + i % CHANNELS];
}
`;

const forward = products(
  (hasBias: boolean, isRelu: boolean, channels: number, stride: number, dilation: number) => ({
    label: 'convolution',
    bindings: { x: 'read', kernel: 'read', bias: 'read', out: 'write' },
    uniforms: UNIFORMS,
    constants: constantsOf(channels, stride, dilation),
    code: /* wgsl */ `
${SEEN}
fn a(row: u32, i: u32) -> f32 { return seen(row, i); }
fn b(i: u32, column: u32) -> f32 { return kernel[i * uniforms.n + column]; }
${finishCode(hasBias, isRelu)}
fn store(row: u32, column: u32, value: f32) {
  out[row * uniforms.n + column] = finished(column, value);
}
`,
  }),
);

/** A row for each position of x: what reaches it through each tap, from one step of the output or none. */
const inputGradient = products(
  (isRelu: boolean, channels: number, stride: number, dilation: number) => ({
    label: 'convolution, input gradient',
    bindings: { dy: 'read', y: 'read', kernel: 'read', dx: 'write' },
    uniforms: UNIFORMS,
    constants: constantsOf(channels, stride, dilation),
    order: { b: 'i' },
    code: /* wgsl */ `
${gradientCode(isRelu)}
fn a(row: u32, i: u32) -> f32 {
  let sample = row / uniforms.inWidth;
  let place = row % uniforms.inWidth + uniforms.left;
  let reach = (i / CHANNELS) * DILATION;
  if (place < reach || (place - reach) % STRIDE != 0u) { return 0.0; }
  let step = (place - reach) / STRIDE;
  if (step >= uniforms.outWidth) { return 0.0; }
  return gradient((sample * uniforms.outWidth + step) * CHANNELS + i % CHANNELS);
}
fn b(i: u32, column: u32) -> f32 {
  return kernel[((i / CHANNELS) * uniforms.n + column) * CHANNELS + i % CHANNELS];
}
fn store(row: u32, column: u32, value: f32) { dx[row * uniforms.n + column] = value; }
`,
  }),
);

/** [what the taps see | 1]ᵀ · gradient, over the positions of the output. */
const weightGradients = splitProducts(
  (isRelu: boolean, channels: number, stride: number, dilation: number) => ({
    label: 'convolution, weight gradients',
    bindings: { x: 'read', dy: 'read', y: 'read' },
    uniforms: UNIFORMS,
    constants: constantsOf(channels, stride, dilation),
    code: /* wgsl */ `
${SEEN}
${gradientCode(isRelu)}
fn a(row: u32, i: u32) -> f32 {
  if (row + 1u == uniforms.m) { return 1.0; }
  return seen(i, row);
}
fn b(i: u32, column: u32) -> f32 { return gradient(i * uniforms.n + column); }
`,
    stored: STORE_WEIGHTS,
  }),
);

/**
 * Inputs `x` `[batch, length, in]`, `kernel` `[size, in, out]` and perhaps `bias`; output
 * `[batch, outWidth, out]`.
 */
const convolution1D: GPUKernel = {
  kernelName: 'Convolution1D',
  run(call) {
    const w = windowOf(call);
    const out = call.backend.make([w.batch, w.outWidth, w.outChannels]);
    const operands = [call.input('x'), call.input('kernel'), call.optional('bias'), out];
    const isRelu = call.attrs['activation'] === 'relu';
    const product = forward(call.has('bias'), isRelu, w.inChannels, w.stride, w.dilation);
    const sizes = { m: w.batch * w.outWidth, n: w.outChannels, k: w.taps * w.inChannels };
    runProduct(call.backend, product, operands, sizes, numbersOf(w));
    return out;
  },
};

/**
 * Inputs `x`, `kernel`, `dy`, and `y` if the activation is relu; outputs dx (if the attribute `inputGradient`
 * is true), dKernel and dBias.
 */
const convolution1DGrad: GPUKernel = {
  kernelName: 'Convolution1DGrad',
  run(call) {
    const { backend, attrs } = call;
    const w = windowOf(call);
    const [dy, y] = [call.input('dy'), call.optional('y')];
    const numbers = numbersOf(w);

    const weights = [backend.make(call.shape('kernel')), backend.make([w.outChannels])];
    const split = weightGradients(y !== null, w.inChannels, w.stride, w.dilation);
    const read = [call.input('x'), dy, y];
    const weightSizes = { m: w.taps * w.inChannels + 1, n: w.outChannels, k: w.batch * w.outWidth };
    runSplitProduct(call, split, { read, numbers, stored: weights }, weightSizes);
    if (attrs['inputGradient'] !== true) return weights;

    const dx = backend.make(call.shape('x'));
    const product = inputGradient(y !== null, w.outChannels, w.stride, w.dilation);
    const inputSizes = { m: w.batch * w.inWidth, n: w.inChannels, k: w.taps * w.outChannels };
    runProduct(backend, product, [dy, y, call.input('kernel'), dx], inputSizes, numbers);
    return [dx, ...weights];
  },
};

export const convolutionKernels: readonly GPUKernel[] = [convolution1D, convolution1DGrad];
