import { createHash } from 'node:crypto';
import { useEngine } from '@botlab/engine';
import { withoutNative } from '../../../../tools/testing/native';
import type { BoostedTrees } from './boosted-trees';

/** Engines with the numbers of threads that results must not depend on. */
export const ENGINES: readonly (readonly [engine: string, threads: number])[] = [
  ['reference', 1],
  ...(withoutNative === undefined ? [1, 2, 3, 5].map((n) => ['native', n] as const) : []),
  ...[1, 2, 3, 5].map((n) => ['wasm', n] as const),
];

/** Does the same on each engine; what comes out, by the engine. */
export async function onEngines<T>(work: () => T | Promise<T>): Promise<Map<string, T>> {
  const results = new Map<string, T>();
  for (const [engine, threads] of ENGINES) {
    await useEngine(engine, { threads });
    results.set(`${engine} ${threads}`, await work());
  }
  return results;
}

/** A hash of all that trees consist of. */
export function hashOf({ parts }: BoostedTrees): string {
  const hash = createHash('sha256');
  const { roots, column, bin, child, value, gain, first, edges } = parts;
  for (const array of [roots, column, bin, child, value, gain, first, ...edges]) hash.update(array);
  return hash.digest('hex');
}
