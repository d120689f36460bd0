import { announcement } from './announcement';
import { clock } from './clock';
import { atWhim, type Habit } from './habit';
import { heartbeat } from './heartbeat';
import type { Pace } from './mirai';
import { poll } from './poll';
import { probe } from './probe';
import { rendezvous } from './rendezvous';
import { stream } from './stream';
import type { Stack } from './tcp';
import type { Unknown } from './variety';
import { visit } from './visit';

/** What is particular to a device. */
export interface Profile {
  readonly stack: Stack;
  /** How fast it sends as a bot of Mirai; absent where there is no such capture. */
  readonly pace?: Pace;
  /** What it does whoever is at home. */
  readonly steady: readonly Habit[];
  /** What people make it do. */
  readonly occasional: readonly Habit[];
  /** Habits that nothing is known of (see `variety`). */
  readonly unknown: Unknown;
}

const LINUX: Stack = { timestamps: true };
const SMALL: Stack = { timestamps: false };

const FAST: Pace = { alone: 158, beside: 151, burst: [0.002, 0.3] };
const SLOW: Pace = { alone: 138, beside: 110, burst: [0.16, 0.01] };
const MIDDLE: Pace = { alone: 128, beside: 109, burst: [0.003, 0.003] };

const MINUTE = 60;
const HOUR = 3600;

/**
 * The nine devices. Periods and lengths of Danmini's habits are those that the first 2,000 rows of
 * its benign file show. Of the others less is published: whole-file means and deviations of six
 * features (KC-Marcotte/N-BaIoT, `reports/eda_summary.json`), quartiles of their first rows, the
 * number of rows in the 2.9 days of the benign capture, and the mean packet size; kinds and sizes
 * of habits are chosen so that these come out.
 */
