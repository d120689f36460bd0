import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileError } from '@botlab/errors';
import { PartialFile } from '@botlab/files';

/**
 * A copy of a compressed file without the zeros behind its end, for DuckDB, which does not take them.
 * It lies with the system's temporary files, and goes with the process at the latest.
 */
export class WithoutPadding {
  private constructor(private readonly file: PartialFile) {}

  /** @throws InputError when the file cannot be read, or the copy not written */
  static async of(source: string, bytes: number): Promise<WithoutPadding> {
    const file = new PartialFile(path.join(os.tmpdir(), `botlab-${path.basename(source)}`));
    try {
      for await (const block of fs.createReadStream(source, { end: bytes - 1 })) {
        file.write(block as Buffer);
      }
      return new WithoutPadding(file);
    } catch (cause) {
      file.abort();
      throw fileError('read', source, cause);
    }
  }

  get path(): string {
    return this.file.partial;
  }

  remove(): void {
    this.file.abort();
  }
}
