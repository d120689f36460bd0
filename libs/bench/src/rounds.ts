import { median } from './median';

/** What takes part in a comparison: it does steps, and says what one took on average, in milliseconds. */
export interface Contestant {
  round(steps: number): Promise<number>;
}

export interface RoundsOptions {
  readonly rounds: number;
  /** How long a round should last at least. */
  readonly seconds: number;
  /** Called when all have had a round. */
  readonly onRound?: (() => void) | undefined;
}

/** A round has no fewer steps, however long they are. */
export const LEAST_STEPS = 5;
const MOST_STEPS = 100_000;

/** Someone who takes part, and how many steps a round of theirs has. */
export interface Entry {
  readonly contestant: Contestant;
  readonly steps: number;
}

/** What a step of each contestant takes in milliseconds: the median of its rounds, after it was warmed up. */
export async function takeTurns(
  contestants: readonly Contestant[],
  { rounds, seconds, onRound }: RoundsOptions,
): Promise<number[]> {
  const entries: Entry[] = [];
  for (const contestant of contestants) {
    entries.push({ contestant, steps: await warmUp(contestant, seconds) });
  }
  return (await timesInTurns(entries, { rounds, onRound })).map(median);
}

/**
 * What a step of each takes in milliseconds, in each round. They take turns round by round, so that a slow moment of
 * the machine falls on all of them.
 */
export async function timesInTurns(
  entries: readonly Entry[],
  { rounds, onRound }: Pick<RoundsOptions, 'rounds' | 'onRound'>,
): Promise<number[][]> {
  const times: number[][] = entries.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { contestant, steps }] of entries.entries()) {
      times[i]!.push(await contestant.round(steps));
    }
    onRound?.();
  }
  return times;
}

/**
 * Lets a contestant do some steps uncounted, by which it is found how many of them last as long as a round should.
 */
export async function warmUp(contestant: Contestant, seconds: number): Promise<number> {
  const stepsIn = (ms: number): number => Math.min(MOST_STEPS, Math.ceil((1000 * seconds) / ms));
  const few = stepsIn(await contestant.round(1)); // few: the first step is slow
  return Math.max(LEAST_STEPS, stepsIn(await contestant.round(few)));
}
