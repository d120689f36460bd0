import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { sampled, uniform, whole } from '../conformance/kernel-cases.fixture.spec';
import { hasKernel } from './has-kernel';
import { join, type JoinBranch, type JoinInput, type Normalisation } from './join';

interface Shape {
  rows: number[];
  /** Channels of the branches. */
  channels: number[];
  /** Which inputs are normalised: the branches, and last the shortcut. */
  normalised: boolean[];
  /** Which branches are pooled; then the last of the rows is the length that is pooled. */
  pooled: boolean[];
  relu: boolean;
  shortcut: boolean;
  weights: boolean;
}

const shapes = sampled<Shape>(
  fc.record({
    rows: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 2 }),
    channels: fc.array(fc.integer({ min: 1, max: 37 }), { minLength: 1, maxLength: 2 }),
    normalised: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    pooled: fc.tuple(fc.boolean(), fc.boolean()),
    relu: fc.boolean(),
    shortcut: fc.boolean(),
    weights: fc.boolean(),
  }),
  60,
);
shapes.push(
  {
    rows: [600, 5], // several parts
    channels: [3, 2],
    normalised: [true, true, true],
    pooled: [false, false],
    relu: true,
    shortcut: true,
    weights: true,
  },
  ...[1, 2, 9, 10].map((length) => ({
    rows: [length === 9 ? 130 : 3, length], // 650 pooled rows are several parts
    channels: [115, 33], // 64, 32, 16 and 3; and so on for shorter vectors
    normalised: [true, true, true],
    pooled: [true, length < 10],
    relu: true,
    shortcut: true,
    weights: true,
  })),
  {
    rows: [1],
    channels: [3, 5],
    normalised: [true, true, false],
    pooled: [true, true],
    relu: true,
    shortcut: true,
    weights: true,
  },
);

const EPSILON = 1e-3;
const MOMENTUM = 0.9;

/** The rows of the i-th input: of a pooled one before the pooling, and if there is one, of others after it. */
function rowsOf({ rows, channels, pooled }: Shape, i: number): number[] {
  const isPooled = channels.map((_, branch) => pooled[branch]!);
  if (isPooled[i] || !isPooled.includes(true)) return rows;
  return [...rows.slice(0, -1), Math.ceil(rows.at(-1)! / 2)];
}

/** Max pooling by 2 of x `[…, length, channels]`. */
function halved(x: tf.Tensor): tf.Tensor {
  const [length, channels] = x.shape.slice(-2) as [number, number];
  const sequences = x.reshape<tf.Tensor4D>([-1, length, 1, channels]);
  const pooled = tf.maxPool(sequences, [2, 1], [2, 1], 'same');
  return pooled.reshape([...x.shape.slice(0, -2), Math.ceil(length / 2), channels]);
}

