import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import { int, sampled, uniform } from '../../../conformance/kernel-cases.fixture.spec';
import type { GPUBackend } from '../backend';
import { GPUCall } from '../call';
import { products, runProduct } from './product';
import { runSplitProduct, splitProducts } from './split-product';
import { foldGroups } from '../workgroups';
import type { ProductSizes } from './product-tile';
import { itOnWebGPU } from '../webgpu.fixture.spec';

function itTidy(name: string, test: (backend: GPUBackend) => void): void {
  itOnWebGPU(name, (backend) => tf.tidy(() => test(backend)));
}

function nameOf({ m, n, k }: ProductSizes): string {
  return `${m} × ${n}, over ${k}`;
}

const READ = /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return left[row * uniforms.k + i]; }
fn b(i: u32, column: u32) -> f32 { return right[i * uniforms.n + column]; }
`;

const plain = products(() => ({
  label: 'product',
  bindings: { left: 'read', right: 'read', sums: 'write' },
  code: `${READ}
fn store(row: u32, column: u32, value: f32) { sums[row * uniforms.n + column] = value; }`,
}));

const transposed = products(() => ({
  label: 'product of transposed',
  bindings: { left: 'read', right: 'read', sums: 'write' },
  order: { a: 'row', b: 'i' },
  code: /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return left[i * uniforms.m + row]; }
fn b(i: u32, column: u32) -> f32 { return right[column * uniforms.k + i]; }
fn store(row: u32, column: u32, value: f32) { sums[row * uniforms.n + column] = value; }`,
}));

/** Scaled, and the last row apart. */
const split = splitProducts((last: boolean) => ({
  label: 'split product',
  bindings: { left: 'read', right: 'read' },
  order: { a: 'i' },
  code: READ,
  stored: {
    bindings: { sums: 'write', lastRow: 'write' },
    uniforms: { scale: 'f32' },
    code: /* wgsl */ `
fn store(row: u32, column: u32, value: f32) {
  if (${last} && row + 1u == uniforms.m) { lastRow[column] = value; }
  else { sums[row * uniforms.n + column] = uniforms.scale * value; }
}`,
  },
}));

/** The product in float64, of matrices in row-major order. */
function expectedOf(a: tf.Tensor, b: tf.Tensor, { m, n, k }: ProductSizes): Float64Array {
  const [left, right] = [a.dataSync(), b.dataSync()];
  return Float64Array.from({ length: m * n }, (_, element) => {
    let sum = 0;
    const [row, column] = [Math.floor(element / n), element % n];
    for (let i = 0; i < k; i++) sum += left[row * k + i]! * right[i * n + column]!;
    return sum;
  });
}

function matrices({ m, n, k }: ProductSizes): [tf.Tensor2D, tf.Tensor2D] {
  return [uniform([m, k], 1) as tf.Tensor2D, uniform([k, n], 2) as tf.Tensor2D];
}

function made(backend: GPUBackend, shape: number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(backend.make(shape));
}

function multiplied(
  backend: GPUBackend,
  operands: tf.Tensor[],
  sizes: ProductSizes,
  product = plain(),
): tf.TypedArray {
  const out = made(backend, [sizes.m, sizes.n]);
  runProduct(backend, product, [...operands, out], sizes);
  return out.dataSync();
}

const SIZES: ProductSizes[] = [
  ...sampled(fc.record({ m: int(1, 300), n: int(1, 140), k: int(1, 70) }), 40),
  ...sampled(fc.record({ m: int(1, 20), n: int(1, 20), k: int(1, 20) }), 20),
  { m: 1, n: 1, k: 1 },
  { m: 1, n: 257, k: 193 },
  { m: 131, n: 1, k: 17 },
  { m: 20_011, n: 3, k: 5 },
  { m: 17_000, n: 100, k: 3 },
  { m: 9001, n: 65, k: 2 },
  { m: 3, n: 5, k: 0 },
];

