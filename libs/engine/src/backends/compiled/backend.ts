import {
  backend_util,
  type DataType,
  type TensorInfo,
  type TypedArray,
  util,
} from '@tensorflow/tfjs';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Host } from './host';

type DataId = TensorInfo['dataId'];
type Values = backend_util.BackendValues;

/**
 * tfjs's `cpu` backend with tensors in a host's memory. Its kernels can be replaced one by one by
 * compiled ones: what is left of tfjs's own goes on working on the same tensors.
 *
 * A tensor's memory is used again once the tensor is disposed of. So whatever leaves the backend is a
 * copy, and what tfjs's own kernels make as a view of another tensor is copied as it comes in.
 */
export class CompiledBackend extends MathBackendCPU {
  constructor(readonly host: Host) {
    super();
    (this as unknown as { firstUse: boolean }).firstUse = false; // its advice to install tfjs-node
  }

  /** A new float32 tensor; its values are whatever they were, to be filled through {@link values}. */
  make(shape: number[]): TensorInfo {
    const dtype = 'float32';
    const values = this.host.allocate(util.sizeFromShape(shape));
    return { dataId: super.write(values, shape, dtype), shape, dtype };
  }

  /**
   * A float32 tensor's values where kernels reach them: to be read, or filled right after {@link make}. A kernel
   * has those of its inputs from its call, which takes other types too.
   *
   * @throws TypeError for a tensor of another type
   */
  values(info: TensorInfo): Float32Array {
    const values = this.stored(info);
    if (!(values instanceof Float32Array)) {
      throw new TypeError(`expected a float32 tensor, got one of ${info.dtype}`);
    }
    const resident = this.host.resident(values);
    if (resident !== values) this.data.get(info.dataId).values = resident;
    return resident;
  }

  /**
   * A tensor's values as they are kept, not to be changed: what tfjs casts may be of another type than it says.
   *
   * @throws TypeError where they are no numbers, or pairs of them
   */
  stored({ dataId, dtype }: TensorInfo): TypedArray {
    const { values } = this.data.get(dataId);
    if (isArray(values)) return values;
    throw new TypeError(`expected a tensor of numbers, got one of ${dtype}`);
  }

  /** Whether a tensor's values are its alone, in memory of the host: they may then be changed in place. */
  isOwn({ dataId }: TensorInfo): boolean {
    const values = this.data.get(dataId).values;
    return this.refCount(dataId) === 1 && isArray(values) && this.host.owns(values);
  }

  override write(values: Values, shape: number[], dtype: DataType): DataId {
    return super.write(this.kept(values), shape, dtype);
  }

  override move(id: DataId, values: Values, shape: number[], type: DataType, refs: number): void {
    super.move(id, this.kept(values), shape, type, refs);
  }

  override readSync(dataId: DataId): Values {
    const values = super.readSync(dataId);
    return isArray(values) ? values.slice() : values;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const disposed = super.disposeData(dataId, force);
    if (disposed && values instanceof Float32Array && this.host.owns(values)) {
      this.host.release(values);
    }
    return disposed;
  }

  /** The values as a tensor may keep them. */
  private kept(values: Values): Values {
    return isArray(values) && this.host.owns(values) ? values.slice() : values;
  }
}

function isArray(values: Values | undefined): values is TypedArray {
  return ArrayBuffer.isView(values);
}
