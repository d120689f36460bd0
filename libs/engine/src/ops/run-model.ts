import * as tf from '@tensorflow/tfjs';
import { convolution1d } from './convolution';
import { dense } from './dense';
import { hasKernel } from './has-kernel';
import { join, type JoinBranch, type Normalisation } from './join';

/** Values of a run, by the symbolic tensor that they stand for. */
type Values = Map<tf.SymbolicTensor, tf.Tensor>;

/** One operation of a plan. */
interface Step {
  readonly output: tf.SymbolicTensor;
  run(values: Values, training: boolean): tf.Tensor;
}

/** What this file reads of tfjs's layers, which its types leave out. */
interface NormalisationLayer extends tf.layers.Layer {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma?: tf.LayerVariable;
  readonly beta?: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}
interface PoolingLayer extends tf.layers.Layer {
  readonly poolSize: number[];
  readonly strides: number[];
  readonly padding: string;
}
interface WeightedLayer extends tf.layers.Layer {
  readonly kernel: tf.LayerVariable;
  readonly bias: tf.LayerVariable | null;
  readonly activation: tf.serialization.Serializable | null;
}
interface ConvolutionLayer extends WeightedLayer {
  readonly strides: number[];
  readonly dilationRate: number[];
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat: string;
}

const plans = new WeakMap<tf.LayersModel, readonly Step[] | null>();

/**
 * What `model.apply(x, { training })` gives, in fewer operations where the backend in use has fused ones: a
 * dense or convolutional layer with its activation is one, and so are the max poolings of the branches, the
 * batch normalisations, the concatenation, the ReLU and the addition at the end of a residual block. Other
 * layers run as they are. Gradients reach the model's weights; for those of `x` use `model.apply`.
 *
 * A model with several inputs or outputs, shared layers or masks runs as tfjs runs it.
 */
export function runModel(model: tf.LayersModel, x: tf.Tensor, training = false): tf.Tensor {
  if (!hasKernel('Join')) return model.apply(x, { training }) as tf.Tensor;
  let plan = plans.get(model);
  if (plan === undefined) plans.set(model, (plan = planOf(model)));
  if (plan === null) return model.apply(x, { training }) as tf.Tensor;
  const values: Values = new Map([[model.inputs[0]!, x]]);
  let last = x;
  for (const step of plan) {
    last = step.run(values, training);
    values.set(step.output, last);
  }
  return last;
}

/** The operations of a model in their order; null where it has to run as tfjs runs it. */
function planOf(model: tf.LayersModel): Step[] | null {
  const isPlain =
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    model.layers.every(
      (layer) => layer.inboundNodes.length === 1 && !Array.isArray(layer.output) && !masks(layer),
    );
  return isPlain ? new Planner(model).plan() : null;
}

/** Whether a layer makes a mask for the layers after it. */
function masks(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === 'Masking' || layer.getConfig()['maskZero'] === true;
}

class Planner {
  private readonly steps: Step[] = [];
  private readonly planned = new Set<tf.SymbolicTensor>();
  private readonly readers = new Map<tf.SymbolicTensor, number>();

  constructor(private readonly model: tf.LayersModel) {
    this.planned.add(model.inputs[0]!);
    for (const input of [...model.layers.flatMap(inputsOf), model.outputs[0]!]) {
      this.readers.set(input, (this.readers.get(input) ?? 0) + 1);
    }
  }

  plan(): Step[] {
    this.visit(this.model.outputs[0]!);
    return this.steps;
  }

  /** Plans what makes a tensor, after what makes the tensors that this needs. */
  private visit(output: tf.SymbolicTensor): void {
    if (this.planned.has(output)) return;
    const step =
      this.joinOf(output) ?? layerStep(output, !this.isConstant(inputsOf(output.sourceLayer)[0]!));
    for (const input of step.inputs) this.visit(input);
    this.steps.push(step);
    this.planned.add(output);
  }

  /** The longest end of a block that a tensor is the output of. */
  private joinOf(output: tf.SymbolicTensor): PlannedStep | undefined {
    const [left, right] = this.inputsIfSingle(output, 'Add') ?? [];
    if (left !== undefined && right !== undefined) {
      for (const [branch, shortcut] of [
        [right, left],
        [left, right],
      ] as const) {
        const joined = this.isOnlyFor(branch) ? this.branchesOf(branch) : undefined;
        if (joined?.relu) return joinStep(output, joined, this.normalisedInput(shortcut, output));
      }
    }
    const joined = this.branchesOf(output);
    return joined && joinStep(output, joined);
  }

  /** The branches that come together in a tensor, with ReLU or without; undefined where none is normalised. */
  private branchesOf(output: tf.SymbolicTensor): Branches | undefined {
    const inner = isRelu(output.sourceLayer) ? inputsOf(output.sourceLayer)[0]! : undefined;
    if (inner !== undefined && !this.isOnlyFor(inner)) return undefined;
    const joined = inner ?? output;
    const parts = this.inputsIfSingle(joined, 'Concatenate') ?? [joined];
    const layer = joined.sourceLayer as tf.layers.Layer & { axis: number };
    const isOnChannels = parts.length === 1 || isLastAxis(layer.axis, joined);
    if (parts.length > 2 || !isOnChannels) return undefined;
    const branches = parts.map((part) => this.pooledInput(this.normalisedInput(part, output)));
    if (branches.every(({ norm }) => norm === undefined)) return undefined;
    return { branches, relu: inner !== undefined };
  }

