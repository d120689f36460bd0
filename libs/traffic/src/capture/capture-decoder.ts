import { InputError } from '@botlab/errors';
import { u32 } from './byte-order';
import { FAULT_TEXTS } from './frame-fault';
import { PacketBatch } from '../packet-batch';
import { PacketSink } from './packet-sink';
import { isPcap, PcapDecoder } from './pcap-decoder';
import { isPcapng, PcapngDecoder } from './pcapng-decoder';
import type { RecordDecoder } from './record-decoder';

const MAGIC_BYTES = 4;
const EXPECTED = 'expected a capture (pcap or pcapng)';

/** What else may be taken for a capture, by its first four bytes. */
const elsewhere: Readonly<Record<number, string>> = {
  0x28b52ffd: 'is compressed with zstd, decompress it first',
  0xfd377a58: 'is compressed with xz, decompress it first',
  0x425a6839: 'is compressed with bzip2, decompress it first',
  0x04224d18: 'is compressed with lz4, decompress it first',
  0x504b0304: 'is a zip file, extract it first',
  0x736e6f6f: 'is a snoop capture, convert it with "editcap -F pcap"',
  0x474d4255: 'is a Network Monitor capture, convert it with "editcap -F pcap"',
  0x34cdb2a1: 'is pcap in a variant of its own, convert it with "editcap -F pcap"',
};

/** What a capture held, as far as it has been read. */
export interface CaptureTotals {
  /** Undefined before the first four bytes. */
  readonly format: 'pcap' | 'pcapng' | undefined;
  /** The packets that were delivered. */
  readonly packets: number;
  /** The packets that could not be read and were left out. */
  readonly malformed: number;
  /** How many of them, by what ails them: "cut before its ports". */
  readonly reasons: Readonly<Record<string, number>>;
  /** Bytes of the capture itself, as they are when they are not compressed. */
  readonly bytes: number;
  /** A sentence where the capture ends within a record: all before it was read. Else null. */
  readonly truncated: string | null;
}

export interface CaptureDecoderOptions {
  /** The file, for messages. */
  readonly name: string;
  /** Gets every batch that {@link CaptureDecoder.push} fills; it is filled again afterwards. */
  readonly onBatch?: (batch: PacketBatch) => void;
  /** What to fill; a new one when it is not given. */
  readonly batch?: PacketBatch;
}

/**
 * Packets out of the bytes of a pcap or pcapng capture, which come in pieces of any size.
 *
 * Records are read where they lie; only one that is cut by the end of a piece is copied, so that the
 * memory is bounded by the largest record (256 KiB of pcap, 16 MiB of pcapng), whatever the bytes say.
 */
export class CaptureDecoder {
  readonly #batch: PacketBatch;
  readonly #onBatch: (batch: PacketBatch) => void;
  readonly #sink: PacketSink;
  #decoder: RecordDecoder | undefined;
  /** The beginning of a record whose end is still to come: the first `#kept` bytes. */
  #rest = new Uint8Array(0);
  #kept = 0;
  /** Bytes that are read and done with. */
  #done = 0;
  #truncated: string | null = null;

  constructor({
    name,
    onBatch = () => undefined,
    batch = new PacketBatch(),
  }: CaptureDecoderOptions) {
    this.#batch = batch;
    this.#onBatch = onBatch;
    this.#batch.size = 0;
    this.#sink = new PacketSink(name, batch);
  }

  get totals(): CaptureTotals {
    const { packets, malformed, faults } = this.#sink;
    const counted = faults.flatMap((count, i) => (count > 0 ? [[FAULT_TEXTS[i], count]] : []));
    return {
      format: this.#decoder?.format,
      packets,
      malformed,
      reasons: Object.fromEntries(counted) as Record<string, number>,
      bytes: this.#done + this.#kept,
      truncated: this.#truncated,
    };
  }

  /**
   * Hands the packets that are whole with these bytes to `onBatch`, all of them before it returns.
   *
   * @throws InputError where the bytes are no capture, or of link types that cannot be read
   */
  push(chunk: Uint8Array): void {
    for (const batch of this.batches(chunk)) this.#onBatch(batch);
  }

  /**
   * The same for those who need time between two batches. To be run to its end before the next call;
   * `chunk` must not change meanwhile.
   */
  *batches(chunk: Uint8Array): Generator<PacketBatch, void, void> {
    // Not a Buffer, which would make each access in the decoders one of two kinds.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const batch = this.#batch;
    let at = 0;
    while (this.#kept > 0) {
      const wanted = this.#decoder?.wanted ?? MAGIC_BYTES;
      const end = Math.min(at + wanted - this.#kept, bytes.length);
      this.#keep(bytes, at, end);
      at = end;
      if (this.#kept < wanted) break;
      if (this.#decode(this.#rest, 0, this.#kept) > 0) this.#kept = 0;
    }
    while (at < bytes.length) {
      if (this.#sink.isFull) {
        yield batch;
        batch.size = 0;
      }
      at = this.#decode(bytes, at, bytes.length);
      if (!this.#sink.isFull) break;
    }
    this.#keep(bytes, at, bytes.length);
    if (batch.size > 0) yield batch;
    batch.size = 0;
  }

  /**
   * Says that there is no more.
   *
   * @throws InputError where there was no capture: nothing, or not even the header of the file
   */
  end(): void {
    const { capture, seen } = this.#sink;
    const bytes = this.#done + this.#kept;
    if (this.#decoder?.isOpen !== true) {
      const what = bytes === 0 ? 'there is nothing in it' : `it ends after ${bytes} bytes`;
      throw new InputError(
        `Cannot read ${capture}: ${what}, ${EXPECTED}; capture or download it again.`,
      );
    }
    if (this.#kept === 0) return;
    const record = this.#decoder.format === 'pcap' ? `packet ${seen + 1}` : 'the block';
    this.#truncated = `${capture} ends at byte ${bytes}, within ${record} that begins at byte ${this.#done}; all before it was read.`;
  }

  #decode(bytes: Uint8Array, from: number, to: number): number {
    if (this.#decoder === undefined) {
      if (to - from < MAGIC_BYTES) return from;
      this.#decoder = this.#choose(bytes, from);
    }
    const end = this.#decoder.decode(bytes, from, to, this.#done);
    this.#done += end - from;
    return end;
  }

  #choose(bytes: Uint8Array, at: number): RecordDecoder {
    if (isPcap(bytes, at)) return new PcapDecoder(this.#sink);
    if (isPcapng(bytes, at)) return new PcapngDecoder(this.#sink);
    const known = elsewhere[u32(bytes, at)];
    const what = known ?? 'is something else';
    throw new InputError(
      `Cannot read ${this.#sink.capture}: ${EXPECTED}, but it ${what}${known === undefined ? '; name another file' : ''}.`,
    );
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const size = this.#kept + to - from;
    if (size > this.#rest.length) {
      const longer = new Uint8Array(Math.max(size, 2 * this.#rest.length));
      longer.set(this.#rest.subarray(0, this.#kept));
      this.#rest = longer;
    }
    this.#rest.set(bytes.subarray(from, to), this.#kept);
    this.#kept = size;
  }
}
