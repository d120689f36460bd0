import { sigmoid, tanh } from './activation';
import { gemm, pack, rowMajor, transposed } from './gemm';
import { projectInput, projectInputGradients } from './input-projection';
import {
  type RecurrentGradients,
  type RecurrentShape,
  type RecurrentWeights,
  shiftedByOneStep,
} from './lstm';

/** What the forward pass leaves for the backward pass. */
export interface GRUStates {
  /** Output h, `[batch, time, units]`. */
  readonly hidden: Float32Array;
  /** Activated gates z, r, h̃, `[batch, time, 3 * units]`. */
  readonly gates: Float32Array;
}

/**
 * Gated recurrent unit (Cho et al. 2014; the reset gate acts before the recurrent product, as in
 * Keras with `reset_after=False`) over `x` `[batch, time, inputs]`, from a zero state:
 *
 *   z, r = σ(x W + h U + b)     h̃ = tanh(x W + (r ∘ h) U + b)     h' = z ∘ h + (1 − z) ∘ h̃
 *
 * Weights in Keras's layout, the columns of each gate one after another: z, r, h.
 */
export function gruForward(
  x: Float32Array,
  { kernel, recurrentKernel, bias }: RecurrentWeights,
  { batch, time, inputs, units }: RecurrentShape,
): GRUStates {
  const width = 3 * units;
  const hidden = new Float32Array(batch * time * units);
  const gates = projectInput(x, kernel, bias, inputs);
  const gateWeights = pack(rowMajor(recurrentKernel, width), units, 2 * units);
  const candidateWeights = pack(rowMajor(recurrentKernel, width, 2 * units), units, units);
  const reset = new Float32Array(batch * units); // r ∘ h
  for (let t = 0; t < time; t++) {
    const step = { data: gates, offset: t * width, rowStride: time * width, columnStride: 1 };
    if (t > 0) {
      const before = {
        data: hidden,
        offset: (t - 1) * units,
        rowStride: time * units,
        columnStride: 1,
      };
      gemm(batch, before, gateWeights, step, true);
    }
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        gates[g + u] = sigmoid(gates[g + u]!);
        const r = sigmoid(gates[g + units + u]!);
        gates[g + units + u] = r;
        reset[b * units + u] = t > 0 ? r * hidden[s - units + u]! : 0;
      }
    }
    if (t > 0) {
      const candidate = { ...step, offset: step.offset + 2 * units };
      gemm(batch, rowMajor(reset, units), candidateWeights, candidate, true);
    }
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        const z = gates[g + u]!;
        const candidate = tanh(gates[g + 2 * units + u]!);
        gates[g + 2 * units + u] = candidate;
        hidden[s + u] = (t > 0 ? z * hidden[s - units + u]! : 0) + (1 - z) * candidate;
      }
    }
  }
  return { hidden, gates };
}

/** Gradients of {@link gruForward} by back-propagation through time, given dL/dh `[batch, time, units]`. */
export function gruBackward(
  x: Float32Array,
  { kernel, recurrentKernel }: Omit<RecurrentWeights, 'bias'>,
  { hidden, gates }: GRUStates,
  dHidden: Float32Array,
  { batch, time, inputs, units }: RecurrentShape,
): RecurrentGradients {
  const width = 3 * units;
  const previous = shiftedByOneStep(hidden, batch, time, units);
  const dGates = new Float32Array(batch * time * width);
  const resetState = new Float32Array(batch * time * units); // r ∘ h of every step
  const dh = new Float32Array(batch * units); // what step t + 1 sends back to h
  const dReset = new Float32Array(batch * units); // dL/d(r ∘ h)
  const recurrent = rowMajor(recurrentKernel, width);
  const gateWeights = pack(transposed(recurrent), 2 * units, units);
  const candidateWeights = pack(
    transposed(rowMajor(recurrentKernel, width, 2 * units)),
    units,
    units,
  );
  for (let t = time - 1; t >= 0; t--) {
    const step = { data: dGates, offset: t * width, rowStride: time * width, columnStride: 1 };
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        const z = gates[g + u]!;
        const candidate = gates[g + 2 * units + u]!;
        const dOut = dHidden[s + u]! + dh[b * units + u]!;
        dGates[g + u] = dOut * (previous[s + u]! - candidate) * z * (1 - z);
        dGates[g + 2 * units + u] = dOut * (1 - z) * (1 - candidate * candidate);
        dh[b * units + u] = dOut * z;
      }
    }
    const candidate = { ...step, offset: step.offset + 2 * units };
    gemm(batch, candidate, candidateWeights, rowMajor(dReset, units));
    for (let b = 0; b < batch; b++) {
      const s = (b * time + t) * units;
      const g = (b * time + t) * width;
      for (let u = 0; u < units; u++) {
        const r = gates[g + units + u]!;
        const h = previous[s + u]!;
        const d = dReset[b * units + u]!;
        dGates[g + units + u] = d * h * r * (1 - r);
        dh[b * units + u] = dh[b * units + u]! + d * r;
        resetState[s + u] = r * h;
      }
    }
    gemm(batch, step, gateWeights, rowMajor(dh, units), true);
  }
  const steps = batch * time;
  const dGateRows = rowMajor(dGates, width);
  const dRecurrent = new Float32Array(units * width);
  gemm(
    units,
    transposed(rowMajor(previous, units)),
    pack(dGateRows, steps, 2 * units),
    rowMajor(dRecurrent, width),
  );
  gemm(
    units,
    transposed(rowMajor(resetState, units)),
    pack(rowMajor(dGates, width, 2 * units), steps, units),
    rowMajor(dRecurrent, width, 2 * units),
  );
  const packed = pack(dGateRows, steps, width);
  return {
    ...projectInputGradients(x, kernel, dGates, packed, inputs),
    recurrentKernel: dRecurrent,
  };
}
