import { type Contestant, takeTurns, timesInTurns } from './rounds';

/** Someone whose steps take what `ms` says, and who notes its rounds in `log`. */
function contestant(name: string, log: string[], ms: () => number): Contestant {
  return {
    round: (steps) => {
      log.push(`${name} ${steps}`);
      return Promise.resolve(ms());
    },
  };
}

it('warms up each, then lets them take turns in rounds of as many seconds', async () => {
  const log: string[] = [];
  const fast = contestant('fast', log, () => 10);
  const slow = contestant('slow', log, () => 1000);
  let rounds = 0;
  const medians = await takeTurns([fast, slow], { rounds: 2, seconds: 1, onRound: () => rounds++ });
  expect(medians).toEqual([10, 1000]);
  expect(rounds).toBe(2);
  expect(log).toEqual([
    ...['fast 1', 'fast 100', 'slow 1', 'slow 1'],
    ...['fast 100', 'slow 5', 'fast 100', 'slow 5'],
  ]);
});

it.each([
  [[7, 1, 100], 7],
  [[4, 1, 2, 100], 3],
])('of the rounds %j it is the median, %d', async (rounds, median) => {
  const times = [50, 50, ...rounds]; // two to warm up
  const one = contestant('one', [], () => times.shift()!);
  expect(await takeTurns([one], { rounds: rounds.length, seconds: 0.1 })).toEqual([median]);
});

it('gives the times of each round, where they are asked for', async () => {
  const times = [1, 2, 3, 4, 5, 6];
  const one = contestant('one', [], () => times.shift()!);
  const entries = [1, 10].map((steps) => ({ contestant: one, steps }));
  expect(await timesInTurns(entries, { rounds: 3 })).toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ]);
});
