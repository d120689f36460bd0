import { type BindingText, shaders } from '../shader';
import { ACTIVATIONS } from './activation';
import { hiddenState } from './hidden-state';
import { computedShare, projectedShare } from './input-share';
import { backwardProduct, backwardProducts, backwardWeights, forwardProduct } from './step-product';
import {
  barrier,
  cleared,
  declared,
  overBlocks,
  overRows,
  overTiles,
  overTime,
  type SharedArray,
} from './steps';
import { constantsOf, inRegisters, type RowBytes, type Tile } from './tile';

const GATES = 4;

/** What a row of {@link lstmForward} takes: four sums, and h of two steps. */
export const LSTM_FORWARD_BYTES: RowBytes = { sums: 16, state: 8 };

/**
 * All steps of an LSTM, whose equations stand at `lstmForward` in kernels/lstm.ts. In each step the
 * invocations add up h U; then each has the four gates of a row's unit, of which it keeps c and tells the
 * others h.
 *
 * @param inference leaves no states behind
 * @param inputs of x; 0 where `gates` holds the input's share
 */
export const lstmForward = shaders(
  (units: number, rows: number, shared: boolean, inference: boolean, inputs: number) => {
    const tile: Tile = { units, rows, shared };
    const share = inputs === 0 ? projectedShare(GATES) : computedShare(GATES, inputs);
    const hidden = hiddenState(shared);
    const gates = forwardProduct({
      name: 'gate',
      tile,
      gates: [0, 1, 2, 3],
      input: (row, k) => hidden.before(row, k),
    });
    const states: Record<string, BindingText> = inference ? {} : { gates: 'write', cell: 'write' };
    return {
      label: 'LSTM',
      bindings: { recurrentKernel: 'read', hidden: 'write', ...share.bindings, ...states },
      uniforms: { batch: 'u32', time: 'u32' },
      constants: constantsOf(tile, GATES, 4),
      code: /* wgsl */ `
${ACTIVATIONS}
${share.declarations}
${hidden.declarations}
${gates.declarations}
${overTiles(/* wgsl */ `
  var cells: array<f32, HELD>;
  ${cleared(tile, hidden.arrays)}
  ${overTime('forward', tile, {
    weights: `${share.weights}\n${gates.weights}`,
    body: overBlocks(/* wgsl */ `
    ${gates.parts}
    workgroupBarrier();
    ${overRows(
      tile,
      /* wgsl */ `
      let sums = ${share.value} + ${gates.sum('row')};
      let i = sigmoid(sums.x);
      let f = sigmoid(sums.y);
      let candidate = hyperbolicTangent(sums.z);
      let o = sigmoid(sums.w);
      let c = fma(f, cells[held], i * candidate);
      let h = o * hyperbolicTangent(c);
      cells[held] = c;
      hidden[step * UNITS + unit] = h;
      ${hidden.keep}
      ${inference ? '' : STORE_STATES}
      `,
    )}
    ${barrier(tile)}
    `),
  })}
`)}
`,
    };
  },
);

const STORE_STATES = /* wgsl */ `
      cell[step * UNITS + unit] = c;
      let at = step * WIDTH + unit;
      gates[at] = i;
      gates[at + UNITS] = f;
      gates[at + 2u * UNITS] = candidate;
      gates[at + 3u * UNITS] = o;
`;

/** What a row of {@link lstmBackward} takes: sums for four units, and dL/dgates of one step. */
export const LSTM_BACKWARD_BYTES: RowBytes = { sums: 16, state: 16 };

/**
 * dL/dgates `[batch, time, 4 * units]`, before their activations, of an LSTM; the equations stand at
 * `lstmBackward` in kernels/lstm.ts. In each step every invocation has the gates of a row's unit, of which it
 * keeps dL/dc and tells the others dL/dgates; then they add up dL/dgates Uᵀ, which goes to h of the step
 * before.
 */
