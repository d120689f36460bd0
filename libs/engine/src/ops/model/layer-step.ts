import type * as tf from '@tensorflow/tfjs';
import { convolution1d } from '../convolution';
import { dense } from '../dense';
import { FusedRecurrentLayer } from '../layers/recurrent-layer';
import type { PlannedStep, Step, Values } from './step';
import { activationOf, type ConvolutionLayer, inputsOf, type WeightedLayer } from './tfjs-layer';

/** A layer by itself: as one operation where there is one for it. */
export function layerStep(output: tf.SymbolicTensor, inputGradient: boolean): PlannedStep {
  const layer = output.sourceLayer;
  const inputs = inputsOf(layer);
  // A model within the model would hand it on to layers whose own inputs have weights before them.
  const options = layer instanceof FusedRecurrentLayer ? { inputGradient } : {};
  const run =
    denseRun(layer as WeightedLayer, inputs[0]!, inputGradient) ??
    convolutionRun(layer as ConvolutionLayer, inputs[0]!, inputGradient) ??
    ((values: Values, training: boolean) => {
      const tensors = inputs.map((tensor) => values.get(tensor)!);
      return layer.call(tensors, { training, ...options }) as tf.Tensor;
    });
  return { output, inputs, run };
}

type Run = Step['run'];

function isFused(activation: string): activation is 'linear' | 'relu' {
  return activation === 'linear' || activation === 'relu';
}

function denseRun(
  layer: WeightedLayer,
  input: tf.SymbolicTensor,
  inputGradient: boolean,
): Run | undefined {
  const activation = activationOf(layer);
  if (layer.getClassName() !== 'Dense' || input.rank !== 2 || !isFused(activation))
    return undefined;
  return (values) => {
    const kernel = layer.kernel.read() as tf.Tensor2D;
    const bias = (layer.bias?.read() ?? null) as tf.Tensor1D | null;
    return dense(values.get(input) as tf.Tensor2D, kernel, bias, { activation, inputGradient });
  };
}

function convolutionRun(
  layer: ConvolutionLayer,
  input: tf.SymbolicTensor,
  inputGradient: boolean,
): Run | undefined {
  const activation = activationOf(layer);
  const { padding, dataFormat } = layer;
  if (layer.getClassName() !== 'Conv1D' || dataFormat !== 'channelsLast' || !isFused(activation)) {
    return undefined;
  }
  const stride = layer.strides[0]!;
  const dilation = layer.dilationRate[0]!;
  const options = { stride, dilation, padding, activation, inputGradient };
  return (values) => {
    const kernel = layer.kernel.read() as tf.Tensor3D;
    const bias = (layer.bias?.read() ?? null) as tf.Tensor1D | null;
    return convolution1d(values.get(input) as tf.Tensor3D, kernel, bias, options);
  };
}
