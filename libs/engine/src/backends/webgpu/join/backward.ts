import type { TensorInfo } from '@tensorflow/tfjs';
import { shaders } from '../shader';
import { ADD_UP, ColumnParts, FINISHING, forColumns, forParts, TOTAL } from '../column-sums';
import { WORKGROUP } from '../workgroups';
import { strideOf, STRIDE_PLACE } from './forward';
import {
  type Bindings,
  Bound,
  type JoinForm,
  type JoinInputs,
  PLACES,
  type Place,
  SIZES,
} from './join-inputs';
import { beginCode, endCode, FIELDS, LINE_FIELDS, normCode, type NormSource } from './norm';
import { channelsCode, perBranch, valuesCode } from './values';

/** The gradients of γ and β of a place. */
export interface WeightGradients {
  readonly place: Place;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

/** Rows of the sums before those of the parts: room for the lines, of five fields for each column. */
const LINE_ROWS = 3;

/** WGSL: the gradient that reaches a branch, the output's where ReLU let the value through. */
function throughRelu({ relu }: JoinForm, dy: string, x: string): string {
  return relu ? `select(V(0), ${dy}, normal(${x}, norm) > V(0))` : dy;
}

/**
 * The gradients of γ and β, and the lines that make of a gradient g and an x what x receives:
 * g · SCALE + (x − MEAN) · FACTOR + CONSTANT.
 *
 * @returns lines, at the start of a temporary tensor
 */
export function weightGradients(
  join: JoinInputs,
  dy: TensorInfo,
  table: TensorInfo,
  gradients: readonly WeightGradients[],
): TensorInfo {
  const { call, width, rows, channels } = join;
  const split = new ColumnParts(join.rows, join.width / join.vector);
  const sums = call.temporary([LINE_ROWS + split.parts, 4 * width]);
  const places = gradients.map(({ place }) => place);
  runSums(join, split, dy, table, sums, places);
  const bound = new Bound(1).write('sums', sums).read('table', table);
  for (const { place, gamma, beta } of gradients) {
    bound.write(`dGamma${place}`, gamma).write(`dBeta${place}`, beta);
  }
  const begin = join.begin(places[0]!);
  const end = join.begin(places.at(-1)!) + channels[places.at(-1)!];
  const shader = finishShader(bound.bindings, places);
  const groups = Math.ceil((end - begin) / FINISHING.COLUMNS);
  const numbers = [rows, channels[0], width, split.parts, begin, end];
  call.backend.dispatch(shader, bound.tensors, numbers, [groups]);
  return sums;
}

/**
 * Sums of each column over each part of the rows: of the gradient, and of its product with x − mean. `sums`
 * `[LINE_ROWS + parts, 4 · width]`, the first rows for the lines.
 */
function runSums(
  join: JoinInputs,
  split: ColumnParts,
  dy: TensorInfo,
  table: TensorInfo,
  sums: TensorInfo,
  places: readonly Place[],
): void {
  const bound = join.bound().read('dy', dy).read('table', table).write('partials', sums);
  const shader = sumsShader(join.form(bound), places, split.lanes, split.seats);
  const numbers = [...join.sizes, split.partRows];
  join.call.backend.dispatch(shader, bound.tensors, numbers, split.groups);
}

/** Where the normalisation of each place is: in the table, if there is one. */
function sourcesOf(places: readonly Place[]): NormSource[] {
  return PLACES.map((place) => (places.includes(place) ? 'table' : 'none'));
}

const sumsShader = shaders(
  (form: JoinForm, places: readonly Place[], lanes: number, seats: number) => {
    const { relu } = form;
    const sums = (place: 'branch' | 2): string => {
      const [value, norm, begin] =
        place === 2 ? ['value2', 'norm2', 'uniforms.width'] : ['branchValue', 'branchNorm', '0'];
      const g = 'dy[row * uniforms.width + c]';
      return `{
    var sum = V(0);
    var product = V(0);
    if (c < uniforms.width) {
      let norm = ${norm}(c);
      for (var row = first + place.y; row < end; row += SEATS) {
        let x = ${value}(row, c);
        let g = ${place === 2 || !relu ? g : throughRelu(form, g, 'x')};
        sum += g;
        product = fma(g, x - norm.mean, product);
      }
    }
    addUp(place, sum, product);
    if (place.y == 0 && c < uniforms.width) {
      let to = (LINE_ROWS + group.y) * 4 * uniforms.width + ${begin} + c;
      partials[to] = sums[place.x];
      partials[to + 2 * uniforms.width] = products[place.x];
    }
  }`;
    };
    return {
      label: 'Join gradient sums',
      bindings: form.bindings,
      uniforms: { ...SIZES, partRows: 'u32' },
      constants: { ...FIELDS, LINE_ROWS, LANES: lanes, SEATS: seats },
      code: `${valuesCode(form)}
${normCode(form.bindings, sourcesOf(places))}
${ADD_UP}
${forParts(`
  ${places.some((place) => place < 2) ? sums('branch') : ''}
  ${places.includes(2) ? sums(2) : ''}`)}`,
    };
  },
);

const finishShader = shaders((bindings: Bindings, places: readonly Place[]) => {
  const put = (place: Place) => `
  if (k >= ${beginCode(place)} && k < ${endCode(place)}) {
    dGamma${place}[k - ${beginCode(place)}] = product * inverse;
    dBeta${place}[k - ${beginCode(place)}] = sum;
  }`;
  return {
    label: 'Join weight gradients',
    bindings,
    uniforms: {
      rows: 'u32',
      first: 'u32',
      width: 'u32',
      parts: 'u32',
      begin: 'u32',
      end: 'u32',
    },
    constants: { ...LINE_FIELDS, INVERSE: FIELDS.INVERSE, LINE_ROWS, ...FINISHING },
    code: `${TOTAL}
${forColumns(
  'uniforms.begin',
  'uniforms.end',
  `
  let columns = 2 * uniforms.width;
  var shareOfSum = 0.0;
  var shareOfProduct = 0.0;
  for (var part = place.y; part < parts; part += SHARES) {
    let at = (LINE_ROWS + part) * 2 * columns + k;
    shareOfSum += sums[at];
    shareOfProduct += sums[at + columns];
  }
  let sum = total(place, shareOfSum);
  let product = total(place, shareOfProduct);
  if (place.y > 0 || k >= uniforms.end) { return; }
  let inverse = table[INVERSE * columns + k];
  let scale = table[SCALE * columns + k];
  let share = scale / f32(uniforms.rows);
  sums[MEAN * columns + k] = table[MEAN * columns + k];
  sums[SCALE * columns + k] = scale;
  sums[OFFSET * columns + k] = table[OFFSET * columns + k];
  sums[FACTOR * columns + k] = -share * inverse * inverse * product;
  sums[CONSTANT * columns + k] = -share * sum;
  ${places.map(put).join('')}`,
)}`,
  };
});

/**
 * The gradients of the inputs.
 *
 * @param lines of {@link weightGradients}; null where nothing is normalised
 * @param places that are normalised
 * @param gradients a tensor for each place that has one
 */
export function joinBackward(
  join: JoinInputs,
  dy: TensorInfo,
  lines: TensorInfo | null,
  places: readonly Place[],
  gradients: readonly (TensorInfo | null)[],
): void {
  const bound = join.bound().read('dy', dy).read('table', lines);
  gradients.forEach((dx, place) => bound.write(`dx${place}`, dx));
  const { stride, groups } = strideOf(join);
  const shader = backwardShader(join.form(bound), places);
  join.call.backend.dispatch(shader, bound.tensors, [...join.sizes, stride], groups);
}

const backwardShader = shaders((form: JoinForm, places: readonly Place[]) => {
  const hasShortcut = 'dx2' in form.bindings;
  const given = PLACES.filter((place) => `dx${place}` in form.bindings);
  return {
    label: 'JoinGrad',
    bindings: form.bindings,
    uniforms: { ...SIZES, stride: 'u32' },
    constants: { ...LINE_FIELDS, WORKGROUP },
    code: `${valuesCode(form)}
${normCode(form.bindings, sourcesOf(places))}
struct Line { factor: V, constant: V }
${places.length > 0 ? LINE : ''}
${given.map((place) => giveCode(form, place, places.includes(place))).join('')}
@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  ${STRIDE_PLACE}
  let norm = branchNorm(c);
  ${places.length > 0 ? 'let line = lineOf(c);' : 'let line = Line();'}
  ${hasShortcut ? 'let shortcutNorm = norm2(c); let shortcutLine = lineOf(uniforms.width + c);' : ''}
  for (var row = firstRow; row < uniforms.rows; row += uniforms.stride) {
    let g = dy[row * uniforms.width + c];
    ${perBranch(form.bindings, (place, c) => `give${place}(row, ${c}, g, norm, line);`)}
    ${hasShortcut ? 'give2(row, c, g, shortcutNorm, shortcutLine);' : ''}
  }
}`,
  };
});

const LINE = `
fn lineOf(k: u32) -> Line {
  return Line(table[FACTOR * 2 * uniforms.width + k], table[CONSTANT * 2 * uniforms.width + k]);
}`;

/** WGSL: gives a value of a place its gradient; of a pair the first of the greatest, and the other 0. */
function giveCode(form: JoinForm, place: Place, isNormalised: boolean): string {
  const channels = channelsCode(place);
  const isPooled = form.pooled[place];
  const g = place < 2 ? throughRelu(form, 'dy', 'x') : 'dy';
  const received = isNormalised
    ? `fma(${g}, norm.scale, fma(x - norm.mean, line.factor, line.constant))`
    : g;
  const [x, dx] = [`x${place}`, `dx${place}`];
  return `
fn give${place}(row: u32, c: u32, dy: V, norm: Norm, line: Line) {
  ${
    isPooled
      ? `let at = pairOf(row, uniforms.length${place}) * ${channels} + c;
  let a = ${x}[at.x];
  let b = ${x}[at.y];
  let x = greaterOf(a, b);
  let g = ${received};
  if (at.y != at.x) { ${dx}[at.y] = select(V(0), g, isSecond(a, b)); }
  ${dx}[at.x] = select(V(0), g, isFirst(a, b));`
      : `let at = row * ${channels} + c;
  let x = ${x}[at];
  ${dx}[at] = ${received};`
  }
}`;
}
