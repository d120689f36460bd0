/**
 * The choice that a classifier has left: the groups of identical rows that carry several labels.
 * Groups with the same label counts are interchangeable and make one kind.
 */
export interface AmbiguousGroups {
  /** How many classes occur in the labels; all arrays below are by these. */
  classes: number;
  /** `[classes]` rows of each class, in all groups. */
  support: Float64Array;
  /** `[classes]` rows of each class whose group has no other label. */
  pure: Float64Array;
  /** `[kinds, classes]` label counts of one group of the kind. */
  counts: Float64Array;
  /** `[kinds]` how many groups are of the kind. */
  copies: Float64Array;
}

/** Some groups of one kind that change their answer, and what macro F1's sum gains by it. */
export interface Move {
  kind: number;
  from: number;
  to: number;
  groups: number;
  gain: number;
}

/** An answer for each ambiguous group, and the F1 that follows from it, kept up to date. */
export class GroupAssignment {
  /** `[kinds, classes]` how many groups of the kind get the answer. */
  readonly given: Float64Array;
  /** `[kinds]` rows in one group of the kind. */
  readonly sizes: Float64Array;
  readonly #hits: Float64Array;
  readonly #predicted: Float64Array;

  /** @param answer the class that all groups of a kind get to begin with */
  constructor(
    readonly problem: AmbiguousGroups,
    answer: (kind: number) => number,
  ) {
    const { classes, counts, copies, pure } = problem;
    this.given = new Float64Array(counts.length);
    this.sizes = copies.map((_, kind) =>
      counts.subarray(kind * classes, (kind + 1) * classes).reduce((sum, count) => sum + count, 0),
    );
    this.#hits = pure.slice();
    this.#predicted = pure.slice();
    copies.forEach((groups, kind) => this.give(kind, answer(kind), groups));
  }

  /** Gives `groups` more groups of the kind the answer (fewer when negative). */
  give(kind: number, answer: number, groups: number): void {
    const cell = kind * this.problem.classes + answer;
    this.given[cell]! += groups;
    this.#hits[answer]! += groups * this.problem.counts[cell]!;
    this.#predicted[answer]! += groups * this.sizes[kind]!;
  }

  apply({ kind, from, to, groups }: Move): void {
    this.give(kind, from, -groups);
    this.give(kind, to, groups);
  }

  f1(c: number): number {
    return (2 * this.#hits[c]!) / (this.problem.support[c]! + this.#predicted[c]!);
  }

  macroF1(): number {
    let sum = 0;
    for (let c = 0; c < this.problem.classes; c++) sum += this.f1(c);
    return sum / this.problem.classes;
  }

  /** What one group's answer adds to the sum of F1 to first order: the gradient at this assignment. */
  slope(kind: number, answer: number): number {
    const hits = this.problem.counts[kind * this.problem.classes + answer]!;
    const denominator = this.problem.support[answer]! + this.#predicted[answer]!;
    return (2 * hits - this.f1(answer) * this.sizes[kind]!) / denominator;
  }

  /**
   * The best number of groups of one kind to move from one answer to another.
   *
   * Only two F1 change, each a quotient of linear functions of that number, so the optimum is at an
   * end of the range or where the derivative A/(a − s x)² + B/(b + s x)² vanishes.
   */
  bestMove(kind: number, from: number, to: number): Move {
    const { classes, counts, support } = this.problem;
    const available = this.given[kind * classes + from]!;
    const size = this.sizes[kind]!;
    const lost = counts[kind * classes + from]!;
    const won = counts[kind * classes + to]!;
    const hitsFrom = this.#hits[from]!;
    const hitsTo = this.#hits[to]!;
    const a = support[from]! + this.#predicted[from]!;
    const b = support[to]! + this.#predicted[to]!;
    const before = hitsFrom / a + hitsTo / b;
    const gainOf = (x: number) =>
      2 * ((hitsFrom - lost * x) / (a - size * x) + (hitsTo + won * x) / (b + size * x) - before);
    let groups = available;
    let gain = gainOf(available);
    if (available > 1) {
      const A = size * hitsFrom - lost * a;
      const B = won * b - size * hitsTo;
      const r = Math.sqrt(-B / A);
      const turn = A * B < 0 ? Math.floor((r * a - b) / (size * (1 + r))) : 1;
      for (const x of [1, turn, turn + 1]) {
        const here = x >= 1 && x < available ? gainOf(x) : -Infinity;
        if (here > gain) {
          gain = here;
          groups = x;
        }
      }
    }
    return { kind, from, to, groups, gain };
  }
}
