import * as tf from '@tensorflow/tfjs';
import { measureGigaflops } from './engine-speed';
import { onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { useEngine } from './use-engine';

/**
 * Sets the clock to stand still but for what the products cost: as many milliseconds as `cost` says.
 * Returns the sizes of the products that are then computed.
 */
function productsThatTake(cost: (size: number) => number): number[] {
  let now = 0;
  const sizes: number[] = [];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  jest.spyOn(engine, 'runKernel').mockImplementation((name, inputs, attributes) => {
    if (name !== 'BatchMatMul') return runKernel(name, inputs, attributes);
    const size = (inputs as unknown as { a: tf.Tensor2D }).a.shape[0];
    sizes.push(size);
    now += cost(size);
    return tf.zeros([1, 1]);
  });
  return sizes;
}

describe('measureGigaflops', () => {
  beforeEach(() => useEngine('reference'));
  afterEach(() => jest.restoreAllMocks());

  it('gives a speed on every engine, in about the time it is meant to take', async () => {
    await onEveryEngine(async () => {
      const start = performance.now();
      const gigaflops = await measureGigaflops();
      expect(gigaflops).toBeGreaterThan(0.01);
      expect(gigaflops).toBeLessThan(1e6);
      expect(performance.now() - start).toBeLessThan(5_000);
    });
  });
  it('leaves no tensor behind', async () => {
    await onEveryEngine(async () => {
      const { numTensors } = tf.memory();
      await measureGigaflops();
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });
  it('counts a multiplication and an addition as two', async () => {
    productsThatTake((size) => size / 4); // 64 ms for 256
    expect(await measureGigaflops()).toBeCloseTo((2 * 256 ** 3) / 64e6, 10);
  });
  it('takes larger matrices as long as a product is short, and the best of the products', async () => {
    const sizes = productsThatTake((size) => (size / 256) ** 3); // 1, 8, … ms
    expect(await measureGigaflops()).toBeCloseTo((2 * 256 ** 3) / 1e6, 10);
    expect(sizes.slice(0, 3)).toEqual([256, 512, 512]);
    expect(sizes).toHaveLength(1 + 25);
  });
  it('asks a slow engine for one product', async () => {
    const sizes = productsThatTake(() => 900);
    await measureGigaflops();
    expect(sizes).toEqual([256]);
  });
});