for (const sizes of SIZES) {
  itTidy(`is the sum over k: ${nameOf(sizes)}`, (backend) => {
    const [a, b] = matrices(sizes);
    const expected = expectedOf(a, b, sizes);
    const actual = multiplied(backend, [a, b], sizes);
    expectCloseValues(actual, expected, 1e-5);
    expectCloseValues(multiplied(backend, [a, b], sizes), actual, 0);
    const columns = [a.transpose(), b.transpose()];
    expectCloseValues(multiplied(backend, columns, sizes, transposed()), actual, 0);
  });
}

const LONG: ProductSizes[] = [
  ...SIZES.slice(20),
  { m: 193, n: 64, k: 3001 },
  { m: 4, n: 16, k: 9973 },
  { m: 49, n: 33, k: 2048 },
  { m: 2, n: 2, k: 70_000 },
];

for (const sizes of LONG) {
  itTidy(`is the same in parts: ${nameOf(sizes)}`, (backend) => {
    const { m, n } = sizes;
    const [a, b] = matrices(sizes);
    const run = (): tf.TypedArray[] => {
      const outs = [made(backend, [m, n]), made(backend, [n])];
      const call = new GPUCall({ inputs: {}, backend, attrs: {} });
      const operands = { read: [a, b], stored: outs, storedNumbers: [2] };
      runSplitProduct(call, split(true), operands, sizes);
      call.end();
      const [sums, lastRow] = outs.map((out) => out.dataSync());
      return [sums!.slice(0, (m - 1) * n), lastRow!];
    };
    const actual = run();
    const expected = expectedOf(a, b, sizes);
    const tolerance = 1e-5 * Math.max(1, Math.sqrt(sizes.k) / 10); // what float32 loses on the way
    const scaled = expected.slice(0, (m - 1) * n).map((value) => 2 * value);
    expectCloseValues(actual[0]!, scaled, tolerance);
    expectCloseValues(actual[1]!, expected.slice((m - 1) * n), tolerance);
    run().forEach((values, i) => expectCloseValues(values, actual[i]!, 0));
  });
}

const BATCHED: [n: number, k: number][] = [
  [64, 48],
  [24, 19],
  [16, 5],
  [7, 40],
  [2, 3],
];

for (const [n, k] of BATCHED) {
  itTidy(`gives a row the same bits in every batch: ${n} columns, over ${k}`, (backend) => {
    const [a, b] = matrices({ m: 40_000, n, k });
    const whole = multiplied(backend, [a, b], { m: 40_000, n, k });
    for (const m of [1, 37, 1000, 5003, 20_000]) {
      const rows = a.slice([40_000 - m, 0], [m, k]);
      const alone = multiplied(backend, [rows, b], { m, n, k });
      expectCloseValues(alone, whole.slice(-m * n), 0);
    }
  });
}

itTidy('keeps what is not a number to its row or column', (backend) => {
  const sizes = { m: 70, n: 37, k: 21 };
  const [a, b] = matrices(sizes);
  const odd = a.where(tf.range(0, 70).equal(tf.scalar(5)).reshape([70, 1]).logicalNot(), NaN);
  const actual = multiplied(backend, [odd, b], sizes);
  const expected = expectedOf(a, b, sizes).map((v, i) => (Math.floor(i / 37) === 5 ? NaN : v));
  expectCloseValues(actual, expected, 1e-5);
});

const numbered = products(() => ({
  label: 'row numbers',
  bindings: { sums: 'write' },
  code: /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return 1.0; }
fn b(i: u32, column: u32) -> f32 { return 1.0; }
fn store(row: u32, column: u32, value: f32) { sums[row] = value + f32(row % 1021u); }`,
}));

itTidy('has more tiles than a dimension of workgroups', (backend) => {
  const m = 256 * 65_535 + 300;
  const values = multiplied(backend, [], { m, n: 1, k: 0 }, numbered());
  const wrong = values.findIndex((value, row) => value !== row % 1021);
  expect(wrong).toBe(-1);
});

it.each([
  [1, [1, 1]],
  [65_535, [65_535, 1]],
  [65_536, [32_768, 2]],
  [200_001, [50_001, 4]],
])('folds %i workgroups', (count, folded) => {
  expect(foldGroups(count)).toEqual(folded);
});
