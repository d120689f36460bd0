import type { IdenticalRows } from './identical-rows';

/** What rows are chosen for: to test on, or among the rest to watch while training. */
export type Purpose = 'test' | 'validation';

/** What each kind of split is asked: options with nothing left out. */
export interface SplitRequest {
  readonly seed: number;
  readonly purpose: Purpose;
  /** Part of the rows to choose, in (0, 1). */
  readonly fraction: number;
  readonly heldOut: readonly string[] | undefined;
  /** Which rows must stay together; the kinds but 'grouped' do not ask. */
  readonly groups: IdenticalRows;
}

/** What each kind of split answers: the rows chosen, in any order. */
export interface ChosenRows {
  readonly chosen: ArrayLike<number>;
  /** What was done, as a phrase: of a split, or of the rows to watch. */
  readonly description: string;
  readonly heldOut?: string[];
}

/** The random stream of each purpose: drawing more for one changes nothing in the other. */
export const STREAMS: Readonly<Record<Purpose, string>> = {
  test: 'split',
  validation: 'validation',
};

/** How a sentence begins that says why rows could not be chosen. */
export const CANNOT: Readonly<Record<Purpose, string>> = {
  test: 'Cannot split',
  validation: 'Cannot set validation rows aside from the training rows',
};
