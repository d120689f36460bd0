import type { Random } from '@botlab/random';
import { PROTOCOL, type Protocol } from '../packet-batch';
import { exponential, happens, logNormal, normal, uniform, wholeBetween } from './distribution';
import type { Lab } from './lab';
import { FLAGS, SHORTEST, type Host, type Packet, type Traffic } from './packet';
import { Ports } from './ports';
import { publicAddress } from './public-address';
import { segment } from './tcp';

/** Linux's SYN on Ethernet: 40 bytes of TCP header with its options. */
const SYN = 74;

/**
 * The scanner: it opens connections to port 23 of random addresses, as many at a time as it has
 * descriptors for; those that come to nothing are opened anew, some at a time. Nobody answers; the
 * kernel repeats each SYN after 3 and after 9 seconds (Linux before 3.1).
 *
 * Source: the published source of the family (`StartTheLelz`: non-blocking `connect`, at most 512
 * sockets, 10 ms of `select` a round). Rows of Danmini's scan show the repeats (weights of
 * 1 + 2^(-λ·3 s)), a first burst of some 300, and gaps of 0.6 to 0.7 ms with pauses of a few ms;
 * in the long run there are 66 a second (whole-file mean of `MI_dir_L0.1_weight`: 954).
 */
function* scanner(lab: Lab, random: Random, start: number): Traffic {
  const ports = new Ports(random);
  let pending: Packet[] = [];
  let sockets = wholeBetween(random, 250, 384);
  for (let round = start; ; sockets = wholeBetween(random, 40, 180)) {
    let opened = round;
    for (let socket = 0; socket < sockets; socket++) {
      const to: Host = { mac: lab.router.mac, address: [publicAddress(random)] };
      const syn = segment(opened, lab.device, to, SYN, [ports.next(), 23], FLAGS.syn);
      const repeat = opened + normal(random, 3.005, 0.003);
      pending.push(syn, { ...syn, time: repeat }, { ...syn, time: repeat + 6.01 });
      opened += connectGap(random);
    }
    round = Math.max(opened, round + (sockets * 3) / 66);
    pending.sort((a, b) => a.time - b.time);
    const due = pending.findIndex(({ time }) => time >= round);
    yield* pending.slice(0, due === -1 ? pending.length : due);
    pending = due === -1 ? [] : pending.slice(due);
  }
}

/** Seconds from one connect to the next: back to back, after a system call, or after a pause. */
function connectGap(random: Random): number {
  const kind = random.float();
  if (kind < 0.25) return uniform(random, 2e-6, 2e-5);
  if (kind < 0.78) return uniform(random, 0.00055, 0.0009);
  if (kind < 0.98) return uniform(random, 0.001, 0.006);
  return uniform(random, 0.01, 0.09);
}

/**
 * JUNK and HOLD: sockets that connect to the target, to send it junk or to stay. The port is
 * closed: each SYN is answered by a reset, and the socket is opened anew, with the next port.
 *
 * Source: the published source (`sendJUNK`, `sendHOLD`: half of the descriptors, 10 ms of `select`
 * a round); the files show SYNs of 74 bytes, answers of 60 (HH magnitude 95.27), and some 560 to
 * 580 a second (`MI_dir_L5_weight` 162 and 168). The whole set's upper and 95 % quantiles of
 * `HH_L5_weight`, 134 and 180, are how unevenly, and those of `HH_jit_L5_variance` how long it pauses.
 */
function* connections(
  lab: Lab,
  random: Random,
  ports: Ports,
  port: number,
  start: number,
  end: number,
): Traffic {
  let time = start;
  let pace = 1;
  while (time < end) {
    // The processor has other things to do for a while, or less.
    if (happens(random, 0.01)) pace = logNormal(random, 1, 0.14);
    const opened: Packet[] = [];
    for (let count = wholeBetween(random, 3, 11); count > 0; count--) {
      const syn = segment(time, lab.device, lab.target, SYN, [ports.next(), port], FLAGS.syn);
      const answered = time + uniform(random, 0.0002, 0.0012);
      opened.push(syn, reset(answered, lab, syn));
      time += uniform(random, 0.0001, 0.0006) * pace;
    }
    opened.sort((a, b) => a.time - b.time);
    yield* opened;
    const last = opened[opened.length - 1]!.time;
    time = Math.max(last, time + normal(random, 0.0092, 0.0004) * pace);
    if (happens(random, 0.03)) time += exponential(random, 0.025);
  }
  return time;
}

function* combo(lab: Lab, random: Random, start: number): Traffic {
  const ports = new Ports(random);
  const port = closedPort(random);
  const hold = start + uniform(random, 45, 55);
  const junk = yield* connections(lab, random, ports, port, start, hold);
  return yield* connections(lab, random, ports, port, junk + uniform(random, 0.5, 4), Infinity);
}

function closedPort(random: Random): number {
  return 1 + random.int(65_535);
}

/**
 * The TCP and the UDP flood: packets as short as they can be (60 bytes on the wire), each from an
 * address and a port of its own, as fast as the device can. The features see no protocol, so the
 * two are one to them.
 *
 * Source: the published source (`sendTCP` and `sendUDP` on raw sockets, `getRandomIP` for each
 * packet); rows of Ennio's files show weights of 1 throughout, some 1,900 packets a second, in
 * clumps of 3 to 10 within tens of microseconds.
 */
function* flood(lab: Lab, random: Random, start: number, protocol: Protocol): Traffic {
  const tcpFlags = protocol === PROTOCOL.tcp ? FLAGS.syn : 0;
  const destinationPort = 1 + random.int(65_535);
  for (let time = start; ;) {
    for (let count = 1 + Math.floor(exponential(random, 6)); count > 0; count--) {
      yield {
        time,
        from: { mac: lab.device.mac, address: [random.int(2 ** 32)] },
        to: lab.target,
        protocol,
        sourcePort: random.int(65_536),
        destinationPort,
        length: SHORTEST,
        tcpFlags,
      };
      time += uniform(random, 0, 1.8e-5);
    }
    time += happens(random, 0.6) ? uniform(random, 0.0005, 0.0025) : exponential(random, 0.006);
  }
}

/** An infected device under one of the five orders. */
export function gafgyt(lab: Lab, attack: string, start: number): Traffic {
  const random = lab.random(attack);
  switch (attack) {
    case 'scan':
      return scanner(lab, random, start);
    case 'junk':
      return connections(lab, random, new Ports(random), closedPort(random), start, Infinity);
    case 'combo':
      return combo(lab, random, start);
    case 'tcp':
      return flood(lab, random, start, PROTOCOL.tcp);
    case 'udp':
      return flood(lab, random, start, PROTOCOL.udp);
    default:
      throw new RangeError(`no such attack: ${attack}`);
  }
}

function reset(time: number, lab: Lab, { sourcePort, destinationPort }: Packet): Packet {
  const ports = [destinationPort, sourcePort] as const;
  return segment(time, lab.target, lab.device, SHORTEST, ports, FLAGS.rst | FLAGS.ack);
}
