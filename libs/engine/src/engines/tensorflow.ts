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
    try {
      // Danfo's tfjs-node is an alias of tfjs here, which would replace tfjs's gradients by its own.
      const manifest = requirePackage(`${name}/package.json`) as { name?: string };
      if (manifest.name !== name) {
        reasons.push(`${name} is not installed`);
        continue;
      }
      requirePackage(name);
      if (tf.findBackendFactory('tensorflow') === null) {
        reasons.push(`${name} brings no backend "tensorflow"`);
        continue;
      }
      registerRecurrentKernels('tensorflow');
      return { available: true, detail: name };
    } catch (error) {
      reasons.push(`${name} ${reasonOf(error, name)}`);
    }
  }
  return { available: false, reason: reasons.join('; '), remedy };
}

/** Why a package did not load, in a few words. */
function reasonOf(error: unknown, name: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${name}/package.json'`))
    return 'is not installed';
  if (Number(process.versions.node.split('.')[0]) > 22) {
    return `does not run on Node ${process.versions.node}`;
  }
  return `cannot be loaded (${message.split('\n')[0]})`;
}
