import { Channels } from './channels';
import { DampedStreams } from './damped-streams';
import { DecayFactors } from './decay';
import { IdleClock } from './idle-clock';
import { KeyHash } from './key-hash';
import { KeyTable } from './key-table';
import { LastSeen } from './last-seen';
import { PROTOCOL, type PacketBatch } from '../packet-batch';
import { FEATURES } from '../schema';

/** How many numbers a row has: 115. */
const WIDTH = FEATURES.length;

/** Words of an address: its kind, then IPv6's four words, or as many as it has. */
const ADDRESS = 5;
/** Above the 65,536 ports: what takes their place in a socket's key. */
const ICMP_PORT = 0x10000;
const NO_PORT = 0x10001;
const ARP_PORT = 0x10002;
/** The kind of a MAC address; 4 and 6 are those of IP. */
const MAC = 1;

export interface ExtractorOptions {
  /**
   * Forget a stream that has been quiet for this many seconds of capture time (`IdleClock`), so that memory
   * is bounded by the traffic of one and a half such spans; by default nothing is forgotten, and the
   * features are exact.
   *
   * A party that comes back after being forgotten is new: its weights start at 1 again where an
   * exact run has 1 + w·2^(-λ·idle), and its first inter-arrival time (`HH_jit`) is the absolute
   * time again, as it is for any first packet, where an exact run has the length of the pause. With
   * an hour, weights change by less than 2·10^-11 of what was there.
   */
  readonly idle?: number;
}

/** How many streams of each kind: sources (MAC and IP; IP), channels (IP pairs), sockets. */
export type StreamCounts = Readonly<Record<(typeof KINDS)[number], number>>;
const KINDS = ['MI_dir', 'H', 'HH', 'HpHp'] as const;

/**
 * From packets to the 115 features of N-BaIoT: one row after each packet, of the streams that the
 * packet belongs to.
 *
 * | block | stream |
 * |---|---|
 * | MI_dir | source MAC and source IP: frame lengths |
 * | H | source IP: frame lengths |
 * | HH | source IP to destination IP, with its reverse: frame lengths |
 * | HH_jit | source IP to destination IP: inter-arrival times, the first of them the unix time |
 * | HpHp | source IP and port to destination IP and port, with its reverse: frame lengths |
 *
 * For ARP the addresses are the sender's and target's protocol addresses, and HpHp's are the MACs;
 * without IP the MACs stand in for the IPs. ICMP has one constant for a port, other protocols none.
 * No feature sees the protocol: TCP and UDP packets of the same ports and lengths are the same.
 *
 * Source: Meidan et al. 2018, "N-BaIoT", table 2, and Mirsky et al. 2018, "Kitsune", section IV-C;
 * keys and order of operations are those that give the published rows.
 */
export class FeatureExtractor {
  readonly #factors = new DecayFactors();
  /** Kind and words of an address. */
  #addresses: KeyTable;
  /** One stream for each address. */
  #hosts = new DampedStreams(this.#factors);
  /** Address number of the source, and its MAC in two words. */
  #sourceKeys: KeyTable;
  #sources = new DampedStreams(this.#factors);
  /** The two address numbers, the lower first. */
  #channelKeys: KeyTable;
  #channels = new Channels(this.#factors);
  /** Two streams for each channel, one a direction. */
  #jitter = new DampedStreams(this.#factors);
  /** Channel number and the two ports; for ARP the address numbers of the MACs and ARP_PORT. */
  #socketKeys: KeyTable;
  #sockets = new Channels(this.#factors);

