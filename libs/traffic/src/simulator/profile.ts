import { announcement } from './announcement';
import { channels } from './channels';
import { clock } from './clock';
import { errands } from './errands';
import { atWhim, type Habit } from './habit';
import { heartbeat } from './heartbeat';
import { knock } from './knock';
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
 * What the Provision cameras do now and then: `HH_L5_weight` has a 99 % quantile of 50 to 54 while
 * `HpHp_L5_weight` has one of 6, so that many short connections to one machine follow each other at once;
 * `MI_dir_L5_mean` there is 190, the mean of a request of 800 bytes among five packets of 66 and 74.
 */
const PAGES = atWhim(50 * MINUTE, errands({ count: 18, request: 740, reply: 1100, pause: 0.006 }));

/**
 * The nine devices. Periods and lengths of Danmini's habits are those that the first 2,000 rows of
 * its benign file show. Of the others less is published: whole-file means and deviations of six
 * features (KC-Marcotte/N-BaIoT, `reports/eda_summary.json`), the number of rows in the 2.9 days of the
 * benign capture, the mean packet size, and of each feature the median, the deviation and the 99 % quantile
 * over the device's benign rows (yujia3993). Kinds of habits are chosen so that these come out, and the figure
 * that a number follows from stands beside it: a steady stream of period p has a weight of 1 / (1 - 2^(-λp))
 * and a jitter of mean p; a request of a bytes with an answer of b a magnitude of sqrt(a² + b²).
 */
