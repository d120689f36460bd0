/** Where an engine's kernels do otherwise than those of tfjs's cpu, for a reason that is not ours to mend. */
export interface Difference {
  /** The names of the conformance cases. */
  readonly cases: RegExp;
  readonly reason: string;
  /** Whether one number may stand where tfjs's cpu has the other. */
  readonly allows: (actual: number, expected: number) => boolean;
}

/** Whether, by some differences, a number may stand for another in a conformance case. */
export function allowance(
  differences: readonly Difference[],
  name: string,
): (actual: number, expected: number) => boolean {
  const ofCase = differences.filter(({ cases }) => cases.test(name));
  return (actual, expected) => ofCase.some(({ allows }) => allows(actual, expected));
}
