import * as tf from '@tensorflow/tfjs';

/** How long the products repeat, in milliseconds. */
const budget = 200;
/** A product that takes less, in milliseconds, is mostly the starting of threads: it says little. */
const tooShort = 5;
const largest = 4096;

/**
 * Billions of floating-point operations that the engine in use does in a second, a multiplication and an
 * addition being two: the best of the products of square float32 matrices that fit into some 0.2 s.
 *
 * The matrices grow until a product takes long enough to fill every thread, so that a slow engine is not
 * asked for more than it can do in the time.
 */
export async function measureGigaflops(): Promise<number> {
  const start = performance.now();
  let best = 0;
  for (let size = 256; performance.now() - start < budget;) {
    const milliseconds = await multiply(size);
    best = Math.max(best, (2 * size ** 3) / (milliseconds * 1e6));
    if (milliseconds < tooShort && size < largest) size *= 2;
  }
  return best;
}

/** Milliseconds that the product of two matrices takes, until its numbers are there to be read. */
async function multiply(size: number): Promise<number> {
  const [a, b] = [tf.fill([size, size], 0.5), tf.fill([size, size], 0.25)];
  const start = performance.now();
  // One number is read, which waits for all and copies none of the others.
  const corner = tf.tidy(() => tf.matMul(a, b).slice([0, 0], [1, 1]));
  await corner.data();
  const milliseconds = performance.now() - start;
  tf.dispose([a, b, corner]);
  return milliseconds;
}
