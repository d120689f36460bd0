import type { RecurrentShape } from '../backends/reference/lstm';

/** What a recurrent operation reads, in float64: x `[batch, time, inputs]` and the weights in Keras's layout. */
export type Operands = [
  x: Float64Array,
  kernel: Float64Array,
  recurrentKernel: Float64Array,
  bias: Float64Array,
];

/** Hidden states `[batch, time, units]`, and dL/d(each operand) of L = Σ dHidden ∘ hidden. */
export interface Derived {
  readonly hidden: Float64Array;
  readonly gradients: Operands;
}

/** A recurrent layer straight from its equations, in float64. */
export type Float64Layer = (
  operands: Operands,
  shape: RecurrentShape,
  dHidden?: ArrayLike<number>,
) => Derived;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Columns `from` to `to` of weights `[rows, width]`. */
interface Columns {
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

/** sum += v W for the vector v at `at`. */
function add(
  sum: Float64Array,
  v: Float64Array,
  at: number,
  weights: Float64Array,
  { width, from, to }: Columns,
): void {
  for (let i = 0, row = 0; row < weights.length; i++, row += width) {
    const value = v[at + i]!;
    for (let c = from; c < to; c++) sum[c] = sum[c]! + value * weights[row + c]!;
  }
}

/** Gradients of {@link add}: dv += W dSum at `at`, and dW += v ⊗ dSum. */
function addGradients(
  dSum: Float64Array,
  [v, dv]: readonly [Float64Array, Float64Array],
  at: number,
  [weights, dWeights]: readonly [Float64Array, Float64Array],
  { width, from, to }: Columns,
): void {
  for (let i = 0, row = 0; row < weights.length; i++, row += width) {
    const value = v[at + i]!;
    let sum = 0;
    for (let c = from; c < to; c++) {
      sum += weights[row + c]! * dSum[c]!;
      dWeights[row + c] = dWeights[row + c]! + value * dSum[c]!;
    }
    dv[at + i] = dv[at + i]! + sum;
  }
}

/** An LSTM: i, f, o = σ(x W + h U + b), c̃ = tanh(x W + h U + b), c' = f c + i c̃, h' = o tanh(c'). */
export const deriveLSTM: Float64Layer = (operands, shape, dHidden) => {
  const { batch, time, inputs, units } = shape;
  const [x, kernel, recurrentKernel, bias] = operands;
  const columns = { width: 4 * units, from: 0, to: 4 * units };
  const hidden = new Float64Array(batch * time * units);
  const gradients = operands.map((values) => new Float64Array(values.length)) as Operands;
  const [dx, dKernel, dRecurrent, dBias] = gradients;
  // Of one row: the state before step t is at t · units, and the state after it next to that.
  const h = new Float64Array((time + 1) * units);
  const c = new Float64Array((time + 1) * units);
  const gates = new Float64Array(time * columns.width);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < time; t++) {
      const sum = Float64Array.from(bias);
      add(sum, x, (b * time + t) * inputs, kernel, columns);
      add(sum, h, t * units, recurrentKernel, columns);
      for (let u = 0; u < units; u++) {
        const [i, f, o] = [
          sigmoid(sum[u]!),
          sigmoid(sum[units + u]!),
          sigmoid(sum[3 * units + u]!),
        ];
        const candidate = Math.tanh(sum[2 * units + u]!);
        const after = (t + 1) * units + u;
        c[after] = f * c[t * units + u]! + i * candidate;
        h[after] = o * Math.tanh(c[after]);
        [i, f, candidate, o].forEach((value, gate) => {
          gates[t * columns.width + gate * units + u] = value;
        });
      }
    }
    hidden.set(h.subarray(units), b * time * units);
    if (dHidden === undefined) continue;
    const dh = new Float64Array(h.length);
    const dc = new Float64Array(c.length);
    for (let t = time - 1; t >= 0; t--) {
      const dSum = new Float64Array(columns.width);
      for (let u = 0; u < units; u++) {
        const gate = (number: number): number => gates[t * columns.width + number * units + u]!;
        const [i, f, candidate, o] = [gate(0), gate(1), gate(2), gate(3)];
        const [before, after] = [t * units + u, (t + 1) * units + u];
        const squashed = Math.tanh(c[after]!);
        const dOut = dHidden[(b * time + t) * units + u]! + dh[after]!;
        const dCell = dc[after]! + dOut * o * (1 - squashed * squashed);
        dSum[u] = dCell * candidate * i * (1 - i);
        dSum[units + u] = dCell * c[before]! * f * (1 - f);
        dSum[2 * units + u] = dCell * i * (1 - candidate * candidate);
        dSum[3 * units + u] = dOut * squashed * o * (1 - o);
        dc[before] = dCell * f;
      }
      addGradients(dSum, [x, dx], (b * time + t) * inputs, [kernel, dKernel], columns);
      addGradients(dSum, [h, dh], t * units, [recurrentKernel, dRecurrent], columns);
      dSum.forEach((value, i) => (dBias[i] = dBias[i]! + value));
    }
  }
  return { hidden, gradients };
};

