import { closest, distance } from 'fastest-levenshtein';
import { InputError } from './input-error';

/**
 * The error for a name that is not among `choices`: it lists them, and asks about the nearest one
 * when that is a few keystrokes away.
 *
 * @param kind what the name should have been, such as "model"
 */
export function unknownName(kind: string, name: string, choices: readonly string[]): InputError {
  const near = choices.length > 0 ? closest(name, choices) : undefined;
  const isNear =
    near !== undefined && distance(name, near) <= Math.max(2, Math.floor(near.length / 3));
  const question = isNear ? `; did you mean "${near}"?` : '.';
  return new InputError(
    `Unknown ${kind} "${name}": expected one of ${choices.join(', ')}${question}`,
  );
}
