/** Neighbouring axes that are reduced together, or kept. */
export interface AxisGroup {
  /** How many elements they have together. */
  readonly size: number;
  readonly isReduced: boolean;
}

/** The axes of a shape in groups, those of size 1 left out: neither two reduced nor two kept are neighbours. */
export function groupsOf(shape: readonly number[], axes: readonly number[]): AxisGroup[] {
  const groups: AxisGroup[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const isReduced = axes.includes(axis);
    const isNext = groups.at(-1)?.isReduced === isReduced;
    groups.push({ size: isNext ? size * groups.pop()!.size : size, isReduced });
  }
  return groups;
}

/** How many elements groups have together. */
export function sizeOf(groups: readonly AxisGroup[]): number {
  return groups.reduce((product, { size }) => product * size, 1);
}
