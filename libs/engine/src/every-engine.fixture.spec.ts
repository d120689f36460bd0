import type * as tf from '@tensorflow/tfjs';
import type { EngineName } from './engine';
import { describeEngines, useEngine } from './use-engine';

const only = process.env['BOTLAB_ENGINES']?.split(',');

/**
 * Runs a check on every engine that can run here, of those that BOTLAB_ENGINES names where it is set, and
 * names the engine where it fails.
 */
export async function onEveryEngine(check: (name: EngineName) => unknown): Promise<void> {
  for (const { name, available } of await describeEngines()) {
    if (!available || only?.includes(name) === false) continue;
    await useEngine(name);
    try {
      await check(name);
    } catch (cause) {
      throw new Error(`on the engine "${name}": ${(cause as Error).message}`, { cause });
    }
  }
}

/**
 * Fails unless `actual` has the shape, type and values of `expected`. A tolerance of 0 means the same
 * bits, NaN and −0 among them; otherwise it is a share of the larger of 1 and the expected value.
 */
export function expectClose(actual: tf.Tensor, expected: tf.Tensor, tolerance: number): void {
  expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
  expectCloseValues(actual.dataSync(), expected.dataSync(), tolerance);
}

/** The same for arrays of numbers. */
export function expectCloseValues(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    const near = tolerance > 0 && Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e));
    if (near || Object.is(a, e)) continue;
    throw new Error(`element ${i} is ${a}, expected ${e} within ${tolerance}`);
  }
}
