import { InputError } from '@botlab/errors';
import {
  checksum,
  type NamedArray,
  parseJSON,
  readTensorFile,
  writeTensorFile,
} from '@botlab/files';
import { BoostedTrees } from './boosting/boosted-trees';
import { ClassTrees } from './class-trees';
import { IsolationForest } from './isolation-forest';
import { type Saved, SavedArrays } from './saved-arrays';

/** What can be saved. */
export type Trees = BoostedTrees | ClassTrees | IsolationForest;

/** How what is in a file becomes trees, by their kind. */
const KINDS: Readonly<Record<string, (saved: SavedArrays) => Trees>> = {
  boosting: (saved) => BoostedTrees.from(saved),
  tree: (saved) => ClassTrees.from(saved),
  forest: (saved) => ClassTrees.from(saved),
  'isolation-forest': (saved) => IsolationForest.from(saved),
};

/**
 * Writes trees as safetensors, whole or not at all, and returns the SHA-256 of their arrays.
 *
 * @throws InputError when the file cannot be written
 */
export function saveTrees(trees: Saved, file: string): string {
  const { kind, numbers, arrays } = trees.saved();
  const named = Object.entries(arrays).map(([name, values]): NamedArray => ({
    name,
    shape: [values.length],
    values,
  }));
  writeTensorFile(file, { arrays: named, metadata: { kind, numbers: JSON.stringify(numbers) } });
  return checksum(named);
}

/**
 * Reads what {@link saveTrees} wrote.
 *
 * @param mend what to do where the file is damaged, as the sentence ends
 * @throws InputError when it cannot be read, is damaged or holds no trees
 */
export function loadTrees(file: string, mend = 'fit them again'): Trees {
  const { arrays, metadata } = readTensorFile(file, { what: 'the trees', mend });
  const damaged = (why: string): InputError =>
    new InputError(`Cannot read the trees ${file}: ${why}; ${mend}.`);
  const kind = metadata['kind'] ?? '';
  const numbers = parseJSON(metadata['numbers'] ?? '');
  if (!Object.hasOwn(KINDS, kind) || typeof numbers !== 'object' || numbers === null) {
    throw damaged('it holds no trees');
  }
  return KINDS[kind]!(new SavedArrays(kind, { ...numbers }, arrays, damaged));
}
