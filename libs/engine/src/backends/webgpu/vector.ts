/** How many numbers next to each other an invocation takes at a time: 4 are read in one go. */
export type VectorSize = 1 | 4;

/** The largest that divides each of some numbers. */
export function vectorSize(counts: readonly number[]): VectorSize {
  return counts.every((count) => count % 4 === 0) ? 4 : 1;
}

/** The type of a binding of vectors. */
export function vectorType(size: VectorSize): 'f32' | 'vec4<f32>' {
  return size === 4 ? 'vec4<f32>' : 'f32';
}

/**
 * WGSL: the type V of vectors of numbers, U of their bits and B of conditions on them, and `isNumber` and
 * `isInfinite`, which go by the bits: compilers may take it that there is neither NaN nor infinity.
 */
export function vectorCode(size: VectorSize): string {
  const of = (type: string) => (size === 4 ? `vec4<${type}>` : type);
  return `alias V = ${of('f32')};
alias U = ${of('u32')};
alias B = ${of('bool')};
fn isNumber(x: V) -> B { return (bitcast<U>(x) & U(0x7fffffffu)) <= U(0x7f800000u); }
fn isInfinite(x: V) -> B { return (bitcast<U>(x) & U(0x7fffffffu)) == U(0x7f800000u); }`;
}
