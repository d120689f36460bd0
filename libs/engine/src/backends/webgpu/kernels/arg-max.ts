import { util } from '@tensorflow/tfjs';
import { axisGroups, axisTileCode, axisTileOf, forPlaces } from '../axis-tile';
import type { GPUKernel } from '../call';
import { shaders } from '../shader';
import { SPECIAL_VALUES } from '../special-values';

type Type = 'f32' | 'i32';

/**
 * Each thread has the first greatest of its slice; of two slices' the greater one stays, or the earlier one of
 * equals. As on tfjs's cpu, NaN is never the greatest, but where the axis begins with it.
 */
const argMaxOf = shaders((type: Type, columns: number, slices: number, rows: number) => ({
  label: `argMax of ${type} in ${slices} slices for ${columns} columns`,
  bindings: { x: `read ${type}`, out: 'write i32' },
  uniforms: { outer: 'u32', length: 'u32', inner: 'u32' },
  code: /* wgsl */ `
${SPECIAL_VALUES}
${axisTileCode({ columns, slices, rows })}
const NOWHERE = 0xffffffffu;
struct Candidate { value: ${type}, at: u32 }
var<workgroup> candidates: array<Candidate, THREADS>;

fn isNone(value: ${type}) -> bool { return ${type === 'f32' ? 'isNaN(value)' : 'false'}; }

fn better(a: Candidate, b: Candidate) -> Candidate {
  if (a.at == NOWHERE) { return b; }
  if (b.at == NOWHERE || a.value > b.value) { return a; }
  if (b.value > a.value || b.at < a.at) { return b; }
  return a;
}

${forPlaces(/* wgsl */ `
  let first = place.row * uniforms.length * uniforms.inner + place.column;
  let length = select(0u, uniforms.length, place.isInside);
  var best = Candidate(${type}(), NOWHERE);
  for (var i = place.slice; i < length; i += SLICES) {
    let value = x[first + i * uniforms.inner];
    if (!isNone(value) && (best.at == NOWHERE || value > best.value)) { best = Candidate(value, i); }
  }
  candidates[thread] = best;
  for (var half = SLICES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (place.slice < half) {
      best = better(best, candidates[thread + half * COLUMNS]);
      candidates[thread] = best;
    }
  }
  if (place.isInside && place.slice == 0u) {
    let isFirst = best.at == NOWHERE || isNone(x[first]);
    out[place.row * uniforms.inner + place.column] = i32(select(best.at, 0u, isFirst));
  }
`)}`,
}));

/** Input `x`, float32 or int32; the place of the greatest along the attribute `axis`, in one dispatch. */
const argMax: GPUKernel = {
  kernelName: 'ArgMax',
  run(call, own) {
    const { backend } = call;
    const x = call.input('x');
    const [axis = 0] = util.parseAxisParam(call.attrs['axis'] as number, x.shape);
    if (x.dtype !== 'float32' && x.dtype !== 'int32') return call.passTo(own);
    const shape = x.shape.toSpliced(axis, 1);
    if (util.sizeFromShape(shape) === 0) {
      return backend.makeTensorInfo(shape, 'int32', new Int32Array(0));
    }
    const out = backend.makeTensorInfo(shape, 'int32');
    const length = x.shape[axis] ?? 1;
    const outer = util.sizeFromShape(x.shape.slice(0, axis));
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const tile = axisTileOf(length, inner);
    backend.dispatch(
      argMaxOf(x.dtype === 'float32' ? 'f32' : 'i32', tile.columns, tile.slices, tile.rows),
      [x, out],
      [outer, length, inner],
      axisGroups(tile, outer, inner),
    );
    return out;
  },
};

export const argMaxKernels: readonly GPUKernel[] = [argMax];
