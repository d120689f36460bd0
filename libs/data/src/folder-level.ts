import path from 'node:path';
import { InputError } from '@botlab/errors';
import { seemingClass } from './class-name';
import { formattedName, isRead } from './file-format';
import type { Entry } from './folder-walk';
import { kaggleFiles } from './kaggle-layout';
import { familyOfFolder, uciFiles } from './uci-layout';

/**
 * Throws where the data lie in a folder below, or the folder is part of a data set: one level too high or too low.
 *
 * @throws InputError that names the folder to give instead
 */
export function refuseOtherLevel(folder: string, entries: readonly Entry[]): void {
  const base = entries
    .filter(({ kind }) => kind === 'folder')
    .map(({ name }) => name)
    .find((name) => {
      if (name.split('/').some((part) => familyOfFolder(part) !== undefined)) return false;
      const inside = entries
        .filter((entry) => entry.kind !== 'folder' && entry.name.startsWith(`${name}/`))
        .map((entry) => entry.name.slice(name.length + 1));
      const below = path.join(folder, name);
      return kaggleFiles(below, inside).length > 0 || uciFiles(below, inside).length > 0;
    });
  if (base !== undefined) {
    throw new InputError(
      `Cannot read ${folder}: its data files lie in a folder below it; name ${path.join(folder, base)}.`,
    );
  }
  const above = path.dirname(path.resolve(folder));
  const isFile = (test: (stem: string) => boolean): boolean =>
    entries.some(({ name, kind }) => {
      const { stem, formats } = formattedName(name);
      return kind === 'file' && isRead(formats) && test(stem);
    });
  if (
    isFile((stem) => stem === 'benign_traffic') ||
    entries.some(
      ({ name, kind }) =>
        kind === 'folder' && !name.includes('/') && familyOfFolder(name) !== undefined,
    )
  ) {
    throw new InputError(
      `Cannot read ${folder}: it is the folder of one device; name the folder that it is in, ${above}.`,
    );
  }
  if (
    familyOfFolder(path.basename(path.resolve(folder))) !== undefined &&
    isFile((stem) => seemingClass(stem) !== undefined)
  ) {
    throw new InputError(
      `Cannot read ${folder}: it is the folder of one device's attacks; name the folder that its device is in, ${path.dirname(above)}.`,
    );
  }
}
