import type { Random } from '@botlab/random';
import { exponential } from './distribution';
import type { Lab } from './lab';
import type { Traffic } from './packet';
import type { Ports } from './ports';
import type { Stack } from './tcp';

/** What a device's habits share. */
export interface Household {
  readonly lab: Lab;
  readonly ports: Ports;
  readonly stack: Stack;
}

/** Something a device does, from `start` on; what it does again and again never ends by itself. */
export type Habit = (household: Household, random: Random, start: number) => Traffic;

/** Someone is at home and awake: how much more often than on average, by the hour of the day. */
function rhythm(time: number): number {
  const hour = (time / 3600 + 3) % 24;
  return 1 + 0.8 * Math.cos(((hour - 17) / 12) * Math.PI);
}

/**
 * Something that people cause: `once` is run at random times, `every` seconds on average, more
 * often in the evening than at night.
 */
export function atWhim(every: number, once: Habit): Habit {
  return function* (household, random, start): Traffic {
    for (let time = start; ;) {
      time += exponential(random, every / 1.8);
      if (random.float() > rhythm(time) / 1.8) continue;
      time = Math.max(time, yield* once(household, random, time));
    }
  };
}
