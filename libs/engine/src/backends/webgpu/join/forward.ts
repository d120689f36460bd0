import type { TensorInfo } from '@tensorflow/tfjs';
import { shaders } from '../shader';
import { WORKGROUP } from '../workgroups';
import {
  type Bindings,
  Bound,
  type JoinForm,
  type JoinInputs,
  PLACES,
  type Place,
  SIZES,
} from './join-inputs';
import { averagesCode, beginCode, FIELDS, type NormSource, normCode } from './norm';
import { type Averages, bindAverages, bindWeights, PLACE_NUMBERS } from './statistics';
import { channelsCode, valuesCode } from './values';

/** Rows of an invocation of the shaders over each value of a join. */
const STEPS = 4;

/**
 * How the values of a join are shared out: each invocation has one of the columns of the width, and every
 * `stride`-th row.
 */
export function strideOf({ rows, width, vector, call }: JoinInputs): {
  readonly stride: number;
  readonly groups: readonly [number];
} {
  const columns = width / vector;
  const most = call.backend.device.limits.maxComputeWorkgroupsPerDimension * WORKGROUP;
  const stride = Math.min(Math.ceil(rows / STEPS), Math.floor(most / columns));
  return { stride, groups: [Math.ceil((stride * columns) / WORKGROUP)] };
}

/** WGSL: the column `c` of an invocation, and the first of its rows; returns where there is none. */
export const STRIDE_PLACE = `
  if (id.x >= uniforms.width * uniforms.stride) { return; }
  let c = id.x % uniforms.width;
  let firstRow = id.x / uniforms.width;`;

/**
 * relu?(concat(norm(first), norm(second))) + norm(shortcut) to `out`.
 *
 * @param table of the normalisations; null where none is in a table
 * @param averages running averages that are still to be moved by the table
 */
export function joinForward(
  join: JoinInputs,
  out: TensorInfo,
  sources: readonly NormSource[],
  table: TensorInfo | null,
  averages: readonly Averages[] = [],
): void {
  const bound = join.bound().read('table', table).write('out', out);
  sources.forEach((source, place) => {
    if (source === 'running') bindRunning(bound, join, place as Place);
  });
  for (const one of averages) bindAverages(bound, one);
  const { stride, groups } = strideOf(join);
  const moved = averages.map(({ place }) => place);
  const shader = forwardShader(join.form(bound), sources, moved);
  const numbers = [
    ...[...join.sizes, stride],
    ...[...join.attributes('epsilon'), ...join.attributes('rate')],
  ];
  join.call.backend.dispatch(shader, bound.tensors, numbers, groups);
}

/** @param moved places whose averages are moved */
const forwardShader = shaders(
  (form: JoinForm, sources: readonly NormSource[], moved: readonly Place[]) => {
    const hasShortcut = 'x2' in form.bindings;
    const move = (place: Place) => `
  if (id.x < ${channelsCode(place)}) {
    let c = id.x;
    let mean = table[MEAN * 2 * uniforms.width + ${beginCode(place)} + c];
    let variance = table[VARIANCE * 2 * uniforms.width + ${beginCode(place)} + c];
    ${averagesCode(place)}
  }`;
    return {
      label: 'Join',
      bindings: form.bindings,
      uniforms: { ...SIZES, stride: 'u32', ...PLACE_NUMBERS },
      constants: { ...FIELDS, WORKGROUP },
      code: `${valuesCode(form)}
${normCode(form.bindings, sources)}
// 0 for what is below; the bits tell, so that NaN stays.
fn rectified(x: V) -> V {
  return select(x, V(0), bitcast<U>(x) - U(0x80000000u) <= U(0x7f800000u));
}
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  ${moved.map(move).join('')}
  ${STRIDE_PLACE}
  let norm = branchNorm(c);
  ${hasShortcut ? 'let shortcutNorm = norm2(c);' : ''}
  for (var row = firstRow; row < uniforms.rows; row += uniforms.stride) {
    var y = normal(branchValue(row, c), norm);
    ${form.relu ? 'y = rectified(y);' : ''}
    ${hasShortcut ? 'y += normal(value2(row, c), shortcutNorm);' : ''}
    out[row * uniforms.width + c] = y;
  }
}`,
    };
  },
);

/** Binds γ, β and the running averages of a place. */
function bindRunning(bound: Bound, join: JoinInputs, place: Place): void {
  bindWeights(bound, join, place);
  for (const name of ['mean', 'variance']) {
    bound.read(`${name}${place}`, join.call.input(`${name}${place}`));
  }
}

/** Bindings that {@link bindRunning} takes. */
export function runningBindings({ call }: JoinInputs, place: Place): number {
  return ['gamma', 'beta', 'mean', 'variance'].filter((name) => call.has(`${name}${place}`)).length;
}

/** Puts the normalisations that the running averages make into a table, for some places. */
export function runningTable(join: JoinInputs, table: TensorInfo, places: readonly Place[]): void {
  const bound = new Bound(1).write('table', table);
  for (const place of places) bindRunning(bound, join, place);
  const { channels, width } = join;
  const shader = runningShader(bound.bindings, places);
  const numbers = [channels[0], width, ...join.attributes('epsilon')];
  const groups = Math.ceil(Math.max(...places.map((place) => channels[place])) / WORKGROUP);
  join.call.backend.dispatch(shader, bound.tensors, numbers, [groups]);
}

const runningShader = shaders((bindings: Bindings, places: readonly Place[]) => {
  const put = (place: Place) => `
  if (c < ${channelsCode(place)}) {
    let norm = norm${place}(c);
    let k = ${beginCode(place)} + c;
    table[MEAN * 2 * uniforms.width + k] = norm.mean;
    table[SCALE * 2 * uniforms.width + k] = norm.scale;
    table[OFFSET * 2 * uniforms.width + k] = norm.offset;
  }`;
  const sources = PLACES.map((place) => (places.includes(place) ? 'running' : 'none'));
  const { epsilon0, epsilon1, epsilon2 } = PLACE_NUMBERS;
  return {
    label: 'Join running averages',
    bindings,
    uniforms: { first: 'u32', width: 'u32', epsilon0, epsilon1, epsilon2 },
    constants: { ...FIELDS, WORKGROUP },
    code: `alias V = f32;
${normCode(bindings, sources)}
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let c = id.x;
  ${places.map(put).join('')}
}`,
  };
});
