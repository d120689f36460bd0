import type { Tolerance } from './tolerance.fixture.spec';

/** Where an engine's kernels do otherwise than those of tfjs's cpu, for a reason that is not ours to mend. */
export interface Difference extends Tolerance {
  /** The names of the conformance cases. */
  readonly cases: RegExp;
}
