import type { TensorInfo } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import { PARTS } from '../parts';

/** A recurrent layer, by what its kernels are called. */
interface Layer {
  readonly name: 'lstm' | 'gru';
  readonly gates: number;
  /** The forward pass's outputs after `hidden`, with how many numbers a unit has in each. */
  readonly states: readonly { readonly name: string; readonly perUnit: number }[];
}

const LSTM: Layer = {
  name: 'lstm',
  gates: 4,
  states: [
    { name: 'cell', perUnit: 1 },
    { name: 'gates', perUnit: 4 },
  ],
};

const GRU: Layer = {
  name: 'gru',
  gates: 3,
  states: [{ name: 'gates', perUnit: 3 }],
};

/** The sizes of one call, and of what it packs the weights into. */
class RecurrentCall {
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
  /** Vectors that hold the units. */
  readonly blocks: number;

  constructor(
    readonly call: CompiledCall,
    private readonly layer: Layer,
  ) {
    [this.batch, this.time, this.inputs] = call.shape('x') as [number, number, number];
    [this.units] = call.shape('recurrentKernel') as [number];
    this.blocks = this.blocksOf(this.units);
  }

  blocksOf(n: number): number {
    return Math.ceil(n / this.call.host.lanes);
  }

  /** Floats of the packed weights, and of one part's sums of their gradients. */
  get weights(): number {
    const { lanes } = this.call.host;
    return this.layer.gates * lanes * this.blocks * (1 + this.inputs + this.units);
  }

  /** Floats of scratch of a pass for every seat. */
  scratch(pass: `${Layer['name']}Forward` | 'backward'): number {
    const { seats, tileRows, lanes, vocabulary } = this.call.host;
    // For each row of a tile and block of units.
    const vectors = vocabulary.constant(`${pass}Vectors`);
    return seats * vectors * tileRows * lanes * this.blocks;
  }
}

/**
 * Inputs: `x`, `kernel`, `recurrentKernel`, `bias`. Outputs: `hidden`; but for the attribute `inference`,
 * also the states that the backward pass needs.
 */
function forward(call: CompiledCall, layer: Layer): TensorInfo[] {
  const { backend, host } = call;
  const recurrent = new RecurrentCall(call, layer);
  const { batch, time, inputs, units, blocks } = recurrent;
  const packed = host.allocate(recurrent.weights);
  host.run(`${layer.name}Pack`, blocks, 1, [
    ...[call.values('kernel'), call.values('recurrentKernel'), call.values('bias')],
    ...[packed, inputs, units],
  ]);
  const inference = call.attrs['inference'] === true;
  const hidden = backend.make([batch, time, units]);
  const states = inference
    ? []
    : layer.states.map(({ perUnit }) => backend.make([batch, time, perUnit * units]));
  const scratch = host.allocate(recurrent.scratch(`${layer.name}Forward`));
  host.run(`${layer.name}Forward`, batch, host.tileRows, [
    ...[call.values('x'), packed, backend.values(hidden)],
    ...layer.states.map((_, i) => (inference ? null : backend.values(states[i]!))),
    ...[scratch, time, inputs, units],
  ]);
  host.release(packed);
  host.release(scratch);
  return [hidden, ...states];
}

/**
 * Inputs: `x`, `kernel`, `recurrentKernel`, the forward pass's outputs and `dHidden`. Outputs: the gradients
 * of x (left out where the attribute `inputGradient` is false), kernel, recurrent kernel and bias.
 */
function backward(call: CompiledCall, layer: Layer): TensorInfo[] {
  const { backend, host } = call;
  const recurrent = new RecurrentCall(call, layer);
  const { batch, time, inputs, units, blocks } = recurrent;
  const { lanes, tileRows } = host;
  const dx = call.attrs['inputGradient'] === false ? null : backend.make(call.shape('x'));
  const columns = dx === null ? 0 : inputs;
  const packedBlocks = recurrent.blocksOf(columns) + blocks;
  const packed = host.allocate(layer.gates * lanes * lanes * blocks * packedBlocks);
  host.run(`${layer.name}PackTransposed`, packedBlocks, 1, [
    ...[call.values('kernel'), call.values('recurrentKernel'), packed, columns, units],
  ]);
  const grain = Math.ceil(batch / PARTS / tileRows) * tileRows;
  const parts = Math.ceil(batch / grain);
  const sums = host.allocate(parts * recurrent.weights);
  const scratch = host.allocate(recurrent.scratch('backward'));
  host.run(`${layer.name}Backward`, batch, grain, [
    ...[call.values('x'), call.values('hidden')],
    ...layer.states.map(({ name }) => call.values(name)),
    ...[call.values('dHidden'), packed, dx && backend.values(dx), sums, scratch],
    ...[time, inputs, units],
  ]);
  const weights = ['kernel', 'recurrentKernel'].map((name) => backend.make(call.shape(name)));
  const gradients = [...weights, backend.make([layer.gates * units])];
  host.run(`${layer.name}Reduce`, 1 + inputs + units, 8, [
    ...[sums, parts, ...gradients.map((info) => backend.values(info)), inputs, units],
  ]);
  for (const array of [packed, sums, scratch]) host.release(array);
  return dx === null ? gradients : [dx, ...gradients];
}

export const recurrentKernels: CompiledKernel[] = [
  { kernelName: 'FusedLSTM', run: (call) => forward(call, LSTM) },
  { kernelName: 'FusedLSTMGrad', run: (call) => backward(call, LSTM) },
  { kernelName: 'FusedGRU', run: (call) => forward(call, GRU) },
  { kernelName: 'FusedGRUGrad', run: (call) => backward(call, GRU) },
];
