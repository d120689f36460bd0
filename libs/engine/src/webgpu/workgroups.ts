/** The most workgroups along a dimension that every device has. */
export const MOST_GROUPS = 65535;

/** A number of workgroups as two dimensions, which have no fewer together. */
export function foldGroups(count: number): [number, number] {
  const folds = Math.ceil(count / MOST_GROUPS);
  return [Math.ceil(count / Math.max(1, folds)), folds];
}