/** A GRU: z, r = σ(x W + h U + b), h̃ = tanh(x W + (r h) U + b), h' = z h + (1 − z) h̃. */
export const deriveGRU: Float64Layer = (operands, shape, dHidden) => {
  const { batch, time, inputs, units } = shape;
  const [x, kernel, recurrentKernel, bias] = operands;
  const width = 3 * units;
  const all = { width, from: 0, to: width };
  const outer = { width, from: 0, to: 2 * units };
  const inner = { width, from: 2 * units, to: width };
  const hidden = new Float64Array(batch * time * units);
  const gradients = operands.map((values) => new Float64Array(values.length)) as Operands;
  const [dx, dKernel, dRecurrent, dBias] = gradients;
  // Of one row: the state before step t is at t · units, and the state after it next to that.
  const h = new Float64Array((time + 1) * units);
  const reset = new Float64Array(time * units); // r h
  const gates = new Float64Array(time * width);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < time; t++) {
      const sum = Float64Array.from(bias);
      add(sum, x, (b * time + t) * inputs, kernel, all);
      add(sum, h, t * units, recurrentKernel, outer);
      for (let u = 0; u < units; u++) {
        reset[t * units + u] = sigmoid(sum[units + u]!) * h[t * units + u]!;
      }
      add(sum, reset, t * units, recurrentKernel, inner);
      for (let u = 0; u < units; u++) {
        const [z, r] = [sigmoid(sum[u]!), sigmoid(sum[units + u]!)];
        const candidate = Math.tanh(sum[2 * units + u]!);
        h[(t + 1) * units + u] = z * h[t * units + u]! + (1 - z) * candidate;
        [z, r, candidate].forEach((value, gate) => {
          gates[t * width + gate * units + u] = value;
        });
      }
    }
    hidden.set(h.subarray(units), b * time * units);
    if (dHidden === undefined) continue;
    const dh = new Float64Array(h.length);
    const dReset = new Float64Array(reset.length);
    for (let t = time - 1; t >= 0; t--) {
      const dSum = new Float64Array(width);
      const gate = (number: number, u: number): number => gates[t * width + number * units + u]!;
      for (let u = 0; u < units; u++) {
        const [z, candidate] = [gate(0, u), gate(2, u)];
        const before = t * units + u;
        const dOut = dHidden[(b * time + t) * units + u]! + dh[before + units]!;
        dSum[u] = dOut * (h[before]! - candidate) * z * (1 - z);
        dSum[2 * units + u] = dOut * (1 - z) * (1 - candidate * candidate);
        dh[before] = dOut * z;
      }
      const weights = [recurrentKernel, dRecurrent] as const;
      addGradients(dSum, [reset, dReset], t * units, weights, inner);
      for (let u = 0; u < units; u++) {
        const [r, before] = [gate(1, u), t * units + u];
        dSum[units + u] = dReset[before]! * h[before]! * r * (1 - r);
        dh[before] = dh[before]! + dReset[before]! * r;
      }
      addGradients(dSum, [x, dx], (b * time + t) * inputs, [kernel, dKernel], all);
      addGradients(dSum, [h, dh], t * units, weights, outer);
      dSum.forEach((value, i) => (dBias[i] = dBias[i]! + value));
    }
  }
  return { hidden, gradients };
};

/** The hidden states of an LSTM. */
export const lstmFloat64 = (operands: Operands, shape: RecurrentShape): Float64Array =>
  deriveLSTM(operands, shape).hidden;

/** The hidden states of a GRU. */
export const gruFloat64 = (operands: Operands, shape: RecurrentShape): Float64Array =>
  deriveGRU(operands, shape).hidden;
