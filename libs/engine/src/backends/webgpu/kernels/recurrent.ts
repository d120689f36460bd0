import type { TensorInfo } from '@tensorflow/tfjs';
import type { GPUCall, GPUKernel } from '../call';
import { runProduct } from '../product/product';
import { runSplitProduct } from '../product/split-product';
import * as gru from '../recurrent/gru';
import { inputGradient, inputProjection, weightGradients } from '../recurrent/input-products';
import { FEW_INPUTS } from '../recurrent/input-share';
import * as lstm from '../recurrent/lstm';
import { inRegisters, type RowBytes, type Tile, tileFor } from '../recurrent/tile';
import { groupsOf, TRANSPOSED } from '../recurrent/transposed';
import type { Shader } from '../shader';
import { foldGroups } from '../workgroups';
import { zeros } from '../zeros';

/** A recurrent layer, by its shaders. */
interface Layer {
  readonly gates: number;
  /** Whether it has a cell state beside h. */
  readonly hasCell: boolean;
  /** Whether the candidate takes up r ∘ h in place of h. */
  readonly hasReset: boolean;
  readonly forward: (
    units: number,
    rows: number,
    shared: boolean,
    inference: boolean,
    inputs: number,
  ) => Shader;
  readonly forwardBytes: RowBytes;
  readonly backward: (units: number, rows: number, shared: boolean) => Shader;
  readonly backwardBytes: RowBytes;
}

const LSTM: Layer = {
  gates: 4,
  hasCell: true,
  hasReset: false,
  forward: lstm.lstmForward,
  forwardBytes: lstm.LSTM_FORWARD_BYTES,
  backward: lstm.lstmBackward,
  backwardBytes: lstm.LSTM_BACKWARD_BYTES,
};

const GRU: Layer = {
  gates: 3,
  hasCell: false,
  hasReset: true,
  forward: gru.gruForward,
  forwardBytes: gru.GRU_FORWARD_BYTES,
  backward: gru.gruBackward,
  backwardBytes: gru.GRU_BACKWARD_BYTES,
};

/** The sizes of one call. */
class RecurrentCall {
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
  /** Gates of all units. */
  readonly width: number;

  constructor(
    private readonly call: GPUCall,
    layer: Layer,
  ) {
    [this.batch, this.time, this.inputs] = call.shape('x') as [number, number, number];
    [this.units] = call.shape('recurrentKernel') as [number];
    this.width = layer.gates * this.units;
  }

  /** Steps of all rows. */
  get steps(): number {
    return this.batch * this.time;
  }

  tile(bytes: RowBytes): Tile {
    const { maxComputeWorkgroupStorageSize } = this.call.backend.device.limits;
    return tileFor(this.units, this.batch, bytes, maxComputeWorkgroupStorageSize);
  }

  /** Runs a shader over the rows of the batch. */
  dispatch(shader: Shader, { rows }: Tile, operands: readonly TensorInfo[]): void {
    const groups = foldGroups(Math.ceil(this.batch / rows));
    this.call.backend.dispatch(shader, operands, [this.batch, this.time], groups);
  }
}

/**
 * Inputs: `x`, `kernel`, `recurrentKernel`, `bias`. Outputs: `hidden`; but for the attribute `inference`,
 * also the states that the backward pass needs. Two dispatches: the input's share of the gates of all steps,
 * and all steps; one where the inputs are few.
 */
function forward(call: GPUCall, layer: Layer): TensorInfo[] {
  const { backend } = call;
  const recurrent = new RecurrentCall(call, layer);
  const { batch, time, inputs, units, width, steps } = recurrent;
  const inference = call.attrs['inference'] === true;
  const hidden = backend.make([batch, time, units]);
  const cell = inference || !layer.hasCell ? [] : [backend.make([batch, time, units])];
  const shape = [batch, time, width];
  const gates = inference ? [] : [backend.make(shape)];
  const outputs = [hidden, ...cell, ...gates];
  if (steps === 0) return outputs;
  const input = (name: string): TensorInfo => call.input(name);
  const isComputed = inRegisters({ units }) && inputs > 0 && inputs <= FEW_INPUTS;
  const operands = [input('recurrentKernel'), hidden];
  if (isComputed) {
    operands.push(input('x'), input('kernel'), input('bias'), ...gates);
  } else {
    const [projected = call.temporary(shape)] = gates;
    const projection = [input('x'), input('kernel'), input('bias'), projected];
    runProduct(backend, inputProjection(), projection, { m: steps, n: width, k: inputs });
    operands.push(projected);
  }
  operands.push(...cell);
  const tile = recurrent.tile(layer.forwardBytes);
  const { rows, shared } = tile;
  const shader = layer.forward(units, rows, shared, inference, isComputed ? inputs : 0);
  recurrent.dispatch(shader, tile, operands);
  return outputs;
}

/**
 * Inputs: `x`, `kernel`, `recurrentKernel`, the forward pass's outputs and `dHidden`. Outputs: the gradients
 * of x (left out where the attribute `inputGradient` is false), kernel, recurrent kernel and bias. Four
 * dispatches, and one more where the recurrent weights do not fit into registers: all steps, x, and two for
 * the weights.
 */
function backward(call: GPUCall, layer: Layer): TensorInfo[] {
  const { backend } = call;
  const recurrent = new RecurrentCall(call, layer);
  const { inputs, units, width, time, steps } = recurrent;
  const input = (name: string): TensorInfo => call.input(name);
  const [x, hidden, gates] = [input('x'), input('hidden'), input('gates')];
  const dx = call.attrs['inputGradient'] === false ? [] : [backend.make(x.shape)];
  const weights = [call.shape('kernel'), call.shape('recurrentKernel'), [width]];
  if (steps === 0) return [...dx, ...weights.map((shape) => zeros(backend, shape))];
  const dGates = call.temporary([steps, width]);
  const tile = recurrent.tile(layer.backwardBytes);
  recurrent.dispatch(layer.backward(units, tile.rows, tile.shared), tile, [
    inRegisters(tile) ? input('recurrentKernel') : transposed(call, units, width),
    layer.hasCell ? input('cell') : hidden,
    ...[gates, input('dHidden'), dGates],
  ]);
  for (const info of dx) {
    const operands = [dGates, input('kernel'), info];
    runProduct(backend, inputGradient(), operands, { m: steps, n: inputs, k: width });
  }
  const stored = weights.map((shape) => backend.make(shape));
  const { hasReset } = layer;
  const numbers = [inputs, units, time];
  const read = [x, hidden, dGates, ...(hasReset ? [gates] : [])];
  const operands = { read, numbers, stored, storedNumbers: numbers };
  const m = inputs + (hasReset ? 2 : 1) * units + 1;
  runSplitProduct(call, weightGradients(hasReset), operands, { m, n: width, k: steps });
  return [...dx, ...stored];
}

function transposed(call: GPUCall, units: number, width: number): TensorInfo {
  const info = call.temporary([width, Math.ceil(units / 4), 4]);
  const operands = [call.input('recurrentKernel'), info];
  call.backend.dispatch(TRANSPOSED, operands, [units, width], groupsOf(units, width));
  return info;
}

export const recurrentKernels: readonly GPUKernel[] = [
  { kernelName: 'FusedLSTM', run: (call) => forward(call, LSTM) },
  { kernelName: 'FusedLSTMGrad', run: (call) => backward(call, LSTM) },
  { kernelName: 'FusedGRU', run: (call) => forward(call, GRU) },
  { kernelName: 'FusedGRUGrad', run: (call) => backward(call, GRU) },
];
