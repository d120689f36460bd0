import path from 'node:path';
import { InputError } from '@botlab/errors';
import { ATTACKS, FAMILIES } from '@botlab/traffic';
import { requireClass } from './attack-name';

import type { LayoutFile } from './layout';
import { archives, list } from './listing';

const CSV = /^(.+)\.csv(\.gz)?$/;
const FAMILIES_OF_ATTACKS = FAMILIES.filter((family) => ATTACKS[family].length > 0);

/**
 * The data files in the layout of the UCI archive: `DEVICE/benign_traffic.csv`,
 * `DEVICE/gafgyt_attacks/combo.csv`, …. Any folder that holds such files is a device.
 *
 * @param folders the names of the folders in `folder`
 * @throws InputError for an unknown attack, and for a device whose attacks were not extracted
 */
export async function uciFiles(folder: string, folders: readonly string[]): Promise<LayoutFile[]> {
  const devices = await Promise.all(folders.map((device) => deviceFiles(folder, device)));
  return devices.flat();
}

async function deviceFiles(folder: string, device: string): Promise<LayoutFile[]> {
  const { files, folders } = await list(path.join(folder, device));
  const found: LayoutFile[] = [];
  const add = (name: string, family: string, attack: string | null): void => {
    const label = requireClass(path.join(folder, name), family, attack);
    found.push({ name, device, label });
  };
  for (const file of files) {
    if (CSV.exec(file)?.[1] === 'benign_traffic') add(`${device}/${file}`, 'benign', null);
  }
  for (const family of FAMILIES_OF_ATTACKS) {
    const inside = `${family}_attacks`;
    if (folders.includes(inside)) {
      for (const file of (await list(path.join(folder, device, inside))).files) {
        const attack = CSV.exec(file)?.[1];
        if (attack !== undefined) add(`${device}/${inside}/${file}`, family, attack);
      }
    }
    // UCI packs each device's attacks in an archive of their own: left packed, the rows of a whole
    // family would be missing without a word.
    const archive = archives(files).find((file) => file.startsWith(`${inside}.`));
    if (archive !== undefined && !found.some(({ label }) => label.family === family)) {
      throw new InputError(
        `Cannot read ${path.join(folder, device, archive)}: it is an archive; extract it into the folder ${inside} first.`,
      );
    }
  }
  return found;
}