export const lstmBackward = shaders((units: number, rows: number, shared: boolean) => {
  const tile: Tile = { units, rows, shared };
  const product = backwardProduct({
    name: 'gate',
    tile,
    gates: [0, 1, 2, 3],
    input: (row, k) =>
      shared
        ? `deltas[${16 * row}u + part][${k}]`
        : `deltasOf(first + ${row}u, t, part * SLICE + ${k})`,
  });
  return {
    label: 'LSTM backward',
    bindings: {
      ...backwardWeights(tile),
      cell: 'read',
      gates: 'read',
      dHidden: 'read',
      dGates: 'write',
    },
    uniforms: { batch: 'u32', time: 'u32' },
    constants: constantsOf(tile, GATES, 16),
    code: /* wgsl */ `
${ACTIVATIONS}
${READ_LSTM_STEP}
${backwardProducts(tile)}
${shared ? declared(DELTAS) : STORED_DELTAS}
${overTiles(/* wgsl */ `
  let part = thread / QUADS;
  let quad = thread % QUADS;
  var dh: array<f32, HELD>;
  var dc: array<f32, HELD>;
  ${cleared(tile, shared ? [DELTAS] : [])}
  ${overTime('backward', tile, {
    weights: product.weights,
    body: /* wgsl */ `
    ${overBlocks(
      overRows(
        tile,
        /* wgsl */ `
      let squashed = hyperbolicTangent(read.cell);
      let i = read.gates.x;
      let f = read.gates.y;
      let candidate = read.gates.z;
      let o = read.gates.w;
      let dOut = read.dHidden + dh[held];
      let dCell = fma(dOut * o, fma(-squashed, squashed, 1.0), dc[held]);
      let delta = vec4<f32>(
        dCell * candidate * i * (1.0 - i),
        dCell * read.cellBefore * f * (1.0 - f),
        dCell * i * fma(-candidate, candidate, 1.0),
        dOut * squashed * o * (1.0 - o),
      );
      dc[held] = dCell * f;
      let at = step * WIDTH + unit;
      dGates[at] = delta.x;
      dGates[at + UNITS] = delta.y;
      dGates[at + 2u * UNITS] = delta.z;
      dGates[at + 3u * UNITS] = delta.w;
      ${shared ? 'deltas[16u * row + unit / SLICE][unit % SLICE] = delta;' : ''}
      `,
      ),
    )}
    ${barrier(tile)}
    if (t > 0u) {
      ${overBlocks(/* wgsl */ `
      ${product.parts}
      workgroupBarrier();
      ${overRows(tile, `dh[held] = ${product.sum('row')};`)}
      ${inRegisters(tile) ? '' : 'workgroupBarrier();'}
      `)}
    }
    `,
  })}
`)}
`,
  };
});

const READ_LSTM_STEP = /* wgsl */ `
struct Step { gates: vec4<f32>, dHidden: f32, cell: f32, cellBefore: f32 }

fn readStep(step: u32, unit: u32, t: u32) -> Step {
  let at = step * WIDTH + unit;
  let state = step * UNITS + unit;
  var cellBefore = 0.0;
  if (t > 0u) { cellBefore = cell[state - UNITS]; }
  let ofGates = vec4<f32>(
    gates[at],
    gates[at + UNITS],
    gates[at + 2u * UNITS],
    gates[at + 3u * UNITS],
  );
  return Step(ofGates, dHidden[state], cell[state], cellBefore);
}
`;

const DELTAS: SharedArray = { name: 'deltas', type: 'vec4<f32>', rows: 'ROWS', slices: 16 };

const STORED_DELTAS = /* wgsl */ `
fn deltasOf(row: u32, t: u32, unit: u32) -> vec4<f32> {
  if (row >= uniforms.batch || unit >= UNITS) { return vec4<f32>(); }
  let at = (row * uniforms.time + t) * WIDTH + unit;
  return vec4<f32>(
    dGates[at],
    dGates[at + UNITS],
    dGates[at + 2u * UNITS],
    dGates[at + 3u * UNITS],
  );
}
`;
