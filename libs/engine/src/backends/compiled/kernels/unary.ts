import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import { RANGE_ELEMENTS } from '../grain';

/** Input `x`; the attributes are the kernel's parameters, in their order. */
function unary(kernelName: string, kernel: string, ...attributes: string[]): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend, host } = call;
      const x = call.info('x');
      if (x.dtype !== 'float32') return call.passTo(own);
      const out = backend.make(x.shape);
      const values = backend.values(out);
      const operands: (Float32Array | number)[] = [values, backend.values(x)];
      for (const name of attributes) operands.push(call.attrs[name] as number);
      host.run(kernel, values.length, RANGE_ELEMENTS, operands);
      return out;
    },
  };
}

/** Inputs `dy`, and `x` or `y`. */
function gradient(kernelName: string, kernel: string, of: 'x' | 'y'): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      if (!call.isFloat()) return call.passTo(own);
      const out = call.backend.make(call.shape(of));
      const values = call.backend.values(out);
      const operands = [values, call.values('dy'), call.values(of)];
      call.host.run(kernel, values.length, RANGE_ELEMENTS, operands);
      return out;
    },
  };
}

/** int32 and bool as float32: tfjs's own shares the values, which are then of the other type. */
const cast: CompiledKernel = {
  kernelName: 'Cast',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    const isInteger = x.dtype === 'int32';
    if (call.attrs['dtype'] !== 'float32' || !(isInteger || x.dtype === 'bool')) {
      return call.passTo(own);
    }
    const out = backend.make(x.shape);
    const values = backend.values(out);
    const numbers = backend.readSync(x.dataId) as Int32Array | Uint8Array;
    const kernel = isInteger ? 'castIntegers' : 'castBytes';
    host.run(kernel, values.length, RANGE_ELEMENTS, [values, numbers]);
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
  unary('Gelu', 'unaryGelu'),
  unary('Step', 'unaryStep', 'alpha'),
  unary('LeakyRelu', 'unaryLeakyRelu', 'alpha'),
  unary('ClipByValue', 'unaryClip', 'clipValueMin', 'clipValueMax'),
  gradient('EluGrad', 'eluGradient', 'y'),
  gradient('GeluGrad', 'geluGradient', 'x'),
  cast,
  fill,
  filledLike('ZerosLike', 0),
  filledLike('OnesLike', 1),
];
