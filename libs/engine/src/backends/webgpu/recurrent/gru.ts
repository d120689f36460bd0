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

const GATES = 3;

/** What a row of {@link gruForward} takes: two sums and one, h of two steps, and r ∘ h. */
export const GRU_FORWARD_BYTES: RowBytes = { sums: 12, state: 12 };

/**
 * All steps of a GRU, whose equations stand at `gruForward` in kernels/gru.ts. In each step the invocations
 * add up h U for z and r; then each has those of a row's unit, and tells the others r ∘ h; with that they add
 * up (r ∘ h) U for the candidate, and each tells the others h.
 *
 * @param inference leaves no states behind
 * @param inputs of x; 0 where `gates` holds the input's share
 */
export const gruForward = shaders(
  (units: number, rows: number, shared: boolean, inference: boolean, inputs: number) => {
    const tile: Tile = { units, rows, shared };
    const share = inputs === 0 ? projectedShare(GATES) : computedShare(GATES, inputs);
    const hidden = hiddenState(shared);
    const gates = forwardProduct({
      name: 'gate',
      tile,
      gates: [0, 1],
      input: (row, k) => hidden.before(row, k),
    });
    const candidate = forwardProduct({
      name: 'candidate',
      tile,
      gates: [2],
      input: (row, k) =>
        shared
          ? `reset[${4 * row}u + quarter][${k}]`
          : `resetOf(first + ${row}u, t, quarter * SLICE + ${k})`,
    });
    const isStored = !inference || !shared;
    const states: Record<string, BindingText> = isStored ? { gates: 'write' } : {};
    return {
      label: 'GRU',
      bindings: { recurrentKernel: 'read', hidden: 'write', ...share.bindings, ...states },
      uniforms: { batch: 'u32', time: 'u32' },
      constants: constantsOf(tile, GATES, 4),
      code: /* wgsl */ `
${ACTIVATIONS}
${share.declarations}
${hidden.declarations}
${shared ? declared(RESET) : STORED_RESET}
${gates.declarations}
${candidate.declarations}
${overTiles(/* wgsl */ `
  var hs: array<f32, HELD>;
  var zs: array<f32, HELD>;
  ${cleared(tile, shared ? [...hidden.arrays, RESET] : [])}
  ${overTime('forward', tile, {
    weights: `${share.weights}\n${gates.weights}\n${candidate.weights}`,
    body: /* wgsl */ `
    ${overBlocks(/* wgsl */ `
    ${gates.parts}
    workgroupBarrier();
    ${overRows(
      tile,
      /* wgsl */ `
      let share = ${share.value};
      let sums = share.xy + ${gates.sum('row')};
      let r = sigmoid(sums.y);
      zs[held] = sigmoid(sums.x);
      ${shared ? 'reset[4u * row + unit / SLICE][unit % SLICE] = r * hs[held];' : ''}
      ${isStored ? STORE_GATES : ''}
      `,
    )}
    ${inRegisters(tile) ? '' : 'workgroupBarrier();'}
    `)}
    ${barrier(tile)}
    ${overBlocks(/* wgsl */ `
    ${candidate.parts}
    workgroupBarrier();
    ${overRows(
      tile,
      /* wgsl */ `
      let share = ${share.value};
      let candidate = hyperbolicTangent(share.z + ${candidate.sum('row')});
      let z = zs[held];
      let h = fma(z, hs[held], (1.0 - z) * candidate);
      hs[held] = h;
      hidden[step * UNITS + unit] = h;
      ${hidden.keep}
      ${inference ? '' : 'gates[step * WIDTH + 2u * UNITS + unit] = candidate;'}
      `,
    )}
    ${barrier(tile)}
    `)}
    `,
  })}
`)}
`,
    };
  },
);

const STORE_GATES = /* wgsl */ `
      let at = step * WIDTH + unit;
      gates[at] = zs[held];
      gates[at + UNITS] = r;
`;

const RESET: SharedArray = { name: 'reset', type: 'f32', rows: 'ROWS', slices: 4 };

const STORED_RESET = /* wgsl */ `
fn resetOf(row: u32, t: u32, unit: u32) -> f32 {
  if (row >= uniforms.batch || unit >= UNITS) { return 0.0; }
  let r = gates[(row * uniforms.time + t) * WIDTH + UNITS + unit];
  return r * hiddenBefore(row, t, unit);
}
`;

/** What a row of {@link gruBackward} takes: sums for four units, and dL/dgates of one step. */
export const GRU_BACKWARD_BYTES: RowBytes = { sums: 16, state: 12 };

/**
 * dL/dgates `[batch, time, 3 * units]`, before their activations, of a GRU; the equations stand at
 * `gruBackward` in kernels/gru.ts. In each step every invocation has the gates of a row's unit, and tells the
 * others dL/dh̃; with Uᵀ it goes to r ∘ h, of which each has its r and tells the others dL/dz and dL/dr; with
 * Uᵀ these go to h of the step before.
 */
