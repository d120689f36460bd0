import type { KernelBackend, Tensor } from '@tensorflow/tfjs';

/** An attribute of an operation, as the addon of tfjs-node takes it. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number;
}

/** What is used here of tfjs-node's NodeJSKernelBackend (its nodejs_kernel_backend.d.ts). */
export interface TensorFlowBackend extends KernelBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: {
    /** TensorFlow's own version, which is not the package's. */
    readonly TF_Version: string;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
  };
  executeMultipleOutputs(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}

type Values = ReturnType<KernelBackend['readSync']>;

/** Values as an array of this realm: in a context of node:vm, what an addon makes is an array of another. */
function ofThisRealm(values: Values): Values {
  const { buffer, byteOffset, length } = values as Float32Array<ArrayBuffer>;
  for (const ArrayOf of [Float32Array, Int32Array, Uint8Array]) {
    if (values instanceof ArrayOf) return values;
    if (Object.prototype.toString.call(values) === `[object ${ArrayOf.name}]`) {
      return new ArrayOf(buffer, byteOffset, length);
    }
  }
  return values;
}

/**
 * Mends two ways of tfjs-node's backend: a kernel that throws while tfjs profiles it would end the process,
 * as a rejection that nobody handles, and tfjs refuses to save arrays of another realm.
 */
export function mended(backend: TensorFlowBackend): TensorFlowBackend {
  const readSync = backend.readSync.bind(backend);
  return Object.assign(backend, {
    readSync: (dataId: object) => ofThisRealm(readSync(dataId)),
    time: (run: () => void) => {
      const start = performance.now();
      run();
      return Promise.resolve({ kernelMs: performance.now() - start });
    },
  });
}
