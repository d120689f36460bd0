import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName } from '@botlab/errors';
import { definedModels, type ModelDefinition } from './define-model';

const folder = join(__dirname, 'zoo');
let loaded = false;

/** Loads each file of zoo/, which defines its model: adding one takes a file there and nothing else. */
function load(): void {
  if (loaded) return;
  loaded = true;
  for (const file of readdirSync(folder).sort()) {
    if (!/^[^.]+\.(js|ts)$/.test(file)) continue; // neither a test, a type nor a source map
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(folder, file));
  }
}

/** Models of the paper's Table 1 in its order, then the others by name. */
export function listModels(): readonly ModelDefinition[] {
  load();
  return [...definedModels()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The paper prints its rows by rising 11-class accuracy. */
function rank({ paper }: ModelDefinition): number {
  return paper === undefined ? Infinity : paper.multiclass.accuracy;
}

/**
 * The model of that name.
 *
 * @throws InputError that suggests the nearest name
 */
export function getModel(name: string): ModelDefinition {
  const models = listModels();
  const found = models.find((model) => model.name === name);
  if (found === undefined) {
    throw unknownName(
      'model',
      name,
      models.map((model) => model.name),
    );
  }
  return found;
}
