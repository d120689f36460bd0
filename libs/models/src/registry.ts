import { join } from 'node:path';
import { unknownName } from '@botlab/errors';
import { definedModels, type ModelDefinition } from './define-model';
import { loadDefinitions } from './load-definitions';

/** A file each, and adding one takes nothing else. */
const folder = join(__dirname, 'zoo');

/** Models of the paper's Table 1 in its order, then the others by name. */
export function listModels(): readonly ModelDefinition[] {
  loadDefinitions(folder);
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
