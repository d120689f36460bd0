import { Table, taskLabels } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { type Evaluation, scorePredictions } from '../evaluation';
import { type PreparedData, setAside } from '../prepare-data';
import { forTask, leftOutOf } from '../task-data';
import type { FittedRun } from './fitted-run';

/**
 * Scores of a run: on its test rows, or on all rows of other data, which it scales as it did its own. Rows of classes
 * that it was not trained on are left out. Data of the very rows that it was made of, split or scaled otherwise, are no
 * other data: its own test rows are scored.
 *
 * @throws InputError for rows without its columns, or of no class that it was trained on
 */
export async function evaluate(
  run: FittedRun,
  other: Table | PreparedData = run.data,
): Promise<Evaluation> {
  const table = other instanceof Table ? other : other.sampled;
  if (table.checksum() !== run.data.sampled.checksum()) return onAllRows(run, table);
  const { task, training } = run.config;
  const { test, classes, leftOut } = forTask(setAside(run.data, training.validation), task);
  return scorePredictions(await run.predict(test.x), test, classes, leftOut);
}

async function onAllRows(run: FittedRun, table: Table): Promise<Evaluation> {
  const { classes, config, metrics } = run;
  const isTrained = classes.map((name) => metrics.trainedClasses.includes(name));
  const labels = taskLabels(config.task, table.label);
  const places = [...labels.keys()].filter((row) => isTrained[labels[row]!]);
  if (places.length === 0) {
    throw new InputError(
      `Cannot evaluate on these ${table.rows} rows: none is of the classes that the run was trained on ` +
        `(${metrics.trainedClasses.join(', ')}); give it others.`,
    );
  }
  const y = Uint8Array.from(places, (row) => labels[row]!);
  const predictions = await run.predict(table.take(places));
  return scorePredictions(predictions, { y }, classes, leftOutOf(labels, isTrained, classes));
}
