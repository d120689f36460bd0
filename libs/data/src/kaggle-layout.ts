import path from 'node:path';
import { InputError } from '@botlab/errors';
import { requireClass } from './attack-name';
import { DEVICES } from '@botlab/traffic';
import type { LayoutFile } from './layout';

const NAME = /^(\d+)\.(benign|\w+\.\w+)\.csv(\.gz)?$/;

/**
 * The data files among a folder's files in the flat layout of the Kaggle copy: `1.benign.csv`,
 * `1.gafgyt.combo.csv`, …, where 1 to 9 number the devices.
 *
 * @throws InputError for another device number, and for an unknown attack
 */
export function kaggleFiles(folder: string, files: readonly string[]): LayoutFile[] {
  return files.flatMap((name) => {
    const [, number, what] = NAME.exec(name) ?? [];
    if (number === undefined || what === undefined) return [];
    const file = path.join(folder, name);
    const device = DEVICES[Number(number) - 1];
    if (device === undefined) {
      throw new InputError(
        `Cannot read ${file}: there is no device ${number}; expected a number from 1 to ${DEVICES.length}; rename or remove the file.`,
      );
    }
    const [family = '', attack = null] = what.split('.');
    return [{ name, device, label: requireClass(file, family, attack) }];
  });
}
