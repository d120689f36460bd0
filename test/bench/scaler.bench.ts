// Values a second of each kind of scaler on one core, and of quantile's curves without their index:
// `npm run bench -- scaler [--json]`. Seconds are the processor's, so that what else runs counts little.
import { median } from '@botlab/bench/light';
import { sample, Scaler, SCALERS, simulatedSource, type Table } from '@botlab/data';

const ROUNDS = 7;
const ROWS = 20_000;

/** What the curves say, by a binary search over all knots for each value. */
function plain({ parameters }: Scaler<'quantile'>, { features }: Table): Float32Array {
  const knots = parameters.knots.map((of) => Float64Array.from(of));
  const scores = parameters.scores.map((of) => Float64Array.from(of));
  return Float32Array.from(features, (x, i) => {
    const [of, to] = [knots[i % knots.length]!, scores[i % knots.length]!];
    let [low, high] = [0, of.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (of[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    if (of.length === 0) return 0;
    if (low === 0 || low === of.length) return to[Math.max(low - 1, 0)]!;
    const share = (x - of[low - 1]!) / (of[low]! - of[low - 1]!);
    return to[low - 1]! * (1 - share) + to[low]! * share;
  });
}

/** Millions of values a second of processor time. */
function speed(transform: () => Float32Array): number {
  const start = process.cpuUsage();
  const values = transform().length;
  const { user, system } = process.cpuUsage(start);
  return values / (user + system);
}

async function main(): Promise<void> {
  const source = simulatedSource({ seed: 1 });
  const counts = source.files.map(({ rows }) => rows);
  const table = await source.read(sample(counts, { rows: ROWS }, 1));
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const quantile = Scaler.fit('quantile', table, rows);
  const ways = new Map<string, () => Float32Array>(
    SCALERS.map((kind) => {
      const scaler = Scaler.fit(kind, table, rows);
      return [kind, () => scaler.transform(table, rows)];
    }),
  );
  ways.set('quantile, plain search', () => plain(quantile, table));
  const speeds = new Map([...ways.keys()].map((name): [string, number[]] => [name, []]));
  // The first round is for the compiler to warm up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, transform] of ways) {
      const measured = speed(transform);
      if (round > 0) speeds.get(name)!.push(measured);
    }
  }
  const medians = [...speeds].map(([scaler, all]) => ({
    scaler,
    millionValuesPerSecond: Number(median(all).toFixed(1)),
  }));
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ rows: medians }, undefined, 2)}\n`
      : medians
          .map(
            ({ scaler, millionValuesPerSecond: speedOf }) =>
              `${scaler.padEnd(24)}${speedOf.toFixed(1).padStart(7)} million values/s\n`,
          )
          .join(''),
  );
}

void main();
