import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expectClose, onEveryEngine } from '../every-engine.fixture.spec';
import { sampled, uniform } from '../kernel-cases.fixture.spec';
import { hasKernel } from './has-kernel';
import { join, type JoinInput, type Normalisation } from './join';

interface Shape {
  rows: number[];
  /** Channels of the branches. */
  channels: number[];
  /** Which inputs are normalised: the branches, and last the shortcut. */
  normalised: boolean[];
  relu: boolean;
  shortcut: boolean;
  weights: boolean;
}

const shapes = sampled<Shape>(
  fc.record({
    rows: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 2 }),
    channels: fc.array(fc.integer({ min: 1, max: 37 }), { minLength: 1, maxLength: 2 }),
    normalised: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    relu: fc.boolean(),
    shortcut: fc.boolean(),
    weights: fc.boolean(),
  }),
  40,
);
shapes.push(
  {
    rows: [600, 5], // several parts
    channels: [3, 2],
    normalised: [true, true, true],
    relu: true,
    shortcut: true,
    weights: true,
  },
  {
    rows: [1],
    channels: [3, 5],
    normalised: [true, true, false],
    relu: true,
    shortcut: true,
    weights: true,
  },
);

const EPSILON = 1e-3;
const MOMENTUM = 0.9;

/** The operands: x, gamma and beta of each input, then its running mean and variance. */
function operandsOf({ rows, channels, shortcut }: Shape): tf.Tensor[][] {
  const widths = [...channels, ...(shortcut ? [channels[0]! + (channels[1] ?? 0)] : [])];
  return widths.map((width, i) => [
    // Far from 0, where a variance as a difference of squares would be lost.
    uniform([...rows, width], 10 * i + 1).add(i === 0 ? 4 : 0),
    uniform([width], 10 * i + 2).add(1.5),
    uniform([width], 10 * i + 3),
    uniform([width], 10 * i + 4),
    uniform([width], 10 * i + 5).add(2),
  ]);
}

/** The same in tfjs's operations. */
function composed(shape: Shape, operands: tf.Tensor[][], training: boolean): tf.Tensor {
  const normal = ([x, gamma, beta, mean, variance]: tf.Tensor[], place: number): tf.Tensor => {
    if (!shape.normalised[place]) return x!;
    const axes = x!.shape.slice(0, -1).map((_, axis) => axis);
    const moments = training ? tf.moments(x!, axes) : { mean: mean!, variance: variance! };
    const centred = x!.sub(moments.mean).div(moments.variance.add(EPSILON).sqrt());
    return shape.weights ? centred.mul(gamma!).add(beta!) : centred;
  };
  const branches = shape.channels.map((_, i) => normal(operands[i]!, i));
  let y = tf.concat(branches, -1);
  if (shape.relu) y = y.relu();
  return shape.shortcut ? y.add(normal(operands.at(-1)!, 2)) : y;
}

interface Averages {
  mean: tf.Tensor;
  variance: tf.Tensor;
}

function fused(shape: Shape, operands: tf.Tensor[][], training: boolean, after: Averages[] = []) {
  const inputOf = ([x, gamma, beta, mean, variance]: tf.Tensor[], place: number): JoinInput => {
    if (!shape.normalised[place]) return { x: x! };
    const norm: Normalisation = {
      ...(shape.weights && { gamma: gamma!, beta: beta! }),
      epsilon: EPSILON,
      momentum: MOMENTUM,
      mean: mean!,
      variance: variance!,
      onAverages: (mean, variance) => {
        after.push({ mean: tf.keep(mean.clone()), variance: tf.keep(variance.clone()) });
      },
    };
    return { x: x!, norm };
  };
  const branches = shape.channels.map((_, i) => inputOf(operands[i]!, i));
  return join(
    {
      branches: branches as [JoinInput] | [JoinInput, JoinInput],
      relu: shape.relu,
      ...(shape.shortcut && { shortcut: inputOf(operands.at(-1)!, 2) }),
    },
    training,
  );
}

/** Value and gradients of x, gamma and beta of each input. */
function withGradients(
  run: (operands: tf.Tensor[][]) => tf.Tensor,
  operands: tf.Tensor[][],
): tf.Tensor[] {
  const statistics = operands.map((of) => of.slice(3));
  const groups = (flat: tf.Tensor[]): tf.Tensor[][] =>
    operands.map((_, i) => [...flat.slice(3 * i, 3 * i + 3), ...statistics[i]!]);
  const flat = operands.flatMap((of) => of.slice(0, 3));
  const dy = uniform(run(operands).shape, 99);
  const loss = (...args: tf.Tensor[]): tf.Scalar => {
    const zeros = args.map((tensor) => tensor.sum().mul(0)).reduce((a, b) => a.add(b));
    return run(groups(args)).mul(dy).sum().add(zeros).asScalar(); // every operand takes part
  };
  const { value, grads } = tf.valueAndGrads(loss)(flat);
  return [value, run(operands), ...grads];
}

it.each(shapes)('%j: value and gradients of the composed operations', async (shape) => {
  await tf.setBackend('cpu');
  const expected = tf.tidy(() =>
    withGradients((operands) => composed(shape, operands, true), operandsOf(shape)),
  );
  await onEveryEngine(() => {
    if (!hasKernel('Join')) return;
    const actual = tf.tidy(() =>
      withGradients((operands) => fused(shape, operands, true), operandsOf(shape)),
    );
    actual.slice(1).forEach((tensor, i) => expectClose(tensor, expected[i + 1]!, 2e-4));
  });
});

it.each(shapes)('%j: inference, and the running averages', async (shape) => {
  await tf.setBackend('cpu');
  const operands = operandsOf(shape);
  const expected = composed(shape, operands, false);
  await onEveryEngine(() => {
    if (!hasKernel('Join')) return;
    expectClose(fused(shape, operandsOf(shape), false), expected, 2e-5);
    const after: Averages[] = [];
    const inputs = operandsOf(shape);
    tf.grad((x) => fused(shape, [[x, ...inputs[0]!.slice(1)], ...inputs.slice(1)], true, after))(
      inputs[0]![0]!,
    );
    const normalised = inputs.filter(
      (_, i) => shape.normalised[shape.shortcut && i === inputs.length - 1 ? 2 : i],
    );
    expect(after).toHaveLength(normalised.length);
    normalised.forEach(([x, , , mean, variance], i) => {
      const moments = tf.moments(x!, x!.shape.slice(0, -1).map((_, axis) => axis)); // prettier-ignore
      const moved = (before: tf.Tensor, now: tf.Tensor) => before.mul(0.9).add(now.mul(0.1));
      expectClose(after[i]!.mean, moved(mean!, moments.mean), 1e-5);
      expectClose(after[i]!.variance, moved(variance!, moments.variance), 1e-4);
    });
  });
});
