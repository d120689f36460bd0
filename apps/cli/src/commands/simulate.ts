import { InputError } from '@botlab/errors';
import { count, markdownTable, requireWritable } from '@botlab/training';
import { chooseCells, simulateFolder, type SimulatedFile, SYNTHETIC_MARKER } from '@botlab/traffic';
import { type Command, Option } from 'commander';
import { interruptible } from '../interruption';
import {
  cacheOption,
  engineOption,
  jsonOption,
  list,
  positive,
  threadsOption,
  whole,
} from '../options';
import { ReadingProgress } from '../progress';
import { checkSimulation } from '../simulation-check';
import { sizeText } from '../size-text';

interface FileOptions {
  readonly out: string;
  readonly devices?: string[];
  readonly attacks?: string[];
  readonly scale: number;
  readonly seed: number;
  readonly pcap?: true;
  readonly json?: true;
}

/** As they are typed: with --check the others of its own apply, else those of the files. */
interface Options extends Omit<FileOptions, 'out'> {
  readonly out?: string;
  readonly check?: string;
  readonly model: string;
  readonly engine: string;
  readonly threads?: number;
  readonly cache?: string;
}

function summary(files: readonly SimulatedFile[], { out, pcap }: FileOptions): string {
  const sum = (figure: 'rows' | 'packets' | 'bytes'): number =>
    files.reduce((total, file) => total + file[figure], 0);
  const header = ['file', 'rows', 'packets', ...(pcap ? ["the device's MAC"] : [])];
  const body = files.map(({ name, rows, packets, mac }) => [
    name,
    count(rows),
    count(packets),
    ...(pcap ? [mac] : []),
  ]);
  const what = pcap ? `${count(sum('packets'))} packets` : `${count(sum('rows'))} rows`;
  const [first] = files;
  const use = pcap
    ? `Their features: botlab extract ${out}/${first!.name} --mac ${first!.mac} -o FILE`
    : `To look at them: botlab data info --data ${out}`;
  return (
    `${markdownTable(header, body)}\n\n` +
    `SYNTHETIC: ${what} in ${count(files.length)} files of ${sizeText(sum('bytes'))} in ${out}; ` +
    `${SYNTHETIC_MARKER} there says how they were made.\n${use}\n`
  );
}

async function writeFiles(options: FileOptions): Promise<void> {
  const { out, devices, attacks, scale, seed, pcap } = options;
  const cells = chooseCells({ devices, attacks });
  requireWritable(out);
  const progress = new ReadingProgress('simulating');
  const { onProgress } = progress;
  const format = pcap ? 'pcap' : 'csv';
  await interruptible(async (signal) => {
    try {
      const files = await simulateFolder(out, { cells, seed, scale, format, onProgress, signal });
      progress.stop();
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ out, synthetic: true, seed, scale, files }, null, 2)}\n`
          : summary(files, options),
      );
    } finally {
      progress.stop();
    }
  }, 'interrupted; the files that were finished are whole, run the same command again for all.');
}

async function run({
  out,
  check,
  model,
  engine,
  threads,
  cache,
  ...options
}: Options): Promise<void> {
  const { seed, json } = options;
  if (out !== undefined && check === undefined) await writeFiles({ out, ...options });
  else if (check !== undefined && out === undefined)
    await checkSimulation({ check, model, engine, threads, cache, seed, json });
  else
    throw new InputError(
      'Cannot simulate: name a folder for the files (--out DIR) or one of genuine rows to compare with (--check DIR), one of the two.',
    );
}

/** `botlab simulate`: the testbed of N-BaIoT, simulated, as files. */
export function addSimulateCommand(root: Command): void {
  root
    .command('simulate')
    .description(
      "simulate N-BaIoT's testbed and write CSV files in UCI's layout, or captures; what simulate left in the folder before is replaced",
    )
    .option('--out <dir>', 'folder for the files: new, empty, or made by simulate')
    .option(
      '--check <dir>',
      'compare simulated rows with the genuine ones of a folder, and test there a model trained on simulated rows alone',
    )
    .addOption(
      new Option('--devices <names>', 'devices, separated by commas (default: all nine)').argParser(
        list,
      ),
    )
    .addOption(
      new Option(
        '--attacks <names>',
        'benign, gafgyt or mirai (all attacks of one), gafgyt.combo, mirai.udp, …, separated by commas (default: all)',
      ).argParser(list),
    )
    .addOption(
      new Option(
        '--scale <part>',
        'rows of each file as a part of the published ones; 1 is 7,062,606 rows, 8 GB of CSV',
      )
        .argParser(positive(1))
        .default(0.01),
    )
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(whole(0)).default(1))
    .option('--pcap', 'write captures of all packets instead of CSV files of rows')
    .option('--model <name>', 'with --check: what to train', 'res-1dcnn-lstm')
    .addOption(engineOption())
    .addOption(threadsOption())
    .addOption(cacheOption())
    .addOption(jsonOption())
    .action(run);
}
