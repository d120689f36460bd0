import { delimiter, join } from 'node:path';
import type { Availability, Engine } from './engine';
import { INSTALL_TENSORFLOW } from './installation';
import type { TensorFlowBackend } from '../backends/tensorflow/backend';
import { BACKEND, loadPackage } from '../backends/tensorflow/load-package';
import { registerCorrections } from '../backends/tensorflow/register-corrections';
import { registerRecurrentOperations } from '../backends/tensorflow/register-recurrent';

const GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';

// Held as strings, not literals: a literal import would not compile where npm dropped the package.
const packages: readonly string[] = [GPU_PACKAGE, '@tensorflow/tfjs-node'];

// What tfjs-node 4.22's README asks for, as TensorFlow 2.9 was built.
const remedy =
  `${INSTALL_TENSORFLOW} (Linux or Windows, an NVIDIA GPU with CUDA 11.2 ` +
  'and cuDNN 8.1), or npm install --no-save @tensorflow/tfjs-node@4.22.0 (any CPU); where neither can be ' +
  'had, the engine webgpu uses a GPU without them';

let loaded: Availability | undefined;

/** What {@link tensorflow} finds here. */
export function tensorflowAvailability(): Availability {
  return (loaded ??= load(require));
}

/** TensorFlow's own kernels through tfjs-node-gpu or, failing that, tfjs-node. */
export const tensorflow: Engine = {
  name: 'tensorflow',
  title: 'TensorFlow through tfjs-node-gpu or tfjs-node',
  backend: BACKEND,
  runsOn: 'either',
  probe(): Promise<Availability> {
    return Promise.resolve(tensorflowAvailability());
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
    let reason = NOT_INSTALLED;
    for (const place of places(name)) {
      const outcome = loadFrom(requirePackage, place, name);
      if ('detail' in outcome) return { available: true, ...outcome };
      if (reason === NOT_INSTALLED) ({ reason } = outcome);
    }
    reasons.push(`${name} ${reason}`);
  }
  return { available: false, reason: reasons.join('; '), remedy };
}

const NOT_INSTALLED = 'is not installed';

/** Where a package may lie: where Node looks first, then the folders of NODE_PATH, which the alias hides. */
function places(name: string): string[] {
  const folders = (process.env['NODE_PATH'] ?? '').split(delimiter).filter(Boolean);
  return [name, ...folders.map((folder) => join(folder, name))];
}

/** Loads a package: what it runs on or, where it brings no backend, why not. */
function loadFrom(
  requirePackage: (name: string) => unknown,
  place: string,
  name: string,
): { detail: string } | { reason: string } {
  try {
    // Danfo's tfjs-node is an alias of tfjs here, which would replace tfjs's gradients by its own.
    const manifest = requirePackage(`${place}/package.json`) as { name?: string; version?: string };
    if (manifest.name !== name) return { reason: NOT_INSTALLED };
    const backend = loadPackage(() => requirePackage(place));
    if (backend === undefined) return { reason: `brings no backend "${BACKEND}"` };
    registerCorrections(BACKEND);
    registerRecurrentOperations(BACKEND);
    return { detail: `${name} ${manifest.version}, ${deviceOf(backend, name)}` };
  } catch (error) {
    return { reason: reasonOf(error, place) };
  }
}

/** TensorFlow's version, and what it computes on. */
function deviceOf({ binding, isUsingGpuDevice }: TensorFlowBackend, name: string): string {
  const without = name === GPU_PACKAGE ? 'CPU (found no GPU with CUDA 11.2 and cuDNN 8.1)' : 'CPU';
  return `TensorFlow ${binding.TF_Version}, ${isUsingGpuDevice ? 'GPU' : without}`;
}

/** Why a package did not load, in a few words. */
function reasonOf(error: unknown, place: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${place}/package.json'`)) {
    return NOT_INSTALLED;
  }
  const [line = ''] = message.split('\n');
  return `cannot be loaded (${line.trim().replace(/\.$/, '')})`;
}
