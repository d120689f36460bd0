import type { Random } from '@botlab/random';

/** A number from a to b, each as likely. */
export function uniform(random: Random, from: number, to: number): number {
  return from + (to - from) * random.float();
}

/** A whole number from a to b, both included. */
export function wholeBetween(random: Random, from: number, to: number): number {
  return from + random.int(to - from + 1);
}

/** A positive number of that mean, as between events that come independently of each other. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.float());
}

/** A number of the bell curve (Box and Muller). */
export function normal(random: Random, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.float()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random.float());
}

/** A positive number with a long tail; half of them are below the median. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(normal(random, 0, sigma));
}

/** A positive number from a to b, any order of magnitude between the two as likely. */
export function logUniform(random: Random, from: number, to: number): number {
  return from * Math.exp(random.float() * Math.log(to / from));
}

/** Whether an event of that probability happens. */
export function happens(random: Random, probability: number): boolean {
  return random.float() < probability;
}

/** One of them, each as likely. */
export function oneOf<T>(random: Random, values: readonly T[]): T {
  const value = values[random.int(values.length)];
  if (value === undefined) throw new RangeError('one of none');
  return value;
}
