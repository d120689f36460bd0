/**
 * How a recurrent layer's steps are laid over a workgroup, which takes some rows of the batch through all of
 * time. It goes over the units in blocks, with four invocations for each unit of a block.
 */
export interface Tile {
  readonly units: number;
  /** Rows of the batch. */
  readonly rows: number;
  /** Whether what units tell each other lies in the workgroup's memory; else it is read back from storage. */
  readonly shared: boolean;
}

/** Workgroups that keep a large GPU busy: one for each of its multiprocessors, about. */
const BUSY = 128;

/**
 * Units whose recurrent weights fit into the registers of a workgroup: one block, as its invocations are 256.
 */
const BLOCK = 64;

/**
 * Whether the recurrent weights stay in registers: each row costs little then, and steps are what takes time.
 */
export function inRegisters({ units }: Pick<Tile, 'units'>): boolean {
  return units <= BLOCK;
}

/** The constants of a tile's shaders, whose products are added up in slices of the units. */
export function constantsOf(
  { units, rows }: Pick<Tile, 'units' | 'rows'>,
  gates: number,
  slices: 4 | 16,
): Record<string, number> {
  const block = Math.min(BLOCK, Math.ceil(units / 4) * 4);
  const blocks = Math.ceil(units / block);
  const turns = Math.ceil(rows / 4);
  return {
    UNITS: units,
    WIDTH: gates * units,
    ROWS: rows,
    BLOCK: block,
    THREADS: 4 * block,
    BLOCKS: blocks, // over the units
    TURNS: turns, // of four rows
    HELD: blocks * turns, // of every state in an invocation
    SLICE: Math.ceil(units / slices),
  };
}

/** Bytes of a workgroup's memory that a row takes. */
export interface RowBytes {
  /** For each invocation: what it adds up. */
  readonly sums: number;
  /** For each unit: what others read. */
  readonly state: number;
}

/**
 * The tile for a batch: as many rows as leave a large GPU busy and fit into its workgroups' memory. What a
 * row's result is does not depend on it.
 *
 * @param memory of a workgroup, in bytes
 */
export function tileFor(units: number, batch: number, bytes: RowBytes, memory: number): Tile {
  const padded = 16 * Math.ceil(units / 16);
  const { THREADS } = constantsOf({ units, rows: 1 }, 1, 4);
  const most = inRegisters({ units }) ? 4 : 8;
  for (const shared of [true, false]) {
    const perRow = THREADS! * bytes.sums + (shared ? padded * bytes.state : 0);
    for (let rows = most; rows >= 1; rows /= 2) {
      const isBusy = rows === 1 || Math.ceil(batch / rows) >= BUSY;
      if (isBusy && rows * perRow <= memory) return { units, rows, shared };
    }
  }
  throw new RangeError(`${memory} bytes of a workgroup's memory are too few for a recurrent layer`);
}

/** Lines of WGSL, one for each of `count`. */
export function each(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** WGSL's type of so many numbers. */
export function vectorOf(count: number): string {
  return count === 1 ? 'f32' : `vec${count}<f32>`;
}
