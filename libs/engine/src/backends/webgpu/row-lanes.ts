import { MOST_GROUPS, powerOfTwo, WORKGROUP } from './workgroups';

/** Numbers of a row for each of its lanes, as long as there are lanes. */
const NUMBERS = 4;

/**
 * How rows are shared out: to each as many lanes next to each other as its length keeps busy, a power of two.
 * Workgroups take several rows at a time, and as many passes over rows as it takes.
 */
export class RowLanes {
  readonly lanes: number;
  /** Rows of a workgroup at a time. */
  readonly rows: number;
  readonly passes: number;
  readonly groups: number;

  /** @param mostLanes a power of two */
  constructor(
    rows: number,
    length: number,
    { mostLanes = WORKGROUP, mostGroups = MOST_GROUPS } = {},
  ) {
    this.lanes = Math.min(powerOfTwo(length / NUMBERS), mostLanes);
    this.rows = WORKGROUP / this.lanes;
    this.passes = Math.ceil(rows / (this.rows * mostGroups));
    this.groups = Math.ceil(rows / (this.rows * this.passes));
  }

  /** The constants of {@link ROW_LANES}. */
  get constants(): { LANES: number; ROWS: number } {
    return { LANES: this.lanes, ROWS: this.rows };
  }
}

/**
 * WGSL: `rowTotal` adds a quantity over the lanes of each row, and `groupTotal` over a workgroup, in a fixed
 * order, for all of them; `i` is the invocation's place in the workgroup `[ROWS, LANES]`.
 */
export const ROW_LANES = `
var<workgroup> quantities: array<f32, ROWS * LANES>;
fn total(i: u32, x: f32, length: u32) -> f32 {
  let lane = i % length;
  workgroupBarrier();
  quantities[i] = x;
  for (var count = length / 2; count > 0; count /= 2) {
    workgroupBarrier();
    if (lane < count) { quantities[i] += quantities[i + count]; }
  }
  workgroupBarrier();
  return quantities[i - lane];
}
fn rowTotal(i: u32, x: f32) -> f32 { return total(i, x, LANES); }
fn groupTotal(i: u32, x: f32) -> f32 { return total(i, x, ROWS * LANES); }`;
