import { declared, type SharedArray } from './steps';

/** WGSL for h of a forward pass, between the steps of a workgroup's rows. */
export interface HiddenState {
  readonly declarations: string;
  /** What lies in the workgroup's memory. */
  readonly arrays: readonly SharedArray[];
  /** h of the step before, of unit k of the invocation's quarter: an expression. */
  before(row: number, k: string): string;
  /** Keeps `h` of `row` and `unit` for the step after `t`. */
  readonly keep: string;
}

const STATE: SharedArray = { name: 'state', type: 'f32', rows: '2u * ROWS', slices: 4 };

/** In the workgroup's memory, for two steps by turns: so that nobody overwrites what others still read. */
const SHARED: HiddenState = {
  declarations: declared(STATE),
  arrays: [STATE],
  before: (row, k) => `state[((t & 1u) * ROWS + ${row}u) * 4u + quarter][${k}]`,
  keep: 'state[(((t + 1u) & 1u) * ROWS + row) * 4u + unit / SLICE][unit % SLICE] = h;',
};

/** Read back from the output. */
const STORED: HiddenState = {
  declarations: /* wgsl */ `
fn hiddenBefore(row: u32, t: u32, unit: u32) -> f32 {
  if (row >= uniforms.batch || unit >= UNITS) { return 0.0; }
  return hidden[(row * uniforms.time + t - 1u) * UNITS + unit];
}
`,
  arrays: [],
  before: (row, k) => `hiddenBefore(first + ${row}u, t, quarter * SLICE + ${k})`,
  keep: '',
};

export function hiddenState(shared: boolean): HiddenState {
  return shared ? SHARED : STORED;
}
