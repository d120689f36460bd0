import type { GPUKernel } from '../call';
import { axisGroups, axisTileCode, axisTileOf, forPlaces } from '../axis-tile';
import { shaders } from '../shader';
import { SPECIAL_VALUES } from '../special-values';

/** Threads go along a row together: once for the greatest, once for the sum, once for the quotients. */
const softmaxOf = shaders((columns: number, slices: number, rows: number) => ({
  label: `softmax in ${slices} slices`,
  bindings: { logits: 'read', out: 'write' },
  uniforms: { outer: 'u32', length: 'u32', inner: 'u32' },
  code: /* wgsl */ `
${SPECIAL_VALUES}
${axisTileCode({ columns, slices, rows })}
var<workgroup> shares: array<f32, THREADS>;

/** The greater of two, NaN where one is. */
fn greater(a: f32, b: f32) -> f32 {
  if (isNaN(a)) { return a; }
  if (isNaN(b) || b > a) { return b; }
  return a;
}

${forPlaces(/* wgsl */ `
  let first = place.row * uniforms.length;
  let length = select(0u, uniforms.length, place.isInside);

  var greatest = minusInfinity();
  for (var i = place.slice; i < length; i += SLICES) {
    greatest = greater(greatest, logits[first + i]);
  }
  shares[thread] = greatest;
  for (var half = SLICES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (place.slice < half) { shares[thread] = greater(shares[thread], shares[thread + half]); }
  }
  workgroupBarrier();
  greatest = shares[thread - place.slice];
  workgroupBarrier();

  var sum = 0.0;
  for (var i = place.slice; i < length; i += SLICES) { sum += exp(logits[first + i] - greatest); }
  shares[thread] = sum;
  for (var half = SLICES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (place.slice < half) { shares[thread] += shares[thread + half]; }
  }
  workgroupBarrier();
  sum = shares[thread - place.slice];

  // A row with NaN or infinity, or of minus infinity alone, has no probabilities.
  let isDefined = isFinite(greatest);
  for (var i = place.slice; i < length; i += SLICES) {
    var share = notANumber();
    if (isDefined) { share = exp(logits[first + i] - greatest) / sum; }
    out[first + i] = share;
  }
`)}`,
}));

/** Input `logits`, float32; along the last axis, in one dispatch. */
const softmax: GPUKernel = {
  kernelName: 'Softmax',
  run(call, own) {
    const { backend } = call;
    const logits = call.input('logits');
    if (logits.dtype !== 'float32') return call.passTo(own);
    const out = backend.make(logits.shape);
    const size = call.size('logits');
    if (size === 0) return out;
    const length = logits.shape.at(-1) ?? 1;
    const rows = size / length;
    const tile = axisTileOf(length, 1);
    backend.dispatch(
      softmaxOf(tile.columns, tile.slices, tile.rows),
      [logits, out],
      [rows, length, 1],
      axisGroups(tile, rows, 1),
    );
    return out;
  },
};

export const softmaxKernels: readonly GPUKernel[] = [softmax];
