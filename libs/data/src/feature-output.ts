import { fileError, InputError } from '@botlab/errors';
import { PartialFile } from '@botlab/files';
import { type ByteSink, csvSink, type RowSink } from '@botlab/traffic';
import { ParquetSink } from './parquet-sink/parquet-sink';

/** Forms that rows of features are written in. */
export const FEATURE_FORMATS = ['csv', 'parquet'] as const;
export type FeatureFormat = (typeof FEATURE_FORMATS)[number];

/** Where rows go. */
export interface FeatureOutput {
  readonly sink: RowSink;
  /** Makes the file whole, once the sink has ended; returns its bytes, undefined for standard output. */
  close(): number | undefined;
  /** Leaves nothing behind; does nothing once it is closed. */
  abort(): Promise<void>;
}

/**
 * Opens a file for rows, or standard output for "-"; the file is whole or not there.
 *
 * @throws InputError where it cannot be written
 */
export function openFeatureOutput(path: string, format: FeatureFormat): FeatureOutput {
  if (path === '-') {
    if (format === 'csv') return standardOutput();
    throw new InputError('Cannot write parquet to standard output: name a file with -o.');
  }
  const file = new PartialFile(path);
  const write: ByteSink = (bytes) => file.write(bytes);
  const sink = format === 'csv' ? csvSink(write) : new ParquetSink(write);
  return {
    sink,
    close: () => {
      file.close();
      return file.bytes;
    },
    abort: async () => {
      file.abort();
      await sink.stop();
    },
  };
}

function standardOutput(): FeatureOutput {
  const sink = csvSink(async (bytes) => {
    const fault = await new Promise<Error | null | undefined>((resolve) => {
      process.stdout.write(bytes, resolve);
    });
    if (fault) throw fileError('write', 'standard output', fault);
  });
  return { sink, close: () => undefined, abort: () => sink.stop() };
}
