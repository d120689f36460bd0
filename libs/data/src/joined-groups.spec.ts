import fc from 'fast-check';
import { joinedGroups } from './joined-groups';

const groupsOf = (group: readonly number[]) => ({
  group: Uint32Array.from(group),
  groups: Math.max(-1, ...group) + 1,
});

it('joins groups that meet, over several steps', () => {
  const { group, groups } = joinedGroups(
    groupsOf([0, 0, 1, 2, 3, 4]),
    groupsOf([0, 1, 1, 2, 2, 3]),
  );
  expect([...group]).toEqual([0, 0, 0, 1, 1, 2]);
  expect(groups).toBe(3);
});

it('is the same whichever comes first, and what both are parts of', () => {
  const few = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 })), { maxLength: 30 });
  fc.assert(
    fc.property(few, (pairs) => {
      const one = groupsOf(pairs.map(([a]) => a));
      const other = groupsOf(pairs.map(([, b]) => b));
      const joined = joinedGroups(one, other);
      expect(joined).toEqual(joinedGroups(other, one));
      for (const i of pairs.keys()) {
        for (const j of pairs.keys()) {
          const together = one.group[i] === one.group[j] || other.group[i] === other.group[j];
          if (together) expect(joined.group[i]).toBe(joined.group[j]);
        }
      }
      // Not coarser than need be: walking from row to row through shared groups reaches all of one.
      const reached = new Set(pairs.length > 0 ? [0] : []);
      for (const i of reached) {
        pairs.forEach(([a, b], j) => {
          if (a === pairs[i]?.[0] || b === pairs[i]?.[1]) reached.add(j);
        });
      }
      expect([...joined.group].filter((group) => group === 0)).toHaveLength(reached.size);
    }),
  );
});

it('needs the same rows', () => {
  expect(() => joinedGroups(groupsOf([0, 1]), groupsOf([0]))).toThrow(RangeError);
});