export const PROFILES: Readonly<Record<string, Profile>> = {
  Danmini_Doorbell: {
    stack: LINUX,
    unknown: { share: 0.02, burst: 6 },
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
    unknown: { share: 0.1, burst: 4 },
    pace: MIDDLE,
    steady: [
      // `HH_jit_L0.01_mean` 20.2 s, deviation of the jitter 13 s; `HH_L0.01` mean 242, std 154 and
      // magnitude 368 bytes, the same in `HpHp`: one stream, of answers as long as requests.
      heartbeat({ period: 17.5, deviation: 8, request: 210, reply: 290, spread: 0.6 }),
      // The mean size of 208 leaves room for these, and for no more.
      poll({ period: 150, deviation: 10, request: 317, reply: 250, spread: 0.25 }),
      announcement({ period: 60, length: 110 }),
      clock(4 * HOUR),
    ],
    occasional: [atWhim(6 * HOUR, visit({ requests: 3, request: 420, reply: 300, pause: 4 }))],
  },
  Ennio_Doorbell: {
    stack: LINUX,
    unknown: { share: 0.04, burst: 6 },
    steady: [
      // `HH_jit_L5_mean` 38.3 s; `HH_L5_mean` 90, magnitude 108.2 = sqrt(90² + 60²); `MI_dir_L5_weight` has a
      // median of 1.99 and a 99 % quantile of 6: several at once.
      heartbeat({ period: 38.3, deviation: 0.4, servers: 4, request: 90, reply: 60 }),
      probe({ period: 40, deviation: 6 }),
      // A 99 % quantile of `HpHp_L5_mean` of 362 bytes, with no answer (the magnitude is the same).
      announcement({ period: 7 * MINUTE, length: 362 }),
      clock(0.5 * HOUR),
    ],
    occasional: [
      atWhim(
        10 * HOUR,
        stream({ duration: 3, rate: 12, size: 90, sender: 'device', feedback: 0.6 }),
      ),
      atWhim(6 * HOUR, visit({ requests: 3, request: 90, reply: 180, encrypted: false })),
    ],
  },
  Philips_B120N10_Baby_Monitor: {
    stack: LINUX,
    unknown: { share: 0.1, burst: 30 },
    pace: FAST,
    steady: [
      // `HH_L0.01_weight` 76 and `HpHp_L0.01_weight` 19: four pairs of ports to one machine; `HpHp_L5` mean
      // 66 and magnitude 122.3 = sqrt(66² + 103²): acknowledgements; `HH_L0.01` mean 71.7 and std 21.5, while
      // `HpHp_L0.01` has 66.9 and 3.3: the device says more over one of the four alone.
      channels({ count: 4, period: 8.2, word: 37, report: 90, receipt: 48, reports: 0.3 }),
      poll({ period: 77.7, deviation: 2, request: 90, reply: 60 }),
      announcement({ period: 20, length: 82, count: 2 }),
      clock(2 * HOUR),
    ],
    occasional: [
      atWhim(
        5 * HOUR,
        stream({ duration: 2.2, rate: 12, size: 3600, sender: 'device', feedback: 0.2 }),
      ),
      // `HH_L5_weight` has a 99 % quantile of 9.5, `HpHp_L5_weight` of 4.5.
      atWhim(
        11 * MINUTE,
        stream({
          duration: 1.6,
          rate: 28,
          size: 110,
          flows: 3,
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
    unknown: { share: 0.06, burst: 20 },
    pace: SLOW,
    steady: [
      // `HH_L5` magnitude 108.2 = sqrt(90² + 60²), jitter 44 s and 12 s (medians of `HH_jit`: 12.6 and 30.3).
      heartbeat({ period: 44, deviation: 0.5, servers: 3, request: 90, reply: 60 }),
      probe({ period: 60, deviation: 8 }),
      heartbeat({ period: 11.8, deviation: 0.3, request: 73, reply: 73 }),
      knock({ period: 200, servers: 2, repeats: [1, 3, 7] }),
      clock(HOUR),
    ],
    occasional: [PAGES, atWhim(HOUR, visit({ requests: 5, request: 80, reply: 700 }))],
  },
  Provision_PT_838_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.06, burst: 20 },
    pace: SLOW,
    steady: [
      heartbeat({ period: 31.5, deviation: 0.5, servers: 4, request: 90, reply: 60 }),
      // `HH_L0.01_weight` 13 and a jitter of 17.9 s lie between this one and the other.
      heartbeat({ period: 8.4, deviation: 0.3, request: 74, reply: 74 }),
      probe({ period: 60, deviation: 8 }),
      // `HpHp_L5` mean 74 and magnitude 84.9: half of the rows are of pairs of ports without a real answer.
      knock({ period: 110, servers: 2, repeats: [1, 3, 7] }),
      clock(20 * MINUTE),
    ],
    occasional: [
      PAGES,
      atWhim(
        8 * HOUR,
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
    unknown: { share: 0.1, burst: 10 },
    steady: [
      heartbeat({ period: 9.96, deviation: 0.05, request: 204, reply: 204 }),
      poll({ period: 120, deviation: 0.3, request: 383, reply: 35 }),
      // `HH_L5_weight` 1.14 beside a jitter of 15.0 s: pairs 0.57 s apart, every 30 s.
      heartbeat({ period: 30.02, deviation: 0.02, request: 449, reply: 101, again: 0.57 }),
      clock(27 * MINUTE),
    ],
    occasional: [
      atWhim(
        20 * HOUR,
        stream({ duration: 2.5, rate: 15, size: 2200, sender: 'device', feedback: 0.1 }),
      ),
      // `HH_L0.01_weight` has a 99 % quantile of 370, `HH_L5_weight` of 3: minutes of few packets a second.
      atWhim(
        30 * HOUR,
        stream({
          duration: 200,
          rate: 3.7,
          size: 300,
          sender: 'device',
          feedback: 0.9,
          feedbackLength: 120,
        }),
      ),
      atWhim(2 * HOUR, visit({ requests: 5, request: 300, reply: 900 })),
    ],
  },
  SimpleHome_XCS7_1002_WHT_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.1, burst: 30 },
    pace: MIDDLE,
    steady: [
      // `HpHp_L0.01_weight` 6.28: a period of 25.0 s; a 99 % quantile of `MI_dir_L5_mean` of 330 bytes.
      heartbeat({ period: 25.02, deviation: 0.01, request: 330, reply: 278 }),
      heartbeat({ period: 25.02, deviation: 0.01, request: 330, reply: 278 }),
      // `HH_L0.01` mean 85.5 and std 17.9: two of 98 bytes to one of 60; its weight of 11.5.
      probe({ period: 17, deviation: 0.3, renewed: 0.25 }),
      clock(35 * MINUTE),
    ],
    occasional: [
      // `HH_L5_weight` has a 99 % quantile of 187 and its magnitude of 1,455 = sqrt(60² + 1454²), while what
      // the device sends is short: it fetches something long.
      atWhim(
        20 * HOUR,
        stream({
          duration: 1,
          rate: 115,
          size: 6000,
          most: 1412,
          sender: 'peer',
          feedback: 1,
          feedbackLength: 60,
        }),
      ),
      atWhim(2 * HOUR, visit({ requests: 5, request: 300, reply: 800 })),
    ],
  },
  SimpleHome_XCS7_1003_WHT_Security_Camera: {
    stack: LINUX,
    unknown: { share: 0.1, burst: 8 },
    pace: MIDDLE,
    steady: [
      // `HpHp_L5` mean 330 and magnitude 431.5 = sqrt(330² + 278²), weight 6.28.
      heartbeat({ period: 25.02, deviation: 0.01, request: 330, reply: 278 }),
      heartbeat({ period: 25.02, deviation: 0.01, request: 330, reply: 278 }),
      probe({ period: 35, deviation: 4, renewed: 0.25 }),
      clock(35 * MINUTE),
    ],
    occasional: [
      atWhim(
        16 * HOUR,
        stream({ duration: 1, rate: 15, size: 900, sender: 'device', feedback: 0.2 }),
      ),
      atWhim(4 * HOUR, visit({ requests: 3, request: 300, reply: 600 })),
    ],
  },
};
