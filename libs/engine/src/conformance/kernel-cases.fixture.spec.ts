import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

/** A computation that every engine must do. */
export interface KernelCase {
  readonly name: string;
  /** The kernel that it is about. */
  readonly kernel: string;
  /** On the backend in use; repeatable. */
  readonly compute: () => tf.Tensor[];
  /** What it should give, on tfjs's own `cpu` backend: the same computation, where tfjs has the kernel. */
  readonly expected: () => tf.Tensor[];
}

/** A case for each of the shapes, named after the kernel and the shape. */
export function casesOf<Shape>(
  kernel: string,
  shapes: readonly Shape[],
  compute: (shape: Shape) => tf.Tensor | tf.Tensor[],
  expected: (shape: Shape) => tf.Tensor | tf.Tensor[] = compute,
): KernelCase[] {
  return shapes.map((shape) => ({
    name: `${kernel} ${JSON.stringify(shape)}`,
    kernel,
    compute: () => [compute(shape)].flat(),
    expected: () => [expected(shape)].flat(),
  }));
}

/** Seeded random shapes. */
export function sampled<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] {
  const byName = new Map<string, T>();
  for (const value of fc.sample(arbitrary, { seed: 1, numRuns })) {
    byName.set(JSON.stringify(value), value);
  }
  return [...byName.values()];
}

export const int = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu';

/** What tfjs's fused kernels end with. */
export const activation = fc.constantFrom<Activation>(
  'linear',
  'relu',
  'relu6',
  'elu',
  'sigmoid',
  'leakyrelu',
  'prelu',
);

/** Uniform in ±1. */
export function uniform(shape: number[], seed = 1): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, 'float32', seed);
}

/** Whole numbers from −2 to 2: many ties. */
export function whole(shape: number[], seed = 1): tf.Tensor {
  return tf.randomUniform(shape, -2.5, 2.5, 'float32', seed).round();
}
