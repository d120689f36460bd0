/** What a stump can be the best for. */
export const STUMP_GOALS = ['accuracy', 'macro-f1'] as const;
export type StumpGoal = (typeof STUMP_GOALS)[number];

/** The classes to name on the two sides of a split, and what they are worth: more is better. */
export interface SideClasses {
  readonly value: number;
  readonly below: number;
  readonly above: number;
}

/** The two best classes of one side. */
interface Ranked {
  first: number;
  firstValue: number;
  second: number;
  secondValue: number;
}

/**
 * What splits of rows are worth. Accuracy counts the rows that are told rightly. Macro F1 is the sum of the F1 of the
 * two classes that are named: all others have 0, and how many there are changes no order.
 */
export class StumpScore {
  private readonly present: number[];
  private readonly rows: number;
  private readonly ranked: [Ranked, Ranked];

  /** @param totals `[classes]` rows of each class */
  constructor(
    private readonly totals: Float64Array,
    private readonly goal: StumpGoal,
  ) {
    this.present = [...totals.keys()].filter((c) => totals[c]! > 0);
    this.rows = totals.reduce((sum, count) => sum + count, 0);
    const none = (): Ranked => ({ first: 0, firstValue: 0, second: 0, secondValue: 0 });
    this.ranked = [none(), none()];
  }

  /** One class for all rows. */
  ofOneAnswer(): SideClasses {
    const { first, firstValue } = this.rank(this.ranked[0], this.totals, this.rows);
    return { value: firstValue, below: first, above: first };
  }

  /**
   * The best classes for a split, where they are worth more than `least`.
   *
   * @param below `[classes]` rows of each class below
   * @param above `[classes]` rows of each class above
   * @param rowsBelow the sum of `below`
   */
  better(
    below: Float64Array,
    above: Float64Array,
    rowsBelow: number,
    least: number,
  ): SideClasses | undefined {
    const left = this.rank(this.ranked[0], below, rowsBelow);
    const right = this.rank(this.ranked[1], above, this.rows - rowsBelow);
    // The same class on both sides is one answer for all, which is worth what it was before.
    const isSame = left.first === right.first;
    const keepsLeft =
      !isSame || left.firstValue + right.secondValue >= left.secondValue + right.firstValue;
    const value = !isSame
      ? left.firstValue + right.firstValue
      : keepsLeft
        ? left.firstValue + right.secondValue
        : left.secondValue + right.firstValue;
    if (value <= least) return undefined;
    return {
      value,
      below: keepsLeft ? left.first : left.second,
      above: isSame && keepsLeft ? right.second : right.first,
    };
  }

  /** The two classes that are worth most on a side of so many rows; the first of equals. */
  private rank(into: Ranked, counts: Float64Array, rows: number): Ranked {
    into.first = into.second = -1;
    into.firstValue = into.secondValue = -1;
    for (const c of this.present) {
      const value =
        this.goal === 'accuracy' ? counts[c]! : (2 * counts[c]!) / (rows + this.totals[c]!);
      if (value > into.firstValue) {
        into.second = into.first;
        into.secondValue = into.firstValue;
        into.first = c;
        into.firstValue = value;
      } else if (value > into.secondValue) {
        into.second = c;
        into.secondValue = value;
      }
    }
    return into;
  }
}
