import { type Bindings, type JoinForm, PLACES, type Place } from './join-inputs';
import { vectorCode } from '../vector';

/**
 * WGSL over vectors V of 1 or 4 channels that reads the inputs of a join: `value0`, `value1` and `value2` of
 * a row of the output and a channel of theirs, and `branchValue` of a column of the branches.
 */
export function valuesCode(form: JoinForm): string {
  const values = PLACES.map((place) =>
    `x${place}` in form.bindings ? valueCode(form, place) : '',
  );
  return `${vectorCode(form.vector)}
${POOLING}
${values.join('')}
fn branchValue(row: u32, c: u32) -> V {
  ${perBranch(form.bindings, (place, c) => `return value${place}(row, ${c});`)}
}`;
}

/** Code for the branch that a column `c` belongs to, which knows the column as its channel. */
export function perBranch(bindings: Bindings, code: (place: 0 | 1, c: string) => string): string {
  if (!('x1' in bindings)) return code(0, 'c');
  return `if (c < uniforms.first) { ${code(0, 'c')} } else { ${code(1, 'c - uniforms.first')} }`;
}

/** Channels of a place in code. */
export function channelsCode(place: Place): string {
  return ['uniforms.first', '(uniforms.width - uniforms.first)', 'uniforms.width'][place]!;
}

function valueCode({ pooled }: JoinForm, place: Place): string {
  const x = `x${place}`;
  const channels = channelsCode(place);
  const body = pooled[place]
    ? `let at = pairOf(row, uniforms.length${place}) * ${channels} + c;
  return greaterOf(${x}[at.x], ${x}[at.y]);`
    : `return ${x}[row * ${channels} + c];`;
  return `fn value${place}(row: u32, c: u32) -> V {
  ${body}
}
`;
}

// As cpp/pooling.h: NaN is never the greater of two; where there is no other it is −∞, and has no gradient.
const POOLING = `
var<private> lowestBits: u32 = 0xff800000u;
fn lowest() -> V { return V(bitcast<f32>(lowestBits)); }
fn numberOf(x: V) -> V { return select(lowest(), x, isNumber(x)); }
fn isSecond(a: V, b: V) -> B { return isNumber(b) & (b > numberOf(a)); }
fn isFirst(a: V, b: V) -> B { return (numberOf(a) > lowest()) & !isSecond(a, b); }
fn greaterOf(a: V, b: V) -> V { return select(numberOf(a), b, isSecond(a, b)); }

// The rows of the input that make a row of the output; the same one twice at the end of an odd length.
fn pairOf(row: u32, length: u32) -> vec2<u32> {
  let pairs = (length + 1u) / 2u;
  let inSequence = 2u * (row % pairs);
  let first = row / pairs * length + inSequence;
  return vec2<u32>(first, select(first, first + 1u, inSequence + 1u < length));
}`;
