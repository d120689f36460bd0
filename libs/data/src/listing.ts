import fs from 'node:fs';
import path from 'node:path';
import { fileError } from '@botlab/errors';

/** What is in a folder, by name. */
export interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

const ARCHIVE = /\.(rar|zip|7z|tar|tgz|tar\.gz)$/i;

/** The archives among some file names. */
export function archives(files: readonly string[]): string[] {
  return files.filter((file) => ARCHIVE.test(file));
}

/** The folders and files in a folder, by name; links count as what they lead to, hidden names not. */
export async function list(folder: string): Promise<Listing> {
  try {
    const entries = (await fs.promises.readdir(folder)).filter((name) => !name.startsWith('.'));
    const folders = new Set<string>();
    for (const name of entries) {
      const stats = await fs.promises.stat(path.join(folder, name)).catch(() => undefined);
      if (stats?.isDirectory()) folders.add(name);
    }
    const inOrder = entries.sort();
    return {
      folders: inOrder.filter((name) => folders.has(name)),
      files: inOrder.filter((name) => !folders.has(name)),
    };
  } catch (cause) {
    throw fileError('read', folder, cause);
  }
}
