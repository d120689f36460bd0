import type { IdenticalRows } from './identical-rows';

/**
 * The finest grouping in which rows are together that are together in either of two: where a group
 * of one meets several of the other, they become one.
 *
 * @throws RangeError when the two are not of the same number of rows
 */
export function joinedGroups(one: IdenticalRows, other: IdenticalRows): IdenticalRows {
  if (one.group.length !== other.group.length) {
    throw new RangeError(`Groups of ${one.group.length} rows and of ${other.group.length}`);
  }
  // A forest over the groups of the first: each points to one before it, or to itself at the root.
  const parent = new Uint32Array(one.groups).map((_, i) => i);
  const rootOf = (group: number): number => {
    let root = group;
    while (parent[root] !== root) root = parent[root] = parent[parent[root] ?? 0] ?? 0;
    return root;
  };
  const firstOf = new Map<number, number>();
  one.group.forEach((group, row) => {
    const met = other.group[row] ?? 0;
    const first = firstOf.get(met);
    if (first === undefined) firstOf.set(met, group);
    else {
      const [low, high] = [rootOf(first), rootOf(group)].sort((a, b) => a - b);
      parent[high ?? 0] = low ?? 0;
    }
  });
  const numbers = new Map<number, number>();
  const group = one.group.map((own) => {
    const root = rootOf(own);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
  return { group, groups: numbers.size };
}
