import * as tf from '@tensorflow/tfjs';
import { DeviceLost } from '../engines/device-lost';
import type { Tolerance } from './tolerance.fixture.spec';
import { describeEngines, restartEngine, useEngine } from '../engines/use-engine';

const only = process.env['BOTLAB_ENGINES']?.split(',');

/**
 * Runs a check on every engine that can run here, of those that BOTLAB_ENGINES names where it is set, and
 * names the engine where it fails. An engine whose device was lost starts anew: the next check is not to blame.
 */
export async function onEveryEngine(check: (name: string) => unknown): Promise<void> {
  for (const { name, ...status } of await describeEngines()) {
    if (only?.includes(name) === false) continue;
    if (!status.available) {
      if (only === undefined) continue;
      throw new Error(`BOTLAB_ENGINES names "${name}", which cannot run: ${status.reason}`);
    }
    await useEngine(name);
    try {
      await check(name);
    } catch (cause) {
      if (cause instanceof DeviceLost) await restartEngine(name);
      throw new Error(`on the engine "${name}": ${(cause as Error).message}`, { cause });
    }
  }
}

const SMALLEST_NORMAL = 2 ** -126;

/**
 * Fails unless `actual` has the shape, type and values of `expected`. A tolerance of 0 means the same
 * bits, NaN and −0 among them; otherwise it is a share of the larger of 1 and the expected value. The engine
 * `webgpu` may have 0 for −0 and for what is subnormal, as WGSL may.
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
  const smallest = tf.getBackend() === 'webgpu' ? SMALLEST_NORMAL : 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    const near = tolerance > 0 && Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e));
    const isFlushed = a === 0 && Math.abs(e) < smallest;
    if (near || isFlushed || Object.is(a, e)) continue;
    throw new Error(`element ${i} is ${a}, expected ${e} within ${tolerance}`);
  }
}

/**
 * Fails unless numbers are near those expected, as a share of the greatest of these: results of many terms, whose
 * rounding errors are as large where the terms cancel as where they do not.
 */
export function expectShareOfLargest(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  share: number,
  name: string,
): void {
  expect(actual).toHaveLength(expected.length);
  const largest = largestOf(expected);
  for (let i = 0; i < expected.length; i++) {
    if (Math.abs(actual[i]! - expected[i]!) <= share * largest) continue;
    throw new Error(
      `${name} ${i} is ${actual[i]}, expected ${expected[i]} within ${share} of ${largest}`,
    );
  }
}

/** The greatest finite value. */
function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i]!);
    if (value < Infinity) largest = Math.max(largest, value);
  }
  return largest;
}

/** Fails unless `actual` has the shape, type and values of `expected`, but for what one of the tolerances allows. */
export function expectWithin(
  actual: tf.Tensor,
  expected: tf.Tensor,
  tolerances: readonly Tolerance[],
): void {
  expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
  const [ours, theirs] = [actual.dataSync(), expected.dataSync()];
  const largest = largestOf(theirs);
  for (let i = 0; i < theirs.length; i++) {
    const [a, e] = [ours[i]!, theirs[i]!];
    if (Object.is(a, e) || tolerances.some(({ allows }) => allows(a, e, largest))) continue;
    const reasons = tolerances.map(({ reason }) => reason).join('; ');
    throw new Error(`element ${i} is ${a}, expected ${e} (the greatest is ${largest}): ${reasons}`);
  }
}