export const gruBackward = shaders((units: number, rows: number, shared: boolean) => {
  const tile: Tile = { units, rows, shared };
  const candidate = backwardProduct({
    name: 'candidate',
    tile,
    gates: [2],
    input: (row, k) =>
      shared
        ? `candidateDeltas[${16 * row}u + part][${k}]`
        : `candidateDeltaOf(first + ${row}u, t, part * SLICE + ${k})`,
  });
  const gates = backwardProduct({
    name: 'gate',
    tile,
    gates: [0, 1],
    input: (row, k) =>
      shared
        ? `gateDeltas[${16 * row}u + part][${k}]`
        : `gateDeltasOf(first + ${row}u, t, part * SLICE + ${k})`,
  });
  return {
    label: 'GRU backward',
    bindings: {
      ...backwardWeights(tile),
      hidden: 'read',
      gates: 'read',
      dHidden: 'read',
      dGates: 'write',
    },
    uniforms: { batch: 'u32', time: 'u32' },
    constants: constantsOf(tile, GATES, 16),
    code: /* wgsl */ `
${READ_GRU_STEP}
${backwardProducts(tile)}
${shared ? DELTAS.map(declared).join('\n') : STORED_DELTAS}
${overTiles(/* wgsl */ `
  let part = thread / QUADS;
  let quad = thread % QUADS;
  var dh: array<f32, HELD>;
  var dz: array<f32, HELD>;
  ${cleared(tile, shared ? DELTAS : [])}
  ${overTime('backward', tile, {
    weights: `${candidate.weights}\n${gates.weights}`,
    body: /* wgsl */ `
    ${overBlocks(
      overRows(
        tile,
        /* wgsl */ `
      let z = read.gates.x;
      let candidate = read.gates.z;
      let dOut = read.dHidden + dh[held];
      let dCandidate = dOut * (1.0 - z) * fma(-candidate, candidate, 1.0);
      dz[held] = dOut * (read.hiddenBefore - candidate) * z * (1.0 - z);
      dh[held] = dOut * z;
      let at = step * WIDTH + unit;
      dGates[at] = dz[held];
      dGates[at + 2u * UNITS] = dCandidate;
      ${shared ? 'candidateDeltas[16u * row + unit / SLICE][unit % SLICE] = dCandidate;' : ''}
      `,
      ),
    )}
    ${barrier(tile)}
    ${overBlocks(/* wgsl */ `
    ${candidate.parts}
    workgroupBarrier();
    ${overRows(
      tile,
      /* wgsl */ `
      let r = read.gates.y;
      let dReset = ${candidate.sum('row')};
      let dr = dReset * read.hiddenBefore * r * (1.0 - r);
      dh[held] = fma(dReset, r, dh[held]);
      dGates[step * WIDTH + UNITS + unit] = dr;
      ${shared ? 'gateDeltas[16u * row + unit / SLICE][unit % SLICE] = vec2<f32>(dz[held], dr);' : ''}
      `,
    )}
    ${inRegisters(tile) ? '' : 'workgroupBarrier();'}
    `)}
    ${barrier(tile)}
    if (t > 0u) {
      ${overBlocks(/* wgsl */ `
      ${gates.parts}
      workgroupBarrier();
      ${overRows(tile, `dh[held] += ${gates.sum('row')};`)}
      ${inRegisters(tile) ? '' : 'workgroupBarrier();'}
      `)}
    }
    `,
  })}
`)}
`,
  };
});

const READ_GRU_STEP = /* wgsl */ `
struct Step { gates: vec3<f32>, dHidden: f32, hiddenBefore: f32 }

fn readStep(step: u32, unit: u32, t: u32) -> Step {
  let at = step * WIDTH + unit;
  let state = step * UNITS + unit;
  var hiddenBefore = 0.0;
  if (t > 0u) { hiddenBefore = hidden[state - UNITS]; }
  let ofGates = vec3<f32>(gates[at], gates[at + UNITS], gates[at + 2u * UNITS]);
  return Step(ofGates, dHidden[state], hiddenBefore);
}
`;

const DELTAS: readonly SharedArray[] = [
  { name: 'candidateDeltas', type: 'f32', rows: 'ROWS', slices: 16 },
  { name: 'gateDeltas', type: 'vec2<f32>', rows: 'ROWS', slices: 16 },
];

const STORED_DELTAS = /* wgsl */ `
fn candidateDeltaOf(row: u32, t: u32, unit: u32) -> f32 {
  if (row >= uniforms.batch || unit >= UNITS) { return 0.0; }
  return dGates[(row * uniforms.time + t) * WIDTH + 2u * UNITS + unit];
}

fn gateDeltasOf(row: u32, t: u32, unit: u32) -> vec2<f32> {
  if (row >= uniforms.batch || unit >= UNITS) { return vec2<f32>(); }
  let at = (row * uniforms.time + t) * WIDTH + unit;
  return vec2<f32>(dGates[at], dGates[at + UNITS]);
}
`;
