import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { type AxisGroup, groupsOf, sizeOf } from '../../axis-groups';
import { axisGroups, axisTileCode, axisTileOf, forPlaces } from '../axis-tile';
import type { GPUCall, GPUKernel } from '../call';
import { shaders } from '../shader';
import { zeros } from '../zeros';

/** Most elements that a thread adds up: more would lose accuracy, and the time of threads beside it. */
const LONGEST_CHAIN = 32;

/** One dispatch: x `[outer, length, inner]` to `[outer, parts, inner]`. */
interface Pass {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly parts: number;
}

/**
 * Sums of slices are added in a tree, and so are the four of a thread: a sum of n is within about
 * (8 + log₂ n) roundings, in the same order on every GPU (Higham 1993, "The accuracy of floating point
 * summation").
 */
const sum = shaders((columns: number, slices: number, rows: number) => ({
  label: `sum of ${slices} slices for ${columns} columns`,
  bindings: { x: 'read', out: 'write' },
  uniforms: { outer: 'u32', length: 'u32', inner: 'u32', parts: 'u32', divisor: 'f32' },
  constants: { PART: slices * LONGEST_CHAIN },
  code: /* wgsl */ `
${axisTileCode({ columns, slices, rows })}
var<workgroup> sums: array<f32, THREADS>;

fn element(first: u32, i: u32, end: u32) -> f32 {
  if (i < end) { return x[first + i * uniforms.inner]; }
  return 0.0;
}

${forPlaces(
  /* wgsl */ `
  var four = vec4<f32>();
  if (place.isInside) {
    let first = place.row * uniforms.length * uniforms.inner + place.column;
    let begin = place.part * PART;
    let end = min(uniforms.length, begin + PART);
    for (var i = begin + place.slice; i < end; i += 4u * SLICES) {
      four += vec4<f32>(
        element(first, i, end),
        element(first, i + SLICES, end),
        element(first, i + 2u * SLICES, end),
        element(first, i + 3u * SLICES, end),
      );
    }
  }
  var sum = (four.x + four.z) + (four.y + four.w);
  sums[thread] = sum;
  for (var half = SLICES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (place.slice < half) {
      sum += sums[thread + half * COLUMNS];
      sums[thread] = sum;
    }
  }
  if (place.isInside && place.slice == 0u) {
    let at = (place.row * uniforms.parts + place.part) * uniforms.inner + place.column;
    out[at] = sum / uniforms.divisor;
  }
`,
  'uniforms.parts',
)}`,
}));

/** The passes that reduce groups of axes, from the last that is reduced to the first. */
function passesOf(groups: readonly AxisGroup[]): Pass[] {
  const at = groups.findLastIndex(({ isReduced }) => isReduced);
  if (at < 0) return [];
  const [before, after] = [groups.slice(0, at), groups.slice(at + 1)];
  const [outer, inner] = [sizeOf(before), sizeOf(after)];
  const passes: Pass[] = [];
  let length = groups[at]!.size;
  do {
    const parts = Math.ceil(length / (axisTileOf(length, inner).slices * LONGEST_CHAIN));
    passes.push({ outer, length, inner, parts });
    length = parts;
  } while (length > 1);
  return [...passes, ...passesOf([...before, ...after])];
}

function reduce(
  call: GPUCall,
  passes: readonly Pass[],
  shape: number[],
  divisor: number,
): TensorInfo {
  const out = call.backend.make(shape);
  let x = call.input('x');
  passes.forEach(({ outer, length, inner, parts }, i) => {
    const isLast = i === passes.length - 1;
    const to = isLast ? out : call.temporary([outer, parts, inner]);
    const tile = axisTileOf(length, inner);
    call.backend.dispatch(
      sum(tile.columns, tile.slices, tile.rows),
      [x, to],
      [outer, length, inner, parts, isLast ? divisor : 1],
      axisGroups(tile, outer, inner, parts),
    );
    x = to;
  });
  return out;
}

/**
 * Input `x`, float32; the attribute `axis` says what is added up, all by default. One dispatch for each group
 * of neighbouring axes that is reduced, and another where it is long.
 */
function reduction(kernelName: 'Sum' | 'Mean'): GPUKernel {
  return {
    kernelName,
    run(call, own) {
      const x = call.input('x');
      if (x.dtype !== 'float32') return call.passTo(own);
      const axes = util.parseAxisParam(call.attrs['axis'] as number[], x.shape);
      const [kept, reduced] = backend_util.computeOutAndReduceShapes(x.shape, axes);
      const shape =
        call.attrs['keepDims'] === true ? backend_util.expandShapeToKeepDim(kept, axes) : kept;
      const divisor = kernelName === 'Mean' ? util.sizeFromShape(reduced) : 1;
      if (call.size('x') === 0) return zeros(call.backend, shape); // tfjs's mean of nothing as well
      const passes = passesOf(groupsOf(x.shape, axes));
      if (passes.length === 0) return call.view('x', shape);
      return reduce(call, passes, shape, divisor);
    },
  };
}

export const reductionKernels: readonly GPUKernel[] = [reduction('Sum'), reduction('Mean')];
