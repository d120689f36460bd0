import * as tf from '@tensorflow/tfjs';
import type { KernelCall } from '../host-memory';
import type { TensorFlowBackend } from './backend';
import { blockLSTM } from './block-lstm';
import { cudnnLSTM, cudnnWorks } from './cudnn-lstm';
import { gruBlockCell } from './gru-block-cell';
import {
  type BackwardInputs,
  type ForwardInputs,
  type RecurrentLayer,
  sizesOf,
} from './recurrent-layer';

/** Chooses the layer for a backend. */
type Choice = (backend: TensorFlowBackend) => RecurrentLayer;

// tfjs types a call's backend as {} and its inputs as what it knows of tensors: they are what is used here.
const backendOf = (call: KernelCall): TensorFlowBackend => call.backend as TensorFlowBackend;

/** The inputs as float32, which is what the operations are called for; within tf.tidy. */
function inputsOf<Inputs>(call: KernelCall): Inputs {
  const inputs = Object.entries(call.inputs as Record<string, tf.Tensor>);
  return Object.fromEntries(inputs.map(([name, x]) => [name, x.toFloat()])) as Inputs;
}

/** Hidden states and, unless the attribute `inference` is set, states: over no step, TensorFlow has none. */
function forward(call: KernelCall, choose: Choice): tf.Tensor[] {
  const inputs = inputsOf<ForwardInputs>(call);
  const { batch, time, units } = sizesOf(inputs);
  const training = call.attrs?.['inference'] !== true;
  if (batch * time === 0) {
    return [tf.zeros([batch, time, units]), ...(training ? [tf.zeros([0]), tf.zeros([0])] : [])];
  }
  return choose(backendOf(call)).forward(backendOf(call), inputs, training);
}

/** Gradients of x (left out where the attribute `inputGradient` is false) and the weights. */
function backward(call: KernelCall, choose: Choice): tf.Tensor[] {
  const inputs = inputsOf<BackwardInputs>(call);
  const { batch, time } = sizesOf(inputs);
  const { x, kernel, recurrentKernel } = inputs;
  const gradients =
    batch * time > 0
      ? choose(backendOf(call)).backward(backendOf(call), inputs)
      : [
          ...[x, kernel, recurrentKernel].map((input) => tf.zerosLike(input)),
          tf.zeros([kernel.shape[1]!]),
        ];
  return call.attrs?.['inputGradient'] === false ? gradients.slice(1) : gradients;
}

/** Registers the fused recurrent operations as operations of TensorFlow. */
export function registerRecurrentOperations(backendName: string): void {
  let layer: RecurrentLayer | undefined;
  const lstm: Choice = (backend) => (layer ??= cudnnWorks(backend) ? cudnnLSTM : blockLSTM);
  const gru: Choice = () => gruBlockCell;
  const kernels = {
    FusedLSTM: (call: KernelCall) => forward(call, lstm),
    FusedLSTMGrad: (call: KernelCall) => backward(call, lstm),
    FusedGRU: (call: KernelCall) => forward(call, gru),
    FusedGRUGrad: (call: KernelCall) => backward(call, gru),
  };
  for (const [kernelName, run] of Object.entries(kernels)) {
    // In a tidy, which disposes of every tensor on the way.
    tf.registerKernel({ kernelName, backendName, kernelFunc: (call) => tf.tidy(() => run(call)) });
  }
}
