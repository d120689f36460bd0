import { type backend_util, type TensorInfo } from '@tensorflow/tfjs';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

/** tfjs's `cpu` backend, but that what leaves it is a copy, as on every other engine. */
export class ReferenceBackend extends MathBackendCPU {
  override readSync(dataId: TensorInfo['dataId']): backend_util.BackendValues {
    const values = super.readSync(dataId);
    return ArrayBuffer.isView(values) ? values.slice() : values;
  }
}
