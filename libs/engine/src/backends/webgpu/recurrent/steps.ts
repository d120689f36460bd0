import { inRegisters, type Tile } from './tile';

/**
 * WGSL for a shader that takes rows of the batch through time: ROWS rows from `first` in each workgroup,
 * whose invocations count as (quarter, lane), four for each unit of a block.
 */
export function overTiles(body: string): string {
  return /* wgsl */ `
@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = (group.y * groups.x + group.x) * ROWS;
  let quarter = thread / BLOCK;
  let lane = thread % BLOCK;
  ${body}
}
`;
}

/**
 * Goes over all steps: `t`. Where an invocation has but one row and unit, it calls `readStep` for a step
 * while it computes the one before: how long memory takes to answer is what a step would wait for.
 */
export function overTime(
  direction: 'forward' | 'backward',
  tile: Tile,
  { weights, body }: { readonly weights: string; readonly body: string },
): string {
  const isForward = direction === 'forward';
  const isAhead = inRegisters(tile);
  const now = isForward ? 'count' : 'uniforms.time - 1u - count';
  const next = isForward ? 'min(t + 1u, uniforms.time - 1u)' : 'max(t, 1u) - 1u';
  return /* wgsl */ `
  let unit = min(lane, UNITS - 1u);
  ${weights}
  ${isAhead ? aheadOf(isForward ? '0u' : 'uniforms.time - 1u') : ''}
  for (var count = 0u; count < uniforms.time; count++) {
    let t = ${now};
    ${isAhead ? `let read = ahead;\nlet next = ${next};\nahead = readStep(start + next, unit, next);` : ''}
    ${body}
  }
`;
}

function aheadOf(t: string): string {
  return /* wgsl */ `
  let start = min(first + quarter, uniforms.batch - 1u) * uniforms.time;
  var ahead = readStep(start + ${t}, unit, ${t});
`;
}

/** Goes over the blocks of units: `block`. */
export function overBlocks(body: string): string {
  return /* wgsl */ `
for (var block = 0u; block < BLOCKS; block++) {
  ${body}
}
`;
}

/**
 * Goes over the rows of the tile, four at a time: invocation (quarter, lane) has unit `lane` of the block for
 * a row. In scope are `row` of the tile, `unit`, its `step` among those of all rows, what `readStep` gave for
 * it (`read`), and `held`, where the invocation keeps what it has of a row and unit from step to step.
 */
export function overRows(tile: Tile, body: string): string {
  return /* wgsl */ `
for (var turn = 0u; turn < TURNS; turn++) {
  let row = quarter + 4u * turn;
  let unit = block * BLOCK + lane;
  if (row < ROWS && first + row < uniforms.batch && unit < UNITS) {
    let step = (first + row) * uniforms.time + t;
    let held = block * TURNS + turn;
    ${inRegisters(tile) ? '' : 'let read = readStep(step, unit, t);'}
    ${body}
  }
}
`;
}

/** Where all see what the workgroup's invocations wrote: in its memory, or in storage as well. */
export function barrier({ shared }: Tile): string {
  return shared ? 'workgroupBarrier();' : 'storageBarrier();\nworkgroupBarrier();';
}

/** An array in the workgroup's memory with a number, or a vector, for each row and unit. */
export interface SharedArray {
  readonly name: string;
  readonly type: string;
  /** Rows, with the number of slices into which the units of each are divided. */
  readonly rows: string;
  readonly slices: 4 | 16;
}

/** Its declaration. */
export function declared({ name, type, rows, slices }: SharedArray): string {
  return `var<workgroup> ${name}: array<array<${type}, SLICE>, ${rows} * ${slices}u>;`;
}

/** Zeros, before the steps, where the last slice has more places than units: products read them too. */
export function cleared({ units }: Tile, arrays: readonly SharedArray[]): string {
  const loops = arrays
    .filter(({ slices }) => units % slices !== 0)
    .map(
      ({ name, type, rows, slices }) => /* wgsl */ `
for (var place = thread; place < ${rows} * ${slices}u * SLICE; place += THREADS) {
  ${name}[place / SLICE][place % SLICE] = ${type}();
}`,
    );
  return loops.length === 0 ? '' : `${loops.join('')}\nworkgroupBarrier();`;
}
