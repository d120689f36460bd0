import { type ParquetColumn, type Table, writeParquet } from '@botlab/data';
import { writeThrough } from '@botlab/files';
import { attackLogOdds, type Predictions, probabilities } from './evaluation';

/** The rows that predictions are of. */
export interface PredictedRows {
  readonly table: Pick<Table, 'file' | 'files' | 'row'>;
  /** Places in `table`. */
  readonly rows: Uint32Array;
  /** Label of each. */
  readonly truth: Uint8Array;
}

/** Predictions as columns: file, row (0-based) in it, truth, prediction, a probability a class, log-odds. */
export function predictionColumns(
  { table, rows, truth }: PredictedRows,
  predictions: Predictions,
  classes: readonly string[],
): Record<string, ParquetColumn> & { readonly file: readonly string[] } {
  const shares = probabilities(predictions);
  const shareOf = (c: number) =>
    Float32Array.from(rows, (_, row) => shares[row * classes.length + c]!);
  return {
    file: Array.from(rows, (row) => table.files[table.file[row]!]!.name),
    row: Int32Array.from(rows, (row) => table.row[row]!),
    truth: Array.from(truth, (label) => classes[label]!),
    prediction: Array.from(predictions.labels, (label) => classes[label]!),
    ...Object.fromEntries(classes.map((name, c) => [`p(${name})`, shareOf(c)])),
    // What the areas under the curves are of: many probabilities are 1 to all digits of float32.
    'log-odds(attack)': attackLogOdds(predictions),
  };
}

/**
 * Writes the columns of {@link predictionColumns} as Parquet, whole or not at all.
 *
 * @throws InputError when it cannot be written
 */
export async function writePredictions(
  path: string,
  rows: PredictedRows,
  predictions: Predictions,
  classes: readonly string[],
): Promise<void> {
  const columns = predictionColumns(rows, predictions, classes);
  await writeThrough(path, (partial) => writeParquet(partial, columns));
}
