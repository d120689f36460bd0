// Rows a second of `botlab extract`, from its start to its end, to CSV and to Parquet, and of the plain way: each
// row as text, and the CSV converted by DuckDB: `npm run bench -- extract [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from '@botlab/bench/light';
import { type Cell, CELLS, simulateFolder } from '@botlab/traffic';

const ROUNDS = 5;
const FORMATS = ['csv', 'parquet'] as const;
/** Half of them benign; together 362,000 packets. */
const CHOSEN = ['benign null', 'gafgyt combo', 'mirai ack'];

interface Measured {
  readonly format: (typeof FORMATS)[number];
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly plainRowsPerSecond: number;
  readonly ratio: number;
  /** Seconds of all processors, of the command. */
  readonly processorSeconds: number;
  /** At most, of the command. */
  readonly megabytes: number;
  /** Of the file, for each row. */
  readonly bytesPerRow: number;
}

/** What a process says when it ends. */
interface Spent {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Runs Node to its end. */
function run(args: readonly string[]): Spent {
  const report = join(__dirname, 'report-usage.js');
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', report, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(stderr);
  return { seconds, ...(JSON.parse(stdout.trim().split('\n').at(-1)!) as Omit<Spent, 'seconds'>) };
}

const binary = join(__dirname, '..', '..', '..', 'apps', 'cli', 'bin', 'botlab.js');
const plain = join(__dirname, 'plain-extraction.js');

/** The two take turns, so that a slow moment of the machine falls on both. */
function measure(
  captures: readonly string[],
  rows: number,
  format: Measured['format'],
  folder: string,
): Measured {
  const file = join(folder, `rows.${format}`);
  const ours: Spent[] = [];
  const theirs: Spent[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(run([binary, 'extract', ...captures, '-o', file]));
    const bytes = statSync(file).size;
    theirs.push(run([plain, join(folder, `plain.${format}`), ...captures]));
    if (round === ROUNDS - 1) {
      const middle = (all: readonly Spent[], figure: keyof Spent): number =>
        median(all.map((spent) => spent[figure]));
      const seconds = middle(ours, 'seconds');
      return {
        format,
        rows,
        rowsPerSecond: Math.round(rows / seconds),
        plainRowsPerSecond: Math.round(rows / middle(theirs, 'seconds')),
        ratio: Number((middle(theirs, 'seconds') / seconds).toFixed(2)),
        processorSeconds: Number(middle(ours, 'processorSeconds').toFixed(2)),
        megabytes: Math.round(middle(ours, 'megabytes')),
        bytesPerRow: Math.round(bytes / rows),
      };
    }
  }
  throw new RangeError('no rounds');
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'botlab-bench-'));
  try {
    const isChosen = ({ device, family, attack }: Cell): boolean =>
      device === 'Danmini_Doorbell' && CHOSEN.includes(`${family} ${attack}`);
    const cells = CELLS.filter(isChosen);
    const files = await simulateFolder(folder, { cells, seed: 1, scale: 1, format: 'pcap' });
    const rows = files.reduce((sum, { packets }) => sum + packets, 0);
    const captures = files.map(({ name }) => join(folder, name));
    const measured = FORMATS.map((format) => measure(captures, rows, format, folder));
    if (process.argv.includes('--json')) {
      process.stdout.write(
        `${JSON.stringify({ cores: availableParallelism(), measured }, undefined, 2)}\n`,
      );
      return;
    }
    for (const { format, ratio, megabytes, ...one } of measured)
      process.stdout.write(
        `${format.padEnd(8)} ${one.rowsPerSecond.toLocaleString('en')} rows/s, ${ratio} times the plain way's ` +
          `${one.plainRowsPerSecond.toLocaleString('en')}; ${one.rows.toLocaleString('en')} rows, ` +
          `${one.processorSeconds} s of ${availableParallelism()} cores, ${megabytes} MB of memory, ${one.bytesPerRow} bytes a row\n`,
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void bench();
