import {
  findBackend,
  getKernel,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { KernelCall } from '../host-memory';
import type { GPUBackend } from './backend';

/** A kernel of ours on the GPU. */
export interface GPUKernel {
  readonly kernelName: string;
  /** @param own what tfjs has under that name */
  run(call: GPUCall, own: KernelFunc): TensorInfo | TensorInfo[];
}

/** The operands of one call of a kernel. */
export class GPUCall {
  readonly backend: GPUBackend;
  readonly attrs: NamedAttrMap;
  private readonly inputs: KernelCall['inputs'];
  private readonly scratch: TensorInfo[] = [];

  constructor(private readonly call: KernelCall) {
    const { inputs, backend, attrs } = call;
    this.inputs = inputs;
    this.backend = backend as GPUBackend;
    this.attrs = attrs ?? {};
  }

  has(name: string): boolean {
    return this.inputs[name] !== undefined;
  }

  input(name: string): TensorInfo {
    const info = this.inputs[name];
    if (info === undefined) throw new TypeError(`the kernel was called without "${name}"`);
    return info;
  }

  /** null where there is none: a shader's binding for it is then bound to nothing. */
  optional(name: string): TensorInfo | null {
    return this.inputs[name] ?? null;
  }

  shape(name: string): number[] {
    return this.input(name).shape;
  }

  size(name: string): number {
    return util.sizeFromShape(this.shape(name));
  }

  /** An input in another shape: the same buffer. */
  view(name: string, shape: number[]): TensorInfo {
    const { dataId, dtype } = this.input(name);
    this.backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Hands the call to another kernel, with other attributes where some are named. */
  passTo(kernel: KernelFunc, attrs: NamedAttrMap = {}): TensorInfo | TensorInfo[] {
    return kernel({ ...this.call, attrs: { ...this.attrs, ...attrs } });
  }

  /** Whether some input has no elements. */
  hasEmptyInput(): boolean {
    return Object.values(this.inputs).some((info) => info && util.sizeFromShape(info.shape) === 0);
  }

  /** Hands the call to the kernel of that name of tfjs's `cpu`, which has one output. */
  passToHost(kernelName: string): TensorInfo {
    const host = findBackend('cpu');
    const inputs: NamedTensorInfoMap = {};
    for (const [name, info] of Object.entries(this.inputs)) {
      if (!info) continue;
      const { dataId, shape, dtype } = info;
      inputs[name] = { ...info, dataId: host.write(this.backend.readSync(dataId), shape, dtype) };
    }
    const { kernelFunc } = getKernel(kernelName, 'cpu');
    const { dataId, shape, dtype } = kernelFunc({
      ...this.call,
      inputs,
      backend: host,
    }) as TensorInfo;
    const out = this.backend.makeTensorInfo(shape, dtype, host.readSync(dataId));
    for (const used of [...Object.values(inputs), { dataId }]) host.disposeData(used!.dataId);
    return out;
  }

  /** A float32 tensor that is gone after the call. */
  temporary(shape: number[]): TensorInfo {
    const info = this.backend.make(shape);
    this.scratch.push(info);
    return info;
  }

  /** Gives the temporary tensors back; they stay until the work that uses them is done. */
  end(): void {
    for (const { dataId } of this.scratch) this.backend.disposeData(dataId);
  }
}