export const PROFILES: Readonly<Record<string, Profile>> = {
  Danmini_Doorbell: {
    stack: LINUX,
    unknown: { share: 0.04, burst: 10 },
    pace: FAST,
    steady: [
      heartbeat({
        period: 39.02,
        deviation: 0.012,
        servers: 5,
        request: 102,
        reply: 102,
        skipped: 0.03,
      }),
      probe({ period: 30.1, deviation: 0.4 }),
      clock(2 * HOUR),
      poll({ period: 20 * MINUTE, deviation: 60, request: 71, reply: 151, encrypted: false }),
    ],
    occasional: [
      atWhim(2 * HOUR, visit({ requests: 3, request: 90, reply: 180, encrypted: false })),
      atWhim(
        3 * HOUR,
        rendezvous({ peers: 5, tries: 3, request: 78, reply: 78, answered: 0.6, pause: 0.6 }),
      ),
    ],
  },
  Ecobee_Thermostat: {
    stack: SMALL,
    unknown: { share: 0.2, burst: 4 },
    pace: MIDDLE,
    steady: [
      poll({ period: 59.9, deviation: 1.5, request: 317, reply: 250, spread: 0.25 }),
      announcement({ period: 60, length: 110 }),
      clock(4 * HOUR),
    ],
    occasional: [atWhim(4 * HOUR, visit({ requests: 3, request: 420, reply: 300, pause: 4 }))],
  },
  Ennio_Doorbell: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 12 },
    steady: [
      heartbeat({ period: 40.4, deviation: 0.4, servers: 4, request: 90, reply: null }),
      probe({ period: 40, deviation: 6 }),
      heartbeat({ period: 24.9, deviation: 0.05, request: 60, reply: 90 }),
    ],
    occasional: [
      atWhim(
        4 * HOUR,
        stream({ duration: 3, rate: 12, size: 90, sender: 'device', feedback: 0.6 }),
      ),
      atWhim(3 * HOUR, visit({ requests: 3, request: 90, reply: 300 })),
    ],
  },
  Philips_B120N10_Baby_Monitor: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 40 },
    pace: FAST,
    steady: [
      heartbeat({ period: 2.56, deviation: 0.2, request: 64, reply: 98 }),
      poll({ period: 77.7, deviation: 2, request: 90, reply: 60 }),
      announcement({ period: 20, length: 82, count: 2 }),
      clock(HOUR),
    ],
    occasional: [
      atWhim(
        9 * HOUR,
        stream({ duration: 2.2, rate: 12, size: 3600, sender: 'device', feedback: 0.2 }),
      ),
      atWhim(
        5 * MINUTE,
        stream({
          duration: 1.6,
          rate: 14,
          size: 110,
          sender: 'peer',
          feedback: 0.9,
          feedbackLength: 66,
        }),
      ),
      atWhim(20 * MINUTE, visit({ requests: 4, request: 160, reply: 500 })),
    ],
  },
  Provision_PT_737E_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 60 },
    pace: SLOW,
    steady: [
      heartbeat({ period: 44, deviation: 0.5, servers: 2, request: 90, reply: 60 }),
      probe({ period: 60, deviation: 8 }),
      heartbeat({ period: 11.8, deviation: 0.3, request: 73, reply: 73 }),
    ],
    occasional: [
      atWhim(
        16 * MINUTE,
        rendezvous({ peers: 22, tries: 3, request: 86, reply: 290, answered: 0.35, pause: 0.03 }),
      ),
      atWhim(
        2 * HOUR,
        stream({
          duration: 1.2,
          rate: 60,
          size: 120,
          sender: 'device',
          feedback: 0.95,
          feedbackLength: 310,
        }),
      ),
      atWhim(HOUR, visit({ requests: 5, request: 80, reply: 700 })),
    ],
  },
  Provision_PT_838_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 60 },
    pace: SLOW,
    steady: [
      heartbeat({ period: 31.5, deviation: 0.5, servers: 2, request: 90, reply: 60 }),
      heartbeat({ period: 8.4, deviation: 0.3, request: 74, reply: 74 }),
      probe({ period: 60, deviation: 8 }),
    ],
    occasional: [
      atWhim(
        22 * MINUTE,
        rendezvous({ peers: 20, tries: 5, request: 88, reply: 440, answered: 0.5, pause: 0.08 }),
      ),
      atWhim(
        HOUR,
        stream({
          duration: 1.2,
          rate: 60,
          size: 120,
          sender: 'device',
          feedback: 0.95,
          feedbackLength: 310,
        }),
      ),
      atWhim(40 * MINUTE, visit({ requests: 6, request: 80, reply: 900 })),
    ],
  },
  Samsung_SNH_1011_N_Webcam: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 20 },
    steady: [
      heartbeat({ period: 9.96, deviation: 0.05, request: 204, reply: 204 }),
      poll({ period: 30, deviation: 0.3, request: 383, reply: 35 }),
      heartbeat({ period: 30.02, deviation: 0.02, request: 449, reply: 101 }),
    ],
    occasional: [
      atWhim(
        8 * HOUR,
        stream({ duration: 2.5, rate: 15, size: 2200, sender: 'device', feedback: 0.1 }),
      ),
      atWhim(HOUR, visit({ requests: 5, request: 300, reply: 900 })),
    ],
  },
  SimpleHome_XCS7_1002_WHT_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 150 },
    pace: MIDDLE,
    steady: [
      heartbeat({ period: 25.1, deviation: 0.1, request: 118, reply: 60 }),
      probe({ period: 60, deviation: 5 }),
      poll({ period: 25, deviation: 1, request: 330, reply: 212 }),
    ],
    occasional: [
      atWhim(
        10 * HOUR,
        stream({ duration: 0.9, rate: 25, size: 6000, most: 480, sender: 'device', feedback: 0.1 }),
      ),
      atWhim(HOUR, visit({ requests: 5, request: 300, reply: 800 })),
    ],
  },
  SimpleHome_XCS7_1003_WHT_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.2, burst: 16 },
    pace: MIDDLE,
    steady: [
      heartbeat({ period: 25.02, deviation: 0.01, request: 330, reply: 278 }),
      probe({ period: 75, deviation: 10 }),
    ],
    occasional: [
      atWhim(
        16 * HOUR,
        stream({ duration: 1, rate: 15, size: 900, sender: 'device', feedback: 0.2 }),
      ),
      atWhim(2 * HOUR, visit({ requests: 3, request: 300, reply: 600 })),
    ],
  },
};