  /** Undefined where nothing is forgotten. */
  readonly #clock: IdleClock | undefined;
  /** By the clock: when streams were last forgotten, and when which had a packet. */
  #swept = 0;
  #seen = {
    hosts: new LastSeen(),
    sources: new LastSeen(),
    channels: new LastSeen(),
    sockets: new LastSeen(),
  };
  #dropped = { MI_dir: 0, H: 0, HH: 0, HpHp: 0 };
  #packets = 0;

  /** Room for the key at hand. */
  readonly #address = new Uint32Array(ADDRESS);
  readonly #pair = new Uint32Array(2);
  readonly #triple = new Uint32Array(3);
  // The streams of the packet last taken into account.
  #host = 0;
  #source = 0;
  #channel = 0;
  #fromSecond = 0;
  #toItself = false;
  #socket = 0;
  #socketFromSecond = 0;
  #socketToItself = false;

  /**
   * @param hash what its tables find keys by; the features do not depend on it
   * @throws RangeError if `idle` is not a positive number
   */
  constructor({ idle = Infinity }: ExtractorOptions = {}, hash = new KeyHash()) {
    if (!(idle > 0)) throw new RangeError(`idle must be a positive number of seconds, not ${idle}`);
    if (idle < Infinity) this.#clock = new IdleClock(idle);
    this.#addresses = new KeyTable(ADDRESS, hash);
    this.#sourceKeys = new KeyTable(3, hash);
    this.#channelKeys = new KeyTable(2, hash);
    this.#socketKeys = new KeyTable(3, hash);
  }

  /** How many packets it has seen. */
  get packets(): number {
    return this.#packets;
  }

  /** The streams it keeps. */
  get streams(): StreamCounts {
    return {
      MI_dir: this.#sources.size,
      H: this.#hosts.begun,
      HH: this.#channels.size,
      HpHp: this.#sockets.size,
    };
  }

  /** The streams it forgot, for having been idle. */
  get dropped(): StreamCounts {
    return { ...this.#dropped };
  }

  /** Takes packet `i` of the batch into account. */
  update(batch: PacketBatch, i: number): void {
    const time = batch.time[i]!;
    const bytes = batch.length[i]!;
    const seconds = this.#clock?.see(time);
    this.#forget();
    this.#packets++;
    const withIP = batch.protocol[i] !== PROTOCOL.none;
    const from = withIP ? this.#ip(batch, i, batch.source) : this.#mac(batch.sourceMac[i]!);
    const to = withIP ? this.#ip(batch, i, batch.destination) : this.#mac(batch.destinationMac[i]!);
    this.#updateSource(from, batch.sourceMac[i]!, time, bytes);
    this.#updateChannel(from, to, time, bytes);
    this.#updateSocket(batch, i, time, bytes);
    if (seconds !== undefined) this.#note(seconds);
  }

  /**
   * Writes the row of the packet that was last taken into account: 115 numbers from `offset` on,
   * in the order of `FEATURES`.
   */
  write(row: Float64Array, offset = 0): void {
    if (this.#packets === 0) throw new RangeError('no packet yet: call update first');
    if (offset + WIDTH > row.length)
      throw new RangeError(`a row needs ${WIDTH} numbers from ${offset} on, not ${row.length}`);
    const direction = this.#fromSecond;
    this.#sources.write(this.#source, row, offset);
    this.#hosts.write(this.#host, row, offset + 15);
    this.#channels.write(this.#channel, direction, this.#toItself, row, offset + 30);
    this.#jitter.write(2 * this.#channel + direction, row, offset + 65);
    this.#sockets.write(
      this.#socket,
      this.#socketFromSecond,
      this.#socketToItself,
      row,
      offset + 80,
    );
  }

  #updateSource(from: number, mac: number, time: number, bytes: number): void {
    this.#host = from;
    this.#hosts.update(from, time, bytes);
    const key = this.#triple;
    key[0] = from;
    key[1] = mac / 2 ** 32;
    key[2] = mac;
    this.#source = this.#sourceKeys.number(key);
    if (this.#source === this.#sources.size) this.#sources.add();
    this.#sources.update(this.#source, time, bytes);
  }

  #updateChannel(from: number, to: number, time: number, bytes: number): void {
    const key = this.#pair;
    key[0] = from < to ? from : to;
    key[1] = from < to ? to : from;
    this.#fromSecond = from > to ? 1 : 0;
    this.#toItself = from === to;
    this.#channel = this.#channelKeys.number(key);
    if (this.#channel === this.#channels.size) {
      this.#channels.add();
      this.#jitter.add();
      this.#jitter.add();
    }
    this.#channels.update(this.#channel, this.#fromSecond, this.#toItself, time, bytes);
    const jitter = 2 * this.#channel + this.#fromSecond;
    const gap = time - this.#jitter.time(jitter);
    this.#jitter.update(jitter, time, gap > 0 ? gap : 0);
  }

  #updateSocket(batch: PacketBatch, i: number, time: number, bytes: number): void {
    const key = this.#triple;
    const protocol = batch.protocol[i];
    let fromSecond = this.#fromSecond;
    let toItself = this.#toItself;
    if (protocol === PROTOCOL.arp) {
      const from = this.#mac(batch.sourceMac[i]!);
      const to = this.#mac(batch.destinationMac[i]!);
      key[0] = from < to ? from : to;
      key[1] = from < to ? to : from;
      key[2] = ARP_PORT;
      fromSecond = from > to ? 1 : 0;
      toItself = from === to;
    } else {
      let from = protocol === PROTOCOL.icmp ? ICMP_PORT : NO_PORT;
      let to = from;
      if (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp) {
        from = batch.sourcePort[i]!;
        to = batch.destinationPort[i]!;
        if (toItself) {
          toItself = from === to;
          fromSecond = from > to ? 1 : 0;
        }
      }
      key[0] = this.#channel;
      key[1] = fromSecond === 0 ? from : to;
      key[2] = fromSecond === 0 ? to : from;
    }
    this.#socket = this.#socketKeys.number(key);
    if (this.#socket === this.#sockets.size) this.#sockets.add();
    this.#socketFromSecond = fromSecond;
    this.#socketToItself = toItself;
    this.#sockets.update(this.#socket, fromSecond, toItself, time, bytes);
  }

  /** The number of a packet's IP address. */
  #ip(batch: PacketBatch, i: number, words: Uint32Array): number {
    const key = this.#address;
    key[0] = batch.family[i]!;
    key[1] = words[4 * i]!;
    key[2] = words[4 * i + 1]!;
    key[3] = words[4 * i + 2]!;
    key[4] = words[4 * i + 3]!;
    return this.#numbered();
  }

  /** The number of a MAC address. */
  #mac(mac: number): number {
    const key = this.#address;
    key[0] = MAC;
    key[1] = mac / 2 ** 32;
    key[2] = mac;
    key[3] = key[4] = 0;
    return this.#numbered();
  }

  #numbered(): number {
    const address = this.#addresses.number(this.#address);
    if (address === this.#hosts.size) this.#hosts.add();
    return address;
  }

  /** Notes when the streams of the packet at hand had it. */
  #note(seconds: number): void {
    this.#seen.hosts.note(this.#host, seconds);
    this.#seen.sources.note(this.#source, seconds);
    this.#seen.channels.note(this.#channel, seconds);
    this.#seen.sockets.note(this.#socket, seconds);
  }

  /** Drops what has been idle, twice in every idle span. */
  #forget(): void {
    if (this.#clock === undefined) return;
    const { elapsed, span } = this.#clock;
    if (elapsed - this.#swept < span / 2) return;
    this.#swept = elapsed;
    this.#keepSince(elapsed - span);
  }

  /**
   * Keeps the streams that had a packet since, and the addresses that they are named after. A socket had
   * none later than its channel, nor a source than its host: what names a stream that is kept is kept.
   */
  #keepSince(since: number): void {
    const before = this.streams;
    const seen = this.#seen;
    const sources = seen.sources.since(since);
    const channels = seen.channels.since(since);
    const sockets = seen.sockets.since(since);

    const named = new Uint8Array(this.#addresses.size);
    for (const source of sources) named[this.#sourceKeys.word(source, 0)] = 1;
    for (const [keys, entries] of [
      [this.#channelKeys, channels],
      [this.#socketKeys, sockets.filter((socket) => this.#isARP(socket))],
    ] as const)
      for (const entry of entries) named[keys.word(entry, 0)] = named[keys.word(entry, 1)] = 1;
    const addresses = [...named.keys()].filter((address) => named[address] === 1);

    const newAddress = renumbered(addresses, this.#addresses.size);
    const newChannel = renumbered(channels, this.#channels.size);
    this.#socketKeys = this.#socketKeys.only(sockets, (key) => {
      const arp = key[2] === ARP_PORT;
      key[0] = (arp ? newAddress : newChannel)(key[0]!);
      if (arp) key[1] = newAddress(key[1]!);
    });
    this.#channelKeys = this.#channelKeys.only(channels, (key) => {
      key[0] = newAddress(key[0]!);
      key[1] = newAddress(key[1]!);
    });
    this.#sourceKeys = this.#sourceKeys.only(sources, (key) => {
      key[0] = newAddress(key[0]!);
    });
    this.#addresses = this.#addresses.only(addresses, () => {});

    this.#sockets = this.#sockets.only(sockets);
    this.#jitter = this.#jitter.only(channels.flatMap((pair) => [2 * pair, 2 * pair + 1]));
    this.#channels = this.#channels.only(channels);
    this.#sources = this.#sources.only(sources);
    this.#hosts = this.#hosts.only(addresses, (host) => seen.hosts.isSince(host, since));
    this.#seen = {
      hosts: seen.hosts.only(addresses),
      sources: seen.sources.only(sources),
      channels: seen.channels.only(channels),
      sockets: seen.sockets.only(sockets),
    };
    const after = this.streams;
    for (const kind of KINDS) this.#dropped[kind] += before[kind] - after[kind];
  }

  #isARP(socket: number): boolean {
    return this.#socketKeys.word(socket, 2) === ARP_PORT;
  }
}

/** From an old number of what is kept to its new one, its place among the kept. */
function renumbered(kept: readonly number[], size: number): (entry: number) => number {
  const numbers = new Int32Array(size).fill(-1);
  kept.forEach((entry, i) => (numbers[entry] = i));
  return (entry) => {
    const number = numbers[entry]!;
    if (number < 0) throw new Error(`what names a kept stream was forgotten: ${entry}`);
    return number;
  };
}
