import * as tf from '@tensorflow/tfjs';
import { HostMemory, type KernelCall } from '../host-memory';
import { gruBackward, gruForward } from './gru';
import { lstmBackward, lstmForward, type RecurrentGradients, type RecurrentShape } from './lstm';

/** The tensors of one call of a recurrent kernel. */
class RecurrentCall extends HostMemory {
  constructor(private readonly call: KernelCall) {
    super(call);
  }

  shape(): RecurrentShape {
    const [batch, time, inputs] = this.info('x').shape as [number, number, number];
    const [units] = this.info('recurrentKernel').shape as [number];
    return { batch, time, inputs, units };
  }

  weights(): { kernel: Float32Array; recurrentKernel: Float32Array } {
    return { kernel: this.read('kernel'), recurrentKernel: this.read('recurrentKernel') };
  }

  gradients({ x, kernel, recurrentKernel, bias }: RecurrentGradients): tf.TensorInfo[] {
    return [
      ...(this.call.attrs?.['inputGradient'] === false
        ? []
        : [this.write(x, this.info('x').shape)]),
      this.write(kernel, this.info('kernel').shape),
      this.write(recurrentKernel, this.info('recurrentKernel').shape),
      this.write(bias, [bias.length]),
    ];
  }
}

function fusedLSTM(call: KernelCall): tf.TensorInfo[] {
  const host = new RecurrentCall(call);
  const shape = host.shape();
  const weights = { ...host.weights(), bias: host.read('bias') };
  const { hidden, cell, gates } = lstmForward(host.read('x'), weights, shape);
  const { batch, time, units } = shape;
  return [
    host.write(hidden, [batch, time, units]),
    host.write(cell, [batch, time, units]),
    host.write(gates, [batch, time, 4 * units]),
  ];
}

function fusedLSTMGrad(call: KernelCall): tf.TensorInfo[] {
  const host = new RecurrentCall(call);
  const states = {
    hidden: host.read('hidden'),
    cell: host.read('cell'),
    gates: host.read('gates'),
  };
  return host.gradients(
    lstmBackward(host.read('x'), host.weights(), states, host.read('dHidden'), host.shape()),
  );
}

function fusedGRU(call: KernelCall): tf.TensorInfo[] {
  const host = new RecurrentCall(call);
  const shape = host.shape();
  const weights = { ...host.weights(), bias: host.read('bias') };
  const { hidden, gates } = gruForward(host.read('x'), weights, shape);
  const { batch, time, units } = shape;
  return [host.write(hidden, [batch, time, units]), host.write(gates, [batch, time, 3 * units])];
}

function fusedGRUGrad(call: KernelCall): tf.TensorInfo[] {
  const host = new RecurrentCall(call);
  const states = { hidden: host.read('hidden'), gates: host.read('gates') };
  return host.gradients(
    gruBackward(host.read('x'), host.weights(), states, host.read('dHidden'), host.shape()),
  );
}

/**
 * Registers the plain TypeScript kernels of the fused recurrent operations for a backend: they read
 * its tensors into the host's memory and write the results back.
 */
export function registerRecurrentKernels(backendName: string): void {
  const kernels = {
    FusedLSTM: fusedLSTM,
    FusedLSTMGrad: fusedLSTMGrad,
    FusedGRU: fusedGRU,
    FusedGRUGrad: fusedGRUGrad,
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    tf.registerKernel({ kernelName, backendName, kernelFunc: (call) => kernelFunc(call) });
  }
}
