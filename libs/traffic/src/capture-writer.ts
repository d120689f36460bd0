import fs from 'node:fs';
import { fileError } from '@botlab/errors';
import { MOST_HEADER_BYTES, writeHeaders } from './frame-headers';
import type { PacketBatch } from './packet-batch';
import { MOST_CAPTURED_BYTES } from './pcap-decoder';

const BUFFER_BYTES = 1 << 20;
const RECORD_HEADER_BYTES = 16;

/**
 * Writes packets as a capture (pcap, microseconds, Ethernet) that other tools can read: of each the
 * headers, with the length that it had on the wire, as if the capture had cut it behind them.
 *
 * The file has its name once it is whole: until {@link close} it is called `NAME.PID.partial`.
 */
export class CaptureWriter {
  readonly #partial: string;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  readonly #view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, BUFFER_BYTES);
  #used = 0;
  /** Undefined once the file is closed. */
  #file: number | undefined;

  /** @throws InputError when the folder is missing, read-only and the like */
  constructor(readonly path: string) {
    this.#partial = `${path}.${process.pid}.partial`;
    this.#guarded(() => {
      if (fs.existsSync(path) && fs.statSync(path).isDirectory()) {
        throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
      }
      this.#file = fs.openSync(this.#partial, 'w');
    });
    const header = this.#view;
    header.setUint32(0, 0xa1b2c3d4, true);
    header.setUint16(4, 2, true);
    header.setUint16(6, 4, true);
    header.setUint32(16, MOST_CAPTURED_BYTES, true);
    header.setUint32(20, 1, true);
    this.#used = 24;
  }

  /**
   * Appends the packets of a batch; times are rounded to microseconds. Of a packet shorter than its
   * headers they are cut to its length.
   *
   * @throws InputError when the disk is full and the like; the file is then removed
   * @throws RangeError for a time before 1970 or after 2106, which the format cannot hold
   */
  append(batch: PacketBatch): void {
    for (let i = 0; i < batch.size; i++) {
      if (this.#used + RECORD_HEADER_BYTES + MOST_HEADER_BYTES > BUFFER_BYTES) this.#flush();
      const micros = Math.round(batch.time[i]! * 1e6);
      const seconds = Math.floor(micros / 1e6);
      if (!(seconds >= 0 && seconds < 2 ** 32)) {
        throw new RangeError(`A capture cannot hold the time ${batch.time[i]}`);
      }
      const at = this.#used;
      const length = batch.length[i]!;
      const headers = writeHeaders(batch, i, this.#view, at + RECORD_HEADER_BYTES);
      const captured = Math.min(headers, length);
      this.#view.setUint32(at, seconds, true);
      this.#view.setUint32(at + 4, micros - seconds * 1e6, true);
      this.#view.setUint32(at + 8, captured, true);
      this.#view.setUint32(at + 12, length, true);
      this.#used = at + RECORD_HEADER_BYTES + captured;
    }
  }

  /** Writes what is left and gives the file its name. @throws InputError as {@link append} does */
  close(): void {
    this.#flush();
    this.#guarded(() => {
      fs.fsyncSync(this.#open());
      fs.renameSync(this.#partial, this.path);
    });
    fs.closeSync(this.#open());
    this.#file = undefined;
  }

  /** Removes what was written. Does nothing once the file is closed. */
  abort(): void {
    if (this.#file === undefined) return;
    fs.closeSync(this.#file);
    this.#file = undefined;
    fs.rmSync(this.#partial, { force: true });
  }

  #flush(): void {
    this.#guarded(() => {
      let written = 0;
      // A disk that fills up takes a part, and refuses the next.
      while (written < this.#used) {
        written += fs.writeSync(this.#open(), this.#buffer, written, this.#used - written);
      }
    });
    this.#used = 0;
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
