import { type FeatureFormat, openFeatureOutput } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { count, counted, sizeText } from '@botlab/text';
import {
  extractFeatures,
  type Extraction,
  requireCaptures,
  requireNoCapture,
} from '@botlab/traffic';
import { interruptible } from '../interruption';
import { CaptureProgress } from '../progress';

/** What is typed after `botlab extract`. */
export interface Options {
  readonly out: string;
  readonly mac?: number;
  readonly format?: FeatureFormat;
  readonly idle?: number;
  readonly strict?: true;
  readonly json?: true;
}

/** What was read and written, in sentences a line. */
function summary(extraction: Extraction, options: Options, bytes: number | undefined): string {
  const { packets, rows, malformed, reasons, dropped, notes } = extraction;
  const place = bytes === undefined ? '' : ` to ${options.out} (${sizeText(bytes)})`;
  const lines = [`${counted(packets, 'packet')} read, ${counted(rows, 'row')} written${place}.`];
  if (malformed > 0) {
    const each = Object.entries(reasons).map(([reason, n]) => `${count(n)} ${reason}`);
    lines.push(
      `${counted(malformed, 'packet')} left out, for ${malformed === 1 ? 'it' : 'they'} cannot be read: ${each.join(', ')}.`,
    );
  }
  if (options.idle !== undefined) {
    const each = Object.entries(dropped).map(([kind, n]) => `${kind} ${count(n)}`);
    lines.push(`Idle streams forgotten: ${each.join(', ')}.`);
  }
  return `${[...lines, ...notes].join('\n')}\n`;
}

/** Does what `botlab extract` was asked for. */
export async function run(captures: string[], options: Options): Promise<void> {
  const { out, idle } = options;
  const format = options.format ?? (out.endsWith('.parquet') ? 'parquet' : 'csv');
  if (out === '-' && options.json) {
    throw new InputError(
      'Cannot write rows and JSON to standard output both: name a file with -o.',
    );
  }
  requireCaptures(captures);
  requireNoCapture(out, captures);
  const progress = new CaptureProgress();
  const { onProgress } = progress;
  await interruptible(async (signal) => {
    const output = openFeatureOutput(out, format);
    try {
      const extraction = await extractFeatures(captures, output.sink, {
        mac: options.mac,
        idle,
        strict: options.strict,
        onProgress,
        signal,
      });
      const bytes = output.close();
      progress.stop();
      if (options.json) {
        const result = { out, format, bytes, ...extraction };
        process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        process.stderr.write(extraction.notes.map((note) => `${note}\n`).join(''));
      } else {
        process.stderr.write(summary(extraction, options, bytes));
      }
    } finally {
      progress.stop();
      await output.abort();
    }
  }, 'interrupted; no file was written.');
}
