import { InputError } from '@botlab/errors';
import { type NamedArray as AnyArray, readTensorFile as readArrays } from '@botlab/files';

export { checksum, writeTensorFile } from '@botlab/files';

/** A named array of float32 with its shape. */
export type NamedArray = AnyArray<Float32Array>;

/** What a checkpoint holds: arrays of float32, and notes about them. */
export interface TensorFile {
  readonly arrays: readonly NamedArray[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a checkpoint of a network.
 *
 * @throws InputError when the file is damaged, or holds other numbers than float32
 */
export function readTensorFile(path: string): TensorFile {
  const mend = 'delete its run folder and train again';
  const { arrays, metadata } = readArrays(path, { what: 'the checkpoint', mend });
  const floats = arrays.map(({ name, shape, values }): NamedArray => {
    if (values instanceof Float32Array) return { name, shape, values };
    throw new InputError(
      `Cannot read the checkpoint ${path}: its array "${name}" is not of float32; ${mend}.`,
    );
  });
  return { arrays: floats, metadata };
}
