import { Random } from '@botlab/random';
import { DEVICES } from '../device';
import { oneOf, uniform, wholeBetween } from './distribution';
import type { Host } from './packet';

/** An IPv4 address as its one word. */
export function ipv4(a: number, b: number, c: number, d: number): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** Locally administered MAC addresses, so that no real maker's are used. */
const MAC = 0x02_00_00_00_00_00;
export const BROADCAST: Host = { mac: 0xff_ff_ff_ff_ff_ff, address: [ipv4(255, 255, 255, 255)] };
/** Where a machine sends from before it has an address. */
export const UNSPECIFIED = 0;

/** 1 September 2017, in unix seconds: captures begin in the ten weeks after it. */
const FIRST_DAY = 1_504_224_000;
const WEEK = 7 * 86_400;

/**
 * The network of one capture: the device, its router, and the machines it talks to.
 *
 * The original: devices on Wi-Fi behind access points, a switch with a mirrored port, a router;
 * the command server and the attacked machine in the same lab (Meidan et al. 2018, section 4).
 */
export class Lab {
  readonly device: Host;
  readonly router: Host;
  /** The machine that commands the bots. */
  readonly commander: Host;
  /** The machine that the bots attack. */
  readonly target: Host;
  /** A machine of the lab that asks an infected device something now and then. */
  readonly monitor: Host;
  /** When the capture begins, in unix seconds: drawn alike for each kind of traffic. */
  readonly start: number;
  readonly #name: readonly (string | number)[];
  readonly #random: Random;
  readonly #regulars = new Map<string, readonly Host[]>();
  #servers = 0;

  constructor(
    readonly seed: number,
    device: string,
    kind: string,
  ) {
    this.#name = ['traffic', device, kind];
    this.#random = this.random('lab');
    const random = this.#random;
    const subnet = wholeBetween(random, 0, 254);
    const lan = (number: number): Host => ({
      mac: MAC + wholeBetween(random, 0, 0xffffff) * 256 + number,
      address: [ipv4(192, 168, subnet, number)],
    });
    this.router = lan(1);
    this.device = lan(100 + DEVICES.findIndex((name) => name === device));
    this.commander = lan(wholeBetween(random, 10, 49));
    this.target = lan(wholeBetween(random, 50, 99));
    this.start = FIRST_DAY + uniform(random, 0, 10 * WEEK);
    this.monitor = lan(wholeBetween(random, 150, 199));
  }

  /** A stream of random numbers of its own for each purpose in this capture. */
  random(purpose: string): Random {
    return new Random(this.seed, ...this.#name, purpose);
  }

  /** A machine on the internet (the addresses of RFC 5737, which belong to nobody). */
  server(): Host {
    const blocks = [ipv4(192, 0, 2, 0), ipv4(198, 51, 100, 0), ipv4(203, 0, 113, 0)];
    const number = this.#servers++;
    const block = blocks[number % blocks.length]!;
    return {
      mac: this.router.mac,
      address: [block + 1 + ((Math.floor(number / blocks.length) * 7) % 250)],
    };
  }

  /** One of the few machines that a habit comes back to. */
  regular(random: Random, habit: string, count: number): Host {
    let hosts = this.#regulars.get(habit);
    if (!hosts) {
      hosts = Array.from({ length: count }, () => this.server());
      this.#regulars.set(habit, hosts);
    }
    return oneOf(random, hosts);
  }
}
