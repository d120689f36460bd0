import { gemm, pack, type PackedMatrix, rowMajor, transposed } from './gemm';
import { addColumnSums, addRow } from './rows';

/**
 * The input's share of every gate at every step as one product: x W + b, `[steps, width]`, for x
 * `[steps, inputs]`, kernel W `[inputs, width]` and bias b `[width]`.
 */
export function projectInput(
  x: Float32Array,
  kernel: Float32Array,
  bias: Float32Array,
  inputs: number,
): Float32Array {
  const width = bias.length;
  const steps = x.length / inputs;
  const gates = new Float32Array(steps * width);
  addRow(gates, bias);
  const weights = pack(rowMajor(kernel, width), inputs, width);
  gemm(steps, rowMajor(x, inputs), weights, rowMajor(gates, width), true);
  return gates;
}

/**
 * Gradients of {@link projectInput}.
 *
 * @param dGates dL/dgates `[steps, width]`
 * @param packed the same, packed
 */
export function projectInputGradients(
  x: Float32Array,
  kernel: Float32Array,
  dGates: Float32Array,
  packed: PackedMatrix,
  inputs: number,
): { x: Float32Array; kernel: Float32Array; bias: Float32Array } {
  const width = packed.n;
  const dKernel = new Float32Array(inputs * width);
  gemm(inputs, transposed(rowMajor(x, inputs)), packed, rowMajor(dKernel, width));
  const dBias = new Float32Array(width);
  addColumnSums(dBias, dGates);
  const dx = new Float32Array(x.length);
  const weights = pack(transposed(rowMajor(kernel, width)), width, inputs);
  gemm(packed.k, rowMajor(dGates, width), weights, rowMajor(dx, inputs));
  return { x: dx, kernel: dKernel, bias: dBias };
}
