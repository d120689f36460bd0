import { closest, distance } from 'fastest-levenshtein';
import { InputError } from './input-error';

/** More choices than this are not listed: nobody reads a sentence of a hundred names. */
const MOST_LISTED = 20;
const EXAMPLES = 3;

/**
 * The error for a name that is not among `choices`: it lists them, or some where there are many, and
 * asks about the nearest one when that is a few keystrokes away.
 *
 * @param kind what the name should have been, such as "model"
 */
export function unknownName(kind: string, name: string, choices: readonly string[]): InputError {
  const near = choices.length > 0 ? closest(name, choices) : undefined;
  const isNear =
    near !== undefined && distance(name, near) <= Math.max(2, Math.floor(near.length / 3));
  const question = isNear ? `; did you mean "${near}"?` : '.';
  const listed =
    choices.length > MOST_LISTED
      ? `${choices.length}, such as ${choices.slice(0, EXAMPLES).join(', ')}`
      : choices.join(', ');
  return new InputError(`Unknown ${kind} "${name}": expected one of ${listed}${question}`);
}
