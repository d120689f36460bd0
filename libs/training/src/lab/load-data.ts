import { InputError } from '@botlab/errors';
import type { z } from 'zod';
import { given } from '../given';
import type { OpenOptions } from '../open-source';
import { asModelsRead, type PreparedData, sampleData, splitAndScale } from '../prepare-data';
import { DataSpec } from '../run-config';
import { checkedOptions } from './checked-options';
import { type DataOrigin, originOf, type TableOrigin } from './data-origin';

/** Rows to train and test on that say what they are. */
export interface LoadedData extends PreparedData {
  /** Whether the rows are made up rather than recorded. */
  readonly synthetic: boolean;
  /** The same for a title: "synthetic data" or "recorded data". */
  readonly mark: string;
}

/** Options of {@link loadData}: those of a `DataSpec`, how rows are read, and what a table does not say of itself. */
export interface LoadOptions
  extends Partial<Omit<z.input<typeof DataSpec>, 'source' | 'sample'>>, OpenOptions, TableOrigin {
  /** How many rows are sampled: 10,000, as in the profile `quick`, where left out; of a table all. */
  readonly rows?: number;
  /** Which part of all rows is sampled, instead of a number of them. */
  readonly fraction?: number;
}

/** The options that are not of a `DataSpec`. */
const OWN = ['rows', 'fraction', 'name', 'synthetic', 'cache', 'onProgress', 'signal'];

/**
 * Rows sampled, split and scaled, as `prepareData` does it: of the simulated set where no folder is given, of a folder of
 * N-BaIoT's CSV files, or of a `Table`. Given data that were loaded before, their rows in another way: what is not among
 * the options stays as it was. `train.x` and `test.x` are scaled; not scaled are `sampled`, with all columns of the
 * source, and `table`, with what models read.
 *
 * @throws InputError when an option is not valid, the source has a fault, or a side of the split would be empty
 */
export async function loadData(from?: DataOrigin, options: LoadOptions = {}): Promise<LoadedData> {
  const { rows, fraction, name, synthetic, cache, onProgress, signal, ...choices } = options;
  if (rows !== undefined && fraction !== undefined) {
    throw new InputError(
      'Cannot load data by rows and by a fraction at once: leave one of them out.',
    );
  }
  const { usual, before, open } = originOf(from, given({ name, synthetic }));
  const size = rows === undefined ? (fraction === undefined ? {} : { fraction }) : { rows };
  const spec = checkedOptions(
    DataSpec,
    {
      ...{ seed: 1, ...usual, ...given(choices) },
      ...(Object.keys(size).length > 0 ? { sample: size } : {}),
    },
    'Cannot load data',
    OWN,
  );
  const read = given({ onProgress, signal });
  const sampled =
    before !== undefined && isSameSample(before.spec, spec)
      ? asModelsRead(before.source, spec, before.sampled)
      : await sampleData(await open(given({ cache, signal })), spec, read);
  const data = splitAndScale(sampled);
  const isMade = data.source.synthetic;
  return { ...data, synthetic: isMade, mark: isMade ? 'synthetic data' : 'recorded data' };
}

/** Whether the same rows are drawn. */
function isSameSample(before: DataSpec, now: DataSpec): boolean {
  return before.seed === now.seed && JSON.stringify(before.sample) === JSON.stringify(now.sample);
}
