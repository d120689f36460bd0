import { describeEngines, useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { SelfAttention } from './self-attention';
import { valuesOf } from './contract/tensor-values';

const [BATCH, TOKENS, WIDTH] = [2, 3, 4];

const uniform = (shape: number[], seed: number): tf.Tensor =>
  tf.randomUniform(shape, -1, 1, 'float32', seed);

const inputOf = (batch = BATCH): tf.Tensor => uniform([batch, TOKENS, WIDTH], 9);

/** A layer for {@link inputOf} with weights that are all different. */
function layerOf(heads: number): SelfAttention {
  const layer = new SelfAttention({ heads });
  layer.build([null, TOKENS, WIDTH]);
  layer.setWeights(layer.getWeights().map(({ shape }, i) => uniform(shape, i + 1)));
  return layer;
}

/** Runs a check on every engine that can run here, and names the engine where it fails. */
async function onEveryEngine(check: () => void): Promise<void> {
  for (const { name, available } of await describeEngines()) {
    if (!available) continue;
    await useEngine(name);
    try {
      tf.tidy(check);
    } catch (cause) {
      throw new Error(`on the engine "${name}": ${(cause as Error).message}`, { cause });
    }
  }
}

type Matrix = number[][];

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
const columns = (a: Matrix, from: number, to: number): Matrix =>
  a.map((row) => row.slice(from, to));
const transposed = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** The definition in float64, token by token and head by head: the attention and the output of one row. */
function byDefinition(x: Matrix, layer: SelfAttention): { attention: Matrix[]; output: Matrix } {
  const weights = layer.getWeights().map((weight) => weight.arraySync());
  const [query, key, value, output] = weights as [Matrix, Matrix, Matrix, Matrix];
  const bias = weights[4] as number[];
  const size = WIDTH / layer.heads;
  const attention: Matrix[] = [];
  const concat: Matrix = x.map(() => []);
  for (let head = 0; head < layer.heads; head++) {
    const [q, k, v] = [query, key, value].map((kernel) =>
      columns(product(x, kernel), head * size, (head + 1) * size),
    ) as [Matrix, Matrix, Matrix];
    const weighed = product(q, transposed(k)).map((scores) => {
      const exponentials = scores.map((score) => Math.exp(score / Math.sqrt(size)));
      const sum = exponentials.reduce((a, b) => a + b, 0);
      return exponentials.map((exponential) => exponential / sum);
    });
    attention.push(weighed);
    product(weighed, v).forEach((row, token) => concat[token]!.push(...row));
  }
  return {
    attention,
    output: product(concat, output).map((row) => row.map((sum, i) => sum + bias[i]!)),
  };
}

function expectClose(actual: tf.Tensor, expected: number[], tolerance: number): void {
  const values = valuesOf(actual);
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    if (!(Math.abs(value - expected[i]!) <= tolerance))
      throw new Error(`element ${i} is ${value}, expected ${expected[i]}`);
  });
}

it.each([1, 2, 4])('%i heads: attention and output as by the definition in float64', (heads) =>
  onEveryEngine(() => {
    const [layer, x] = [layerOf(heads), inputOf()];
    const rows = (x.arraySync() as Matrix[]).map((row) => byDefinition(row, layer));
    const attention = layer.attention(x);
    expect(attention.shape).toEqual([BATCH, heads, TOKENS, TOKENS]);
    expectClose(attention, rows.map((row) => row.attention).flat(3), 1e-6);
    const output = layer.apply(x) as tf.Tensor;
    expect(output.shape).toEqual(x.shape);
    expectClose(output, rows.map((row) => row.output).flat(2), 2e-6);
  }),
);

it.each([1, 2])('%i heads: gradients of finite differences, for x and every weight', (heads) =>
  onEveryEngine(() => {
    const layer = layerOf(heads);
    const dy = uniform([BATCH, TOKENS, WIDTH], 10);
    const operands = [inputOf(), ...layer.getWeights()];
    const loss = (...[x, ...weights]: tf.Tensor[]): tf.Scalar => {
      // Gradients flow to tensors: the layer's own variables stay out of the way.
      weights.forEach((weight, i) => (layer.weights[i]!.read = () => weight));
      return layer.call(x!).mul(dy).sum();
    };
    const gradients = tf.grads(loss)(operands);
    const step = 2 ** -7;
    operands.forEach((operand, i) => {
      const differences = Array.from({ length: operand.size }, (_, place) => {
        const shift = tf.oneHot(place, operand.size).mul(step).reshape(operand.shape);
        const [above, below] = [operand.add(shift), operand.sub(shift)].map(
          (shifted) => valuesOf(loss(...operands.with(i, shifted)))[0]!,
        );
        return (above! - below!) / (2 * step);
      });
      expect(gradients[i]!.shape).toEqual(operand.shape);
      expectClose(gradients[i]!, differences, 2e-3);
    });
  }),
);

describe('on the reference engine', () => {
  beforeAll(() => useEngine('reference'));

  it('sees a set: tokens that change places change theirs in the output, and nothing else', () => {
    const [layer, x] = [layerOf(2), inputOf()];
    const backwards = layer.apply(x.reverse(1)) as tf.Tensor;
    expectClose(backwards.reverse(1), valuesOf(layer.apply(x) as tf.Tensor), 1e-6);
  });

  it('has no bias that softmax takes away', () => {
    const layer = layerOf(2);
    const names = layer.weights.map(({ originalName }) => originalName.split('/').at(-1));
    expect(names).toEqual(['query', 'key', 'value', 'output', 'bias']);
  });

  it('is saved and restored', () => {
    const layer = new SelfAttention({ heads: 2, name: 'a', trainable: false });
    const again = SelfAttention.fromConfig(SelfAttention, layer.getConfig()) as SelfAttention;
    expect(again.getConfig()).toEqual(layer.getConfig());
    expect(again.heads).toBe(2);
  });

  it.each([0, 1.5, NaN, undefined])('refuses %s heads', (heads) => {
    expect(() => new SelfAttention({ heads: heads as number })).toThrow(
      `Cannot make self-attention of ${heads} heads: expected a whole number from 1.`,
    );
  });

  it('refuses a width that the heads do not divide, or that is not known', () => {
    const layer = new SelfAttention({ heads: 3, name: 'a' });
    for (const shape of [
      [null, TOKENS, WIDTH],
      [null, TOKENS, null],
      [null, WIDTH],
    ]) {
      expect(() => layer.build(shape)).toThrow(
        'Cannot build a: expected an input [batch, tokens, width] with a width that 3 heads divide, ' +
          `got ${JSON.stringify(shape)}.`,
      );
    }
  });
});
