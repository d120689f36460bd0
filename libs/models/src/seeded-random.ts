import prand from 'pure-rand';

/**
 * The result of `compute`, with every unseeded random number in it drawn from `seed`.
 *
 * tf.layers takes a seed layer by layer, and draws one from Math.random where it was given none:
 * weights that an author forgot to seed, the mask of each dropout. Seeding that one source while
 * a model is built, or a step computed, makes every model repeatable without a word in its file.
 * `compute` must be synchronous: nothing else may run while Math.random is replaced.
 */
export function withSeed<T>(seed: number, compute: () => T): T {
  const generator = prand.xoroshiro128plus(seed);
  const random = Math.random;
  Math.random = () => (generator.unsafeNext() >>> 0) / 2 ** 32;
  try {
    return compute();
  } finally {
    Math.random = random;
  }
}
