import * as tf from '@tensorflow/tfjs';
import type { KernelHost } from '../backends/compiled/kernel-host';
import type { DispatchTime, Engine } from './engine';
import { engines } from './registry';

/** The engine that tfjs computes with; undefined where that is a backend of its own. */
function engineInUse(): Engine | undefined {
  return engines().find(({ backend }) => backend === tf.getBackend());
}

/** Whether the engine in use computes while the program goes on, so that a result is better read seldom. */
export function isAsynchronous(): boolean {
  return engineInUse()?.asynchronous === true;
}

/** The largest tensor that the engine in use can take, in bytes. */
export function largestTensor(): number {
  return engineInUse()?.largestTensor?.() ?? Infinity;
}

/**
 * The compiled kernels of the engine in use, with typed arrays outside tfjs in its memory. For an engine that may be on
 * a graphics card and has none (`webgpu`, `tensorflow`) they are those of the processor: `native`, else `wasm`. undefined
 * for `reference`, which is what they are compared with, and where tfjs computes with a backend of its own.
 */
export function kernelHost(): KernelHost | undefined {
  const own = engineInUse();
  if (own === undefined || own.kernelHost || own.runsOn === 'processor') return own?.kernelHost?.();
  for (const engine of engines()) {
    const host = engine.kernelHost?.();
    if (host !== undefined) return host;
  }
  return undefined;
}

/** How often the engine in use has asked a graphics card to compute something; undefined where it never does. */
export function dispatchesSoFar(): number | undefined {
  return engineInUse()?.dispatches?.();
}

/**
 * Does some work and says what each shader took of it on the graphics card, by the card's own clock, the dearest
 * first; undefined, and the work is not done, where the engine in use cannot tell.
 */
export async function timeDispatches(
  work: () => Promise<unknown>,
): Promise<readonly DispatchTime[] | undefined> {
  return engineInUse()?.timeDispatches?.(work);
}
