import { BLOCKS, FEATURES, PROTOCOL, type PacketBatch } from '@botlab/traffic';

/** λ of the windows L5 to L0.01, per second. */
const RATES = [5, 3, 1, 0.1, 0.01];
const WIDTH = FEATURES.length;

/** Sums of one direction in one window, as of the time T. */
class Sums {
  T = -Infinity;
  w = 0;
  S = 0;
  Q = 0;
  // Of two-way streams only: as the direction's last packet left them.
  residual = 0;
  mean = 0;
  variance = 0;
  std = 0;

  add(value: number): void {
    this.S += value;
    this.Q += value ** 2;
    this.w += 1;
  }
}

/** A stream of frame lengths or inter-arrival times in one window. */
class OneWay extends Sums {
  constructor(readonly rate: number) {
    super();
  }

  update(time: number, value: number): void {
    const gap = time - this.T;
    if (gap > 0) {
      const factor = Math.pow(2, -this.rate * gap);
      this.w *= factor;
      this.S *= factor;
      this.Q *= factor;
      this.T = time;
    }
    this.add(value);
  }

  row(): number[] {
    const mean = this.S / this.w;
    return [this.w, mean, Math.abs(this.Q / this.w - mean ** 2)];
  }
}

/** The covariance of two directions, which both of them decay. */
interface Covariance {
  C: number;
  T: number;
}

/** One direction of a two-way stream in one window, with its reverse. */
class TwoWay {
  constructor(
    readonly rate: number,
    readonly own: Sums,
    readonly reverse: Sums,
    readonly covariance: Covariance,
  ) {}

  update(time: number, bytes: number): void {
    const { own, reverse, covariance } = this;
    this.#decay(reverse, time);
    const reverseResidual = reverse.residual;
    this.#decay(own, time);
    own.add(bytes);
    own.mean = own.S / own.w;
    own.residual = bytes - own.mean;
    covariance.C += own.residual * reverseResidual;
    own.variance = Math.abs(own.Q / own.w - own.mean ** 2);
    own.std = Math.sqrt(own.variance);
  }

  #decay(side: Sums, time: number): void {
    const { rate, covariance } = this;
    const gap = time - side.T;
    const lag = side.T - covariance.T;
    if (gap > 0) {
      const factor = Math.pow(2, -rate * gap);
      side.w *= factor;
      side.S *= factor;
      side.Q *= factor;
      side.residual *= factor;
      if (lag === 0) covariance.C *= factor;
      else if (covariance.T <= time) covariance.C *= Math.pow(2, -rate * (time - covariance.T));
      side.T = time;
    }
    if (lag > 0) covariance.T = time;
  }

  row(): number[] {
    const { own, reverse } = this;
    if (reverse.w === 0) return [own.w, own.mean, own.std, own.mean, own.variance, 0, 0];
    const covariance = this.covariance.C / ((own.w + reverse.w) / 2);
    const scale = own.std * reverse.std;
    return [
      own.w,
      own.mean,
      own.std,
      Math.sqrt(own.mean ** 2 + reverse.mean ** 2),
      Math.sqrt(own.variance ** 2 + reverse.variance ** 2),
      covariance,
      scale === 0 ? 0 : covariance / scale,
    ];
  }
}

/**
 * The features as one would write them down from their definition: an object for each stream and
 * window, found by a string, and Math.pow.
 *
 * It shares no code with `FeatureExtractor`, which must give the same rows and be faster.
 */
export class PlainExtractor {
  readonly #oneWay = new Map<string, OneWay[]>();
  readonly #twoWay = new Map<string, TwoWay[]>();
  readonly #lastTime = new Map<string, number>();
  /** The streams of the packet last taken into account, in the order of the blocks. */
  #streams: readonly (readonly (OneWay | TwoWay)[])[] = BLOCKS.map(() => []);

  update(batch: PacketBatch, i: number): void {
    const time = batch.time[i]!;
    const bytes = batch.length[i]!;
    const protocol = batch.protocol[i]!;
    const fromMac = `mac ${batch.sourceMac[i]}`;
    const toMac = `mac ${batch.destinationMac[i]}`;
    const from = protocol === PROTOCOL.none ? fromMac : address(batch, i, batch.source);
    const to = protocol === PROTOCOL.none ? toMac : address(batch, i, batch.destination);
    const [fromSocket, toSocket] = ((): [string, string] => {
      switch (protocol) {
        case PROTOCOL.arp:
          return [`arp ${fromMac}`, `arp ${toMac}`];
        case PROTOCOL.icmp:
          return [`${from} icmp`, `${to} icmp`];
        case PROTOCOL.tcp:
        case PROTOCOL.udp:
          return [`${from} port ${batch.sourcePort[i]}`, `${to} port ${batch.destinationPort[i]}`];
        default:
          return [`${from} -`, `${to} -`];
      }
    })();

    const channel = `${from} > ${to}`;
    const last = this.#lastTime.get(channel);
    const pause = Math.max(0, time - (last ?? 0)); // at first the time itself
    if (last === undefined || time > last) this.#lastTime.set(channel, time);
    const oneWay = [
      this.#source(`MI_dir ${fromMac} ${from}`),
      this.#source(`H ${from}`),
      this.#source(`HH_jit ${channel}`),
    ] as const;
    const twoWay = [
      this.#channel('HH', from, to),
      this.#channel('HpHp', fromSocket, toSocket),
    ] as const;
    for (const window of oneWay[0]) window.update(time, bytes);
    for (const window of oneWay[1]) window.update(time, bytes);
    for (const window of twoWay[0]) window.update(time, bytes);
    for (const window of oneWay[2]) window.update(time, pause);
    for (const window of twoWay[1]) window.update(time, bytes);
    this.#streams = [oneWay[0], oneWay[1], twoWay[0], oneWay[2], twoWay[1]];
  }

  /** Writes the row of the packet last taken into account. */
  write(row: Float64Array): void {
    let at = 0;
    for (const windows of this.#streams)
      for (const window of windows) for (const value of window.row()) row[at++] = value;
    if (at !== WIDTH) throw new Error(`a row of ${at} features`);
  }

  #source(key: string): OneWay[] {
    let stream = this.#oneWay.get(key);
    if (stream === undefined) {
      stream = RATES.map((rate) => new OneWay(rate));
      this.#oneWay.set(key, stream);
    }
    return stream;
  }

  #channel(block: string, from: string, to: string): TwoWay[] {
    const key = `${block} ${from} > ${to}`;
    const known = this.#twoWay.get(key);
    if (known !== undefined) return known;
    const forth = RATES.map((rate) => {
      const own = new Sums();
      return new TwoWay(rate, own, from === to ? own : new Sums(), { C: 0, T: -Infinity });
    });
    const back = forth.map(
      ({ rate, own, reverse, covariance }) => new TwoWay(rate, reverse, own, covariance),
    );
    this.#twoWay.set(`${block} ${to} > ${from}`, back);
    this.#twoWay.set(key, forth);
    return forth;
  }
}

function address(batch: PacketBatch, i: number, words: Uint32Array): string {
  return batch.family[i] === 4
    ? `ip ${words[4 * i]}`
    : `ip ${words.subarray(4 * i, 4 * i + 4).join(':')}`;
}
