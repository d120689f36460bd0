import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import { RANGE_ELEMENTS } from '../grain';

/** What a kernel makes of each element of some inputs of one shape, and of its parameters. */
function elements(
  call: CompiledCall,
  kernel: string,
  inputs: readonly string[],
  parameters: readonly number[] = [],
): TensorInfo {
  const out = call.backend.make(call.shape(inputs[0]!));
  const values = call.backend.values(out);
  const operands = [values, ...inputs.map((name) => call.values(name)), ...parameters];
  call.host.run(kernel, values.length, RANGE_ELEMENTS, operands);
  return out;
}

/** Input `x`; the attributes are the kernel's parameters, in their order. */
function unary(kernelName: string, kernel: string, ...attributes: string[]): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      if (call.info('x').dtype !== 'float32') return call.passTo(own);
      const parameters = attributes.map((name) => call.attrs[name] as number);
      return elements(call, kernel, ['x'], parameters);
    },
  };
}

/** Inputs `dy` and `y`. */
const eluGradient: CompiledKernel = {
  kernelName: 'EluGrad',
  run: (call, own) =>
    call.isFloat() ? elements(call, 'eluGradient', ['dy', 'y']) : call.passTo(own),
};

/** Kernels that tfjs has none of: they take every type. */
const geluKernels: readonly CompiledKernel[] = [
  { kernelName: 'Gelu', run: (call) => elements(call, 'unaryGelu', ['x']) },
  { kernelName: 'GeluGrad', run: (call) => elements(call, 'geluGradient', ['dy', 'x']) },
];

/** int32 and bool as float32: tfjs's own shares the values, which are then of the other type. */
const cast: CompiledKernel = {
  kernelName: 'Cast',
  run(call, own) {
    const { backend } = call;
    const x = call.info('x');
    if (call.attrs['dtype'] !== 'float32' || !(x.dtype === 'int32' || x.dtype === 'bool')) {
      return call.passTo(own);
    }
    const out = backend.make(x.shape);
    call.cast(backend.stored(x), backend.values(out));
    return out;
  },
};

function filled({ backend, host }: CompiledCall, shape: number[], value: number): TensorInfo {
  const out = backend.make(shape);
  const values = backend.values(out);
  host.run('fill', values.length, RANGE_ELEMENTS, [values, value]);
  return out;
}

/** Input `x`, of whose shape it is. */
function filledLike(kernelName: string, value: number): CompiledKernel {
  return {
    kernelName,
    run(call: CompiledCall, own: KernelFunc): TensorInfo | TensorInfo[] {
      const { dtype, shape } = call.info('x');
      return dtype === 'float32' ? filled(call, shape, value) : call.passTo(own);
    },
  };
}

const fill: CompiledKernel = {
  kernelName: 'Fill',
  run(call, own) {
    const { shape, value, dtype } = call.attrs as {
      shape: number[];
      value: unknown;
      dtype?: string;
    };
    const isFloat = typeof value === 'number' && (dtype ?? 'float32') === 'float32';
    return isFloat ? filled(call, shape, value) : call.passTo(own);
  },
};

export const unaryKernels: readonly CompiledKernel[] = [
  unary('Neg', 'unaryNegate'),
  unary('Abs', 'unaryAbsolute'),
  unary('Square', 'unarySquare'),
  unary('Sqrt', 'unarySquareRoot'),
  unary('Rsqrt', 'unaryInverseSquareRoot'),
  unary('Reciprocal', 'unaryReciprocal'),
  unary('Exp', 'unaryExponential'),
  unary('Log', 'unaryLogarithm'),
  unary('Sigmoid', 'unarySigmoid'),
  unary('Tanh', 'unaryTanh'),
  unary('Relu', 'unaryRelu'),
  unary('Relu6', 'unaryRelu6'),
  unary('Elu', 'unaryElu'),
  unary('Erf', 'unaryErf'),
  unary('Step', 'unaryStep', 'alpha'),
  unary('LeakyRelu', 'unaryLeakyRelu', 'alpha'),
  unary('ClipByValue', 'unaryClip', 'clipValueMin', 'clipValueMax'),
  eluGradient,
  ...geluKernels,
  cast,
  fill,
  filledLike('ZerosLike', 0),
  filledLike('OnesLike', 1),
];
