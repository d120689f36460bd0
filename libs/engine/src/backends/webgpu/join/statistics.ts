import type { TensorInfo } from '@tensorflow/tfjs';
import { shaders } from '../shader';
import { ADD_UP, ColumnParts, FINISHING, forColumns, forParts, TOTAL } from '../column-sums';
import {
  type Bindings,
  Bound,
  type JoinForm,
  type JoinInputs,
  PLACES,
  type Place,
  SIZES,
} from './join-inputs';
import { averagesCode, beginCode, endCode, FIELDS } from './norm';
import { vectorCode } from '../vector';
import { perBranch, valuesCode } from './values';

/** Running mean and variance `[channels]` of a place, before a batch and after it. */
export interface Averages {
  readonly place: Place;
  readonly before: readonly [TensorInfo, TensorInfo];
  readonly after: readonly [TensorInfo, TensorInfo];
}

/** Binds what {@link averagesCode} reads and writes. */
export function bindAverages(bound: Bound, { place, before, after }: Averages): void {
  bound.read(`mean${place}`, before[0]).read(`variance${place}`, before[1]);
  bound.write(`mean${place}After`, after[0]).write(`variance${place}After`, after[1]);
}

/** Binds γ and β of a place, where there are. */
export function bindWeights(bound: Bound, { call }: JoinInputs, place: Place): void {
  bound.read(`gamma${place}`, call.optional(`gamma${place}`));
  bound.read(`beta${place}`, call.optional(`beta${place}`));
}

/** Bindings of the shader of moments with γ and β of each place. */
const BINDINGS_WITH_WEIGHTS = 10;

/**
 * Puts the normalisations that the statistics of the batch make into a table (`tableShape`), and
 * moves the running averages.
 *
 * A shader has few bindings: so that of the moments hands on γ and β, and what the last one has no binding for
 * is left. Where even that is too much, each place is finished by itself.
 *
 * @returns the averages that are left to move, by the table
 */
export function batchStatistics(
  join: JoinInputs,
  table: TensorInfo,
  averages: readonly Averages[],
): readonly Averages[] {
  const { call, width } = join;
  const places = averages.map(({ place }) => place);
  const split = new ColumnParts(join.rows, join.width / join.vector);
  const most = call.backend.device.limits.maxStorageBuffersPerShaderStage;
  const withWeights = most >= BINDINGS_WITH_WEIGHTS;
  const moments = call.temporary([1 + split.parts, 4 * width]);
  runMoments(join, split, moments, places, withWeights);
  if (!withWeights) {
    for (const one of averages) finish(join, split, moments, table, [one.place], [one], true);
    return [];
  }
  const room = Math.floor((most - 2) / 4);
  finish(join, split, moments, table, places, averages.slice(0, room), false);
  return averages.slice(room);
}

/**
 * Mean and sum of squared deviations of each column over each part of the rows. `moments` `[1 + parts,
 * 4 · width]`: γ and β of the columns, if they are to be handed on; then means and sums of the columns of each
 * part.
 */
function runMoments(
  join: JoinInputs,
  split: ColumnParts,
  moments: TensorInfo,
  places: readonly Place[],
  withWeights: boolean,
): void {
  const bound = join.bound().write('moments', moments);
  if (withWeights) for (const place of places) bindWeights(bound, join, place);
  const { lanes, seats } = split;
  const shader = momentsShader({ form: join.form(bound), places, withWeights, lanes, seats });
  const numbers = [...join.sizes, split.partRows];
  join.call.backend.dispatch(shader, bound.tensors, numbers, split.groups);
}

interface MomentsOptions {
  readonly form: JoinForm;
  readonly places: readonly Place[];
  readonly withWeights: boolean;
  readonly lanes: number;
  readonly seats: number;
}

const momentsShader = shaders(({ form, places, withWeights, lanes, seats }: MomentsOptions) => {
  const gamma = (place: Place, c: string) =>
    `gamma${place}` in form.bindings ? `gamma${place}[${c}]` : 'V(1)';
  const beta = (place: Place, c: string) =>
    `beta${place}` in form.bindings ? `beta${place}[${c}]` : 'V(0)';
  const handOn = (place: Place, c: string) => `
    moments[${beginCode(place)} + ${c}] = ${gamma(place, c)};
    moments[2 * uniforms.width + ${beginCode(place)} + ${c}] = ${beta(place, c)};`;
  const weights = `
  if (group.y == 0 && place.y == 0 && c < uniforms.width) {
    ${perBranch(form.bindings, handOn)}
    ${places.includes(2) ? handOn(2, 'c') : ''}
  }`;
  // The first value is the origin of the sums: far from 0 a variance as a difference of squares would be lost.
  const moments = (value: string, begin: string) => `{
    var origin = V(0);
    var sum = V(0);
    var squares = V(0);
    if (c < uniforms.width) {
      origin = ${value}(first, c);
      for (var row = first + place.y; row < end; row += SEATS) {
        let d = ${value}(row, c) - origin;
        sum += d;
        squares = fma(d, d, squares);
      }
    }
    addUp(place, sum, squares);
    if (place.y == 0 && c < uniforms.width) {
      let s = sums[place.x];
      let deviation = products[place.x] - s * s / count;
      let to = (1 + group.y) * 4 * uniforms.width + ${begin} + c;
      moments[to] = origin + s / count;
      // Of squares beyond float32 the difference would be NaN.
      moments[to + 2 * uniforms.width] =
        select(select(deviation, V(0), deviation < V(0)), products[place.x], isInfinite(products[place.x]));
    }
  }`;
  return {
    label: 'Join moments',
    bindings: form.bindings,
    uniforms: { ...SIZES, partRows: 'u32' },
    constants: { LANES: lanes, SEATS: seats },
    code: `${valuesCode(form)}
${ADD_UP}
${forParts(`
  let count = f32(end - first);
  ${withWeights ? weights : ''}
  ${places.some((place) => place < 2) ? moments('branchValue', '0') : ''}
  ${places.includes(2) ? moments('value2', 'uniforms.width') : ''}`)}`,
  };
});

