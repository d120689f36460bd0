import type * as tf from '@tensorflow/tfjs';
import { type Branch, type Branches, joinStep, type Normalised } from './join-step';
import { layerStep } from './layer-step';
import type { PlannedStep, Step } from './step';
import {
  halves,
  inputsOf,
  isLastAxis,
  isRelu,
  masks,
  type NormalisationLayer,
  type PoolingLayer,
} from './tfjs-layer';

/** The operations of a model in their order; null where it has to run as tfjs runs it. */
export function planOf(model: tf.LayersModel): Step[] | null {
  const isPlain =
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    model.layers.every(
      (layer) => layer.inboundNodes.length === 1 && !Array.isArray(layer.output) && !masks(layer),
    );
  return isPlain ? new Planner(model).plan() : null;
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
