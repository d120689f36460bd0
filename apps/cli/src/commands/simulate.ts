import { InputError } from '@botlab/errors';
import { requireWritable } from '@botlab/files';
import { count, markdownTable, sizeText } from '@botlab/text';
import { chooseCells, simulateFolder, type SimulatedFile, SYNTHETIC_MARKER } from '@botlab/traffic';
import { interruptible } from '../interruption';
import { ReadingProgress } from '../progress';

interface FileOptions {
  readonly out: string;
  readonly devices?: string[];
  readonly attacks?: string[];
  readonly scale: number;
  readonly seed: number;
  readonly pcap?: true;
  readonly json?: true;
}

/** What is typed after `botlab simulate`: with --check its own apply, else those of the files. */
export interface Options extends Omit<FileOptions, 'out'> {
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

// Only where it is asked for: it loads what trains.
const check = () => require('../commands/check-simulation') as typeof import('./check-simulation');

/** Does what `botlab simulate` was asked for. */
export async function run(options: Options): Promise<void> {
  const { out, check: folder } = options;
  if (out !== undefined && folder === undefined) await writeFiles({ ...options, out });
  else if (folder !== undefined && out === undefined)
    await check().run({ ...options, check: folder });
  else
    throw new InputError(
      'Cannot simulate: name a folder for the files (--out DIR) or one of genuine rows to compare with (--check DIR), one of the two.',
    );
}
