import * as tf from '@tensorflow/tfjs';
import { GPUBackend } from '../backends/webgpu/backend';
import type { DispatchTime } from '../backends/webgpu/dispatch-timer';

/** How often the engine in use has asked a graphics card to compute something; undefined where it never does. */
export function dispatchesSoFar(): number | undefined {
  const backend = tf.backend();
  return backend instanceof GPUBackend ? backend.dispatches : undefined;
}

/**
 * Does some work and says what each shader took of it on the graphics card, by the card's own clock, the dearest
 * first; undefined, and the work is not done, where the engine in use cannot tell.
 */
export async function timeDispatches(
  work: () => Promise<unknown>,
): Promise<readonly DispatchTime[] | undefined> {
  const backend = tf.backend();
  return backend instanceof GPUBackend ? backend.timeDispatches(work) : undefined;
}
