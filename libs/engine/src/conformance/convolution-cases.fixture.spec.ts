import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  activation,
  casesOf,
  int,
  type KernelCase,
  sampled,
  uniform,
  whole,
} from './kernel-cases.fixture.spec';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

interface Window {
  /** `[batch, height, width, channel]` */
  x: [number, number, number, number];
  filter: [number, number];
  strides: [number, number];
  pad: Pad;
}

const pad: fc.Arbitrary<Pad> = fc.oneof(
  fc.constantFrom<Pad>('same', 'valid'),
  int(0, 2),
  fc.tuple(int(0, 2), int(0, 2), int(0, 2), int(0, 2)).map(([top, bottom, left, right]): Pad => [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]),
);

const window: fc.Arbitrary<Window> = fc.record({
  x: fc.tuple(int(1, 3), int(1, 9), int(1, 9), int(1, 5)),
  filter: fc.tuple(int(1, 4), int(1, 4)),
  strides: fc.tuple(int(1, 3), int(1, 3)),
  pad,
});

/** Whether the window fits into x. */
function fits({ x, filter, strides, pad }: Window, dilations: [number, number] = [1, 1]): boolean {
  const shape = [...filter, x[3], 1] as [number, number, number, number];
  const { outHeight, outWidth } = tf.backend_util.computeConv2DInfo(
    x,
    shape,
    strides,
    dilations,
    pad,
  );
  return outHeight > 0 && outWidth > 0;
}

const convolutions = sampled(
  fc.record({ window, filters: int(1, 6) }).filter((shape) => fits(shape.window)),
  40,
);

/** tfjs strides or dilates, not both. */
const dilated = sampled(
  fc
    .record({ window, filters: int(1, 4), dilations: fc.tuple(int(1, 3), int(1, 3)) })
    .map((shape) => ({ ...shape, window: { ...shape.window, strides: [1, 1] as [1, 1] } }))
    .filter((shape) => fits(shape.window, shape.dilations)),
  20,
);

const fused = sampled(
  fc
    .record({
      window,
      filters: int(1, 40),
      hasBias: fc.boolean(),
      activation,
    })
    .filter((shape) => fits(shape.window)),
  40,
);

/** Channels around the width of a tile, many positions, and more channels than are gathered at once. */
const wide = [
  { x: [5, 1, 115, 1], filter: [1, 3], filters: 16 },
  { x: [5, 1, 115, 32], filter: [1, 3], filters: 16 },
  { x: [6, 1, 29, 64], filter: [1, 1], filters: 128 },
  { x: [3, 1, 58, 31], filter: [1, 4], filters: 33 },
  { x: [2, 1, 9, 230], filter: [1, 2], filters: 17 },
  { x: [2, 9, 11, 20], filter: [3, 3], filters: 48 },
].map(({ x, filter, filters }) => ({
  window: { x, filter, strides: [1, 1], pad: 'same' } as Window,
  filters,
}));

const sequences = sampled(
  fc.record({
    x: fc.tuple(int(1, 3), int(4, 12), int(1, 4)),
    filter: fc.tuple(int(1, 4), int(1, 5)),
    stride: int(1, 3),
    pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
  }),
  20,
);

function filterOf({ filter, x }: Window, filters: number): tf.Tensor4D {
  return uniform([...filter, x[3], filters], 2) as tf.Tensor4D;
}

/** dL/dx and dL/dfilter of a convolution. */
function gradients({ window, filters }: (typeof convolutions)[number]): tf.Tensor[] {
  const convolve = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, window.strides, window.pad);
  const operands = [uniform(window.x), filterOf(window, filters)] as const;
  const dy = uniform(convolve(...operands).shape, 3);
  return tf.grads(convolve)([...operands], dy);
}

