import { InputError } from '@botlab/errors';
import type { LabelledRows } from '../rows';
import { requireWhole } from '../tree-options';

/** When boosting ends before its last round. */
export interface Stopping {
  /** Rounds without a lower log loss of the rows that are asked, after which it ends. */
  readonly patience: number;
  /** The rows to ask after each round: a share of each class, which is held out of training, or rows besides. */
  readonly rows: number | LabelledRows;
}

export interface BoostingOptions {
  /** How many rounds (default 100), each with a tree for each class, or one tree where there are two classes. */
  readonly rounds?: number;
  /** How many leaves a tree has at most (default 31). */
  readonly leaves?: number;
  /** What each tree's values are multiplied by (default 0.1). */
  readonly rate?: number;
  /** How many rows a leaf has at least (default 20). */
  readonly leastRows?: number;
  /** What the hessians of a leaf's rows add up to at least (default 0.001). */
  readonly leastHessian?: number;
  /** What is added to a leaf's hessians: values are drawn towards 0 (default 0). */
  readonly lambda?: number;
  /** How many bins a column has at most (default 255). */
  readonly bins?: number;
  /** Ends early; rounds after the best are dropped. All rounds are run where it is left out. */
  readonly stopping?: Stopping;
  /** Of the sample that edges are found in, and of the rows held out. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told after each round; the loss is that of the rows which are asked. */
  readonly onRound?: (done: number, rounds: number, loss?: number) => void;
}

/** Options that are all given. */
export type BoostingSettings = Required<
  Omit<BoostingOptions, 'stopping' | 'signal' | 'onRound'>
> & { readonly stopping?: Stopping };

/** @throws InputError that names the option which is none */
export function settingsOf({
  rounds = 100,
  leaves = 31,
  rate = 0.1,
  leastRows = 20,
  leastHessian = 1e-3,
  lambda = 0,
  bins = 255,
  stopping,
  seed = 0,
}: BoostingOptions): BoostingSettings {
  requireWhole('rounds', rounds, { least: 1, most: 100_000 });
  requireWhole('leaves', leaves, { least: 2, most: 65_536 });
  requireWhole('leastRows', leastRows, { least: 1 });
  requireNumber('rate', rate, rate > 0 && rate <= 1, 'a number above 0 and up to 1');
  for (const [option, value] of Object.entries({ leastHessian, lambda })) {
    requireNumber(option, value, value >= 0, 'a number from 0 on');
  }
  if (stopping !== undefined) {
    const { rows, patience } = stopping;
    if (typeof rows === 'number') {
      requireNumber(
        'stopping.rows',
        rows,
        rows > 0 && rows < 1,
        'rows, or a share between 0 and 1',
      );
    }
    requireWhole('stopping.patience', patience, { least: 1 });
  }
  const limits = { rounds, leaves, rate, leastRows, leastHessian, lambda, bins, seed };
  return stopping === undefined ? limits : { ...limits, stopping };
}

function requireNumber(option: string, value: number, holds: boolean, wanted: string): void {
  if (Number.isFinite(value) && holds) return;
  throw new InputError(`Cannot fit trees with ${option} ${value}: expected ${wanted}.`);
}