/** The table of some places from the moments of their parts, and running averages of some. */
function finish(
  join: JoinInputs,
  split: ColumnParts,
  moments: TensorInfo,
  table: TensorInfo,
  places: readonly Place[],
  averages: readonly Averages[],
  withWeights: boolean,
): void {
  const { rows, width, channels } = join;
  const bound = new Bound(1).read('moments', moments).write('table', table);
  if (withWeights) for (const place of places) bindWeights(bound, join, place);
  for (const one of averages) bindAverages(bound, one);
  const last = places.at(-1)!;
  const begin = join.begin(places[0]!);
  const end = join.begin(last) + channels[last];
  const moved = averages.map(({ place }) => place);
  const numbers = [
    ...[rows, channels[0], width, split.partRows, split.parts, begin, end],
    ...[...join.attributes('epsilon'), ...join.attributes('rate')],
  ];
  const groups = Math.ceil((end - begin) / FINISHING.COLUMNS);
  const shader = finishShader({ bindings: bound.bindings, places, moved, withWeights });
  join.call.backend.dispatch(shader, bound.tensors, numbers, [groups]);
}

interface FinishOptions {
  readonly bindings: Bindings;
  readonly places: readonly Place[];
  /** Those whose averages are moved. */
  readonly moved: readonly Place[];
  readonly withWeights: boolean;
}

/** Uniforms of numbers that each place has. */
export const PLACE_NUMBERS = {
  epsilon0: 'f32',
  epsilon1: 'f32',
  epsilon2: 'f32',
  rate0: 'f32',
  rate1: 'f32',
  rate2: 'f32',
} as const;

const finishShader = shaders(({ bindings, places, moved, withWeights }: FinishOptions) => {
  const weight = (name: 'gamma' | 'beta', place: Place): string => {
    if (!withWeights) return `moments[${name === 'gamma' ? 0 : '2 * uniforms.width'} + k]`;
    return `${name}${place}` in bindings ? `${name}${place}[c]` : name === 'gamma' ? '1.0' : '0.0';
  };
  const finishPlace = (place: Place) => `
  if (k >= ${beginCode(place)} && k < ${endCode(place)}) {
    let c = k - ${beginCode(place)};
    let inverse = select(1 / sqrt(variance + uniforms.epsilon${place}), 0.0, isInfinite(variance));
    table[SCALE * 2 * uniforms.width + k] = ${weight('gamma', place)} * inverse;
    table[OFFSET * 2 * uniforms.width + k] = ${weight('beta', place)};
    table[INVERSE * 2 * uniforms.width + k] = inverse;
    ${moved.includes(place) ? averagesCode(place) : ''}
  }`;
  return {
    label: 'Join statistics',
    bindings,
    uniforms: {
      rows: 'u32',
      first: 'u32',
      width: 'u32',
      partRows: 'u32',
      parts: 'u32',
      begin: 'u32',
      end: 'u32',
      ...PLACE_NUMBERS,
    },
    constants: { ...FIELDS, ...FINISHING },
    code: `${vectorCode(1)}
${TOTAL}
fn rowsOf(part: u32) -> f32 {
  return f32(min(uniforms.partRows, uniforms.rows - part * uniforms.partRows));
}
${forColumns(
  'uniforms.begin',
  'uniforms.end',
  `
  let stride = 4 * uniforms.width;
  var origin = 0.0;
  var sum = 0.0;
  if (parts > 0) { origin = moments[stride + k]; }
  for (var part = place.y; part < parts; part += SHARES) {
    sum = fma(rowsOf(part), moments[(1 + part) * stride + k] - origin, sum);
  }
  let mean = origin + total(place, sum) / f32(uniforms.rows);
  var squares = 0.0;
  for (var part = place.y; part < parts; part += SHARES) {
    let at = (1 + part) * stride + k;
    let d = moments[at] - mean;
    squares += fma(rowsOf(part) * d, d, moments[at + 2 * uniforms.width]);
  }
  let variance = total(place, squares) / f32(uniforms.rows);
  if (place.y > 0 || k >= uniforms.end) { return; }
  table[MEAN * 2 * uniforms.width + k] = mean;
  table[VARIANCE * 2 * uniforms.width + k] = variance;
  ${places.map(finishPlace).join('')}`,
)}`,
  };
});

/** The running averages of the places that are normalised, with new tensors for those after the batch. */
export function averagesOf({ call, channels }: JoinInputs): Averages[] {
  return normalisedPlaces(call).map((place) => {
    const before = [call.input(`mean${place}`), call.input(`variance${place}`)] as const;
    const after = [
      call.backend.make([channels[place]]),
      call.backend.make([channels[place]]),
    ] as const;
    return { place, before, after };
  });
}

/** The places whose inputs are normalised. */
export function normalisedPlaces(call: JoinInputs['call']): Place[] {
  return PLACES.filter((place) => call.has(`mean${place}`));
}
