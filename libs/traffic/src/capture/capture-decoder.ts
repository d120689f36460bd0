import { InputError } from '@botlab/errors';
import { CaptureDamage } from './capture-damage';
import { isPcap, isPcapng, otherFormat } from './capture-format';
import { unreadable } from './link-type';
import { PacketBatch } from '../packet-batch';
import { PacketSink } from './packet-sink';
import { PcapDecoder } from './pcap-decoder';
import { PcapngDecoder } from './pcapng-decoder';
import type { RecordDecoder } from './record-decoder';

const MAGIC_BYTES = 4;
const EXPECTED = 'expected a capture (pcap or pcapng)';

/** What a capture held, as far as it has been read. */
export interface CaptureTotals {
  /** Of the first recording in it; undefined before the first four bytes. */
  readonly format: 'pcap' | 'pcapng' | undefined;
  /** The packets that were delivered. */
  readonly packets: number;
  /** The packets that could not be read and were left out. */
  readonly malformed: number;
  /** How many of them, by what ails them: "cut before its ports". */
  readonly reasons: Readonly<Record<string, number>>;
  /** Bytes of the capture itself, as they are when they are not compressed. */
  readonly bytes: number;
  /** Where the capture is cut short or damaged, in words: all before that was read. Else null. */
  readonly damage: string | null;
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
 * Packets out of the bytes of a pcap or pcapng capture, or of several one after another, which come in
 * pieces of any size.
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
  #format: CaptureTotals['format'];
  #damage: string | null = null;

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
    const { packets, malformed, reasons } = this.#sink;
    return {
      format: this.#format,
      packets,
      malformed,
      reasons,
      bytes: this.#done + this.#kept,
      damage: this.#damage,
    };
  }

  /** Whether it came upon damage, behind which it reads nothing. */
  get isDamaged(): boolean {
    return this.#damage !== null;
  }

  /**
   * Hands the packets that are whole with these bytes to `onBatch`, all of them before it returns.
   *
   * @throws InputError where the bytes are no capture, of a link type that cannot be read, or damaged
   *   before the first packet
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
    let at = this.isDamaged ? bytes.length : 0;
    while (this.#kept > 0) {
      const wanted = this.#decoder?.wanted ?? MAGIC_BYTES;
      const end = Math.min(at + wanted - this.#kept, bytes.length);
      this.#keep(bytes, at, end);
      at = end;
      if (this.#kept < wanted) break;
      if (this.#decode(this.#rest, 0, this.#kept) > 0) this.#kept = 0;
    }
    while (at < bytes.length && !this.isDamaged) {
      if (this.#sink.isFull) {
        yield batch;
        batch.size = 0;
      }
      at = this.#decode(bytes, at, bytes.length);
      if (!this.#sink.isFull) break;
    }
    if (!this.isDamaged) this.#keep(bytes, at, bytes.length);
    if (batch.size > 0) yield batch;
    batch.size = 0;
  }

  /**
   * Says that there is no more.
   *
   * @throws InputError where there was no capture: nothing, or not even the header of the file; and
   *   where all its packets are of link types that cannot be read
   */
  end(): void {
    const { capture, seen, onlyUnreadable } = this.#sink;
    const bytes = this.#done + this.#kept;
    if (this.#done === 0) {
      const what = bytes === 0 ? 'there is nothing in it' : `it ends after ${bytes} bytes`;
      throw new InputError(
        `Cannot read ${capture}: ${what}, ${EXPECTED}; capture or download it again.`,
      );
    }
    if (onlyUnreadable.length > 0) throw unreadable(onlyUnreadable, capture);
    if (this.#kept === 0) return;
    const record = this.#decoder?.format === 'pcapng' ? 'the block' : `packet ${seen + 1}`;
    const part = this.#decoder?.isOpen === true ? record : 'the header of a recording';
    this.#damage = `${capture} ends at byte ${bytes}, within ${part} that begins at byte ${this.#done}`;
  }

  /** Takes what is whole of `bytes[from, to)`, and returns where the rest begins. */
  #decode(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (;;) {
      if (this.#decoder === undefined) {
        if (to - at < MAGIC_BYTES) return at;
        this.#decoder = this.#choose(bytes, at);
      }
      const decoder = this.#decoder;
      let end: number;
      try {
        end = decoder.decode(bytes, at, to, this.#done);
      } catch (error) {
        if (!(error instanceof CaptureDamage) || this.#sink.packets === 0) throw error;
        this.#endAt(error);
        return to;
      }
      this.#done += end - at;
      at = end;
      if (!decoder.isOver) return at;
      this.#decoder = undefined;
    }
  }

  #endAt({ place, what }: CaptureDamage): void {
    this.#damage = `${this.#sink.capture} is damaged: ${what}`;
    this.#done = place;
    this.#kept = 0;
  }

  #choose(bytes: Uint8Array, at: number): RecordDecoder {
    const isFirst = this.#format === undefined;
    if (!isPcap(bytes, at) && !isPcapng(bytes, at)) {
      throw new InputError(
        `Cannot read ${this.#sink.capture}: ${EXPECTED}, but it ${otherFormat(bytes, at)}.`,
      );
    }
    const decoder = isPcap(bytes, at) ? new PcapDecoder(this.#sink) : new PcapngDecoder(this.#sink);
    if (isFirst) this.#format = decoder.format;
    return decoder;
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
