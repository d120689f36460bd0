import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  expectClose,
  expectCloseValues,
  onEveryEngine,
} from '../conformance/every-engine.fixture.spec';
import type { RecurrentShape } from '../backends/reference/lstm';
import {
  deriveGRU,
  deriveLSTM,
  type Operands,
} from '../conformance/recurrent-float64.fixture.spec';
import { gru, lstm } from './recurrent-op';

const ops = [
  { name: 'lstm', op: lstm, gates: 4, float64: deriveLSTM, layer: tf.layers.lstm },
  { name: 'gru', op: gru, gates: 3, float64: deriveGRU, layer: tf.layers.gru },
] as const;
type Case = (typeof ops)[number];

const size = fc.integer({ min: 1, max: 6 });
/** Sizes around the tile of the matrix product, and each of them 1. */
const shapes = fc.sample(fc.record({ batch: size, time: size, inputs: size, units: size }), {
  seed: 1,
  numRuns: 12,
});
shapes.push(
  { batch: 1, time: 1, inputs: 1, units: 1 },
  { batch: 1, time: 7, inputs: 3, units: 5 },
  { batch: 5, time: 1, inputs: 4, units: 3 },
  { batch: 4, time: 6, inputs: 2, units: 1 },
  { batch: 9, time: 4, inputs: 1, units: 7 },
);

function sizes({ batch, time, inputs, units }: RecurrentShape, gates: number): number[][] {
  return [[batch, time, inputs], [inputs, gates * units], [units, gates * units], [gates * units]];
}

/** x and the weights, uniform in ±1. */
function operands(shape: RecurrentShape, gates: number): tf.Tensor[] {
  return sizes(shape, gates).map((s, i) => tf.randomUniform(s, -1, 1, 'float32', i + 1));
}

type OpArguments = [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];

/** The op's hidden states, and its gradients to x and the weights given dL/dh. */
function derive({ op }: Case, inputs: tf.Tensor[], dHidden?: tf.Tensor) {
  const run = (...args: tf.Tensor[]): tf.Tensor => op(...(args as OpArguments));
  const hidden = run(...inputs);
  const dy = dHidden ?? tf.randomUniform(hidden.shape, -1, 1, 'float32', 9);
  return { hidden, dy, gradients: tf.grads(run)(inputs, dy) };
}

describe.each(ops)('$name', (op) => {
  const { name, gates, float64, layer: makeLayer } = op;

  it.each(shapes)('is its equations in float64, $batch × $time × $inputs, $units units', (shape) =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const inputs = operands(shape, gates);
        const { hidden, dy, gradients } = derive(op, inputs);
        const exact = inputs.map((input) => Float64Array.from(input.dataSync())) as Operands;
        const expected = float64(exact, shape, dy.dataSync());
        expectCloseValues(hidden.dataSync(), expected.hidden, 2e-6);
        expected.gradients.forEach((values, i) => {
          expectCloseValues(gradients[i]!.dataSync(), values, 1e-5);
        });
      }),
    ),
  );

  it.each(shapes)(`is tf.layers.${name}, $batch × $time × $inputs, $units units`, (shape) =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const inputs = operands(shape, gates);
        const layer = makeLayer({
          units: shape.units,
          recurrentActivation: 'sigmoid',
          returnSequences: true,
          recurrentInitializer: 'glorotUniform',
        });
        layer.apply(inputs[0]!); // builds it
        layer.setWeights(inputs.slice(1));
        const { hidden, dy, gradients } = derive(op, inputs);
        expectClose(hidden, layer.apply(inputs[0]!) as tf.Tensor, 2e-6);

        if (shape.time === 1) return; // tfjs cannot derive its own layer over one step
        const variables = [tf.variable(inputs[0]!), ...(layer.getWeights() as tf.Variable[])];
        const loss = () => (layer.apply(variables[0]!) as tf.Tensor).mul(dy).sum<tf.Scalar>();
        const { grads } = tf.variableGrads(loss, variables);
        variables.forEach((variable, i) => {
          expectClose(gradients[i]!, grads[variable.name]!, 1e-5);
          variable.dispose();
        });
      }),
    ),
  );

  it('repeats to the last bit, whatever was computed between', () =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const inputs = operands({ batch: 7, time: 9, inputs: 3, units: 5 }, gates);
        const first = derive(op, inputs);
        derive(op, operands({ batch: 2, time: 3, inputs: 9, units: 8 }, gates));
        const second = derive(op, inputs);
        expectClose(second.hidden, first.hidden, 0);
        second.gradients.forEach((gradient, i) => expectClose(gradient, first.gradients[i]!, 0));
      }),
    ));

  it('does not depend on the other rows of the batch', () =>
    onEveryEngine((engine) =>
      tf.tidy(() => {
        const [x, ...weights] = operands({ batch: 6, time: 5, inputs: 2, units: 3 }, gates);
        const together = derive(op, [x!, ...weights]).hidden;
        const alone = derive(op, [x!.slice(4, 1), ...weights]).hidden;
        // TensorFlow multiplies a single row in another order than several.
        expectClose(alone, together.slice(4, 1), engine === 'tensorflow' ? 1e-6 : 0);
      }),
    ));

  it('saturates without NaN', () =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const inputs = operands({ batch: 2, time: 3, inputs: 2, units: 3 }, gates);
        const { hidden, gradients } = derive(op, [inputs[0]!.mul(1e6), ...inputs.slice(1)]);
        for (const tensor of [hidden, ...gradients]) {
          expect([...tensor.dataSync()].every(Number.isFinite)).toBe(true);
        }
      }),
    ));

  it.each<[string, (shapes: number[][]) => void]>([
    ['x of rank 2', (all) => all[0]!.pop()],
    ['x of rank 4', (all) => all[0]!.push(1)],
    ['a kernel of other inputs', (all) => (all[1]![0] = 4)],
    ['a kernel of other gates', (all) => (all[1]![1]! -= 1)],
    ['a recurrent kernel of other gates', (all) => (all[2]![1]! += 1)],
    ['a bias of other units', (all) => (all[3]![0] = 1)],
  ])('refuses %s', (_, spoil) => {
    const all = sizes({ batch: 2, time: 3, inputs: 5, units: 2 }, gates);
    spoil(all);
    expect(() =>
      tf.tidy(() =>
        derive(
          op,
          all.map((s) => tf.zeros(s)),
        ),
      ),
    ).toThrow(
      new RegExp(
        `^Cannot run ${name} on x \\[2, 3.*: expected x \\[batch, time, inputs\\] and weights`,
      ),
    );
  });
});
