import * as tf from '@tensorflow/tfjs';
import { CompiledBackend } from '../backends/compiled/backend';
import type { Host } from '../backends/compiled/host';

/** What runs the compiled kernels of the engine in use; undefined where that has none. */
export function compiledHost(): Host | undefined {
  const backend = tf.backend();
  return backend instanceof CompiledBackend ? backend.host : undefined;
}

/** 1, and the sizes next to the multiples of a block: one less, the multiple, and one more. */
export function around(block: number, ...multiples: number[]): number[] {
  const sizes = multiples.flatMap((times) => [-1, 0, 1].map((more) => times * block + more));
  return [...new Set([1, ...sizes])].filter((size) => size > 0).sort((a, b) => a - b);
}
