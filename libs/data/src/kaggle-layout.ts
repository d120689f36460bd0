import path from 'node:path';
import { InputError } from '@botlab/errors';
import { DEVICES } from '@botlab/traffic';
import { requireClass } from './attack-name';
import type { LayoutFile } from './layout';

const NAME = /^(\d+)\.(benign|\w+\.\w+)\.csv(\.gz)?$/i;

/**
 * The data files among a folder's files in the flat layout of the Kaggle copy: `1.benign.csv`,
 * `1.gafgyt.combo.csv`, …, where 1 to 9 number the devices.
 *
 * @param names the files below `folder`
 * @throws InputError for another device number, and for an unknown attack
 */
export function kaggleFiles(folder: string, names: readonly string[]): LayoutFile[] {
  return names.flatMap((name) => {
    const [, number, what] = NAME.exec(name) ?? [];
    if (number === undefined || what === undefined) return [];
    const file = path.join(folder, name);
    const device = DEVICES[Number(number) - 1];
    if (device === undefined) {
      throw new InputError(
        `Cannot read ${file}: there is no device ${number}; expected a number from 1 to ${DEVICES.length}; rename or remove the file.`,
      );
    }
    const [family = '', attack = null] = what.toLowerCase().split('.');
    return [{ name, device, label: requireClass(file, family, attack) }];
  });
}
