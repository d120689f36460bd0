import type { KernelFunc, NamedAttrMap, Tensor } from '@tensorflow/tfjs';
import type { KernelCall } from '../host-memory';

/** One call of a kernel of tfjs-node's; to be made within tf.tidy. */
export class CorrectedCall {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attrs: NamedAttrMap;

  constructor(
    private readonly call: KernelCall,
    private readonly own: KernelFunc,
  ) {
    // tfjs calls a kernel with tensors, and types them as less.
    this.inputs = call.inputs as Record<string, Tensor>;
    this.attrs = call.attrs ?? {};
  }

  /** tfjs-node's own kernel, with other inputs and attributes in place of the call's. */
  runOwn(inputs: Readonly<Record<string, Tensor>> = {}, attrs: NamedAttrMap = {}): Tensor {
    return this.own({
      ...this.call,
      inputs: { ...this.inputs, ...inputs },
      attrs: { ...this.attrs, ...attrs },
    }) as Tensor;
  }
}

/** A kernel that is to do as tfjs's other backends do, where tfjs-node's own does otherwise. */
export interface CorrectedKernel {
  readonly kernelNames: readonly string[];
  readonly run: (call: CorrectedCall) => Tensor;
}
