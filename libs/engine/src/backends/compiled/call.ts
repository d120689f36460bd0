import type { KernelFunc, NamedAttrMap, TensorInfo, TypedArray } from '@tensorflow/tfjs';
import type { KernelCall } from '../host-memory';
import type { CompiledBackend } from './backend';
import { RANGE_ELEMENTS } from './grain';
import type { Host } from './host';

/** One call of a tfjs kernel on a {@link CompiledBackend}. */
export class CompiledCall {
  readonly backend: CompiledBackend;
  readonly host: Host;
  readonly attrs: NamedAttrMap;
  private readonly scratch: Float32Array[] = [];

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

  /**
   * The values of an input, by its name or as it is. Here tensors become addresses: those of int32 and bool are
   * cast, in memory that is given back after the call.
   *
   * @throws TypeError where it holds other than numbers
   */
  values(input: string | TensorInfo): Float32Array {
    const info = typeof input === 'string' ? this.info(input) : input;
    const stored = this.backend.stored(info);
    if (stored instanceof Float32Array) return this.backend.values(info);
    const floats = this.host.allocate(stored.length);
    this.scratch.push(floats);
    return this.cast(stored, floats);
  }

  /** The values of an input of int32 or bool, or of float32 without what is behind the point. */
  integers(name: string): Int32Array {
    const stored = this.backend.stored(this.info(name));
    return stored instanceof Int32Array ? stored : Int32Array.from(stored);
  }

  /** Fills an array with numbers of another type. */
  cast(numbers: TypedArray, floats: Float32Array): Float32Array {
    if (numbers instanceof Int32Array || numbers instanceof Uint8Array) {
      const kernel = numbers instanceof Int32Array ? 'castIntegers' : 'castBytes';
      this.host.run(kernel, floats.length, RANGE_ELEMENTS, [floats, numbers]);
    } else {
      floats.set(numbers);
    }
    return floats;
  }

  /** Gives back what the call took for itself. */
  end(): void {
    for (const array of this.scratch) this.host.release(array);
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
