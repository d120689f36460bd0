import { InputError } from '@botlab/errors';
import { checksum, readTensorFile, type TensorValues, writeTensorFile } from '@botlab/files';

/** Writes an estimator's arrays, whole or not at all, and returns their SHA-256. */
export function saveArrays(
  file: string,
  estimator: string,
  values: Readonly<Record<string, TensorValues>>,
): Promise<string> {
  const arrays = Object.entries(values).map(([name, numbers]) => ({
    name,
    shape: [numbers.length],
    values: numbers,
  }));
  writeTensorFile(file, { arrays, metadata: { model: estimator } });
  return Promise.resolve(checksum(arrays));
}

/**
 * Reads what {@link saveArrays} wrote.
 *
 * @param like arrays of the names, types and lengths that are expected
 * @throws InputError when the file is damaged, or is of another estimator or shape
 */
export function loadArrays<Arrays extends Readonly<Record<string, TensorValues>>>(
  file: string,
  estimator: string,
  like: Arrays,
): Arrays {
  const { arrays, metadata } = readTensorFile(file, {
    what: 'the checkpoint',
    mend: 'delete its run folder and train again',
  });
  const wrong = (what: string) =>
    new InputError(
      `Cannot load ${file} into ${estimator}: ${what}; the folder's config.json and checkpoint are of different ` +
        'models: delete the folder and train again.',
    );
  if (metadata['model'] !== estimator) throw wrong(`it is of ${metadata['model'] ?? 'no model'}`);
  const found = Object.entries(like).map(([name, expected]) => {
    const values = arrays.find((array) => array.name === name)?.values;
    if (values?.length === expected.length && values.constructor === expected.constructor) {
      return [name, values];
    }
    const type = expected.constructor.name;
    const got = values === undefined ? 'none' : `${values.constructor.name}(${values.length})`;
    throw wrong(`expected "${name}" as ${type}(${expected.length}), got ${got}`);
  });
  return Object.fromEntries(found) as Arrays;
}
