import { decodeFrame } from './frame';
import { FAULT_TEXTS, FRAME_FAULT } from './frame-fault';
import { linkTypeName } from './link-type-name';
import type { PacketBatch } from '../packet-batch';

/** Where a format's records go: fills the batch and counts what does not belong into it. */
export class PacketSink {
  packets = 0;
  /** How many packets were left out, by their {@link FRAME_FAULT}. */
  readonly #faults = new Array<number>(FAULT_TEXTS.length).fill(0);
  /** How many packets were left out for their link type. */
  readonly #unreadable = new Map<number, number>();

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

  /** How many packets were left out. */
  get malformed(): number {
    return [...this.#faults, ...this.#unreadable.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many packets were left out, by what ails them. */
  get reasons(): Record<string, number> {
    const reasons: Record<string, number> = {};
    for (const [fault, count] of this.#faults.entries()) {
      if (count > 0) reasons[FAULT_TEXTS[fault]!] = count;
    }
    for (const [linkType, count] of this.#unreadable) {
      reasons[`of link type ${linkTypeName(linkType)}`] = count;
    }
    return reasons;
  }

  /** The link types of all packets there were, where none of them can be read; else empty. */
  get onlyUnreadable(): readonly number[] {
    const hasOthers = this.packets > 0 || this.#faults.some((count) => count > 0);
    return hasOthers ? [] : [...this.#unreadable.keys()];
  }

  /**
   * Takes a packet, for which the batch must have room.
   *
   * @param length of the frame on the wire, in bytes
   */
  add(
    linkType: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    time: number,
    length: number,
  ): void {
    const { batch } = this;
    const i = batch.size;
    const fault =
      captured > length
        ? FRAME_FAULT.badLength
        : decodeFrame(linkType, bytes, start, captured, batch, i);
    if (fault !== FRAME_FAULT.none) {
      this.addMalformed(fault);
      return;
    }
    batch.time[i] = time;
    batch.length[i] = length;
    batch.size = i + 1;
    this.packets++;
  }

  /** Counts a packet that cannot be taken. */
  addMalformed(fault: number): void {
    this.#faults[fault]! += 1;
  }

  /** Counts a packet of a link type that cannot be read. */
  addUnreadable(linkType: number): void {
    this.#unreadable.set(linkType, (this.#unreadable.get(linkType) ?? 0) + 1);
  }
}
