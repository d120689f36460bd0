import type { ParquetSink } from '@botlab/data';
import { fileError, InputError } from '@botlab/errors';
import { PartialFile } from '@botlab/files';
import { type ByteSink, csvSink, type RowSink } from '@botlab/traffic';
import type { FeatureFormat } from './feature-format';

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
export async function openFeatureOutput(
  path: string,
  format: FeatureFormat,
): Promise<FeatureOutput> {
  if (path === '-') {
    if (format === 'csv') return standardOutput();
    throw new InputError('Cannot write parquet to standard output: name a file with -o.');
  }
  const makeSink = format === 'csv' ? csvSink : await parquetSink();
  const file = new PartialFile(path);
  const sink = makeSink((bytes) => file.write(bytes));
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

/** It comes with DuckDB, which CSV is written without. */
async function parquetSink(): Promise<(write: ByteSink) => ParquetSink> {
  const { ParquetSink } = await import('@botlab/data');
  return (write) => new ParquetSink(write);
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