  /**
   * What is normalised to give a tensor on the way to `output`, with its normalisation; the tensor itself
   * where it is not normalised, or read elsewhere too.
   */
  private normalisedInput(tensor: tf.SymbolicTensor, output: tf.SymbolicTensor): Normalised {
    const layer = tensor.sourceLayer as NormalisationLayer;
    const isPlain = layer.getClassName() === 'BatchNormalization' && isLastAxis(layer.axis, tensor);
    const isHere = tensor === output || this.isOnlyFor(tensor);
    return isPlain && isHere ? { tensor: inputsOf(layer)[0]!, norm: layer } : { tensor };
  }

  /** The same before its max pooling, where it is one that a join can do, and nothing else reads the pooled. */
  private pooledInput(branch: Branch): Branch {
    const layer = branch.tensor.sourceLayer;
    const isHere = halves(layer as PoolingLayer) && this.isOnlyFor(branch.tensor);
    return isHere ? { ...branch, tensor: inputsOf(layer)[0]!, pooled: true } : branch;
  }

  private inputsIfSingle(
    tensor: tf.SymbolicTensor,
    className: string,
  ): tf.SymbolicTensor[] | undefined {
    const layer = tensor.sourceLayer;
    if (layer.getClassName() !== className) return undefined;
    const inputs = inputsOf(layer);
    const sameShape = inputs.every(({ shape }) => String(shape) === String(tensor.shape));
    return className === 'Add' && (inputs.length !== 2 || !sameShape) ? undefined : inputs;
  }

  /** Whether no weight is on the way from the model's input to a tensor: then it needs no gradient. */
  private isConstant(tensor: tf.SymbolicTensor): boolean {
    if (tensor === this.model.inputs[0]) return true;
    const layer = tensor.sourceLayer;
    return (
      layer.trainableWeights.length === 0 &&
      inputsOf(layer).every((input) => this.isConstant(input))
    );
  }

  /** Whether one layer alone reads a tensor. */
  private isOnlyFor(tensor: tf.SymbolicTensor): boolean {
    return this.readers.get(tensor) === 1;
  }
}

/** A step with the tensors that it needs. */
interface PlannedStep extends Step {
  readonly inputs: readonly tf.SymbolicTensor[];
}
interface Normalised {
  readonly tensor: tf.SymbolicTensor;
  readonly norm?: NormalisationLayer;
}
interface Branch extends Normalised {
  readonly pooled?: boolean;
}
interface Branches {
  readonly branches: readonly Branch[];
  readonly relu: boolean;
}

function inputsOf(layer: tf.layers.Layer): tf.SymbolicTensor[] {
  return layer.inboundNodes[0]!.inputTensors;
}

function isLastAxis(axis: number, { rank }: tf.SymbolicTensor): boolean {
  return axis === -1 || axis === rank - 1;
}

function isRelu(layer: tf.layers.Layer): boolean {
  const { maxValue } = layer.getConfig() as { maxValue?: number | null };
  if (layer.getClassName() === 'ReLU') return maxValue === undefined || maxValue === null;
  return layer.getClassName() === 'Activation' && activationOf(layer as WeightedLayer) === 'relu';
}

/** Whether a layer is max pooling by 2, an odd end alone. */
function halves(layer: PoolingLayer): boolean {
  if (layer.getClassName() !== 'MaxPooling1D') return false;
  const { poolSize, strides, padding } = layer;
  return poolSize[0] === 2 && strides[0] === 2 && padding === 'same';
}

function activationOf({ activation }: WeightedLayer): string {
  return activation?.getClassName() ?? 'linear';
}

function joinStep(
  output: tf.SymbolicTensor,
  { branches, relu }: Branches,
  shortcut?: Normalised,
): PlannedStep {
  const inputOf = (values: Values, { tensor, norm, pooled = false }: Branch): JoinBranch => {
    const x = values.get(tensor)!;
    return norm === undefined ? { x, pooled } : { x, pooled, norm: normalisationOf(norm) };
  };
  return {
    output,
    inputs: [...branches, ...(shortcut ? [shortcut] : [])].map(({ tensor }) => tensor),
    run(values, training) {
      const [first, second] = branches.map((branch) => inputOf(values, branch));
      return join(
        {
          branches: second === undefined ? [first!] : [first!, second],
          relu,
          ...(shortcut && { shortcut: inputOf(values, shortcut) }),
        },
        training,
      );
    },
  };
}

function normalisationOf(layer: NormalisationLayer): Normalisation {
  const { gamma, beta, movingMean, movingVariance, epsilon, momentum } = layer;
  return {
    ...(gamma && { gamma: gamma.read() }),
    ...(beta && { beta: beta.read() }),
    epsilon,
    momentum,
    mean: movingMean.read(),
    variance: movingVariance.read(),
    onAverages(mean, variance) {
      movingMean.write(mean);
      movingVariance.write(variance);
    },
  };
}

/** A layer by itself: as one operation where there is one for it. */
function layerStep(output: tf.SymbolicTensor, inputGradient: boolean): PlannedStep {
  const layer = output.sourceLayer;
  const inputs = inputsOf(layer);
  const run =
    denseRun(layer as WeightedLayer, inputs[0]!, inputGradient) ??
    convolutionRun(layer as ConvolutionLayer, inputs[0]!, inputGradient) ??
    ((values: Values, training: boolean) => {
      const tensors = inputs.map((tensor) => values.get(tensor)!);
      return layer.call(tensors, { training, inputGradient }) as tf.Tensor;
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
