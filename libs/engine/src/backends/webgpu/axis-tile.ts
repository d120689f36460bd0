import { foldGroups, powerOfTwo, WORKGROUP } from './workgroups';

/** Neighbours that a workgroup reads together where it can: a line of a GPU's cache. */
const LINE = 32;

/** Elements that a thread takes, where there are few. */
const FEW = 8;

/**
 * How a workgroup goes along the axis of x `[outer, length, inner]`: `columns` threads lie along inner,
 * `slices` share the axis, and `rows` of outer are gone along at the same time. By length and inner alone, so
 * that what a row comes to does not depend on how many there are.
 */
export interface AxisTile {
  readonly columns: number;
  readonly slices: number;
  readonly rows: number;
}

export function axisTileOf(length: number, inner: number): AxisTile {
  const columns = Math.min(LINE, powerOfTwo(inner));
  const slices = Math.min(WORKGROUP / columns, powerOfTwo(length / FEW));
  return { columns, slices, rows: WORKGROUP / columns / slices };
}

/** Workgroups for x `[outer, length, inner]` whose axis is cut into `parts`. */
export function axisGroups(
  { columns, rows }: AxisTile,
  outer: number,
  inner: number,
  parts = 1,
): [number, number] {
  return foldGroups(Math.ceil(inner / columns) * Math.ceil(outer / rows) * parts);
}

/**
 * WGSL: where a thread is. The uniforms `outer` and `inner` are wanted. Threads go first over columns, so that
 * neighbours read neighbours, then over slices, then over rows; workgroups over columns, parts, and rows.
 */
export function axisTileCode({ columns, slices, rows }: AxisTile): string {
  return /* wgsl */ `
const THREADS = ${WORKGROUP}u;
const COLUMNS = ${columns}u;
const SLICES = ${slices}u;
const ROWS = ${rows}u;

struct Place { row: u32, part: u32, column: u32, slice: u32, isInside: bool }

fn placeOf(group: vec3<u32>, groups: vec3<u32>, thread: u32, parts: u32) -> Place {
  let across = (uniforms.inner + COLUMNS - 1u) / COLUMNS;
  let id = group.y * groups.x + group.x;
  let column = id % across * COLUMNS + thread % COLUMNS;
  let row = id / across / parts * ROWS + thread / (COLUMNS * SLICES);
  let slice = thread / COLUMNS % SLICES;
  return Place(row, id / across % parts, column, slice, row < uniforms.outer && column < uniforms.inner);
}
`;
}

/**
 * WGSL: an entry point that runs code for each thread at its `place`, with {@link axisTileCode}; `thread` is its
 * number in the workgroup.
 *
 * @param parts of the axis, in code
 */
export function forPlaces(code: string, parts = '1u'): string {
  return /* wgsl */ `
@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let place = placeOf(group, groups, thread, ${parts});
  ${code}
}
`;
}
