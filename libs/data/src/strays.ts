import path from 'node:path';
import { InputError } from '@botlab/errors';
import { DEVICES } from '@botlab/traffic';
import { originalName } from './copied-name';
import type { Entry } from './folder-walk';
import { kaggleFiles } from './kaggle-layout';
import type { LayoutFile } from './layout';
import { strayFault } from './stray-file';
import { familyOfFolder, uciFiles } from './uci-layout';

/** Files that one sentence names beside the first. */
const MOST_NAMED = 5;

/**
 * Throws where something below the folder may hold rows that would not be read.
 *
 * @param others the files that are not read, nor about the data
 * @param files those that are read
 * @throws InputError for the first, with what to do; it names the others
 */
export function refuseStrays(
  folder: string,
  entries: readonly Entry[],
  others: readonly string[],
  files: readonly LayoutFile[],
): void {
  const faultOf = ({ name, kind }: Entry): string | undefined => {
    if (kind === 'folder') return folderFault(folder, name, files);
    return others.includes(name) ? strayFault(name, files) : undefined;
  };
  const faults = entries.flatMap((entry) => {
    const fault = faultOf(entry);
    return fault === undefined ? [] : [{ name: entry.name, fault }];
  });
  // A folder without data is no news beside the file in it that is at fault.
  const [first, ...more] = faults.filter(
    ({ name }) => !faults.some((inside) => inside.name.startsWith(`${name}/`)),
  );
  if (first === undefined) return;
  const named = more.slice(0, MOST_NAMED).map(({ name }) => name);
  const unnamed = more.length > MOST_NAMED ? ` and ${more.length - MOST_NAMED} more` : '';
  const rest = more.length > 0 ? `; mend as well: ${named.join(', ')}${unnamed}` : '';
  throw new InputError(`Cannot read ${path.join(folder, first.name)}: ${first.fault}${rest}.`);
}

/** Why a folder is not what its name says. */
function folderFault(
  folder: string,
  name: string,
  files: readonly LayoutFile[],
): string | undefined {
  const holdsData = (one: string): boolean =>
    files.some((file) => file.name.toLowerCase().startsWith(`${one.toLowerCase()}/`));
  const original = originalName(name);
  if (original !== name && !name.includes('/') && holdsData(name) && holdsData(original)) {
    return `it looks like a copy of ${original}, whose rows would count twice; remove it, or give it the name of another device`;
  }
  if (holdsData(name)) return undefined;
  if (uciFiles(folder, [name]).length > 0 || kaggleFiles(folder, [name]).length > 0) {
    return 'it is a folder, expected a file; extract or remove it';
  }
  const isKaggle = files.length > 0 && files.every((file) => !file.name.includes('/'));
  const isDevice = DEVICES.some((device) => device === name);
  const isFamily = name.includes('/') && familyOfFolder(name) !== undefined;
  if (isKaggle || !(isDevice || isFamily)) return undefined;
  const example = isDevice ? 'benign_traffic.csv' : 'scan.csv';
  return `no data file lies in it; put its files there, such as ${example}, or remove the folder`;
}
