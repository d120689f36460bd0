import { type SampleSize, type Source, Table, tableSource } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { chosenSource } from '../chosen-source';
import { type OpenOptions, openSource } from '../open-source';
import type { PreparedData } from '../prepare-data';
import { getProfile } from '../profile';
import type { DataSpec, SourceSpec } from '../run-config';

/** Where rows are from: nothing (or '') for the simulated set, a folder of N-BaIoT's files, a table, or data before. */
export type DataOrigin = string | SourceSpec | Table | PreparedData | undefined;

/** What a table does not say of itself. */
export interface TableOrigin {
  /** What it is called in reports and in `config.json`. */
  readonly name?: string;
  /** Whether its rows are made up rather than recorded. */
  readonly synthetic?: boolean;
}

/** Where rows are from, as a run folder remembers it, and how to have them. */
export interface OpenableOrigin {
  /** What is taken where options say nothing. */
  readonly usual: Partial<DataSpec> & { readonly source: SourceSpec; readonly sample: SampleSize };
  /** Data whose rows are prepared in another way. */
  readonly before?: PreparedData;
  /** @throws InputError for a folder or file that is not as it should be */
  open(this: void, options: OpenOptions): Promise<Source>;
}

/** What a {@link DataOrigin} stands for. @throws InputError for a frame, or what is said of a table where none is */
export function originOf(from: DataOrigin, said: TableOrigin): OpenableOrigin {
  if (from instanceof Table) {
    const { name = 'a table in memory', synthetic = false } = said;
    const usual = { source: { kind: 'table', name }, sample: { fraction: 1 } } as const;
    const source = tableSource(from, { description: name, synthetic });
    return { usual, open: () => Promise.resolve(source) };
  }
  const [idle] = Object.keys(said);
  if (idle !== undefined) {
    throw new InputError(
      `Cannot load data with ${idle}: only a table does not say that of itself; leave it out.`,
    );
  }
  if (typeof from === 'object' && 'values' in from) {
    throw new InputError(
      "Cannot load data of a frame: make a table of it first, Table.fromFrame(frame, { label: 'COLUMN' }).",
    );
  }
  if (typeof from === 'object' && 'spec' in from) {
    return { usual: from.spec, before: from, open: () => Promise.resolve(from.source) };
  }
  const source = typeof from === 'object' ? from : chosenSource(from || undefined);
  const { sample } = getProfile('quick');
  return { usual: { source, sample }, open: (options) => openSource(source, options) };
}
