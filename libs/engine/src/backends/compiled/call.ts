import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs';
import type { KernelCall } from '../host-memory';
import type { CompiledBackend } from './backend';
import type { Host } from './host';

/** One call of a tfjs kernel on a {@link CompiledBackend}. */
export class CompiledCall {
  readonly backend: CompiledBackend;
  readonly host: Host;
  readonly attrs: NamedAttrMap;

  constructor(private readonly call: KernelCall) {
    this.backend = call.backend as CompiledBackend; // tfjs types it as {}, and passes the backend in use
    this.host = this.backend.host;
    this.attrs = call.attrs ?? {};
  }

  has(name: string): boolean {
    return this.call.inputs[name] !== undefined && this.call.inputs[name] !== null;
  }

  info(name: string): TensorInfo {
    const info = this.call.inputs[name];
    if (info === undefined) throw new TypeError(`the kernel was called without "${name}"`);
    return info;
  }

  shape(name: string): number[] {
    return this.info(name).shape;
  }

  values(name: string): Float32Array {
    return this.backend.values(this.info(name));
  }

  /**
   * A float32 output that begins with an input's values: in the input's own memory where that is its alone, and
   * then the input is the output from now on.
   */
  inPlace(name: string): TensorInfo {
    const { backend } = this;
    const { dataId, shape, dtype } = this.info(name);
    if (backend.isOwn({ dataId, shape, dtype })) {
      backend.incRef(dataId);
      return { dataId, shape, dtype };
    }
    const out = backend.make(shape);
    backend.values(out).set(this.values(name));
    return out;
  }

  /** The values of an input that may be left out. */
  optional(name: string): Float32Array | null {
    return this.has(name) ? this.values(name) : null;
  }

  /** Whether all inputs that are there are float32. */
  isFloat(): boolean {
    return Object.values(this.call.inputs).every((info) => !info || info.dtype === 'float32');
  }

  /** Hands the call to another kernel. */
  passTo(kernel: KernelFunc): TensorInfo | TensorInfo[] {
    return kernel(this.call);
  }
}

/** A tfjs kernel that runs compiled kernels; `own` is what tfjs has under that name. */
export interface CompiledKernel {
  readonly kernelName: string;
  readonly run: (call: CompiledCall, own: KernelFunc) => TensorInfo | TensorInfo[];
}
