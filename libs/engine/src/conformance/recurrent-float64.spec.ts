import type { RecurrentShape } from '../backends/reference/lstm';
import {
  deriveGRU,
  deriveLSTM,
  gruFloat64,
  lstmFloat64,
  type Operands,
} from './recurrent-float64.fixture.spec';

/** Numbers in ±1 that look like chance. */
const numbers = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));

/** dL/d(each operand) of L = Σ dHidden ∘ hidden, by central differences. */
function differences(
  hidden: typeof lstmFloat64,
  operands: Operands,
  shape: RecurrentShape,
  dHidden: Float64Array,
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

describe.each([
  ['lstm', deriveLSTM, lstmFloat64, 4],
  ['gru', deriveGRU, gruFloat64, 3],
] as const)('%s', (_, layer, hidden, gates) => {
  it.each<RecurrentShape>([
    { batch: 1, time: 1, inputs: 1, units: 1 },
    { batch: 2, time: 5, inputs: 3, units: 4 },
    { batch: 3, time: 4, inputs: 1, units: 2 },
  ])('has the gradients of finite differences, %j', (shape) => {
    const { batch, time, inputs, units } = shape;
    const operands: Operands = [
      numbers(batch * time * inputs, 1),
      numbers(inputs * gates * units, 2),
      numbers(units * gates * units, 3),
      numbers(gates * units, 4),
    ];
    const dHidden = numbers(batch * time * units, 5);
    const { gradients } = layer(operands, shape, dHidden);
    differences(hidden, operands, shape, dHidden).forEach((expected, operand) => {
      expected.forEach((value, i) => expect(gradients[operand]![i]).toBeCloseTo(value, 8));
    });
  });
});
