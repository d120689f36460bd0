import { macText } from '../mac-address';
import type { PacketBatch } from '../packet-batch';

/** A flood with forged addresses would else fill the memory. */
const MOST_ADDRESSES = 1 << 16;
const SHOWN = 5;

/** Who sent how many packets, by MAC address; of the first 65,536 addresses. */
export class SenderCensus {
  readonly #packets = new Map<number, number>();

  /** Counts packet `i` of the batch, unless its link has no MAC addresses. */
  add(batch: PacketBatch, i: number): void {
    const mac = batch.sourceMac[i]!;
    const before = this.#packets.get(mac) ?? 0;
    if (mac === 0 || (before === 0 && this.#packets.size === MOST_ADDRESSES)) return;
    this.#packets.set(mac, before + 1);
  }

  /** Up to five that sent the most: "02:00:00:00:00:a1 (1,234 packets), …"; empty for none. */
  most(): string {
    return [...this.#packets]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([mac, n]) => `${macText(mac)} (${n.toLocaleString('en-US')} packet${n > 1 ? 's' : ''})`)
      .join(', ');
  }
}
