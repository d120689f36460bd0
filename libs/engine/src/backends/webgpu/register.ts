import * as tf from '@tensorflow/tfjs';
import { type GPUKernel, GPUCall } from './call';
import { KERNELS } from './kernels';

/** Registers our kernels on tfjs's backend `webgpu`, in place of its own where it has them. */
export function registerGPUKernels(): void {
  for (const kernel of KERNELS) {
    const { kernelName } = kernel;
    const known = tf.getKernel(kernelName, 'webgpu');
    if (known !== undefined) tf.unregisterKernel(kernelName, 'webgpu');
    const kernelFunc = kernelFuncOf(kernel, known?.kernelFunc ?? missing(kernelName));
    tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
  }
}

function kernelFuncOf(kernel: GPUKernel, own: tf.KernelFunc): tf.KernelFunc {
  return (params) => {
    const call = new GPUCall(params);
    try {
      return kernel.run(call, own);
    } finally {
      call.end();
    }
  };
}

function missing(kernelName: string): tf.KernelFunc {
  return () => {
    throw new TypeError(`tfjs has no kernel "${kernelName}"`);
  };
}
