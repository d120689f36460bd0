import fc from 'fast-check';
import type { AmbiguousGroups } from './group-assignment';
import { maximiseMacroF1 } from './macro-f1-search';

const everything = { enumerate: 100_000, moves: 0 };
const searchOnly = { enumerate: 0, moves: 1_000_000 };

/** Problems of 2 to 4 classes and up to 4 kinds of groups, poor and rich in pure rows. */
const problems = fc
  .record({
    classes: fc.integer({ min: 2, max: 4 }),
    kinds: fc.integer({ min: 1, max: 4 }),
    mostPure: fc.constantFrom(0, 3, 20),
    mostCounts: fc.constantFrom(1, 4, 20),
    mostCopies: fc.constantFrom(1, 2, 5),
  })
  .chain(({ classes, kinds, mostPure, mostCounts, mostCopies }) => {
    const array = (length: number, min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length });
    return fc.record({
      classes: fc.constant(classes),
      pure: array(classes, 0, mostPure),
      counts: array(classes * kinds, 0, mostCounts),
      copies: array(kinds, 1, mostCopies),
    });
  })
  .map(({ classes, pure, counts, copies }): AmbiguousGroups => {
    const inGroups = (c: number) =>
      copies.reduce((sum, n, kind) => sum + n * counts[kind * classes + c]!, 0);
    // A class that does not occur is not part of a problem: give it a row.
    const own = Float64Array.from(pure, (rows, c) => (rows + inGroups(c) === 0 ? 1 : rows));
    return {
      classes,
      pure: own,
      support: own.map((rows, c) => rows + inGroups(c)),
      counts: Float64Array.from(counts),
      copies: Float64Array.from(copies),
    };
  });

describe('maximiseMacroF1', () => {
  it('finds by search what trying everything finds', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const truth = maximiseMacroF1(problem, everything);
        fc.pre(truth.exact);
        const found = maximiseMacroF1(problem, searchOnly);
        expect(found.exact).toBe(false);
        expect(found.macroF1).toBeCloseTo(truth.macroF1, 10);
      }),
      // Seeded: the search is compared widely, not proved.
      { numRuns: 600, seed: 20 },
    );
  });

  it('makes two moves at once where neither helps alone', () => {
    const problem: AmbiguousGroups = {
      classes: 3,
      pure: Float64Array.of(0, 1, 0),
      support: Float64Array.of(14, 1, 14),
      counts: Float64Array.of(1, 0, 1, 2, 0, 2, 0, 0, 0),
      copies: Float64Array.of(2, 6, 1),
    };
    expect(maximiseMacroF1(problem, searchOnly).macroF1).toBeCloseTo(2 / 3, 12);
  });

  it('splits many copies of one kind where that is best', () => {
    const problem: AmbiguousGroups = {
      classes: 2,
      pure: Float64Array.of(0, 0),
      support: Float64Array.of(3e8, 3e8),
      counts: Float64Array.of(1, 1),
      copies: Float64Array.of(3e8),
    };
    expect(maximiseMacroF1(problem)).toEqual({ macroF1: 0.5, exact: false });
  });

  it('says whether it tried everything', () => {
    const problem = (copies: number): AmbiguousGroups => ({
      classes: 2,
      pure: Float64Array.of(5, 5),
      support: Float64Array.of(5 + 2 * copies, 5 + copies),
      counts: Float64Array.of(2, 1),
      copies: Float64Array.of(copies),
    });
    expect(maximiseMacroF1(problem(19_999)).exact).toBe(true);
    expect(maximiseMacroF1(problem(20_000)).exact).toBe(false);
  });
});
