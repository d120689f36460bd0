import type { TreeTask } from './tree-task';

/** What a model says of the test rows: a class each, or how unusual each is. */
export type TreeAnswers =
  { readonly labels: ArrayLike<number> } | { readonly scores: ArrayLike<number> };

/** Someone who fits trees to the rows that they were given, and keeps what they fitted last. */
export interface TreeContestant {
  /** Milliseconds of a fit, binning included. */
  fit(task: TreeTask): Promise<number>;
  /** Of the test rows. */
  answers(): Promise<TreeAnswers>;
  /** Answers batches of test rows, and returns the mean time of one in milliseconds. */
  infer(batch: number, steps: number): Promise<number>;
}

/** Where a batch of test rows begins: they come one after the other, and again from the first. */
export function batchStart(step: number, batch: number, rows: number): number {
  return (step * batch) % Math.max(1, rows - batch + 1);
}
