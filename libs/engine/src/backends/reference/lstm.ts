import { gemm, pack, rowMajor, transposed } from './gemm';
import { sigmoid, tanh } from './activation';
import { projectInput, projectInputGradients } from './input-projection';

/** Sizes of one recurrent layer over one batch. */
export interface RecurrentShape {
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
}

/** Weights in Keras's layout; the columns of each gate follow one another: i, f, c, o. */
export interface RecurrentWeights {
  /** `[inputs, gates * units]` */
  readonly kernel: Float32Array;
  /** `[units, gates * units]` */
  readonly recurrentKernel: Float32Array;
  /** `[gates * units]` */
  readonly bias: Float32Array;
}

/** What the forward pass leaves for the backward pass. */
export interface LSTMStates {
  /** Output h, `[batch, time, units]`. */
  readonly hidden: Float32Array;
  /** Cell state c, `[batch, time, units]`. */
  readonly cell: Float32Array;
  /** Activated gates i, f, c̃, o, `[batch, time, 4 * units]`. */
  readonly gates: Float32Array;
}

/** Gradients of a recurrent layer, each in the shape of what it belongs to. */
export interface RecurrentGradients extends RecurrentWeights {
  /** `[batch, time, inputs]` */
  readonly x: Float32Array;
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000; the
 * paper names these gates in section 3.2) over `x` `[batch, time, inputs]`, from zero states:
 *
 *   i, f, o = σ(x W + h U + b)     c̃ = tanh(x W + h U + b)
 *   c' = f ∘ c + i ∘ c̃             h' = o ∘ tanh(c')
 */
export function lstmForward(
  x: Float32Array,
  { kernel, recurrentKernel, bias }: RecurrentWeights,
  { batch, time, inputs, units }: RecurrentShape,
): LSTMStates {
  const width = 4 * units;
  const hidden = new Float32Array(batch * time * units);
  const cell = new Float32Array(batch * time * units);
  const gates = projectInput(x, kernel, bias, inputs);
  const recurrent = pack(rowMajor(recurrentKernel, width), units, width);
  for (let t = 0; t < time; t++) {
    if (t > 0) {
      gemm(
        batch,
        { data: hidden, offset: (t - 1) * units, rowStride: time * units, columnStride: 1 },
        recurrent,
        { data: gates, offset: t * width, rowStride: time * width, columnStride: 1 },
        true,
      );
    }
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        const i = sigmoid(gates[g + u]!);
        const f = sigmoid(gates[g + units + u]!);
        const candidate = tanh(gates[g + 2 * units + u]!);
        const o = sigmoid(gates[g + 3 * units + u]!);
        const c = (t > 0 ? f * cell[s - units + u]! : 0) + i * candidate;
        gates[g + u] = i;
        gates[g + units + u] = f;
        gates[g + 2 * units + u] = candidate;
        gates[g + 3 * units + u] = o;
        cell[s + u] = c;
        hidden[s + u] = o * tanh(c);
      }
    }
  }
  return { hidden, cell, gates };
}

/** Gradients of {@link lstmForward} by back-propagation through time, given dL/dh `[batch, time, units]`. */
export function lstmBackward(
  x: Float32Array,
  { kernel, recurrentKernel }: Omit<RecurrentWeights, 'bias'>,
  { hidden, cell, gates }: LSTMStates,
  dHidden: Float32Array,
  { batch, time, inputs, units }: RecurrentShape,
): RecurrentGradients {
  const width = 4 * units;
  const dGates = new Float32Array(batch * time * width);
  const dh = new Float32Array(batch * units); // what step t + 1 sends back to h
  const dc = new Float32Array(batch * units); // and to c
  const recurrent = pack(transposed(rowMajor(recurrentKernel, width)), width, units);
  for (let t = time - 1; t >= 0; t--) {
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        const i = gates[g + u]!;
        const f = gates[g + units + u]!;
        const candidate = gates[g + 2 * units + u]!;
        const o = gates[g + 3 * units + u]!;
        const squashed = tanh(cell[s + u]!);
        const dOut = dHidden[s + u]! + dh[b * units + u]!;
        const dCell = dc[b * units + u]! + dOut * o * (1 - squashed * squashed);
        const previous = t > 0 ? cell[s - units + u]! : 0;
        dGates[g + u] = dCell * candidate * i * (1 - i);
        dGates[g + units + u] = dCell * previous * f * (1 - f);
        dGates[g + 2 * units + u] = dCell * i * (1 - candidate * candidate);
        dGates[g + 3 * units + u] = dOut * squashed * o * (1 - o);
        dc[b * units + u] = dCell * f;
      }
    }
    gemm(
      batch,
      { data: dGates, offset: t * width, rowStride: time * width, columnStride: 1 },
      recurrent,
      rowMajor(dh, units),
    );
  }
  const packed = pack(rowMajor(dGates, width), batch * time, width);
  const dRecurrent = new Float32Array(units * width);
  const previous = shiftedByOneStep(hidden, batch, time, units);
  gemm(units, transposed(rowMajor(previous, units)), packed, rowMajor(dRecurrent, width));
  return {
    ...projectInputGradients(x, kernel, dGates, packed, inputs),
    recurrentKernel: dRecurrent,
  };
}

/** h of the step before, `[batch, time, units]`: zeros at step 0. */
export function shiftedByOneStep(
  hidden: Float32Array,
  batch: number,
  time: number,
  units: number,
): Float32Array {
  const shifted = new Float32Array(hidden.length);
  for (let b = 0; b < batch; b++) {
    const start = b * time * units;
    shifted.set(hidden.subarray(start, start + (time - 1) * units), start + units);
  }
  return shifted;
}
