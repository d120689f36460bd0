import fs from 'node:fs';
import path from 'node:path';
import { fileError, InputError } from '@botlab/errors';
import { removeLeftoversOf } from './leftovers';
import { partialName } from './partial-name';

/** What is not whole yet in this process, which removes it when it ends. */
const unfinished = new Set<string>();

/**
 * A file that is written piece by piece and has its name once it is whole: until {@link close} it is
 * called `NAME.….partial`. Whatever ends the process before, but for SIGKILL, removes it; what a
 * killed process left goes when the same file is written again.
 *
 * The package write-file-atomic takes a short write, which is what a disk gives that fills up, for a
 * whole one, and writes no pieces.
 */
export class PartialFile {
  /** Its name until it is whole. Something else may write to it by this name. */
  readonly partial: string;
  /** Undefined once the file is closed. */
  #file: number | undefined;
  #bytes = 0;

  /** @throws InputError when the folder is missing or read-only, or something else has the name */
  constructor(readonly path: string) {
    this.partial = partialName(path);
    this.#guarded(() => {
      requireReplaceable(path);
      removeLeftoversOf(path);
      this.#file = fs.openSync(this.partial, 'w');
      expectUnfinished(this.partial);
    });
  }

  /** How many bytes were written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes bytes, all of them. @throws InputError when the disk is full and the like; the file is then removed */
  write(bytes: Uint8Array): void {
    const file = this.#open();
    this.#guarded(() => {
      let written = 0;
      // A disk that fills up takes a part, and refuses the next.
      while (written < bytes.length) {
        written += fs.writeSync(file, bytes, written, bytes.length - written);
      }
    });
    this.#bytes += bytes.length;
  }

  /** Gives the file its name. @throws InputError as {@link write} does */
  close(): void {
    const file = this.#open();
    this.#guarded(() => {
      fs.fsyncSync(file);
      fs.renameSync(this.partial, this.path);
    });
    this.#end();
  }

  /** Removes what was written. Does nothing once the file is closed. */
  abort(): void {
    if (this.#file === undefined) return;
    this.#end();
    fs.rmSync(this.partial, { force: true });
  }

  #end(): void {
    fs.closeSync(this.#open());
    this.#file = undefined;
    unfinished.delete(this.partial);
  }

  #open(): number {
    if (this.#file === undefined) throw new Error(`${this.path} is closed`);
    return this.#file;
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.abort();
      throw fileError('write', this.path, cause);
    }
  }
}

function expectUnfinished(file: string): void {
  if (!process.listeners('exit').includes(removeUnfinished)) process.on('exit', removeUnfinished);
  unfinished.add(file);
}

function removeUnfinished(): void {
  for (const file of unfinished) fs.rmSync(file, { force: true });
}

/** A device such as /dev/null would be replaced by a file, for everyone. */
function requireReplaceable(file: string): void {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory())
    throw Object.assign(new Error(`${file} is a folder`), { code: 'EISDIR' });
  if (stats && !stats.isFile()) {
    throw new InputError(`Cannot write ${file}: it is no file that can be replaced; name another.`);
  }
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) {
    throw new InputError(
      `Cannot write ${file}: there is no folder ${folder}; make it first, or choose another.`,
    );
  }
}
