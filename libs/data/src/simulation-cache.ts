import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { InputError } from '@botlab/errors';
import { removeLeftovers, requireWritable, writeThrough } from '@botlab/files';
import { firstLine } from './duckdb';
import { readFeatureFile, writeFeatureFile } from './feature-file';
import { simulatorVersion } from './simulator-version';
import type { ReadOptions } from './source';
import type { Table } from './table';

/** What simulated rows follow from, beside the simulator. */
export interface SimulationKey {
  readonly seed: number;
  readonly scale: number;
  readonly selection: readonly Uint32Array[];
}

/** Files that are ours; others in the folder are left alone. */
const OURS = /^simulated-seed\d+-[0-9a-f]{16}\.parquet$/;
/** Bytes that the folder may hold. */
export const CACHE_LIMIT = 2e9;

/**
 * Simulated rows on the disk: a parquet file for each seed, scale and selection, named by them and
 * the simulator's version. Several processes may use one folder.
 */
export class SimulationCache {
  constructor(
    readonly folder: string,
    private readonly limit = CACHE_LIMIT,
  ) {}

  /** The file for the rows of a key. */
  fileOf({ seed, scale, selection }: SimulationKey): string {
    const hash = createHash('sha256').update(JSON.stringify([simulatorVersion(), seed, scale]));
    for (const rows of selection) hash.update(`\n${rows.length} `).update(rows);
    const name = `simulated-seed${seed}-${hash.digest('hex').slice(0, 16)}.parquet`;
    return path.join(this.folder, name);
  }

  /**
   * Fills the features of `table` from the disk; where they are not there, or are not what was written,
   * has them made and keeps them. Rows that take more than the whole limit are not kept.
   *
   * @param make fills the features of `table`
   * @throws InputError, before anything is made, when the folder cannot be written to
   */
  async fill(
    table: Table,
    key: SimulationKey,
    make: () => Promise<void>,
    options: ReadOptions = {},
  ): Promise<void> {
    if (table.features.byteLength > this.limit) return make();
    const file = this.fileOf(key);
    if (await isRead(file, table, options)) return;
    this.#requireFolder();
    await make();
    await this.#write(file, table, options.signal);
    await this.#prune(file);
  }

  #requireFolder(): void {
    try {
      requireWritable(this.folder);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      throw this.#refusal(cause.message.replace(/\.$/, ''));
    }
  }

  async #write(file: string, table: Table, signal: AbortSignal | undefined): Promise<void> {
    const write = writeThrough(file, (partial) =>
      writeFeatureFile(partial, table.features, noteOf(file, table), signal),
    );
    await write.catch((cause: unknown) => {
      signal?.throwIfAborted();
      const isTold = cause instanceof InputError;
      throw this.#refusal(
        isTold ? cause.message.replace(/\.$/, '') : `Cannot write ${file}: ${firstLine(cause)}`,
      );
    });
  }

  #refusal(fault: string): InputError {
    return new InputError(
      `${fault}; ${this.folder} is to keep the simulated data set: name another folder with --cache DIR.`,
    );
  }

  /** Removes the oldest files until the folder is within its limit, but never `kept`, and leftovers. */
  async #prune(kept: string): Promise<void> {
    removeLeftovers(this.folder);
    const names = (await fs.readdir(this.folder)).filter((name) => OURS.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name);
        // Another process may have removed it meanwhile.
        const stat = await fs.stat(file).catch(() => undefined);
        return { file, size: stat?.size ?? 0, time: stat?.mtimeMs ?? 0 };
      }),
    );
    let size = files.reduce((sum, file) => sum + file.size, 0);
    for (const { file, size: freed } of files.sort((a, b) => a.time - b.time)) {
      if (file === kept || size <= this.limit) continue;
      // In a folder of many people each may remove their own alone.
      const isRemoved = await fs.rm(file, { force: true }).then(
        () => true,
        () => false,
      );
      if (isRemoved) size -= freed;
    }
  }
}

/** What is stored with the rows: what they are meant to be, by the file's name, and their checksum. */
function noteOf(file: string, table: Table): string {
  return `${path.basename(file)} ${table.checksum()}`;
}

/** Whether the features of `table` could be filled from `file`: it is there and holds what was written. */
async function isRead(file: string, table: Table, options: ReadOptions): Promise<boolean> {
  try {
    await fs.access(file);
    return (await readFeatureFile(file, table.features, options)) === noteOf(file, table);
  } catch {
    options.signal?.throwIfAborted();
    return false; // missing or damaged: it is made again
  }
}
