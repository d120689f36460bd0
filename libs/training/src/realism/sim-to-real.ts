import {
  CLASSES,
  sample,
  type ReadOptions,
  type Source,
  taskClasses,
  taskLabels,
} from '@botlab/data';
import type { RunningEngine } from '@botlab/engine';
import { environmentOf } from '../environment';
import { scorePredictions, type Evaluation } from '../evaluation';
import type { TrainOptions } from '../train-options';
import { Predictor } from '../predictor';
import { prepareData } from '../prepare-data';
import type { DataSpec, Hyperparameters } from '../run-config';
import { silenced } from '../silenced';
import { type Run, train } from '../train';

/** What is trained, on which simulated rows, and how many genuine rows it is tested on. */
export interface SimToRealPlan {
  readonly model: string;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
  readonly seed: number;
  /** Genuine rows to test on, at most; all files in proportion. */
  readonly testRows: number;
}

/** Of the genuine rows of one class, how many were taken for attacks. */
export interface Detection {
  /** Class index, see `CLASSES`. */
  readonly label: number;
  readonly rows: number;
  readonly flagged: number;
}

export interface SimToReal {
  readonly run: Run;
  /** On the genuine rows; `macroRecall` is the balanced accuracy. */
  readonly evaluation: Evaluation;
  readonly detections: readonly Detection[];
}

/**
 * Trains a model to tell benign from attack on simulated rows alone, and tests it on genuine ones:
 * what a simulation is worth. The scaler knows the simulated rows alone, too.
 *
 * @throws InputError when a source has a fault or the run folder belongs to another run
 */
export async function simToReal(
  { model, data, training, seed, testRows }: SimToRealPlan,
  simulated: Source,
  real: Source,
  engine: RunningEngine,
  { read = {}, ...options }: TrainOptions & { readonly read?: ReadOptions },
): Promise<SimToReal> {
  const prepared = await prepareData(simulated, data, read);
  const run = await train(
    {
      experiment: 'sim-to-real',
      model,
      options: {},
      task: 'binary',
      seed,
      training,
      data,
      checksum: prepared.checksum,
      environment: environmentOf(engine),
    },
    prepared,
    options,
  );
  const counts = real.files.map(({ rows }) => rows);
  const rows = Math.min(testRows, real.rows);
  const genuine = await real.read(sample(counts, { rows }, seed), read);
  const table = silenced(genuine, data);
  const predictor = await Predictor.open(run.folder.path, options);
  try {
    const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
    const predictions = await predictor.predict(predictor.scaler.transform(table, all));
    const y = taskLabels('binary', table.label);
    const detections = CLASSES.map(({ index }) => ({ label: index, rows: 0, flagged: 0 }));
    table.label.forEach((label, row) => {
      detections[label]!.rows++;
      if (predictions.labels[row] === 1) detections[label]!.flagged++;
    });
    return {
      run,
      evaluation: scorePredictions(predictions, { y }, taskClasses('binary')),
      detections: detections.filter(({ rows: count }) => count > 0),
    };
  } finally {
    predictor.dispose();
  }
}
