import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { mended, type TensorFlowBackend } from './backend';

/** The backend that tfjs-node registers. */
export const BACKEND = 'tensorflow';

/**
 * Loads tfjs-node, and leaves of all that it does to tfjs its backend alone: it would also take the place of
 * the backend in use and, where it brings a copy of tfjs, of every kernel, gradient and method there is.
 *
 * @returns the backend, if there is one
 */
export function loadPackage(load: () => unknown): TensorFlowBackend | undefined {
  restoreUtil();
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // errors alone, not what libraries it looked for
  const inUse = tf.getBackend();
  const restore = snapshot();
  try {
    load();
  } finally {
    restore();
  }
  const make = tf.findBackendFactory(BACKEND) as (() => TensorFlowBackend) | null;
  if (make === null) return undefined;
  tf.removeBackend(BACKEND);
  tf.registerBackend(BACKEND, () => mended(make()), 0);
  if (inUse) void tf.setBackend(inUse); // done when it returns: the backend is there
  return tf.findBackend(BACKEND) as TensorFlowBackend;
}

/** Gives back to node:util what tfjs-node 4.22 calls and Node 23 took away. */
function restoreUtil(): void {
  const removed = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, is] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: is });
  }
}

/** Silences tfjs and notes what it has registered; to be called to have all that again, with what is new. */
function snapshot(): () => void {
  const registries = (globalThis as { _tfGlobals?: Map<string, unknown> })._tfGlobals;
  const maps = [...(registries?.values() ?? [])].filter((value) => value instanceof Map);
  const entries = maps.map((map) => [...(map as Map<unknown, unknown>)]);
  const prototype = tf.Tensor.prototype as object;
  const methods = Object.getOwnPropertyDescriptors(prototype);
  const quiet = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  return () => {
    maps.forEach((map, i) => entries[i]!.forEach(([key, value]) => map.set(key, value)));
    Object.defineProperties(prototype, methods);
    tf.env().set('PROD', quiet);
  };
}
