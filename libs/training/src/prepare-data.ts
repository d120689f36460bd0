import {
  type ReadOptions,
  sample,
  Scaler,
  type Source,
  split,
  type Split,
  type Table,
} from '@botlab/data';
import type { DataSpec } from './run-config';
import { silenced } from './silenced';

/** Rows as a model reads them. */
export interface Examples {
  /** Scaled features `[rows, features]`, row-major. */
  readonly x: Float32Array;
  /** Class of each row for the task. */
  readonly y: Uint8Array;
  /** Place of each row in the table. */
  readonly rows: Uint32Array;
}

/** A sampled, split and scaled table: what every run of an experiment shares. */
export interface PreparedData {
  readonly source: Source;
  readonly spec: DataSpec;
  /** The sampled rows with all 115 columns. */
  readonly sampled: Table;
  /** The same rows as `columns`, `leakage` and `drop` leave them, not scaled: what the models read. */
  readonly table: Table;
  readonly split: Split;
  /** Fitted to the rows trained on alone: neither test nor validation rows are seen. */
  readonly scaler: Scaler;
  /** SHA-256 of the sampled rows. */
  readonly checksum: string;
  readonly train: Pick<Examples, 'x' | 'rows'>;
  /** Rows set aside from those to train on, to watch; see {@link setAside}. */
  readonly validation?: Pick<Examples, 'x' | 'rows'> & { readonly fraction: number };
  readonly test: Pick<Examples, 'x' | 'rows'>;
}

/** Rows as a source gives them and as models read them, with their checksum. */
export type SampledData = Pick<PreparedData, 'source' | 'spec' | 'sampled' | 'table' | 'checksum'>;

/**
 * The way of a row: sampled from `source`, split, and scaled by what the training rows alone say.
 *
 * @throws InputError when the source has a fault, or a side of the split would be empty
 */
export async function prepareData(
  source: Source,
  spec: DataSpec,
  options: ReadOptions = {},
): Promise<PreparedData> {
  return splitAndScale(await sampleData(source, spec, options));
}

/** The first part of the way: sampled rows. @throws InputError when the source has a fault */
export async function sampleData(
  source: Source,
  spec: DataSpec,
  options: ReadOptions = {},
): Promise<SampledData> {
  const counts = source.files.map(({ rows }) => rows);
  const sampled = await source.read(sample(counts, spec.sample, spec.seed), options);
  return asModelsRead(source, spec, sampled);
}

/** Sampled rows with what is left of them for models. */
export function asModelsRead(source: Source, spec: DataSpec, sampled: Table): SampledData {
  const table = silenced(sampled, spec);
  return { source, spec, sampled, table, checksum: table.checksum() };
}

/**
 * Prepared data with `fraction` of the training rows set aside to watch, chosen as the split chooses test rows, and
 * all rows scaled by the rest. With 0 none are: the test rows are watched.
 *
 * @throws InputError when that would leave no row to watch, or none to train on
 */
export function setAside(data: PreparedData, fraction: number): PreparedData {
  return (data.validation?.fraction ?? 0) === fraction ? data : splitAndScale(data, fraction);
}

/** Which rows are trained, watched and tested on. @throws InputError when a side would be empty */
export function splitRows(
  { spec, table }: Pick<SampledData, 'spec' | 'table'>,
  fraction: number,
): Split {
  const parts = split(table, {
    kind: spec.split,
    seed: spec.seed,
    testFraction: spec.testFraction,
    validationFraction: fraction,
    scaler: spec.scaler,
    ...(spec.heldOut ? { heldOut: spec.heldOut } : {}),
  });
  return spec.every === undefined ? parts : thinned(parts, spec.every);
}

/** Of each side every so many-th row, from its first on. */
function thinned(parts: Split, every: number): Split {
  const some = (rows: Uint32Array): Uint32Array => rows.filter((_, place) => place % every === 0);
  return {
    ...parts,
    train: some(parts.train),
    validation: some(parts.validation),
    test: some(parts.test),
    description: `${parts.description}; of each side one row in ${every}`,
  };
}

/** The second part of the way: each side of the split, scaled. */
export function splitAndScale(
  { source, spec, sampled, table, checksum }: SampledData,
  fraction = 0,
): PreparedData {
  const parts = splitRows({ spec, table }, fraction);
  const scaler = Scaler.fit(spec.scaler, table, parts.train);
  const side = (rows: Uint32Array) => ({ x: scaler.transform(table, rows), rows });
  return {
    ...{ source, spec, sampled, table, checksum },
    split: parts,
    scaler,
    train: side(parts.train),
    ...(fraction > 0 ? { validation: { ...side(parts.validation), fraction } } : {}),
    test: side(parts.test),
  };
}
