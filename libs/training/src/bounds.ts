import {
  LEAKAGES,
  taskClasses,
  taskLabels,
  type Leakage,
  Scaler,
  TASKS,
  type Task,
} from '@botlab/data';
import { ceiling, ConfusionMatrix, fitStump, predictStump, scores } from '@botlab/metrics';
import { z } from 'zod';
import type { PreparedData } from './prepare-data';
import { silenced } from './silenced';
import { only, present } from './task-data';

const Bound = z.object({ accuracy: z.number(), macroF1: z.number() });

const CeilingBound = Bound.extend({
  /** Whether `macroF1` is proved to be the highest; else it is the highest that a search found. */
  exact: z.boolean(),
});

/** What frames every model's result on the same rows: no classifier can do better, and one feature does as well. */
export const Bounds = z.object({
  /** The best that any function of the scaled features can reach on the test rows of trained classes. */
  ceiling: z.object({ binary: CeilingBound, multiclass: CeilingBound }),
  /** The best single feature and threshold for benign against attack, fitted on the training rows. */
  stump: Bound.extend({
    feature: z.string(),
    /** In the feature's own unit. */
    threshold: z.number(),
    attackAbove: z.boolean(),
  }),
});
export type Bounds = z.infer<typeof Bounds>;

/** The bounds of prepared data, under one choice of leakage. */
export function boundsOf(data: PreparedData, leakage: Leakage = data.spec.leakage): Bounds {
  const table =
    leakage === data.spec.leakage ? data.table : silenced(data.sampled, { ...data.spec, leakage });
  const { train, test } = data.split;
  const x =
    leakage === data.spec.leakage
      ? data.test.x
      : Scaler.fit(data.spec.scaler, table, train).transform(table, test);
  const best = (task: Task) => {
    const labels = (rows: Uint32Array) => taskLabels(task, pick(table.label, rows));
    const classes = taskClasses(task).length;
    const isTrained = present(labels(train), classes);
    const scored = only({ x, y: labels(test), rows: test }, isTrained);
    if (scored.y.length === 0) return { accuracy: 0, macroF1: 0, exact: true };
    const { accuracy, macroF1, exact } = ceiling(scored.x, table.columns.length, scored.y, classes);
    return { accuracy, macroF1, exact };
  };
  const [binary, multiclass] = TASKS.map(best) as [
    Bounds['ceiling']['binary'],
    Bounds['ceiling']['binary'],
  ];
  const attack = taskLabels('binary', table.label);
  const stump = fitStump(table.features, table.columns, train, attack);
  const predicted = predictStump(stump, table.features, table.columns, test);
  const matrix = new ConfusionMatrix(taskClasses('binary')).add(pick(attack, test), predicted);
  const { accuracy, macroF1 } = scores(matrix);
  return { ceiling: { binary, multiclass }, stump: { ...stump, accuracy, macroF1 } };
}

function pick(labels: Uint8Array, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]!);
}

/** The other choice of leakage than the given one. */
export function otherLeakage(leakage: Leakage): Leakage {
  return LEAKAGES.find((choice) => choice !== leakage)!;
}
