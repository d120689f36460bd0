import { InputError } from '@botlab/errors';
import { CLASSES } from './class-label';

/** What is to be told apart: benign from attack, or the 11 classes. */
export const TASKS = ['binary', 'multiclass'] as const;
export type Task = (typeof TASKS)[number];

/** The names of a task's classes; a name's place is the label that `taskLabels` gives. */
export function taskClasses(task: Task): readonly string[] {
  return task === 'binary' ? ['benign', 'attack'] : CLASSES.map(({ name }) => name);
}

/** A task's label of each row. Binary: 0 benign, 1 attack; multiclass: the class index. */
export function taskLabels(task: Task, label: Uint8Array): Uint8Array {
  return task === 'binary' ? label.map((index) => (index === 0 ? 0 : 1)) : label.slice();
}

/**
 * Throws unless `labels` hold at least two of the task's classes: from one alone nothing is learnt.
 *
 * @param labels what `taskLabels` gave
 * @param where what the rows are, as a sentence begins: "The training set of /data"
 * @throws InputError
 */
export function requireTwoClasses(task: Task, labels: Uint8Array, where: string): void {
  const first = labels[0];
  if (first === undefined)
    throw new InputError(`${where} has no rows; the ${task} task needs some.`);
  if (labels.some((label) => label !== first)) return;
  const name = taskClasses(task)[first] ?? first;
  throw new InputError(
    `${where} has only rows of class ${name}; the ${task} task needs two classes or more: add files of another class, or split another way.`,
  );
}
