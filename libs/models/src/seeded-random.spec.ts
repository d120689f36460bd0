import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { withSeed } from './seeded-random';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

const draw = (count: number) => () => Array.from({ length: count }, () => Math.random());

describe('withSeed', () => {
  it('draws the same numbers from the same seed, others from another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (one, other) => {
        expect(withSeed(one, draw(5))).toEqual(withSeed(one, draw(5)));
        if (one !== other) expect(withSeed(one, draw(5))).not.toEqual(withSeed(other, draw(5)));
      }),
    );
  });
  it('draws from [0, 1), spread evenly', () => {
    const numbers = withSeed(1, draw(10_000));
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    const tenths = Array<number>(10).fill(0);
    for (const number of numbers) tenths[Math.floor(10 * number)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
  it('returns what the function returns', () => {
    expect(withSeed(1, () => 'result')).toBe('result');
  });
  it('puts Math.random back, after an error too', () => {
    const { random } = Math;
    withSeed(1, () => expect(Math.random).not.toBe(random));
    expect(Math.random).toBe(random);
    const failing = (): never => {
      throw new Error('inside');
    };
    expect(() => withSeed(1, failing)).toThrow('inside');
    expect(Math.random).toBe(random);
  });
  it('nested, the outer seed goes on where it was', () => {
    const nested = withSeed(1, () => [Math.random(), withSeed(2, draw(3)), Math.random()]);
    const [first, second] = withSeed(1, draw(2));
    expect(nested).toEqual([first, withSeed(2, draw(3)), second]);
  });
  it('repeats what has no seed of its own: initialisers and dropout', () => {
    const run = (seed: number): number[][] =>
      withSeed(seed, () =>
        tf.tidy(() => {
          const model = tf.sequential();
          model.add(tf.layers.dense({ units: 4, inputShape: [3] }));
          model.add(tf.layers.dense({ units: 4, kernelInitializer: 'heNormal' }));
          model.add(tf.layers.dropout({ rate: 0.5 }));
          const y = model.apply(tf.ones([8, 3]), { training: true }) as tf.Tensor;
          return [...model.getWeights(), y].map(valuesOf);
        }),
      );
    const first = run(1);
    expect(run(1)).toEqual(first);
    expect(run(2)).not.toEqual(first);
    const dropped = first.at(-1)!.filter((value) => value === 0);
    expect(dropped.length).toBeGreaterThan(0); // dropout had its say
  });
});
