import { PartialFile } from '@botlab/files';
import { MOST_HEADER_BYTES, writeHeaders } from './frame-headers';
import type { PacketBatch } from '../packet-batch';
import { MOST_CAPTURED_BYTES } from './pcap-decoder';

const BUFFER_BYTES = 1 << 20;
const RECORD_HEADER_BYTES = 16;

/**
 * Writes packets as a capture (pcap, microseconds, Ethernet) that other tools can read: of each the
 * headers, with the length that it had on the wire, as if the capture had cut it behind them.
 *
 * The file has its name once it is whole: see {@link PartialFile}.
 */
export class CaptureWriter {
  readonly #file: PartialFile;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  readonly #view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, BUFFER_BYTES);
  #used = 0;

  /** @throws InputError when the folder is missing, read-only and the like */
  constructor(readonly path: string) {
    this.#file = new PartialFile(path);
    const header = this.#view;
    header.setUint32(0, 0xa1b2c3d4, true);
    header.setUint16(4, 2, true);
    header.setUint16(6, 4, true);
    header.setUint32(16, MOST_CAPTURED_BYTES, true);
    header.setUint32(20, 1, true);
    this.#used = 24;
  }

  /** Bytes written to the file so far. */
  get bytes(): number {
    return this.#file.bytes;
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
    this.#file.close();
  }

  /** Removes what was written. Does nothing once the file is closed. */
  abort(): void {
    this.#file.abort();
  }

  #flush(): void {
    this.#file.write(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }
}
