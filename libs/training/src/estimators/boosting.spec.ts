import { useEngine } from '@botlab/engine';
import type { Examples } from '../prepare-data';
import type { EstimatorDefinition, FitContext } from './estimator';
import { getEstimator } from './registry';

beforeAll(() => useEngine('auto', { runsOn: 'processor' }));

/** Rows of two columns, of which a quarter has a class of its own. */
function someRows(rows: number, start: number): Examples {
  const x = Float32Array.from({ length: 2 * rows }, (_, i) => ((start + i) * 7919) % 101);
  const y = Uint8Array.from({ length: rows }, (_, row) =>
    row % 4 === 0 ? row % 3 : x[2 * row]! > 50 ? 1 : 0,
  );
  return { x, y, rows: new Uint32Array(rows) };
}

const train = someRows(200, 0);
const definition = getEstimator('boosting') as EstimatorDefinition;

async function roundsWith(given: object, context: Partial<FitContext> = {}): Promise<number> {
  const options = definition.options.parse({ rounds: 60, leastRows: 2, rate: 0.5, ...given });
  const shape = { seed: 1, classes: 3, features: 2 };
  const { facts } = await definition.fit(train, { ...shape, options, ...context });
  return facts['rounds']!;
}

it('runs all rounds where nothing is said of patience, though there are rows to watch', async () => {
  expect(await roundsWith({})).toBe(60);
  expect(await roundsWith({}, { watched: someRows(50, 9) })).toBe(60);
});

it('ends early by rows that it holds out, or by those that are watched', async () => {
  const byHeldOut = await roundsWith({ patience: 2, heldOut: 0.3 });
  const byWatched = await roundsWith({}, { watched: someRows(50, 9), patience: 2 });
  for (const rounds of [byHeldOut, byWatched]) {
    expect(rounds).toBeGreaterThan(0);
    expect(rounds).toBeLessThan(60);
  }
});

it('tells of its rounds', async () => {
  const seen: number[][] = [];
  await roundsWith({ rounds: 3 }, { onProgress: (...progress) => void seen.push(progress) });
  expect(seen.map(([done, total]) => [done, total])).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});
