import fs from 'node:fs';
import path from 'node:path';
import { fileError, InputError } from '@botlab/errors';

/** Something below a folder; a link is what it leads to, and `other` where that is no file or folder. */
export interface Entry {
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/** A data set has some hundred files; who names a home folder should not wait for all that is in it. */
const MOST_ENTRIES = 100_000;

/**
 * All that is below a folder, by name, but for hidden things and what operating systems leave behind.
 *
 * @throws InputError for a folder that cannot be read, one link that leads round in a circle, and too
 *   many files
 */
export async function walk(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const visit = async (name: string, above: readonly string[]): Promise<void> => {
    const at = path.join(folder, name);
    const real = await reading(at, () => fs.promises.realpath(at));
    if (above.includes(real)) {
      throw new InputError(
        `Cannot read ${at}: it is a link to a folder that it lies in; remove the link.`,
      );
    }
    const inside = (await reading(at, () => fs.promises.readdir(at))).filter(
      (one) => !isLitter(one),
    );
    for (const one of inside.sort()) {
      const entry = name === '' ? one : `${name}/${one}`;
      const kind = await kindOf(path.join(folder, entry));
      entries.push({ name: entry, kind });
      if (entries.length > MOST_ENTRIES) {
        throw new InputError(
          `Cannot read ${folder}: more than ${MOST_ENTRIES} files are below it; name the folder that holds the data set.`,
        );
      }
      if (kind === 'folder') await visit(entry, [...above, real]);
    }
  };
  await visit('', []);
  return entries;
}

/** Whether it is hidden, or of an operating system, by its name. */
function isLitter(name: string): boolean {
  return (
    name.startsWith('.') ||
    /^(__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|@eaDir|lost\+found|\$RECYCLE\.BIN|System Volume Information)$/i.test(
      name,
    )
  );
}

async function kindOf(at: string): Promise<Entry['kind']> {
  // A link that leads nowhere is told apart only when it is read.
  const stats = await fs.promises.stat(at).catch(() => undefined);
  if (stats?.isDirectory()) return 'folder';
  return stats?.isFile() ? 'file' : 'other';
}

async function reading<T>(at: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fileError('read', at, cause);
  }
}
