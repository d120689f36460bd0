import { InputError } from '@botlab/errors';
import { decodeFrame } from './frame';
import { FAULT_TEXTS, FRAME_FAULT } from './frame-fault';
import type { PacketBatch } from '../packet-batch';

/** After so many records in a row without a packet, what is read is no capture: a bomb, or damage. */
export const MOST_EMPTY_RECORDS = 100_000;

/** Where a format's records go: fills the batch and counts what does not belong into it. */
export class PacketSink {
  packets = 0;
  /** How many packets were left out, by their {@link FRAME_FAULT}. */
  readonly faults = new Array<number>(FAULT_TEXTS.length).fill(0);
  #emptyRecords = 0;
  /** Where in the file the first of them is. */
  #emptySince = 0;

  constructor(
    readonly capture: string,
    readonly batch: PacketBatch,
  ) {}

  get isFull(): boolean {
    return this.batch.size === this.batch.capacity;
  }

  /** How many packets there were, the ones left out among them. */
  get seen(): number {
    return this.packets + this.malformed;
  }

  get malformed(): number {
    return this.faults.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Takes a packet, for which the batch must have room.
   *
   * @param length of the frame on the wire, in bytes
   * @param place of its record in the file, in bytes
   */
  add(
    linkType: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    time: number,
    length: number,
    place: number,
  ): void {
    const { batch } = this;
    const i = batch.size;
    const fault =
      captured > length
        ? FRAME_FAULT.badLength
        : decodeFrame(linkType, bytes, start, captured, batch, i);
    if (fault !== FRAME_FAULT.none) {
      this.addMalformed(fault, place);
      return;
    }
    batch.time[i] = time;
    batch.length[i] = length;
    batch.size = i + 1;
    this.packets++;
    this.#emptyRecords = 0;
  }

  /** Counts a packet that cannot be taken. */
  addMalformed(fault: number, place: number): void {
    this.faults[fault]! += 1;
    this.addEmpty(place);
  }

  /**
   * Counts a record that gives no packet.
   *
   * @throws InputError for too many in a row
   */
  addEmpty(place: number): void {
    if (this.#emptyRecords === 0) this.#emptySince = place;
    this.#emptyRecords++;
    if (this.#emptyRecords < MOST_EMPTY_RECORDS) return;
    throw new InputError(
      `Cannot read ${this.capture}: ${MOST_EMPTY_RECORDS} records in a row hold no packet, from byte ${this.#emptySince} on, expected a capture; the file is damaged there, capture or download it again.`,
    );
  }
}
