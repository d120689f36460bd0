import { statSync } from 'node:fs';
import { csvToParquet } from '@botlab/data';
import { fileError, InputError } from '@botlab/errors';
import { PartialFile } from '@botlab/files';
import type { ByteSink } from '@botlab/traffic';
import type { FeatureFormat } from './feature-format';

/** Where rows go. */
export interface FeatureOutput {
  /** Takes the rows as CSV. */
  readonly sink: ByteSink;
  /** Makes the file whole; returns its bytes, undefined for standard output. */
  close(signal: AbortSignal): Promise<number | undefined>;
  /** Leaves nothing behind; does nothing once it is closed. */
  abort(): void;
}

/**
 * Opens a file for rows, or standard output for "-"; the file is whole or not there.
 *
 * @throws InputError where it cannot be written
 */
export function openFeatureOutput(path: string, format: FeatureFormat): FeatureOutput {
  if (path === '-') {
    if (format === 'csv') return standardOutput;
    throw new InputError('Cannot write parquet to standard output: name a file with -o.');
  }
  return format === 'csv' ? csvOutput(path) : parquetOutput(path);
}

const standardOutput: FeatureOutput = {
  sink: async (bytes) => {
    const fault = await new Promise<Error | null | undefined>((resolve) => {
      process.stdout.write(bytes, resolve);
    });
    if (fault) throw fileError('write', 'standard output', fault);
  },
  close: () => Promise.resolve(undefined),
  abort: () => undefined,
};

function csvOutput(path: string): FeatureOutput {
  const file = new PartialFile(path);
  return {
    sink: (bytes) => file.write(bytes),
    close: () => {
      file.close();
      return Promise.resolve(file.bytes);
    },
    abort: () => file.abort(),
  };
}

/** Through CSV in a file beside it, which DuckDB converts: memory is constant, as for CSV. */
function parquetOutput(path: string): FeatureOutput {
  const parquet = new PartialFile(path);
  let csv: PartialFile;
  try {
    csv = new PartialFile(`${path}.csv`);
  } catch (error) {
    parquet.abort();
    throw error;
  }
  return {
    sink: (bytes) => csv.write(bytes),
    close: async (signal) => {
      await csvToParquet(csv.partial, parquet.partial, { signal });
      csv.abort();
      parquet.close();
      return statSync(path).size;
    },
    abort: () => {
      csv.abort();
      parquet.abort();
    },
  };
}
