import { createHash } from 'node:crypto';
import { unsafeUniformIntDistribution } from 'pure-rand/distribution/UnsafeUniformIntDistribution';
import { xoroshiro128plus } from 'pure-rand/generator/XoroShiro';

/**
 * A seeded stream of random numbers (xoroshiro128+), the same on every machine.
 *
 * The state is a hash of the seed and the stream's name, so that streams of one seed are
 * independent: `new Random(7, 'split')` and `new Random(7, 'batches', 3)` share no numbers, and
 * drawing more from one changes nothing in the other.
 */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number, ...stream: readonly (number | string)[]) {
    const hash = createHash('sha256')
      .update(JSON.stringify([seed, ...stream]))
      .digest();
    this.#generator = xoroshiro128plus.fromState([0, 4, 8, 12].map((at) => hash.readInt32LE(at)));
  }

  /** A whole number in [0, n), each as likely; n from 1 to 2^32. */
  int(n: number): number {
    return unsafeUniformIntDistribution(0, n - 1, this.#generator);
  }

  /** A number in [0, 1) with all 53 bits random. */
  float(): number {
    const high = this.#generator.unsafeNext() >>> 5;
    const low = this.#generator.unsafeNext() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Puts `values` in random order, in place (Fisher and Yates), and returns them. */
  shuffle(values: Uint32Array): Uint32Array {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.int(last + 1);
      const value = values[last] ?? 0;
      values[last] = values[other] ?? 0;
      values[other] = value;
    }
    return values;
  }
}
