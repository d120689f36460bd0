import type * as tf from '@tensorflow/tfjs';

/** What is read of tfjs's layers, which its types leave out. */
export interface NormalisationLayer extends tf.layers.Layer {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma?: tf.LayerVariable;
  readonly beta?: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}
export interface PoolingLayer extends tf.layers.Layer {
  readonly poolSize: number[];
  readonly strides: number[];
  readonly padding: string;
}
export interface WeightedLayer extends tf.layers.Layer {
  readonly kernel: tf.LayerVariable;
  readonly bias: tf.LayerVariable | null;
  readonly activation: tf.serialization.Serializable | null;
}
export interface ConvolutionLayer extends WeightedLayer {
  readonly strides: number[];
  readonly dilationRate: number[];
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat: string;
}

/** What a layer that is used once is applied to. */
export function inputsOf(layer: tf.layers.Layer): tf.SymbolicTensor[] {
  return layer.inboundNodes[0]!.inputTensors;
}

/** Whether an axis of a tensor is its channels. */
export function isLastAxis(axis: number, { rank }: tf.SymbolicTensor): boolean {
  return axis === -1 || axis === rank - 1;
}

/** Whether a layer is ReLU without a lid. */
export function isRelu(layer: tf.layers.Layer): boolean {
  const { maxValue } = layer.getConfig() as { maxValue?: number | null };
  if (layer.getClassName() === 'ReLU') return maxValue === undefined || maxValue === null;
  return layer.getClassName() === 'Activation' && activationOf(layer as WeightedLayer) === 'relu';
}

/** Whether a layer is max pooling by 2, an odd end alone. */
export function halves(layer: PoolingLayer): boolean {
  if (layer.getClassName() !== 'MaxPooling1D') return false;
  const { poolSize, strides, padding } = layer;
  return poolSize[0] === 2 && strides[0] === 2 && padding === 'same';
}

/** The name of a layer's activation. */
export function activationOf({ activation }: WeightedLayer): string {
  return activation?.getClassName() ?? 'linear';
}

/** Whether a layer makes a mask for the layers after it. */
export function masks(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === 'Masking' || layer.getConfig()['maskZero'] === true;
}