/** The operands: x, gamma and beta of each input, then its running mean and variance. */
function operandsOf(shape: Shape): tf.Tensor[][] {
  const { channels, shortcut } = shape;
  const widths = [...channels, ...(shortcut ? [channels[0]! + (channels[1] ?? 0)] : [])];
  return widths.map((width, i) => [
    // Far from 0, where a variance as a difference of squares would be lost.
    uniform([...rowsOf(shape, i), width], 10 * i + 1).add(i === 0 ? 4 : 0),
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
  const branches = shape.channels.map((_, i) => {
    const [x, ...rest] = operands[i]!;
    return normal([shape.pooled[i] ? halved(x!) : x!, ...rest], i);
  });
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
  const branches = shape.channels.map((_, i) => ({
    ...inputOf(operands[i]!, i),
    pooled: shape.pooled[i]!,
  }));
  return join(
    {
      branches: branches as [JoinBranch] | [JoinBranch, JoinBranch],
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
    normalised.forEach((operands, i) => {
      const [input, , , mean, variance] = operands;
      const place = inputs.indexOf(operands);
      const isPooled = place < shape.channels.length && shape.pooled[place];
      const x = isPooled ? halved(input!) : input!;
      const moments = tf.moments(x, x.shape.slice(0, -1).map((_, axis) => axis)); // prettier-ignore
      const moved = (before: tf.Tensor, now: tf.Tensor) => before.mul(0.9).add(now.mul(0.1));
      expectClose(after[i]!.mean, moved(mean!, moments.mean), 1e-5);
      expectClose(after[i]!.variance, moved(variance!, moments.variance), 1e-4);
    });
  });
});

describe('a pooled branch is a max pooling and then a branch', () => {
  const dy = () => uniform([6, 5, 19], 3);
  const special = [NaN, -Infinity, Infinity, 0, 1, NaN, NaN, 1, 1];
  const inputs: Record<string, () => tf.Tensor> = {
    ties: () => whole([6, 9, 19], 1),
    'NaN and infinities': () => {
      const values = Array.from({ length: 6 * 9 * 19 }, (_, i) => special[(i * i + (i >> 3)) % 9]!);
      return tf.tensor(values, [6, 9, 19]);
    },
  };
  it.each(Object.keys(inputs))('%s: the same bits', async (name) => {
    await onEveryEngine(() => {
      if (!hasKernel('Join')) return;
      const x = inputs[name]!();
      for (const relu of [false, true]) {
        const pooled = (x: tf.Tensor) => join({ branches: [{ x, pooled: true }], relu }, true);
        const apart = (x: tf.Tensor) => join({ branches: [{ x: halved(x) }], relu }, true);
        expectClose(pooled(x), apart(x), 0);
        expectClose(tf.grad(pooled)(x, dy()), tf.grad(apart)(x, dy()), 0);
      }
    });
  });
});

describe('a constant column is 0, however large', () => {
  const constants = [1e20, -1e30, 3e38, -3e38, 1e-30, 0.1, 12345.678, 0];

  /** Normalises columns over a batch; and what becomes of the running averages, 0 and 1 before. */
  function normalised(
    x: tf.Tensor,
    pooled: boolean,
  ): Record<'y' | 'dx' | 'mean' | 'variance', tf.Tensor> {
    const width = x.shape.at(-1)!;
    let averages: Averages | undefined;
    const norm: Normalisation = {
      epsilon: EPSILON,
      momentum: 0.75,
      mean: tf.zeros([width]),
      variance: tf.ones([width]),
      onAverages: (mean, variance) =>
        (averages = { mean: tf.keep(mean.clone()), variance: tf.keep(variance.clone()) }),
    };
    const run = (x: tf.Tensor) => join({ branches: [{ x, norm, pooled }], relu: false }, true);
    const y = run(x);
    return { y, dx: tf.grad(run)(x, uniform(y.shape, 5)), ...averages! };
  }

  // One row, less than a block, some blocks, several parts.
  it.each([1, 2, 31, 33, 700, 2100])('over %d rows', async (rows) => {
    await onEveryEngine(() => {
      if (!hasKernel('Join')) return;
      for (const pooled of [false, true]) {
        const width = constants.length;
        const x = tf
          .tensor1d(constants)
          .tile([2 * rows])
          .reshape([rows, 2, width]);
        const { y, dx, mean, variance } = normalised(x, pooled);
        expectClose(y, tf.zeros(y.shape), 0);
        expectClose(mean, tf.tensor1d(constants).mul(0.25), 1e-6);
        expectClose(variance, tf.fill([width], 0.75), 1e-6);
        expect(dx.dataSync().every(Number.isFinite)).toBe(true);
      }
    });
  });

  it.each([33, 700, 2100])(
    'beside others, and beside what is beyond its square, over %d rows',
    async (rows) => {
      await onEveryEngine(() => {
        if (!hasKernel('Join')) return;
        // ±1e20 in turns, and once 1e30 among zeros: a variance beyond float32 makes 0 of them, as in tfjs.
        const turns = tf.tensor1d(
          Array.from({ length: rows }, (_, row) => (row % 2 ? 1e20 : -1e20)),
        );
        const once = tf.tensor1d(Array.from({ length: rows }, (_, row) => (row === 20 ? 1e30 : 0)));
        const plain = uniform([rows], 3);
        const x = tf.stack([turns, plain, once, tf.fill([rows], 1e20)], 1);
        const { y } = normalised(x, false);
        const { y: alone } = normalised(plain.reshape([rows, 1]), false);
        const columns = tf.unstack(y, 1);
        for (const i of [0, 2, 3]) expectClose(columns[i]!, tf.zeros([rows]), 0);
        expectClose(columns[1]!, alone.flatten(), 1e-6);
        const { mean, variance } = tf.moments(plain);
        expectClose(columns[1]!, plain.sub(mean).div(variance.add(EPSILON).sqrt()), 1e-5);
      });
    },
  );

  it('NaN among them stays NaN', async () => {
    await onEveryEngine(() => {
      if (!hasKernel('Join')) return;
      const x = tf.tensor2d([1e20, 1, NaN, 1, 1e20, 1], [3, 2]);
      const { y } = normalised(x, false);
      expect([...y.dataSync()].map(Number.isNaN)).toEqual([true, false, true, false, true, false]);
    });
  });

  it('a batch without rows leaves the running averages as they are', async () => {
    await onEveryEngine(() => {
      if (!hasKernel('Join')) return;
      const { y, dx, mean, variance } = normalised(tf.zeros([0, 3]), false);
      expect([y.shape, dx.shape]).toEqual([
        [0, 3],
        [0, 3],
      ]);
      expectClose(mean, tf.zeros([3]), 0);
      expectClose(variance, tf.ones([3]), 0);
    });
  });
});
