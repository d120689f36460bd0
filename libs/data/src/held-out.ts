import { InputError, unknownName } from '@botlab/errors';

/**
 * The names to test on, in the order of `present` and each once.
 *
 * @param kind "device" or "family"
 * @param present the names that the table has rows of
 * @throws InputError for a name that is not present, no name, or all of them
 */
export function requireHeldOut(
  kind: string,
  heldOut: readonly string[],
  present: readonly string[],
): string[] {
  for (const name of heldOut) if (!present.includes(name)) throw unknownName(kind, name, present);
  const chosen = present.filter((name) => heldOut.includes(name));
  if (chosen.length === 0 || chosen.length === present.length) {
    throw new InputError(
      `Cannot hold out ${chosen.length === 0 ? 'no' : 'every'} ${kind}: name at least one of ${present.join(', ')}, and leave one to train on.`,
    );
  }
  return chosen;
}
