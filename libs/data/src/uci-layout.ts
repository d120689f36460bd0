import path from 'node:path';
import { ATTACKS, DEVICES, FAMILIES } from '@botlab/traffic';
import { requireClass } from './attack-name';
import type { LayoutFile } from './layout';

/** The families that have attacks, and so a folder of them. */
const ATTACKING = FAMILIES.filter((family) => ATTACKS[family].length > 0);

const BENIGN = /^([^/]+)\/benign_traffic\.csv(\.gz)?$/i;
const ATTACK = new RegExp(`^([^/]+)/(${ATTACKING.join('|')})_attacks/([a-z]+)\\.csv(\\.gz)?$`, 'i');
const ATTACK_FOLDER = new RegExp(`^([^/]+/)?(${ATTACKING.join('|')})_attacks$`, 'i');

/**
 * The data files in the layout of the UCI archive: `DEVICE/benign_traffic.csv`,
 * `DEVICE/gafgyt_attacks/combo.csv`, …, in capitals or not. Any folder that holds such files is a
 * device.
 *
 * @param names the files below `folder`
 * @throws InputError for an unknown attack
 */
export function uciFiles(folder: string, names: readonly string[]): LayoutFile[] {
  return names.flatMap((name) => {
    const benign = BENIGN.exec(name)?.[1];
    const [, device = benign, family = 'benign', attack = null] = ATTACK.exec(name) ?? [];
    if (device === undefined) return [];
    const label = requireClass(
      path.join(folder, name),
      family.toLowerCase(),
      attack?.toLowerCase() ?? null,
    );
    const known = DEVICES.find((one) => one.toLowerCase() === device.toLowerCase());
    return [{ name, device: known ?? device, label }];
  });
}

/** The family of a folder of attacks, in a device's folder or by itself; undefined for other folders. */
export function familyOfFolder(name: string): (typeof ATTACKING)[number] | undefined {
  const family = ATTACK_FOLDER.exec(name)?.[2]?.toLowerCase();
  return ATTACKING.find((one) => one === family);
}
