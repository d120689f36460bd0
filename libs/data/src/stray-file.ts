import { ATTACKS, DEVICES } from '@botlab/traffic';
import { namesClass, type SeemingClass, seemingClass } from './class-name';
import { originalName } from './copied-name';
import { conversion, formattedName, isArchive, isNoTable, isRead, isText } from './file-format';
import type { LayoutFile } from './layout';
import { familyOfFolder } from './uci-layout';

const UNFINISHED = /(\.csv(\.gz)?)?\.(part|partial|crdownload|download|filepart|tmp)$/i;
const KNOWN_DEVICES: readonly string[] = DEVICES;

/**
 * Why a file that is not read cannot be left alone, and what to do, as a clause: it may hold rows of a
 * class, which would be missing without a word. Undefined for what is clearly something else.
 *
 * @param name the file, relative to the folder
 * @param files those that are read
 */
export function strayFault(name: string, files: readonly LayoutFile[]): string | undefined {
  const parts = name.split('/');
  const base = parts.at(-1) ?? '';
  const finished = base.replace(UNFINISHED, '$1');
  const original = originalName(finished);
  const { stem, formats } = formattedName(original);
  const seeming = seemingClass(stem);
  if (!mayHoldRows(parts, original, formats, files) && seeming === undefined) return undefined;
  if (isNoTable(original) && original === base) return undefined;

  const family = familyOfFolder([...parts.slice(0, -1), stem].slice(-2).join('/'));
  if (isArchive(formats) && family !== undefined) {
    return familyArchiveFault(family, parts[0] ?? '', files);
  }
  const rightName = seeming?.file ?? `${stem}.csv`;
  const isThere = files.some((file) => isOf(file, parts, seeming));
  if (isThere && !isRead(formats) && formats.includes('csv') && original === base) return undefined;
  if (finished !== base) return 'it is unfinished; download it again, or remove it';
  if (original !== finished) {
    return `it looks like a copy of ${original}; remove it, or call it that if it is the only one`;
  }
  const format = conversion(formats, rightName);
  if (format !== undefined) return `${format}, or remove it`;
  if (seeming === undefined) {
    return 'no file of N-BaIoT has this name; expected such as benign_traffic.csv, gafgyt_attacks/combo.csv or 1.gafgyt.combo.csv; rename it, or remove it';
  }
  const place = rightPlace(parts, seeming);
  return `data files are not called that there; expected ${place}; rename or move it, or remove it`;
}

/** Whether a file's place or name suggests that rows of a class are in it. */
function mayHoldRows(
  parts: readonly string[],
  original: string,
  formats: readonly string[],
  files: readonly LayoutFile[],
): boolean {
  const [top = ''] = parts;
  const text = isText(formats);
  if (namesClass(text ? original : parts.join('/'))) return true;
  const isDevice = (folder: string): boolean =>
    files.some(({ name }) => name.startsWith(`${folder}/`));
  if (parts.length > 1) {
    return !text && (isDevice(top) || KNOWN_DEVICES.includes(top));
  }
  // An archive of a whole device beside those that were extracted.
  const packed = KNOWN_DEVICES.find((device) => original.startsWith(device));
  return isArchive(formats) && packed !== undefined && !isDevice(packed);
}

/** UCI packs each device's attacks in an archive of their own. */
function familyArchiveFault(
  family: keyof typeof ATTACKS,
  device: string,
  files: readonly LayoutFile[],
): string | undefined {
  const all = ATTACKS[family].length;
  const read = files.filter(
    ({ name, label }) => name.startsWith(`${device}/`) && label.family === family,
  );
  if (read.length === all) return undefined;
  return read.length === 0
    ? `it is an archive; extract it into the folder ${family}_attacks first`
    : `it is an archive of ${all} attacks, of which ${read.length} are extracted; extract it into the folder ${family}_attacks, or remove it`;
}

/** Whether a file that is read is of the class that another seems to be of, in the same place. */
function isOf(
  { name, label }: LayoutFile,
  parts: readonly string[],
  seeming: SeemingClass | undefined,
): boolean {
  const folder = parts.slice(0, -1).join('/');
  const number = (file: string): string | undefined => /^\d+(?=\.)/.exec(file)?.[0];
  return (
    seeming !== undefined &&
    name.slice(0, Math.max(0, name.lastIndexOf('/'))) === folder &&
    label.attack === seeming.attack &&
    seeming.families.includes(label.family) &&
    number(name) === number(seeming.file)
  );
}

/** Where a file of a class should lie, as far as its path tells. */
function rightPlace(parts: readonly string[], { families, attack, file }: SeemingClass): string {
  if (/^\d/.test(file)) return `${file} in the folder itself`;
  const above = parts.slice(0, -1);
  const device =
    above.find((part) => KNOWN_DEVICES.includes(part)) ??
    (namesClass(above[0] ?? 'benign') ? 'DEVICE' : above[0]);
  if (attack === null) return `${device}/${file}`;
  const likely = families.filter((family) =>
    above.some((part) => part.toLowerCase().includes(family)),
  );
  return (likely.length > 0 ? likely : families)
    .map((family) => `${device}/${family}_attacks/${file}`)
    .join(' or ');
}
