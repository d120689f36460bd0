import { GroupAssignment, type AmbiguousGroups, type Move } from './group-assignment';

/** The best macro F1 found, and whether every assignment was tried. */
export interface MacroF1Optimum {
  macroF1: number;
  exact: boolean;
}

/** How much to try. */
export interface SearchEffort {
  /** Try every assignment when there are at most so many. */
  enumerate: number;
  /** Else stop starting anew after so many moves were weighed. */
  moves: number;
}

// A gain below this is rounding.
const epsilon = 1e-12;

/**
 * The highest macro F1 over all ways to give each ambiguous group one answer.
 *
 * Exact where there are few assignments. Else the best of many ascents, each of which ends where no
 * change to the groups of one kind helps; small problems are also searched for pairs of changes.
 */
export function maximiseMacroF1(
  problem: AmbiguousGroups,
  effort: SearchEffort = { enumerate: 20_000, moves: 40_000_000 },
): MacroF1Optimum {
  if (countAssignments(problem, effort.enumerate) <= effort.enumerate) {
    return { macroF1: enumerate(problem), exact: true };
  }
  const budget = { left: effort.moves };
  let best = 0;
  for (const worth of starts(problem)) {
    const assignment = assign(problem, worth);
    ascend(assignment, budget);
    best = Math.max(best, assignment.macroF1());
    if (budget.left <= 0) break;
  }
  return { macroF1: best, exact: false };
}

/** The number of different assignments, or some number over `limit` when it is over it. */
function countAssignments({ classes, copies }: AmbiguousGroups, limit: number): number {
  let product = 1;
  for (const groups of copies) {
    // Ways to deal n equal groups to c classes: (n + c − 1 choose c − 1), built so as to stay whole.
    for (let c = 1, ways = 1; c < classes; c++) {
      ways = (ways * (groups + c)) / c;
      if (ways * product > limit) return Infinity;
      if (c === classes - 1) product *= ways;
    }
  }
  return product;
}

function enumerate(problem: AmbiguousGroups): number {
  const { classes, copies } = problem;
  const assignment = new GroupAssignment(problem, () => 0);
  let best = 0;
  const deal = (kind: number, answer: number, left: number): void => {
    if (kind === copies.length) {
      best = Math.max(best, assignment.macroF1());
    } else if (answer === classes) {
      deal(kind + 1, 1, copies[kind + 1] ?? 0);
    } else {
      // Class 0 holds what no other class was dealt.
      for (let groups = 0; groups <= left; groups++) {
        const move: Move = { kind, from: 0, to: answer, groups, gain: 0 };
        assignment.apply(move);
        deal(kind, answer + 1, left - groups);
        assignment.apply({ ...move, from: answer, to: 0 });
      }
    }
  };
  deal(0, 1, copies[0] ?? 0);
  return best;
}

/** How much an answer is worth to a group of a kind; each kind takes the answer it values most. */
type Worth = (kind: number, answer: number) => number;

function assign(problem: AmbiguousGroups, worth: Worth): GroupAssignment {
  return new GroupAssignment(problem, (kind) => {
    let answer = 0;
    for (let c = 1; c < problem.classes; c++) {
      if (worth(kind, c) > worth(kind, answer)) answer = c;
    }
    return answer;
  });
}

/**
 * Where to climb from, the most promising first. At an optimum each group has, to first order, the
 * answer with the greatest slope a_c · hits − b_c · size, so starts of that form cover the ground.
 */
function* starts(problem: AmbiguousGroups): Generator<Worth> {
  const { classes, counts, support } = problem;
  const share: Worth = (kind, c) => counts[kind * classes + c]!;
  yield share;
  yield (kind, c) => share(kind, c) / support[c]!;
  let at = assign(problem, share);
  for (let step = 0; step < 4; step++) {
    const previous = at;
    const slope: Worth = (kind, c) => previous.slope(kind, c);
    yield slope;
    at = assign(problem, slope);
  }
  for (let favourite = 0; favourite < classes; favourite++) {
    yield (kind, c) => share(kind, c) * (c === favourite ? 1e9 : 1);
    yield (kind, c) => share(kind, c) * (c === favourite ? 1e-9 : 1);
  }
  const random = randomNumbers();
  for (let round = 0; round < 100; round++) {
    const scale = support.map((rows) => Math.exp(4 * random()) / rows);
    const price = support.map(() => random());
    yield (kind, c) => scale[c]! * (2 * share(kind, c) - price[c]! * at.sizes[kind]!);
  }
}

/** Moves groups while that helps; then pairs of moves, where the problem is small enough. */
function ascend(assignment: GroupAssignment, budget: { left: number }): void {
  const { classes, copies } = assignment.problem;
  do {
    for (let gained = 1; gained > epsilon;) {
      gained = 0;
      for (let kind = 0; kind < copies.length; kind++) {
        const move = bestMoveOf(assignment, kind, budget);
        if (move.gain <= epsilon) continue;
        assignment.apply(move);
        gained += move.gain;
      }
    }
  } while (budget.left > (copies.length * classes) ** 2 * classes && applyPair(assignment, budget));
}

function bestMoveOf(assignment: GroupAssignment, kind: number, budget: { left: number }): Move {
  const { classes } = assignment.problem;
  let best: Move = { kind, from: 0, to: 0, groups: 0, gain: 0 };
  for (let from = 0; from < classes; from++) {
    if (assignment.given[kind * classes + from] === 0) continue;
    for (let to = 0; to < classes; to++) {
      if (to === from) continue;
      const move = assignment.bestMove(kind, from, to);
      if (move.gain > best.gain) best = move;
    }
    budget.left -= classes;
  }
  return best;
}

/** Makes the first pair of moves found that helps where neither does alone; false if none does. */
function applyPair(assignment: GroupAssignment, budget: { left: number }): boolean {
  const { classes, copies } = assignment.problem;
  for (let kind = 0; kind < copies.length; kind++) {
    for (let from = 0; from < classes; from++) {
      for (let to = 0; to < classes; to++) {
        const all = assignment.given[kind * classes + from]!;
        if (to === from || all === 0) continue;
        for (const groups of all === 1 ? [1] : [1, all]) {
          const before = assignment.macroF1();
          const move: Move = { kind, from, to, groups, gain: 0 };
          assignment.apply(move);
          const gain = (assignment.macroF1() - before) * classes;
          for (let other = 0; other < copies.length; other++) {
            const second = bestMoveOf(assignment, other, budget);
            if (gain + second.gain <= epsilon) continue;
            assignment.apply(second);
            return true;
          }
          assignment.apply({ ...move, from: to, to: from });
        }
      }
    }
  }
  return false;
}

/** Repeatable numbers from 0 to 1 (mulberry32): the same data must give the same ceiling. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
