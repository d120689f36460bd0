import { CLASSES, rowCounts } from '@botlab/data';
import { count, markdownTable } from '@botlab/text';
import { chosenSource } from '@botlab/training/light';
import { openData } from '../open-data';

/** What is typed after `botlab data`. */
export interface Options {
  readonly data?: string;
  readonly json?: true;
}

/** Does what `botlab data info` was asked for. */
export async function run(options: Options): Promise<void> {
  const source = await openData(chosenSource(options.data));
  if (options.json) {
    const { description, synthetic, rows } = source;
    const files = source.files.map((file) => ({ ...file, class: CLASSES[file.label]!.name }));
    process.stdout.write(`${JSON.stringify({ description, synthetic, rows, files }, null, 2)}\n`);
    return;
  }
  const { devices, present, rows, totals } = rowCounts(source);
  const body = present.map((index, c) => [
    CLASSES[index]!.name,
    ...devices.map((_, d) => (rows[d]![c]! > 0 ? count(rows[d]![c]!) : '–')),
    count(totals[c]!),
    ((100 * totals[c]!) / source.rows).toFixed(2),
  ]);
  process.stdout.write(
    `${source.description} (${source.synthetic ? 'synthetic' : 'real'}): ${count(source.rows)} rows in ` +
      `${source.files.length} files of ${devices.length} devices; ${present.length} of ${CLASSES.length} classes present.\n\n` +
      `${markdownTable(['rows', ...devices, 'all', '%'], body)}\n`,
  );
}
