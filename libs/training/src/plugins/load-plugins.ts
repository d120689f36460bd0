import { pathToFileURL } from 'node:url';
import { InputError } from '@botlab/errors';
import { listModels, noteModels } from '@botlab/models';
import { definedEstimators, noteEstimators } from '../estimators/define-estimator';
import { listEstimators } from '../estimators/registry';
import { requireComplete } from './complete-definition';
import { findPlugin, type PluginRequest } from './plugin-file';
import { sharePackages } from './shared-packages';

/** Which plugin each model is from that is from one. */
const origins = new Map<string, string>();
const loaded = new Set<string>();

/** The plugin that defined a model: the path of its file or the name of its package; undefined of one that is here. */
export function pluginOf(model: string): string | undefined {
  return origins.get(model);
}

/**
 * Loads plugins, in their order: files or packages outside this repository that call `defineModel` or
 * `defineEstimator`. What they define is listed and trained as what is here. One that was loaded before is left.
 *
 * @param load what loads a file: `import()`, but for tests
 * @throws InputError where a plugin is not found, throws, defines nothing, or takes a name that there is
 */
export async function loadPlugins(
  plugins: readonly PluginRequest[],
  load: (file: string) => Promise<unknown> = importFile,
): Promise<void> {
  for (const plugin of plugins) await loadPlugin(plugin, load);
}

function importFile(file: string): Promise<unknown> {
  sharePackages();
  return import(pathToFileURL(file).href);
}

/** Everything that is defined, networks and others. */
function definitions() {
  return [...listModels(), ...definedEstimators()];
}

async function loadPlugin(
  request: PluginRequest,
  load: (file: string) => Promise<unknown>,
): Promise<void> {
  const { file, label } = findPlugin(request);
  if (loaded.has(file)) return;
  listEstimators(); // those that are here come first
  const undo = [noteModels(), noteEstimators()];
  try {
    const fault = (why: string) =>
      new InputError(`Cannot load the plugin ${request.name}: ${why}.`);
    for (const name of await newModels(file, load, fault)) origins.set(name, label);
    loaded.add(file);
  } catch (error) {
    for (const one of undo) one();
    throw error;
  }
}

/** Loads a file, and returns the names of the models that it defines; `fault` makes the error of a reason. */
async function newModels(
  file: string,
  load: (file: string) => Promise<unknown>,
  fault: (why: string) => InputError,
): Promise<string[]> {
  const before = new Map(definitions().map((definition) => [definition.name, definition]));
  try {
    await load(file);
  } catch (error) {
    throw fault(`it throws "${firstLine(error)}"; mend ${file}`);
  }
  const found = definitions().filter((definition) => before.get(definition.name) !== definition);
  if (found.length === 0) {
    throw fault(
      'it defines no model; call defineModel of @botlab/models or defineEstimator of @botlab/training in it',
    );
  }
  for (const definition of found) {
    const { name } = definition;
    if (before.has(name)) {
      const whose = origins.get(name);
      const other = whose === undefined ? 'BotLab itself' : `the plugin ${whose}`;
      throw fault(`its model "${name}" has the name of one of ${other}; give it another`);
    }
    requireComplete(definition, fault);
  }
  return found.map(({ name }) => name);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.trim();
}
