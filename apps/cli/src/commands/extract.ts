import { InputError } from '@botlab/errors';
import { count } from '@botlab/training';
import {
  extractFeatures,
  type Extraction,
  parseMac,
  requireCaptures,
  requireNoCapture,
} from '@botlab/traffic';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FEATURE_FORMATS, type FeatureFormat, openFeatureOutput } from '../feature-output';
import { interruptible } from '../interruption';
import { jsonOption, positive } from '../options';
import { CaptureProgress } from '../progress';
import { sizeText } from '../size-text';

interface Options {
  readonly out: string;
  readonly mac?: number;
  readonly format?: FeatureFormat;
  readonly idle?: number;
  readonly json?: true;
}

function mac(text: string): number {
  const address = parseMac(text);
  if (address !== undefined) return address;
  throw new InvalidArgumentError('Expected a MAC address, such as 02:00:00:00:00:a1');
}

const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** What was read and written, in sentences a line. */
function summary(extraction: Extraction, options: Options, bytes: number | undefined): string {
  const { packets, rows, malformed, reasons, dropped, notes } = extraction;
  const place = bytes === undefined ? '' : ` to ${options.out} (${sizeText(bytes)})`;
  const lines = [`${plural(packets, 'packet')} read, ${plural(rows, 'row')} written${place}.`];
  if (malformed > 0) {
    const each = Object.entries(reasons).map(([reason, n]) => `${count(n)} ${reason}`);
    lines.push(
      `${plural(malformed, 'packet')} left out, for ${malformed === 1 ? 'it' : 'they'} cannot be read: ${each.join(', ')}.`,
    );
  }
  if (options.idle !== undefined) {
    const each = Object.entries(dropped).map(([kind, n]) => `${kind} ${count(n)}`);
    lines.push(`Idle streams forgotten: ${each.join(', ')}.`);
  }
  return `${[...lines, ...notes].join('\n')}\n`;
}

async function run(captures: string[], options: Options): Promise<void> {
  const { out, idle } = options;
  const format = options.format ?? (out.endsWith('.parquet') ? 'parquet' : 'csv');
  if (out === '-' && options.json) {
    throw new InputError(
      'Cannot write rows and JSON to standard output both: name a file with -o.',
    );
  }
  requireCaptures(captures);
  requireNoCapture(out, captures);
  const output = openFeatureOutput(out, format);
  const progress = new CaptureProgress();
  const { onProgress } = progress;
  await interruptible(async (signal) => {
    try {
      const extraction = await extractFeatures(captures, output.sink, {
        mac: options.mac,
        idle,
        onProgress,
        signal,
      });
      const bytes = await output.close(signal);
      progress.stop();
      if (options.json) {
        const result = { out, format, bytes, ...extraction };
        process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      } else {
        process.stderr.write(summary(extraction, options, bytes));
      }
    } finally {
      progress.stop();
      output.abort();
    }
  }, 'interrupted; no file was written.');
}

/** `botlab extract`: from captures to the 115 features. */
export function addExtractCommand(root: Command): void {
  root
    .command('extract')
    .description(
      'compute the 115 features of N-BaIoT from captures (pcap or pcapng, gzipped or not): a row a packet',
    )
    .argument(
      '<captures...>',
      'files, or - for standard input; several are one recording in the order given, such as rotated files: the statistics go on from each to the next',
    )
    .requiredOption('-o, --out <file>', 'file for the rows; - for CSV on standard output')
    .addOption(
      new Option(
        '--mac <address>',
        'write rows only of packets that this MAC address sent, as the files of N-BaIoT hold; the statistics see every packet',
      ).argParser(mac),
    )
    .addOption(
      new Option('--format <name>', "form of the file (default: by the name's ending, else csv)") //
        .choices(FEATURE_FORMATS),
    )
    .addOption(
      new Option(
        '--idle <seconds>',
        'forget streams that were quiet for so long, which bounds the memory; who comes back is new, so features after such a pause change (default: forget nothing, exact)',
      ).argParser(positive()),
    )
    .addOption(jsonOption())
    .action(run);
}
