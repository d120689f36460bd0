import { InputError } from '@botlab/errors';

/** A number that is asked for, and from what on. */
export interface NumberRule {
  readonly least: number;
  readonly most?: number;
  /** Takes Infinity too. */
  readonly orInfinity?: boolean;
}

/**
 * Makes sure that an option is a whole number of a range.
 *
 * @throws InputError that names the option
 */
export function requireWhole(
  option: string,
  value: number,
  { least, most = Number.MAX_SAFE_INTEGER, orInfinity = false }: NumberRule,
): void {
  if (
    (Number.isInteger(value) && value >= least && value <= most) ||
    (orInfinity && value === Infinity)
  ) {
    return;
  }
  const upTo = most === Number.MAX_SAFE_INTEGER ? ' on' : ` to ${most}`;
  const orNone = orInfinity ? ', or Infinity' : '';
  throw new InputError(
    `Cannot fit trees with ${option} ${value}: expected a whole number from ${least}${upTo}${orNone}.`,
  );
}
