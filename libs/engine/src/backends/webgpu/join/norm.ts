import { type Bindings, type JoinInputs, PLACES, type Place } from './join-inputs';
import { perBranch } from './values';

/** Fields of a column in the table of the normalisations, which is `[fields, columns]`. */
export const FIELDS = { MEAN: 0, SCALE: 1, OFFSET: 2, INVERSE: 3, VARIANCE: 4 } as const;

/** Fields of a column in the table that the gradient makes of it, which begins as that does. */
export const LINE_FIELDS = { MEAN: 0, SCALE: 1, OFFSET: 2, FACTOR: 3, CONSTANT: 4 } as const;

/** The shape of the table of a join's normalisations. */
export function tableShape({ width }: JoinInputs): number[] {
  return [Object.keys(FIELDS).length, 2 * width];
}

/** Where a shader has the normalisation of a place from: a table, or the running averages themselves. */
export type NormSource = 'none' | 'table' | 'running';

/**
 * WGSL: `norm0`, `norm1` and `norm2` of a channel, `branchNorm` of a column of the branches, and `normal`,
 * (x − mean) · scale + offset.
 */
export function normCode(bindings: Bindings, sources: readonly NormSource[]): string {
  const norms = PLACES.map(
    (place) => `fn norm${place}(c: u32) -> Norm { ${normOf(bindings, place, sources[place]!)} }`,
  );
  return `
struct Norm { mean: V, scale: V, offset: V }
${norms.join('\n')}
fn branchNorm(c: u32) -> Norm {
  ${perBranch(bindings, (place, c) => `return norm${place}(${c});`)}
}
fn normal(x: V, norm: Norm) -> V { return fma(x - norm.mean, norm.scale, norm.offset); }`;
}

function normOf(bindings: Bindings, place: Place, source: NormSource): string {
  if (source === 'none') return 'return Norm(V(0), V(1), V(0));';
  if (source === 'running') {
    const gamma = `gamma${place}` in bindings ? `gamma${place}[c]` : 'V(1)';
    const beta = `beta${place}` in bindings ? `beta${place}[c]` : 'V(0)';
    const scale = `${gamma} / sqrt(variance${place}[c] + uniforms.epsilon${place})`;
    return `return Norm(mean${place}[c], ${scale}, ${beta});`;
  }
  const at = (field: keyof typeof FIELDS) => `table[${field} * 2 * uniforms.width + k]`;
  return `let k = ${beginCode(place)} + c; return Norm(${at('MEAN')}, ${at('SCALE')}, ${at('OFFSET')});`;
}

/** The first of the columns of a place, in code. */
export function beginCode(place: Place): string {
  return ['0u', 'uniforms.first', 'uniforms.width'][place]!;
}

/** What is after the last of the columns of a place, in code. */
export function endCode(place: Place): string {
  return ['uniforms.first', 'uniforms.width', '2 * uniforms.width'][place]!;
}

/** Moves the running averages of channel `c` of a place, whose statistics are `mean` and `variance`. */
export function averagesCode(place: Place): string {
  const moved = (name: 'mean' | 'variance') => {
    const before = `${name}${place}[c]`;
    return `${name}${place}After[c] = ${before} - (${before} - ${name}) * uniforms.rate${place};`;
  };
  return `${moved('mean')} ${moved('variance')}`;
}
