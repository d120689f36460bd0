import { InputError } from '@botlab/errors';

/** What a file system takes. */
const MOST_BYTES = 255;
/** Devices of Windows, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Faults that the text itself shows; the first that applies is told. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [/^\.{1,2}$/, 'it would lead to another folder'],
  [/[/\\]/, 'a slash would lead to another folder'],
  [/[\0-\x1f\x7f]/, 'it has a control character'],
  [/[<>:"|?*]/, 'Windows takes none of < > : " | ? *'],
  [/^ |[ .]$/, 'it begins or ends with a space, or ends with a dot'],
  [RESERVED, 'Windows has a device of that name'],
  [/\p{Surrogate}/u, 'it has half a character'],
];

/**
 * Makes sure that a name that a person chose is that of one file or folder inside the folder it is used in,
 * on each system, so that results can be moved.
 *
 * @param what what is named: "an experiment"
 * @returns the name
 * @throws InputError for one that leaves the folder, is too long, or is no name elsewhere
 */
export function requireFileName(name: string, what: string): string {
  const bytes = Buffer.byteLength(name);
  const fault =
    bytes > MOST_BYTES
      ? `it is ${bytes} bytes long, and a file system takes ${MOST_BYTES}`
      : FAULTS.find(([pattern]) => pattern.test(name))?.[1];
  if (fault === undefined) return name;
  const shown = JSON.stringify(bytes > MOST_BYTES ? `${name.slice(0, 20)}…` : name);
  throw new InputError(`Cannot name ${what} ${shown}: ${fault}; choose another name.`);
}
