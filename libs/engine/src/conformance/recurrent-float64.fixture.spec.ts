import type { RecurrentShape } from '../backends/reference/lstm';

/** What a recurrent operation reads, in float64: x `[batch, time, inputs]` and the weights in Keras's layout. */
export type Operands = [
  x: Float64Array,
  kernel: Float64Array,
  recurrentKernel: Float64Array,
  bias: Float64Array,
];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const each = <T>(n: number, value: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => value(i));

/** Adds up x W + h U + b for one unit of one gate at one step of one row. */
function preactivation(
  [x, kernel, recurrentKernel, bias]: Operands,
  { inputs, units }: RecurrentShape,
  gates: number,
) {
  return (step: number, h: readonly number[], gate: number, unit: number): number => {
    const column = gate * units + unit;
    const width = gates * units;
    let sum = bias[column]!;
    for (let i = 0; i < inputs; i++) sum += x[step * inputs + i]! * kernel[i * width + column]!;
    for (let v = 0; v < units; v++) sum += h[v]! * recurrentKernel[v * width + column]!;
    return sum;
  };
}

/** An LSTM straight from its equations, one number at a time, in float64. */
export function lstmFloat64(operands: Operands, shape: RecurrentShape): Float64Array {
  const { batch, time, units } = shape;
  const sum = preactivation(operands, shape, 4);
  const hidden = new Float64Array(batch * time * units);
  for (let b = 0; b < batch; b++) {
    let h = each(units, () => 0);
    let c = each(units, () => 0);
    for (let step = b * time; step < (b + 1) * time; step++) {
      const [before, cell] = [h, c];
      c = each(units, (u) => {
        const i = sigmoid(sum(step, before, 0, u));
        const f = sigmoid(sum(step, before, 1, u));
        return f * cell[u]! + i * Math.tanh(sum(step, before, 2, u));
      });
      h = c.map((value, u) => sigmoid(sum(step, before, 3, u)) * Math.tanh(value));
      hidden.set(h, step * units);
    }
  }
  return hidden;
}

/** A GRU straight from its equations, one number at a time, in float64. */
export function gruFloat64(operands: Operands, shape: RecurrentShape): Float64Array {
  const { batch, time, units } = shape;
  const sum = preactivation(operands, shape, 3);
  const hidden = new Float64Array(batch * time * units);
  for (let b = 0; b < batch; b++) {
    let h = each(units, () => 0);
    for (let step = b * time; step < (b + 1) * time; step++) {
      const before = h;
      const reset = before.map((value, u) => value * sigmoid(sum(step, before, 1, u)));
      h = before.map((value, u) => {
        const z = sigmoid(sum(step, before, 0, u));
        return z * value + (1 - z) * Math.tanh(sum(step, reset, 2, u));
      });
      hidden.set(h, step * units);
    }
  }
  return hidden;
}

/** dL/d(each operand) of L = Σ dHidden ∘ hidden, by central differences. */
export function differences(
  hidden: (operands: Operands, shape: RecurrentShape) => Float64Array,
  operands: Operands,
  shape: RecurrentShape,
  dHidden: ArrayLike<number>,
): Float64Array[] {
  const step = 1e-5;
  const loss = (): number =>
    hidden(operands, shape).reduce((sum, h, i) => sum + h * dHidden[i]!, 0);
  return operands.map((values) =>
    values.map((value, i) => {
      values[i] = value + step;
      const above = loss();
      values[i] = value - step;
      const below = loss();
      values[i] = value;
      return (above - below) / (2 * step);
    }),
  );
}
