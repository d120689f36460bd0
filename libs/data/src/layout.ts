import { InputError } from '@botlab/errors';
import { DEVICES } from '@botlab/traffic';
import type { ClassLabel } from './class-label';
import { isDocumentation } from './documentation';
import { formattedName, isArchive } from './file-format';
import { refuseOtherLevel } from './folder-level';
import { walk } from './folder-walk';
import { kaggleFiles } from './kaggle-layout';
import { refuseStrays } from './strays';
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
  /** Other files below the folder, by name: what is clearly no data, nor about them. */
  readonly others: readonly string[];
}

/**
 * Finds the data files of a folder, in either layout. Every other file below it is about the data,
 * clearly something else, or refused: what may be rows of a class is never left out without a word.
 *
 * @throws InputError for no folder, no data files, both layouts at once, two files for the same
 *   rows, and files, archives and folders that are nearly right
 */
export async function layoutOf(folder: string): Promise<Layout> {
  const entries = await walk(folder);
  const names = entries.filter(({ kind }) => kind !== 'folder').map(({ name }) => name);
  const kaggle = kaggleFiles(folder, names);
  const uci = uciFiles(folder, names);
  if (kaggle.length > 0 && uci.length > 0) {
    throw new InputError(
      `Cannot read ${folder}: it mixes the Kaggle layout (${kaggle[0]?.name}) with the UCI layout (${uci[0]?.name}); keep one of them.`,
    );
  }
  const files = inOrder(kaggle.length > 0 ? kaggle : uci);
  if (files.length === 0) refuseOtherLevel(folder, entries);
  for (const [i, file] of files.entries()) {
    const twin = files[i - 1];
    if (twin?.device === file.device && twin.label === file.label) {
      throw new InputError(
        `Cannot read ${folder}: ${twin.name} and ${file.name} stand for the same rows; remove one of them.`,
      );
    }
  }
  const read = new Set(files.map(({ name }) => name));
  const others = names.filter((name) => !read.has(name) && !isDocumentation(name));
  refuseStrays(folder, entries, others, files);
  if (files.length === 0) throw nothingFound(folder, names);
  return { kind: kaggle.length > 0 ? 'Kaggle' : 'UCI', files, others };
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

function nothingFound(folder: string, names: readonly string[]): InputError {
  const archive = names.find((name) => isArchive(formattedName(name).formats));
  if (archive !== undefined) {
    return new InputError(
      `Cannot read ${folder}: no data files, but the archive ${archive}; extract it first.`,
    );
  }
  return new InputError(
    `Cannot read ${folder}: no N-BaIoT files, expected DEVICE/benign_traffic.csv and DEVICE/gafgyt_attacks/combo.csv (as from UCI) or 1.benign.csv and 1.gafgyt.combo.csv (as from Kaggle); name the folder that holds them.`,
  );
}
