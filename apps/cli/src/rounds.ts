/** What takes part in a comparison: it does steps, and says what one took on average, in milliseconds. */
export interface Contestant {
  round(steps: number): Promise<number>;
}

export interface RoundsOptions {
  readonly rounds: number;
  /** How long a round should last at least. */
  readonly seconds: number;
  /** Called when all have had a round. */
  readonly onRound?: () => void;
}

/** A round has no fewer steps, however long they are. */
export const LEAST_STEPS = 5;
const MOST_STEPS = 100_000;

/**
 * What a step of each contestant takes in milliseconds: the median of its rounds.
 *
 * They take turns round by round, so that a slow moment of the machine falls on all of them. Each is
 * warmed up first, by which the number of steps of its rounds is found.
 */
export async function takeTurns(
  contestants: readonly Contestant[],
  { rounds, seconds, onRound }: RoundsOptions,
): Promise<number[]> {
  const entered: { contestant: Contestant; steps: number; times: number[] }[] = [];
  for (const contestant of contestants) {
    entered.push({ contestant, steps: await warmUp(contestant, seconds), times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, steps, times } of entered) times.push(await contestant.round(steps));
    onRound?.();
  }
  return entered.map(({ times }) => median(times));
}

/** Lets a contestant do some steps uncounted; returns how many of them last as long as a round should. */
export async function warmUp(contestant: Contestant, seconds: number): Promise<number> {
  const stepsIn = (ms: number): number => Math.min(MOST_STEPS, Math.ceil((1000 * seconds) / ms));
  const few = stepsIn(await contestant.round(1)); // few: the first step is slow
  return Math.max(LEAST_STEPS, stepsIn(await contestant.round(few)));
}

/** The middle one of some measurements; of an even number the mean of the middle two. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
