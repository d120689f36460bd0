import type { GPUKernel } from '../call';
import { products, runProduct } from '../product/product';
import { finishCode, gradientCode, STORE_WEIGHTS } from '../product/product-layer';
import { runSplitProduct, splitProducts } from '../product/split-product';

const forward = products((hasBias: boolean, isRelu: boolean) => ({
  label: 'dense',
  bindings: { x: 'read', kernel: 'read', bias: 'read', out: 'write' },
  code: /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return x[row * uniforms.k + i]; }
fn b(i: u32, column: u32) -> f32 { return kernel[i * uniforms.n + column]; }
${finishCode(hasBias, isRelu)}
fn store(row: u32, column: u32, value: f32) {
  out[row * uniforms.n + column] = finished(column, value);
}
`,
}));

const inputGradient = products((isRelu: boolean) => ({
  label: 'dense, input gradient',
  bindings: { dy: 'read', y: 'read', kernel: 'read', dx: 'write' },
  order: { b: 'i' },
  code: /* wgsl */ `
${gradientCode(isRelu)}
fn a(row: u32, i: u32) -> f32 { return gradient(row * uniforms.k + i); }
fn b(i: u32, column: u32) -> f32 { return kernel[column * uniforms.k + i]; }
fn store(row: u32, column: u32, value: f32) { dx[row * uniforms.n + column] = value; }
`,
}));

/** [x | 1]ᵀ · gradient, over the rows. */
const weightGradients = splitProducts((isRelu: boolean) => ({
  label: 'dense, weight gradients',
  bindings: { x: 'read', dy: 'read', y: 'read' },
  code: /* wgsl */ `
${gradientCode(isRelu)}
fn a(row: u32, i: u32) -> f32 {
  let inputs = uniforms.m - 1u;
  if (row == inputs) { return 1.0; }
  return x[i * inputs + row];
}
fn b(i: u32, column: u32) -> f32 { return gradient(i * uniforms.n + column); }
`,
  stored: STORE_WEIGHTS,
}));

/**
 * Inputs `x` `[rows, inputs]`, `kernel` `[inputs, units]` and perhaps `bias`; output
 * activation(x · kernel + bias) `[rows, units]`.
 */
const denseLayer: GPUKernel = {
  kernelName: 'DenseLayer',
  run(call) {
    const [m, k] = call.shape('x') as [number, number];
    const n = call.shape('kernel')[1]!;
    const out = call.backend.make([m, n]);
    const operands = [call.input('x'), call.input('kernel'), call.optional('bias'), out];
    const product = forward(call.has('bias'), call.attrs['activation'] === 'relu');
    runProduct(call.backend, product, operands, { m, n, k });
    return out;
  },
};

/**
 * Inputs `x`, `kernel`, `dy`, and `y` if the activation is relu; outputs dx (if the attribute `inputGradient`
 * is true), dKernel and dBias.
 */
const denseLayerGrad: GPUKernel = {
  kernelName: 'DenseLayerGrad',
  run(call) {
    const { backend, attrs } = call;
    const [rows, inputs] = call.shape('x') as [number, number];
    const units = call.shape('kernel')[1]!;
    const [dy, y] = [call.input('dy'), call.optional('y')];
    const weights = [backend.make([inputs, units]), backend.make([units])];
    const read = [call.input('x'), dy, y];
    const sizes = { m: inputs + 1, n: units, k: rows };
    runSplitProduct(call, weightGradients(y !== null), { read, stored: weights }, sizes);
    if (attrs['inputGradient'] !== true) return weights;

    const dx = backend.make([rows, inputs]);
    const operands = [dy, y, call.input('kernel'), dx];
    runProduct(backend, inputGradient(y !== null), operands, { m: rows, n: inputs, k: units });
    return [dx, ...weights];
  },
};

export const denseKernels: readonly GPUKernel[] = [denseLayer, denseLayerGrad];
