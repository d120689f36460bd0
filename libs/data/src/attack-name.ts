import { InputError } from '@botlab/errors';
import { type ClassLabel, classOf } from './class-label';

/**
 * The class that a file's name stands for.
 *
 * @param file the file, for the message
 * @throws InputError for an attack that the set does not have
 */
export function requireClass(file: string, family: string, attack: string | null): ClassLabel {
  const label = classOf(family, attack);
  if (label !== undefined) return label;
  throw new InputError(
    `Cannot read ${file}: unknown attack "${family} ${attack}"; expected one of the ten attacks of N-BaIoT, such as gafgyt combo or mirai ack; rename or remove the file.`,
  );
}
