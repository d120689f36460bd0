import { powerOfTwo, WORKGROUP } from './workgroups';

/** Most columns of a workgroup: 64 next to each other are read at full speed, and vectors of 4 all the more. */
const MOST_LANES = 64;

/** Rows of an invocation, unless that makes more than {@link MOST_PARTS}. */
const STEPS = 4;
const MOST_PARTS = 512;

/** How sums over rows are shared out, column by column: a part of the rows and some columns to a workgroup. */
export class ColumnParts {
  /** Columns of a workgroup. */
  readonly lanes: number;
  /** Rows that a workgroup goes over at a time. */
  readonly seats: number;
  readonly partRows: number;
  readonly parts: number;
  readonly groups: readonly [number, number];

  constructor(rows: number, columns: number) {
    this.lanes = Math.min(MOST_LANES, powerOfTwo(columns));
    this.seats = WORKGROUP / this.lanes;
    const steps = Math.max(STEPS, Math.ceil(rows / (MOST_PARTS * this.seats)));
    this.partRows = steps * this.seats;
    this.parts = Math.ceil(rows / this.partRows);
    this.groups = [Math.ceil(columns / this.lanes), this.parts];
  }
}

/**
 * WGSL: `addUp` adds two quantities (of the type V) over the seats of each lane, in a fixed order; the totals are in
 * `sums[lane]` and `products[lane]`, for the invocation of the lane's first seat. The workgroup is
 * `[LANES, SEATS]`.
 */
export const ADD_UP = `
var<workgroup> sums: array<V, LANES * SEATS>;
var<workgroup> products: array<V, LANES * SEATS>;
fn addUp(place: vec3<u32>, sum: V, product: V) {
  let i = place.y * LANES + place.x;
  sums[i] = sum;
  products[i] = product;
  for (var seats = SEATS / 2; seats > 0; seats /= 2) {
    workgroupBarrier();
    if (place.y < seats) {
      sums[i] += sums[i + seats * LANES];
      products[i] += products[i + seats * LANES];
    }
  }
  workgroupBarrier();
}`;

/** Columns of a workgroup that adds the parts of sums, and how many share the parts of a column. */
export const FINISHING = { COLUMNS: 8, SHARES: 32 } as const;

/**
 * WGSL: `total` adds a quantity over the shares of each column, in a fixed order, for all of them. The
 * workgroup is `[COLUMNS, SHARES]`.
 */
export const TOTAL = `
var<workgroup> shares: array<f32, COLUMNS * SHARES>;
fn total(place: vec3<u32>, x: f32) -> f32 {
  let i = place.y * COLUMNS + place.x;
  workgroupBarrier();
  shares[i] = x;
  for (var count = SHARES / 2; count > 0; count /= 2) {
    workgroupBarrier();
    if (place.y < count) { shares[i] += shares[i + count * COLUMNS]; }
  }
  workgroupBarrier();
  return shares[place.x];
}`;

/**
 * WGSL: an entry point that runs code in a workgroup for a part of the rows, from `first` to before `end`, and
 * LANES columns; the seats of column `c` take every SEATS-th row. `place` is where an invocation is in it.
 */
export function forParts(code: string): string {
  return `
@compute @workgroup_size(LANES, SEATS)
fn main(@builtin(local_invocation_id) place: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
  let c = group.x * LANES + place.x;
  let first = group.y * uniforms.partRows;
  let end = min(first + uniforms.partRows, uniforms.rows);
  ${code}
}`;
}

/**
 * WGSL: an entry point that runs code for a column `k` from `begin` to before `end` (both in code), whose `parts`
 * are shared out to SHARES invocations: `place.y` is which of them.
 */
export function forColumns(begin: string, end: string, code: string): string {
  return `
@compute @workgroup_size(COLUMNS, SHARES)
fn main(@builtin(local_invocation_id) place: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
  let k = ${begin} + group.x * COLUMNS + place.x;
  let parts = select(0u, uniforms.parts, k < ${end});
  ${code}
}`;
}
