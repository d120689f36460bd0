import { InputError } from '@botlab/errors';
import { checksum, type NamedArray, readTensorFile, writeTensorFile } from '../safetensors';

/** Writes an estimator's arrays, whole or not at all, and returns their SHA-256. */
export function saveArrays(
  file: string,
  estimator: string,
  arrays: Readonly<Record<string, NamedArray['values']>>,
): Promise<string> {
  const named = Object.entries(arrays).map(([name, values]) => ({
    name,
    shape: [values.length],
    values,
  }));
  writeTensorFile(file, { arrays: named, metadata: { model: estimator } });
  return Promise.resolve(checksum(named));
}

/**
 * Reads what {@link saveArrays} wrote.
 *
 * @param lengths how many values each array has
 * @throws InputError when the file is damaged, or is of another estimator or shape
 */
export function loadArrays<Name extends string>(
  file: string,
  estimator: string,
  lengths: Readonly<Record<Name, number>>,
): Record<Name, NamedArray['values']> {
  const { arrays, metadata } = readTensorFile(file);
  const wrong = (what: string) =>
    new InputError(
      `Cannot load ${file} into ${estimator}: ${what}; the folder's config.json and checkpoint are of different ` +
        'models: delete the folder and train again.',
    );
  if (metadata['model'] !== estimator) throw wrong(`it is of ${metadata['model'] ?? 'no model'}`);
  const found = Object.entries<number>(lengths).map(([name, length]) => {
    const values = arrays.find((array) => array.name === name)?.values;
    if (values?.length === length) return [name, values];
    throw wrong(
      `expected ${length} numbers of "${name}", got ${values === undefined ? 'none' : values.length}`,
    );
  });
  return Object.fromEntries(found) as Record<Name, NamedArray['values']>;
}
