import { decodeFrame } from './frame';
import { FAULT_TEXTS, FRAME_FAULT, LINK_FAULTS } from './frame-fault';
import { linkTypeName } from './link-type';
import type { PacketBatch } from '../packet-batch';

/** Where a format's records go: fills the batch and counts what does not belong into it. */
export class PacketSink {
  packets = 0;
  /** How many packets were left out, by their {@link FRAME_FAULT}. */
  readonly #faults = new Array<number>(FAULT_TEXTS.length).fill(0);
  /** The same of faults that are of the link type, by it. */
  readonly #linkFaults = new Map<number, number[]>();

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
    const all = [this.#faults, ...this.#linkFaults.values()].flat();
    return all.reduce((sum, count) => sum + count, 0);
  }

  /** How many packets were left out, by what ails them. */
  get reasons(): Record<string, number> {
    const reasons: Record<string, number> = {};
    const add = (faults: readonly number[], text: (fault: number) => string): void => {
      for (const [fault, count] of faults.entries()) if (count > 0) reasons[text(fault)] = count;
    };
    add(this.#faults, (fault) => FAULT_TEXTS[fault]!);
    for (const [linkType, faults] of this.#linkFaults) {
      const link = `of link type ${linkTypeName(linkType)}`;
      add(faults, (fault) =>
        fault === FRAME_FAULT.linkType ? link : `${link}, ${FAULT_TEXTS[fault]}`,
      );
    }
    return reasons;
  }

  /** The link types of all packets there were, where none of them can be read; else empty. */
  get onlyUnreadable(): readonly number[] {
    const counts = [...this.#linkFaults].map(
      ([linkType, faults]) => [linkType, faults[FRAME_FAULT.linkType]!] as const,
    );
    const unreadable = counts.reduce((sum, [, count]) => sum + count, 0);
    return this.seen > unreadable ? [] : counts.map(([linkType]) => linkType);
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
      if (LINK_FAULTS.has(fault)) this.#addLinkFault(linkType, fault);
      else this.addMalformed(fault);
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
    this.#addLinkFault(linkType, FRAME_FAULT.linkType);
  }

  #addLinkFault(linkType: number, fault: number): void {
    let faults = this.#linkFaults.get(linkType);
    if (faults === undefined) {
      faults = new Array<number>(FAULT_TEXTS.length).fill(0);
      this.#linkFaults.set(linkType, faults);
    }
    faults[fault]! += 1;
  }
}
