import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { type AxisGroup, groupsOf, sizeOf } from '../../axis-groups';
import type { CompiledCall, CompiledKernel } from '../call';
import type { Host } from '../host';
import { grainOf, RANGE_ELEMENTS } from '../grain';

/** Fewer rows than this are reduced in one go where there are several such groups of rows. */
const SHORTEST_PART = 64;
/** Groups of rows, or rows, that are enough for any number of threads. */
const ENOUGH_GROUPS = 32;
/** Columns that are reduced together. */
const BLOCK_COLUMNS = 2048;

/** What is reduced, to where; what it comes to is multiplied by `scale`. */
interface Reduction {
  readonly out: Float32Array;
  readonly x: Float32Array;
  readonly scale: number;
}

/** x `[outer, reduced]` to out `[outer]`. */
function reduceRows(
  host: Host,
  kind: string,
  { out, x, scale }: Reduction,
  outer: number,
  reduced: number,
): void {
  const piece = outer >= ENOUGH_GROUPS ? reduced : Math.min(reduced, 2 * RANGE_ELEMENTS);
  const pieces = Math.ceil(reduced / piece);
  const partial = pieces > 1 ? host.allocate(outer * pieces) : out;
  const operands = [partial, x, reduced, piece, pieces, pieces > 1 ? 1 : scale];
  host.run(`${kind}Rows`, outer * pieces, grainOf(piece), operands);
  if (pieces === 1) return;
  host.run(`${kind}Rows`, outer, grainOf(pieces), [out, partial, pieces, pieces, 1, scale]);
  host.release(partial);
}

/** x `[outer, reduced, inner]` to out `[outer, inner]`. */
function reduceColumns(
  host: Host,
  kind: string,
  { out, x, scale }: Reduction,
  [outer, reduced, inner]: readonly [number, number, number],
): void {
  const shortest = Math.max(SHORTEST_PART, Math.ceil((2 * RANGE_ELEMENTS) / inner));
  const part = outer >= ENOUGH_GROUPS ? reduced : Math.min(reduced, shortest);
  const parts = Math.ceil(reduced / part);
  const block = Math.min(inner, BLOCK_COLUMNS);
  const blocks = Math.ceil(inner / block);
  const partial = parts > 1 ? host.allocate(outer * parts * inner) : out;
  const partScale = parts > 1 ? 1 : scale;
  const operands = [partial, x, reduced, inner, part, parts, block, blocks, partScale];
  host.run(`${kind}Columns`, outer * parts * blocks, grainOf(part * block), operands);
  if (parts === 1) return;
  const rest = [out, partial, parts, inner, parts, 1, block, blocks, scale];
  host.run(`${kind}Columns`, outer * blocks, grainOf(parts * block), rest);
  host.release(partial);
}

/** Reduces groups of axes, from the last to the first that is reduced. */
function reduceGroups(
  call: CompiledCall,
  kind: string,
  groups: AxisGroup[],
  step: Reduction,
): void {
  const { host } = call;
  const at = groups.findLastIndex(({ isReduced }) => isReduced);
  const [group] = groups.splice(at, 1);
  const outer = sizeOf(groups.slice(0, at));
  const inner = sizeOf(groups.slice(at));
  const isLast = groups.every(({ isReduced }) => !isReduced);
  const out = isLast ? step.out : host.allocate(outer * inner);
  const one = { out, x: step.x, scale: isLast ? step.scale : 1 };
  if (inner === 1) reduceRows(host, kind, one, outer, group!.size);
  else reduceColumns(host, kind, one, [outer, group!.size, inner]);
  if (isLast) return;
  reduceGroups(call, kind, groups, { ...step, x: out });
  host.release(out);
}

/** Input `x`; reduces the axes that the attribute of that name says, all by default. */
function reduction(
  kernelName: string,
  kind: 'sum' | 'max' | 'min',
  axesName: string,
): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend, host } = call;
      const x = call.info('x');
      const size = util.sizeFromShape(x.shape);
      if (x.dtype !== 'float32' || size === 0) return call.passTo(own);
      const axes = util.parseAxisParam(call.attrs[axesName] as number[], x.shape);
      const [kept, reduced] = backend_util.computeOutAndReduceShapes(x.shape, axes);
      const hasKept = call.attrs['keepDims'] === true;
      const out = backend.make(hasKept ? backend_util.expandShapeToKeepDim(kept, axes) : kept);
      const values = backend.values(out);
      const groups = groupsOf(x.shape, axes);
      if (groups.some(({ isReduced }) => isReduced)) {
        const scale = kernelName === 'Mean' ? 1 / util.sizeFromShape(reduced) : 1;
        reduceGroups(call, kind, groups, { out: values, x: call.values(x), scale });
      } else {
        host.run('copyRows', size, RANGE_ELEMENTS, [values, size, call.values(x), size, size]);
      }
      return out;
    },
  };
}

/** Input `x`; the place of the greatest along the last axis. */
const argMax: CompiledKernel = {
  kernelName: 'ArgMax',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    const [axis] = util.parseAxisParam(call.attrs['axis'] as number, x.shape);
    const size = util.sizeFromShape(x.shape);
    if (x.dtype !== 'float32' || axis !== x.shape.length - 1 || size === 0) return call.passTo(own);
    const shape = x.shape.slice(0, -1);
    const length = x.shape[axis]!;
    const rows = size / length;
    const scratch = host.allocate(rows);
    const places = new Int32Array(scratch.buffer, scratch.byteOffset, rows);
    host.run('argMaxRows', rows, grainOf(length), [places, call.values(x), length]);
    const out: TensorInfo = backend.makeTensorInfo(shape, 'int32', places.slice());
    host.release(scratch);
    return out;
  },
};

export const reductionKernels: readonly CompiledKernel[] = [
  reduction('Sum', 'sum', 'axis'),
  reduction('Mean', 'sum', 'axis'),
  reduction('Max', 'max', 'reductionIndices'),
  reduction('Min', 'min', 'axis'),
  argMax,
];
