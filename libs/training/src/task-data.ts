import { requireTwoClasses, type Task, taskClasses, taskLabels } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type { Examples, PreparedData } from './prepare-data';

/** Rows that are not scored: no model can name a class that it never saw. */
export interface LeftOut {
  readonly rows: number;
  /** The classes they are of. */
  readonly classes: readonly string[];
}

/** The sides of prepared data for one task. */
export interface TaskData {
  readonly task: Task;
  readonly classes: readonly string[];
  readonly features: number;
  readonly train: Examples;
  /** The rows set aside to watch, where some are: of classes that are trained on. */
  readonly validation?: Examples;
  /** The test rows of classes that are trained on. */
  readonly test: Examples;
  /** For each class whether a training row has it. */
  readonly isTrained: readonly boolean[];
  /** The test rows that `test` leaves out. */
  readonly leftOut: LeftOut;
}

/**
 * Prepared data with the labels of a task. Test rows of a class that no training row has are left out: they
 * would say nothing of a model but that it cannot guess.
 *
 * @throws InputError when the training rows are all of one class, or when leaving out what is not trained on
 *   leaves fewer than two classes to test
 */
export function forTask(data: Omit<PreparedData, 'scaler'>, task: Task): TaskData {
  const labels = taskLabels(task, data.table.label);
  const classes = taskClasses(task);
  const features = data.table.columns.length;
  const side = ({ x, rows }: Pick<Examples, 'x' | 'rows'>): Examples => ({
    x,
    rows,
    y: Uint8Array.from(rows, (row) => labels[row]!),
  });
  const train = side(data.train);
  requireTwoClasses(task, train.y, `The training set of ${data.source.description}`);
  const isTrained = present(train.y, classes.length);
  const validation = data.validation && only(side(data.validation), isTrained);
  if (validation?.y.length === 0) {
    throw new InputError(
      `Cannot watch the ${task} task: all rows set aside are of classes that no other training row has; ` +
        'use another --validation, or more rows.',
    );
  }
  const test = side(data.test);
  const scored = only(test, isTrained);
  const leftOut = leftOutOf(test.y, isTrained, classes);
  if (leftOut.rows > 0 && present(scored.y, classes.length).filter(Boolean).length < 2) {
    throw new InputError(
      `Cannot test the ${task} task on a split by ${data.spec.split}: its test rows are of classes that no ` +
        `training row has (${leftOut.classes.join(', ')})${scored.y.length > 0 ? ` and of ${classes[scored.y[0]!]} alone` : ''}; ` +
        'use --task binary, or split another way.',
    );
  }
  return {
    task,
    classes,
    features,
    train,
    ...(validation ? { validation } : {}),
    test: scored,
    isTrained,
    leftOut,
  };
}

/** Of the rows with these labels, how many are of a class that is not trained on, and which classes those are. */
export function leftOutOf(
  labels: Uint8Array,
  isTrained: readonly boolean[],
  classes: readonly string[],
): LeftOut {
  const occurs = present(labels, classes.length);
  return {
    rows: labels.reduce((sum, label) => sum + (isTrained[label] ? 0 : 1), 0),
    classes: classes.filter((_, label) => occurs[label] && !isTrained[label]),
  };
}

/** For each class whether a row has it. */
export function present(labels: Uint8Array, classes: number): boolean[] {
  const occurs = Array.from({ length: classes }, () => false);
  for (const label of labels) occurs[label] = true;
  return occurs;
}

/** The rows of some classes, such as those that are trained on: the same arrays where those are all. */
export function only(examples: Examples, isTaken: readonly boolean[]): Examples {
  const { x, y, rows } = examples;
  if (y.every((label) => isTaken[label])) return examples;
  const width = x.length / y.length;
  const places = Uint32Array.from(y.keys()).filter((place) => isTaken[y[place]!]);
  const taken = new Float32Array(places.length * width);
  places.forEach((place, i) => {
    taken.set(x.subarray(place * width, (place + 1) * width), i * width);
  });
  return {
    x: taken,
    y: Uint8Array.from(places, (place) => y[place]!),
    rows: Uint32Array.from(places, (place) => rows[place]!),
  };
}
