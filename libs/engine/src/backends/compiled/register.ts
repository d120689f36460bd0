import * as tf from '@tensorflow/tfjs';
import { registerReferenceKernels } from '../reference/register';
import { CompiledBackend } from './backend';
import { CompiledCall, type CompiledKernel } from './call';
import type { Host } from './host';
import { adamKernels } from './kernels/adam';
import { convolutionKernels } from './kernels/convolution';
import { copyKernels } from './kernels/copy';
import { crossEntropyKernels } from './kernels/cross-entropy';
import { elementwiseKernels } from './kernels/elementwise';
import { joinKernels } from './kernels/join';
import { layerNormKernels } from './kernels/layer-norm';
import { matmulKernels } from './kernels/matmul';
import { poolingKernels } from './kernels/pooling';
import { recurrentKernels } from './kernels/recurrent';
import { reductionKernels } from './kernels/reduce';
import { softmaxKernels } from './kernels/softmax';
import { unaryKernels } from './kernels/unary';

const KERNELS: readonly CompiledKernel[] = [
  ...adamKernels,
  ...convolutionKernels,
  ...copyKernels,
  ...crossEntropyKernels,
  ...elementwiseKernels,
  ...joinKernels,
  ...layerNormKernels,
  ...matmulKernels,
  ...poolingKernels,
  ...recurrentKernels,
  ...reductionKernels,
  ...softmaxKernels,
  ...unaryKernels,
];

/** Registers a tfjs backend whose hot kernels are a host's, and whose others are tfjs's own. */
export function registerCompiledBackend(backendName: string, host: Host): void {
  tf.registerBackend(backendName, () => new CompiledBackend(host), 0);
  tf.copyRegisteredKernels('cpu', backendName);
  registerReferenceKernels(backendName);
  for (const { kernelName, run } of KERNELS) {
    const known = tf.getKernel(kernelName, backendName);
    if (known !== undefined) tf.unregisterKernel(kernelName, backendName);
    const own = known?.kernelFunc ?? missing(kernelName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFuncOf(run, own) });
  }
}

function kernelFuncOf(run: CompiledKernel['run'], own: tf.KernelFunc): tf.KernelFunc {
  return (params) => {
    const call = new CompiledCall(params);
    try {
      return run(call, own);
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
