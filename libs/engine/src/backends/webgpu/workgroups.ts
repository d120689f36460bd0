/** Invocations of a workgroup, where nothing speaks for another number: as many as every device has. */
export const WORKGROUP = 256;

/** The most workgroups along a dimension that every device has. */
export const MOST_GROUPS = 65535;

/** A number of workgroups as two dimensions, which have no fewer together. */
export function foldGroups(count: number): [number, number] {
  const folds = Math.ceil(count / MOST_GROUPS);
  return [Math.ceil(count / Math.max(1, folds)), folds];
}

/** The smallest power of two that is no less, and at least 1. */
export function powerOfTwo(number: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}
