// How long the embedded data set takes to make, and in how much memory: `npm run bench -- simulation [--json]`.
import { performance } from 'node:perf_hooks';
import { availableParallelism } from 'node:os';
import { sample, simulatedSource } from '@botlab/data';

/** 5 % of each file, as the paper samples them, without the cache. */
async function build(): Promise<{
  rows: number;
  seconds: number;
  threads: number;
  megabytes: number;
}> {
  const source = simulatedSource({ seed: 1, cache: null });
  const counts = source.files.map(({ rows }) => rows);
  const start = performance.now();
  const table = await source.read(sample(counts, { fraction: 0.05 }, 1));
  return {
    rows: table.rows,
    seconds: Number(((performance.now() - start) / 1000).toFixed(1)),
    threads: availableParallelism(),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

void build().then((measured) => {
  const { rows, seconds, threads, megabytes } = measured;
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(measured)}\n`
      : `${rows.toLocaleString('en')} of 7,062,606 simulated rows in ${seconds} s on ${threads} threads, at most ${megabytes} MB of memory\n`,
  );
});
