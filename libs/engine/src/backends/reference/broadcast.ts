import { backend_util, type KernelConfig, type KernelFunc, util } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

type Operation = (a: Float32Array, b: Float32Array, out: Float32Array) => void;

/** Whether `small`, without its leading ones, is the tail of `large`: then it repeats whole. */
function repeatsIn(small: readonly number[], large: readonly number[]): boolean {
  const first = small.findIndex((size) => size !== 1);
  const tail = first < 0 ? [] : small.slice(first);
  return tail.every((size, i) => size === large[large.length - tail.length + i]);
}

/**
 * A binary kernel that runs in one flat loop when one operand repeats whole along the other (a bias
 * over rows, a scalar, equal shapes), and falls back to tfjs's own, which finds the place of each
 * element anew, for every other way of broadcasting.
 *
 * Each operation spells out its own loop: V8 then compiles it without a call in it.
 */
function binary(
  kernelName: string,
  operation: Operation,
  fallback: KernelFunc,
): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName,
    kernelFunc: (call) => {
      const host = new HostMemory(call);
      const a = host.info('a');
      const b = host.info('b');
      const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const size = util.sizeFromShape(shape);
      const flat =
        a.dtype === 'float32' &&
        b.dtype === 'float32' &&
        size > 0 &&
        ((util.sizeFromShape(a.shape) === size && repeatsIn(b.shape, shape)) ||
          (util.sizeFromShape(b.shape) === size && repeatsIn(a.shape, shape)));
      if (!flat) return fallback(call);
      const out = new Float32Array(size);
      operation(host.read('a'), host.read('b'), out);
      return host.write(out, shape);
    },
  };
}

const add: Operation = (a, b, out) => {
  const na = a.length;
  const nb = b.length;
  for (let i = 0, p = 0, q = 0; i < out.length; i++) {
    out[i] = a[p]! + b[q]!;
    if (++p === na) p = 0;
    if (++q === nb) q = 0;
  }
};

const subtract: Operation = (a, b, out) => {
  const na = a.length;
  const nb = b.length;
  for (let i = 0, p = 0, q = 0; i < out.length; i++) {
    out[i] = a[p]! - b[q]!;
    if (++p === na) p = 0;
    if (++q === nb) q = 0;
  }
};

const multiply: Operation = (a, b, out) => {
  const na = a.length;
  const nb = b.length;
  for (let i = 0, p = 0, q = 0; i < out.length; i++) {
    out[i] = a[p]! * b[q]!;
    if (++p === na) p = 0;
    if (++q === nb) q = 0;
  }
};

const divide: Operation = (a, b, out) => {
  const na = a.length;
  const nb = b.length;
  for (let i = 0, p = 0, q = 0; i < out.length; i++) {
    out[i] = a[p]! / b[q]!;
    if (++p === na) p = 0;
    if (++q === nb) q = 0;
  }
};

const operations: Readonly<Record<string, Operation>> = {
  Add: add,
  Sub: subtract,
  Multiply: multiply,
  RealDiv: divide,
};

/** The binary kernels, each falling back to what `fallback` finds under its name. */
export function binaryKernels(
  fallback: (kernelName: string) => KernelFunc,
): Omit<KernelConfig, 'backendName'>[] {
  return Object.entries(operations).map(([name, operation]) =>
    binary(name, operation, fallback(name)),
  );
}
