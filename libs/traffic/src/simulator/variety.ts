import type { Random } from '@botlab/random';
import { happens, logNormal, logUniform, uniform, wholeBetween } from './distribution';
import { atWhim, type Habit } from './habit';
import { announcement } from './announcement';
import { heartbeat } from './heartbeat';
import { poll } from './poll';
import { rendezvous } from './rendezvous';
import { stream } from './stream';
import { Connection } from './tcp';
import { visit } from './visit';

/** Many bytes in one go, to the device or from it: a picture, a recording, new firmware. */
function transfer(bytes: number, fromDevice: boolean): Habit {
  return function* ({ lab, ports, stack }, random, start) {
    const server = lab.regular(random, 'transfer', 4);
    const roundTrip = uniform(random, 0.01, 0.15);
    const own = [ports.next(), 443] as const;
    const connection = new Connection(random, start, lab.device, server, own, roundTrip, stack);
    yield* connection.open();
    yield* connection.send('client', uniform(random, 80, 400));
    yield* connection.send(fromDevice ? 'client' : 'server', logNormal(random, bytes, 0.4));
    return yield* connection.close('server');
  };
}

/** A server that does not answer: SYN, and again after 1, 3 and 7 seconds. */
const unanswered: Habit = function* ({ lab, ports, stack }, random, start) {
  const server = lab.regular(random, 'unanswered', 3);
  const own = [ports.next(), 443] as const;
  let last = start;
  for (const after of [0, 1, 3, 7]) {
    last = start + after + uniform(random, 0, 0.004);
    const connection = new Connection(random, last, lab.device, server, own, 0.1, stack);
    const { value } = connection.open().next();
    if (typeof value === 'object') yield value;
  }
  return last;
};

/** What may be expected of habits that nothing is known of. */
export interface Unknown {
  /** Which share of the device's packets they make up. */
  readonly share: number;
  /** How many packets they send within a second or so at most: the published weights deviate so far. */
  readonly burst: number;
}

type Draw = (random: Random, rate: number, burst: number) => Habit;

/** Kinds of habits; each is drawn so that it makes the device send `rate` packets a second. */
const DRAWS: readonly Draw[] = [
  (random, rate) => {
    const servers = wholeBetween(random, 1, 4);
    const request = logUniform(random, 60, 700);
    const reply = happens(random, 0.25) ? null : logUniform(random, 60, 700);
    const period = servers / rate;
    return heartbeat({
      period,
      deviation: period * uniform(random, 0.001, 0.1),
      servers,
      request,
      reply,
    });
  },
  (random, rate) => {
    const [request, reply] = [logUniform(random, 20, 900), logUniform(random, 20, 900)];
    const period = 2 / rate;
    const deviation = period * uniform(random, 0.001, 0.1);
    return poll({ period, deviation, request, reply, spread: uniform(random, 0, 0.5) });
  },
  (random, rate) => {
    const count = wholeBetween(random, 1, 4);
    return announcement({ period: count / rate, length: logUniform(random, 60, 420), count });
  },
  (random, rate, burst) => {
    const fromDevice = happens(random, 0.5);
    const pictures = logUniform(random, 5, 80);
    const size = logUniform(random, 40, 1200);
    const feedback = uniform(random, 0.05, 0.95);
    const each = Math.ceil(size / 1400) * (fromDevice ? 1 : feedback);
    const duration = logUniform(random, 0.2, 1) * Math.min(6, burst / (each * pictures));
    return atWhim(
      (duration * pictures * each) / rate,
      stream({
        duration,
        rate: pictures,
        size,
        sender: fromDevice ? 'device' : 'peer',
        feedback,
        feedbackLength: logUniform(random, 60, 300),
      }),
    );
  },
  (random, rate, burst) => {
    const requests = uniform(random, 1.5, Math.min(8, 1 + burst / 2));
    const request = logUniform(random, 40, 600);
    const reply = logUniform(random, 60, Math.min(20_000, burst * 200));
    const encrypted = happens(random, 0.7);
    return atWhim(
      (9 + requests * (1.5 + reply / 2900)) / rate,
      visit({ requests, request, reply, encrypted, pause: logUniform(random, 0.3, 5) }),
    );
  },
  (random, rate, burst) => {
    const fromDevice = happens(random, 0.5);
    const bytes = burst * logUniform(random, 0.3, 1) * (fromDevice ? 1448 : 2896);
    // Rare: they are most of a device's bytes, and the published mean sizes leave room for few.
    return atWhim(
      (5 * (5 + (bytes / 1448) * (fromDevice ? 1 : 0.5))) / rate,
      transfer(bytes, fromDevice),
    );
  },
  (random, rate, burst) => {
    const tries = wholeBetween(random, 1, 5);
    const peers = Math.max(1, Math.round(Math.min(20, burst / tries)));
    const [request, reply] = [logUniform(random, 60, 200), logUniform(random, 60, 500)];
    const answered = uniform(random, 0.1, 0.9);
    const pause = logUniform(random, 0.02, 1);
    return atWhim(
      (peers * tries) / rate,
      rendezvous({ peers, tries, request, reply, answered, pause }),
    );
  },
  (_, rate) => atWhim(4 / rate, unanswered),
];

/**
 * Habits of which only the kind is known: one of each kind, with sizes and periods drawn by the
 * seed. What is published of a device is not all that it does, and a model that is to know benign
 * traffic when it sees it should have seen more than nine fixed devices.
 *
 * @param rate packets a second that the device sends on average, all in all
 */
export function variety(random: Random, rate: number, { share, burst }: Unknown): Habit[] {
  const each = (rate * share) / DRAWS.length;
  return DRAWS.map((draw) => draw(random, each * logNormal(random, 0.88, 0.5), burst));
}
