import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import { RANGE_ELEMENTS } from '../grain';

/** Axes that the broadcasting kernels take. */
const AXES = 4;

/**
 * Broadcasting as the kernels take it: the last three of four sizes, then the strides of a and those of b.
 * Neighbouring axes in which each operand goes on as in the other one are taken together.
 *
 * @returns undefined where that leaves more than four axes
 */
function broadcastOf(a: number[], b: number[], shape: number[]): number[] | undefined {
  const sizes = [1, 1, 1, 1];
  const aStrides = [0, 0, 0, 0];
  const bStrides = [0, 0, 0, 0];
  let group = AXES;
  let aSize = 1;
  let bSize = 1;
  let wasInA = false;
  let wasInB = false;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const inA = a[axis - shape.length + a.length] === size;
    const inB = b[axis - shape.length + b.length] === size;
    if (group === AXES || inA !== wasInA || inB !== wasInB) {
      if (group === 0) return undefined;
      group--;
      aStrides[group] = inA ? aSize : 0;
      bStrides[group] = inB ? bSize : 0;
      wasInA = inA;
      wasInB = inB;
    }
    sizes[group]! *= size;
    if (inA) aSize *= size;
    if (inB) bSize *= size;
  }
  return [sizes[1]!, sizes[2]!, sizes[3]!, ...aStrides, ...bStrides];
}

function isScalarTo(scalar: TensorInfo, other: TensorInfo): boolean {
  return scalar.shape.length <= other.shape.length && util.sizeFromShape(scalar.shape) === 1;
}

/** The result of a binary kernel, or undefined where it cannot be had. */
function binaryResult(call: CompiledCall, kernel: string): TensorInfo | undefined {
  const { backend, host } = call;
  const a = call.info('a');
  const b = call.info('b');
  const aStep = isScalarTo(a, b) ? 0 : 1;
  const bStep = isScalarTo(b, a) ? 0 : 1;
  const isSame = util.arraysEqual(a.shape, b.shape);
  if (isSame || aStep + bStep === 1) {
    const out = backend.make(aStep === 1 ? a.shape : b.shape);
    const values = backend.values(out);
    const operands = [values, call.values(a), call.values(b)];
    const steps = isSame ? [1, 1] : [aStep, bStep];
    host.run(kernel, values.length, RANGE_ELEMENTS, [...operands, ...steps]);
    return out;
  }
  const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const broadcast = broadcastOf(a.shape, b.shape, shape);
  if (broadcast === undefined) return undefined;
  const out = backend.make(shape);
  const values = backend.values(out);
  if (values.length > 0) {
    const operands = [values, call.values(a), call.values(b), ...broadcast];
    host.run(`${kernel}Broadcast`, values.length, RANGE_ELEMENTS, operands);
  }
  return out;
}

/** Inputs `a` and `b`, which are broadcast. */
function binary(kernelName: string, kernel: string): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const result = call.isFloat() ? binaryResult(call, kernel) : undefined;
      return result ?? call.passTo(own);
    },
  };
}

/** The sum of inputs of one shape. */
const addN: CompiledKernel = {
  kernelName: 'AddN',
  run(call, own) {
    if (!call.has('1') || !call.isFloat()) return call.passTo(own);
    const { backend, host } = call;
    const out = backend.make(call.shape('0'));
    const values = backend.values(out);
    let sum = call.values('0');
    for (let i = 1; call.has(`${i}`); i++) {
      const operands = [values, sum, call.values(`${i}`), 1, 1];
      host.run('binaryAdd', values.length, RANGE_ELEMENTS, operands);
      sum = values;
    }
    return out;
  },
};

export const elementwiseKernels: readonly CompiledKernel[] = [
  binary('Add', 'binaryAdd'),
  binary('Sub', 'binarySubtract'),
  binary('Multiply', 'binaryMultiply'),
  binary('RealDiv', 'binaryDivide'),
  binary('Maximum', 'binaryMaximum'),
  binary('Minimum', 'binaryMinimum'),
  binary('SquaredDifference', 'binarySquaredDifference'),
  addN,
];
