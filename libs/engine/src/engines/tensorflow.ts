import { delimiter, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Availability, Engine } from '../engine';
import { registerRecurrentKernels } from '../recurrent-kernels';

// Held as strings, not literals: a literal import would not compile where npm dropped the package.
const packages: readonly string[] = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

const remedy =
  'npm install --no-save @tensorflow/tfjs-node-gpu@4.22.0 (Linux or Windows with CUDA), or ' +
  'npm install --no-save @tensorflow/tfjs-node@4.22.0 (any CPU); both need Node 22 or older';

let probed: Availability | undefined;

/** TensorFlow's own kernels through tfjs-node-gpu or, failing that, tfjs-node. */
export const tensorflow: Engine = {
  name: 'tensorflow',
  title: 'TensorFlow through tfjs-node-gpu or tfjs-node',
  backend: 'tensorflow',
  probe(): Promise<Availability> {
    probed ??= load(require);
    return Promise.resolve(probed);
  },
};

/**
 * Loads the first package that brings a `tensorflow` backend, and registers the fused operations on it.
 *
 * @param requirePackage what loads a package by its name and throws where it cannot
 */
export function load(requirePackage: (name: string) => unknown): Availability {
  const reasons: string[] = [];
  for (const name of packages) {
    const refusals = places(name).map((place) => refusal(requirePackage, place, name));
    if (refusals.includes(undefined)) {
      registerRecurrentKernels('tensorflow');
      return { available: true, detail: name };
    }
    const telling = refusals.find((reason) => reason !== NOT_INSTALLED);
    reasons.push(`${name} ${telling ?? NOT_INSTALLED}`);
  }
  return { available: false, reason: reasons.join('; '), remedy };
}

const NOT_INSTALLED = 'is not installed';

/** Where a package may lie: where Node looks first, then each folder of NODE_PATH, which the alias below hides. */
function places(name: string): string[] {
  const folders = (process.env['NODE_PATH'] ?? '').split(delimiter).filter(Boolean);
  return [name, ...folders.map((folder) => join(folder, name))];
}

/** Loads a package; where that brings no backend, why not. */
function refusal(
  requirePackage: (name: string) => unknown,
  place: string,
  name: string,
): string | undefined {
  try {
    // Danfo's tfjs-node is an alias of tfjs here, which would replace tfjs's gradients by its own.
    const manifest = requirePackage(`${place}/package.json`) as { name?: string };
    if (manifest.name !== name) return NOT_INSTALLED;
    requirePackage(place);
    return tf.findBackendFactory('tensorflow') === null
      ? 'brings no backend "tensorflow"'
      : undefined;
  } catch (error) {
    return reasonOf(error, place);
  }
}

/** Why a package did not load, in a few words. */
function reasonOf(error: unknown, place: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${place}/package.json'`)) {
    return NOT_INSTALLED;
  }
  if (Number(process.versions.node.split('.')[0]) > 22) {
    return `does not run on Node ${process.versions.node}`;
  }
  return `cannot be loaded (${message.split('\n')[0]})`;
}
