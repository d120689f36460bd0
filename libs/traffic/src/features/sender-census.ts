import { counted } from '@botlab/text';
import { KeyTable } from './key-table';
import { macText } from '../mac-address';
import type { PacketBatch } from '../packet-batch';

/** A flood with forged addresses would else fill the memory. */
const MOST_ADDRESSES = 1 << 16;
const SHOWN = 5;

/** Who sent how many packets, by MAC address; of the first 65,536 addresses. */
export class SenderCensus {
  /** A Map hashes numbers without a secret: forged addresses could be made to collide in it. */
  readonly #senders = new KeyTable(2);
  readonly #packets = new Uint32Array(MOST_ADDRESSES);
  readonly #mac = new Uint32Array(2);

  /** Counts packet `i` of the batch, unless its link has no MAC addresses. */
  add(batch: PacketBatch, i: number): void {
    const mac = batch.sourceMac[i]!;
    if (mac === 0) return;
    this.#mac[0] = mac / 2 ** 32;
    this.#mac[1] = mac;
    const sender = this.#senders.find(this.#mac, this.#senders.size < MOST_ADDRESSES);
    if (sender >= 0) this.#packets[sender]!++;
  }

  /** Up to five that sent the most: "02:00:00:00:00:a1 (1,234 packets), …"; empty for none. */
  most(): string {
    const senders = Array.from(this.#packets.subarray(0, this.#senders.size), (n, sender) => {
      const mac = this.#senders.word(sender, 0) * 2 ** 32 + this.#senders.word(sender, 1);
      return [mac, n] as const;
    });
    return senders
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([mac, n]) => `${macText(mac)} (${counted(n, 'packet')})`)
      .join(', ');
  }
}
