import path from 'node:path';
import { InputError } from '@botlab/errors';
import type { ClassLabel } from './class-label';
import { DEVICES } from '@botlab/traffic';
import { kaggleFiles } from './kaggle-layout';
import { archives, type Listing, list } from './listing';
import { uciFiles } from './uci-layout';

/** A data file by its place: what its name says of its rows. */
export interface LayoutFile {
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
  readonly device: string;
  readonly label: ClassLabel;
}

/** The two ways in which N-BaIoT is handed around. */
export interface Layout {
  readonly kind: 'UCI' | 'Kaggle';
  /** By device (the nine in the set's order, then others by name), then by class. */
  readonly files: readonly LayoutFile[];
}

/**
 * Finds the data files of a folder, in either layout; whatever else is there is left alone.
 *
 * @throws InputError for no folder, no data files, both layouts at once, two files for the same
 *   rows, archives that were not extracted, and names that are nearly right
 */
export async function layoutOf(folder: string): Promise<Layout> {
  const listing = await list(folder);
  const kaggle = kaggleFiles(folder, listing.files);
  const uci = await uciFiles(folder, listing.folders);
  if (kaggle.length > 0 && uci.length > 0) {
    throw new InputError(
      `Cannot read ${folder}: it mixes the Kaggle layout (${kaggle[0]?.name}) with the UCI layout (${uci[0]?.name}); keep one of them.`,
    );
  }
  const files = inOrder(kaggle.length > 0 ? kaggle : uci);
  if (files.length === 0) throw nothingFound(folder, listing);
  for (const [i, file] of files.entries()) {
    const twin = files[i - 1];
    if (twin?.device === file.device && twin.label === file.label) {
      throw new InputError(
        `Cannot read ${folder}: ${twin.name} and ${file.name} stand for the same rows; remove one of them.`,
      );
    }
  }
  return { kind: kaggle.length > 0 ? 'Kaggle' : 'UCI', files };
}

function inOrder(files: readonly LayoutFile[]): LayoutFile[] {
  const known: readonly string[] = DEVICES;
  const place = (device: string): number =>
    known.includes(device) ? known.indexOf(device) : known.length;
  return [...files].sort(
    (a, b) =>
      place(a.device) - place(b.device) ||
      compare(a.device, b.device) ||
      a.label.index - b.label.index ||
      compare(a.name, b.name),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function nothingFound(folder: string, { files, folders }: Listing): InputError {
  const [archive] = archives(files);
  if (archive !== undefined) {
    return new InputError(
      `Cannot read ${folder}: no data files, but the archive ${archive}; extract it first.`,
    );
  }
  if (files.some((name) => name.startsWith('benign_traffic.csv')) || folders.some(isAttackFolder)) {
    return new InputError(
      `Cannot read ${folder}: it is the folder of one device; name the folder that it is in, ${path.dirname(path.resolve(folder))}.`,
    );
  }
  return new InputError(
    `Cannot read ${folder}: no N-BaIoT files, expected DEVICE/benign_traffic.csv and DEVICE/gafgyt_attacks/combo.csv (as from UCI) or 1.benign.csv and 1.gafgyt.combo.csv (as from Kaggle); name the folder that holds them.`,
  );
}

function isAttackFolder(name: string): boolean {
  return /^(gafgyt|mirai)_attacks$/.test(name);
}