const convolutionCases = [
  ...casesOf('Conv2D', convolutions, ({ window, filters }) =>
    tf.conv2d(
      uniform(window.x) as tf.Tensor4D,
      filterOf(window, filters),
      window.strides,
      window.pad,
    ),
  ),
  ...casesOf('Conv2D', dilated, ({ window, filters, dilations }) =>
    tf.conv2d(
      uniform(window.x) as tf.Tensor4D,
      filterOf(window, filters),
      1,
      window.pad,
      'NHWC',
      dilations,
    ),
  ),
  ...casesOf('Conv2D', sequences, ({ x, filter: [size, filters], stride, pad }) =>
    tf.conv1d(
      uniform(x) as tf.Tensor3D,
      uniform([size, x[2], filters], 2) as tf.Tensor3D,
      stride,
      pad,
    ),
  ),
  ...casesOf('Conv2D', [{ empty: [0, 5, 5, 2] }], ({ empty }) =>
    tf.conv2d(uniform(empty) as tf.Tensor4D, uniform([3, 3, 2, 4]) as tf.Tensor4D, 1, 'same'),
  ),
  ...casesOf('Conv2D', [{ channelsFirst: [2, 3, 6, 5] }], ({ channelsFirst }) =>
    tf.conv2d(
      uniform(channelsFirst) as tf.Tensor4D,
      uniform([3, 2, 3, 4]) as tf.Tensor4D,
      1,
      'same',
      'NCHW',
    ),
  ),
  ...casesOf('FusedConv2D', fused, ({ window, filters, hasBias, activation }) =>
    tf.fused.conv2d({
      x: uniform(window.x) as tf.Tensor4D,
      filter: filterOf(window, filters),
      strides: window.strides,
      pad: window.pad,
      bias: hasBias ? (uniform([filters], 3) as tf.Tensor1D) : undefined,
      activation,
      leakyreluAlpha: 0.3,
      preluActivationWeights: activation === 'prelu' ? uniform([filters], 4) : undefined,
    }),
  ),
  ...casesOf('FusedConv2D', [{ empty: [0, 5, 5, 2] }], ({ empty }) =>
    tf.fused.conv2d({
      x: uniform(empty) as tf.Tensor4D,
      filter: uniform([3, 3, 2, 4]) as tf.Tensor4D,
      strides: 1,
      pad: 'same',
      activation: 'relu',
    }),
  ),
  ...casesOf('FusedConv2D', ['NaN and infinity'], () => {
    const x = tf.tensor4d([NaN, Infinity, -Infinity, 1000, -1000], [5, 1, 1, 1]);
    const filter = tf.tensor4d([1], [1, 1, 1, 1]);
    const activations = ['relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;
    return activations.map((activation) =>
      tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', activation, leakyreluAlpha: 0.3 }),
    );
  }),
  ...casesOf('Conv2D', wide, (shape) =>
    tf.conv2d(
      uniform(shape.window.x) as tf.Tensor4D,
      filterOf(shape.window, shape.filters),
      1,
      'same',
    ),
  ),
  ...casesOf('Conv2DBackpropInput', wide, (shape) => gradients(shape)[0]!),
  ...casesOf('Conv2DBackpropFilter', wide, (shape) => gradients(shape)[1]!),
  ...casesOf('Conv2DBackpropInput', convolutions, (shape) => gradients(shape)[0]!),
  ...casesOf('Conv2DBackpropFilter', convolutions, (shape) => gradients(shape)[1]!),
];

const pools = sampled(
  window.filter((shape) => fits(shape)),
  40,
);

function poolGradient({ filter, strides, pad }: Omit<Window, 'x'>, x: tf.Tensor): tf.Tensor {
  const pool = (x: tf.Tensor): tf.Tensor => tf.maxPool(x as tf.Tensor4D, filter, strides, pad);
  return tf.grad(pool)(x, uniform(pool(x).shape, 3));
}

/** Windows that overlap by two, over values in one row. */
const overlapping = { filter: [1, 3], strides: [1, 1], pad: 'same' } satisfies Omit<Window, 'x'>;
const rows: Readonly<Record<string, number[]>> = {
  'ties: the first is the greatest': [1, 1, 1, 0, 2, 2],
  'NaN is never the greatest': [NaN, 1, 0, 3, NaN, 2],
  'NaN alone': [NaN, NaN, NaN, NaN, 1, 2],
  '-Infinity alone': [-Infinity, -Infinity, -Infinity, -Infinity, 1, 2],
  'Infinity is the greatest': [Infinity, 1, 0, -Infinity, 2, Infinity],
};

const poolCases = [
  ...casesOf('MaxPoolGrad', pools, (shape) => poolGradient(shape, uniform(shape.x))),
  ...casesOf(
    'MaxPoolGrad',
    pools.map((ties) => ({ ties })),
    ({ ties }) => poolGradient(ties, whole(ties.x)),
  ),
  ...casesOf('MaxPoolGrad', Object.keys(rows), (name) =>
    poolGradient(overlapping, tf.tensor4d(rows[name]!, [1, 1, 6, 1])),
  ),
  ...casesOf('MaxPoolGrad', ['padding alone'], () =>
    poolGradient(
      {
        filter: [2, 2],
        strides: [1, 1],
        pad: [
          [0, 0],
          [2, 2],
          [2, 2],
          [0, 0],
        ],
      },
      uniform([2, 3, 3, 2]),
    ),
  ),
];

export const CONVOLUTION_CASES: readonly KernelCase[] = [...convolutionCases, ...poolCases];
