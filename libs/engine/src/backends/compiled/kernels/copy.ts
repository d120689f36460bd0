import { backend_util, slice_util, type TensorInfo, util } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import type { Host } from '../host';
import { grainOf, RANGE_ELEMENTS } from '../grain';

/** An axis of a copy: its size, and how far its elements are apart in the output and in x. */
interface Axis {
  readonly size: number;
  readonly out: number;
  readonly x: number;
}

const SINGLE: Axis = { size: 1, out: 0, x: 0 };

/** The same copy by fewer axes: without those of size 1, and with those joined that go on in one another. */
function joined(axes: readonly Axis[]): Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const { size, out, x } = axis;
    const before = result.at(-1);
    if (before?.out === size * out && before.x === size * x) {
      result[result.length - 1] = { size: before.size * size, out, x };
    } else {
      result.push(axis);
    }
  }
  return result;
}

/** Distances between the elements of each axis of a contiguous tensor. */
function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  for (let axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Copies by axes. False where they are too many. */
function copyAxes(host: Host, out: Float32Array, x: Float32Array, axes: readonly Axis[]): boolean {
  const some = joined(axes);
  const last = some.pop() ?? { size: 1, out: 1, x: 1 };
  if (last.out !== 1 || last.x > 1) return transposeAxes(host, out, x, [...some, last]);
  if (some.length <= 1 && last.x === 1) {
    const rows = some[0] ?? { size: 1, out: last.size, x: last.size };
    const operands = [out, rows.out, x, rows.x, last.size];
    host.run('copyRows', rows.size * last.size, RANGE_ELEMENTS, operands);
    return true;
  }
  if (some.length > 4) return false;
  while (some.length < 4) some.unshift(SINGLE);
  const items = some.reduce((size, axis) => size * axis.size, 1);
  host.run('copyBlock', items, grainOf(last.size), [
    ...[out, x, some[1]!.size, some[2]!.size, some[3]!.size, last.size],
    ...some.map((axis) => axis.out),
    ...some.map((axis) => axis.x),
    last.x,
  ]);
  return true;
}

/** Copies by axes the last of which is not the last of x. False where they are too many. */
function transposeAxes(host: Host, out: Float32Array, x: Float32Array, axes: Axis[]): boolean {
  const columns = axes.pop()!;
  const at = axes.findIndex((axis) => axis.x === 1);
  const [rows] = axes.splice(at, 1);
  if (at < 0 || columns.out !== 1 || axes.length > 3) return false;
  while (axes.length < 3) axes.unshift(SINGLE);
  const planes = axes.reduce((size, axis) => size * axis.size, 1);
  const planeRows = host.vocabulary.constant('planeRows'); // of a plane, that are one item
  const items = planes * Math.ceil(rows!.size / planeRows);
  host.run('transposePlanes', items, grainOf(planeRows * columns.size), [
    ...[out, x, rows!.size, columns.size, rows!.out, columns.x, axes[1]!.size, axes[2]!.size],
    ...axes.map((axis) => axis.out),
    ...axes.map((axis) => axis.x),
  ]);
  return true;
}

/** A new tensor that is a copy of input `x` by axes, or undefined where these are too many. */
function copied(
  call: CompiledCall,
  shape: number[],
  axes: readonly Axis[],
  from = 0,
): TensorInfo | undefined {
  const { backend, host } = call;
  const x = call.values('x');
  const out = backend.make(shape);
  const isDone =
    axes.some(({ size }) => size === 0) ||
    copyAxes(host, backend.values(out), from === 0 ? x : x.subarray(from), axes);
  if (isDone) return out;
  backend.disposeIntermediateTensorInfo(out);
  return undefined;
}

/** Inputs of one shape but along `axis`, one after the other. */
const concat: CompiledKernel = {
  kernelName: 'Concat',
  run(call, own) {
    const { backend, host } = call;
    const inputs: TensorInfo[] = [];
    for (let i = 0; call.has(`${i}`); i++) inputs.push(call.info(`${i}`));
    const shapes = inputs.map((input) => input.shape);
    const [axis] = util.parseAxisParam(call.attrs['axis'] as number, shapes[0]!) as [number];
    const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
    if (filled.length < 2 || !call.isFloat()) return call.passTo(own);
    backend_util.assertParamsConsistent(shapes, axis);
    const shape = backend_util.computeOutShape(shapes, axis);
    const out = backend.make(shape);
    const values = backend.values(out);
    const row = util.sizeFromShape(shape.slice(axis));
    let at = 0;
    for (const input of filled) {
      const x = call.values(input);
      const width = util.sizeFromShape(input.shape.slice(axis));
      const operands = [at === 0 ? values : values.subarray(at), row, x, width, width];
      host.run('copyRows', x.length, RANGE_ELEMENTS, operands);
      at += width;
    }
    return out;
  },
};

const slice: CompiledKernel = {
  kernelName: 'Slice',
  run(call, own) {
    const x = call.info('x');
    if (x.dtype !== 'float32') return call.passTo(own);
    const attrs = call.attrs as { begin: number[]; size: number[] };
    const [begin, size] = slice_util.parseSliceParams(x, attrs.begin, attrs.size);
    slice_util.assertParamsValid(x, begin!, size!);
    const xStrides = stridesOf(x.shape);
    const outStrides = stridesOf(size!);
    const axes = size!.map((n, i) => ({ size: n, out: outStrides[i]!, x: xStrides[i]! }));
    const from = begin!.reduce((sum, place, i) => sum + place * xStrides[i]!, 0);
    return copied(call, size!, axes, from) ?? call.passTo(own);
  },
};

const splitV: CompiledKernel = {
  kernelName: 'SplitV',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    if (x.dtype !== 'float32') return call.passTo(own);
    const attrs = call.attrs as { numOrSizeSplits: number | number[]; axis: number };
    const [axis] = util.parseAxisParam(attrs.axis, x.shape) as [number];
    const sizes = backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis);
    const values = call.values(x);
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const row = x.shape[axis]! * inner;
    let at = 0;
    return sizes.map((size) => {
      const out = backend.make(x.shape.with(axis, size));
      const part = backend.values(out);
      const width = size * inner;
      const operands = [part, width, at === 0 ? values : values.subarray(at), row, width];
      if (part.length > 0) host.run('copyRows', part.length, RANGE_ELEMENTS, operands);
      at += width;
      return out;
    });
  },
};

const transpose: CompiledKernel = {
  kernelName: 'Transpose',
  run(call, own) {
    const x = call.info('x');
    if (x.dtype !== 'float32') return call.passTo(own);
    const perm = call.attrs['perm'] as number[];
    const shape = perm.map((axis) => x.shape[axis]!);
    const xStrides = stridesOf(x.shape);
    const outStrides = stridesOf(shape);
    const axes = shape.map((size, i) => ({ size, out: outStrides[i]!, x: xStrides[perm[i]!]! }));
    return copied(call, shape, axes) ?? call.passTo(own);
  },
};

const tile: CompiledKernel = {
  kernelName: 'Tile',
  run(call, own) {
    const x = call.info('x');
    if (x.dtype !== 'float32') return call.passTo(own);
    const reps = call.attrs['reps'] as number[];
    const shape = x.shape.map((size, i) => size * reps[i]!);
    const xStrides = stridesOf(x.shape);
    const outStrides = stridesOf(shape);
    const axes = x.shape.flatMap((size, i) => [
      { size: reps[i]!, out: outStrides[i]! * size, x: 0 },
      { size, out: outStrides[i]!, x: xStrides[i]! },
    ]);
    return copied(call, shape, axes) ?? call.passTo(own);
  },
};

const pad: CompiledKernel = {
  kernelName: 'PadV2',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    if (x.dtype !== 'float32') return call.passTo(own);
    const attrs = call.attrs as unknown as { paddings: [number, number][]; constantValue: number };
    const shape = x.shape.map((size, i) => attrs.paddings[i]![0] + size + attrs.paddings[i]![1]);
    const xStrides = stridesOf(x.shape);
    const outStrides = stridesOf(shape);
    const axes = x.shape.map((size, i) => ({ size, out: outStrides[i]!, x: xStrides[i]! }));
    const at = attrs.paddings.reduce((sum, [before], i) => sum + before * outStrides[i]!, 0);
    const out = backend.make(shape);
    const values = backend.values(out);
    host.run('fill', values.length, RANGE_ELEMENTS, [values, attrs.constantValue]);
    const isEmpty = x.shape.includes(0);
    if (isEmpty || copyAxes(host, values.subarray(at), call.values(x), axes)) return out;
    backend.disposeIntermediateTensorInfo(out);
    return call.passTo(own);
  },
};

/** Inputs `x` and `indices` of its rows along `axis`. */
const gather: CompiledKernel = {
  kernelName: 'GatherV2',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    const indices = call.info('indices');
    const isKnown = x.dtype === 'float32' && indices.dtype === 'int32';
    if (!isKnown || call.attrs['batchDims']) return call.passTo(own);
    const [axis] = util.parseAxisParam(call.attrs['axis'] as number, x.shape) as [number];
    const places = call.integers('indices');
    const rows = x.shape[axis]!;
    for (const place of places) if (place < 0 || place >= rows) return call.passTo(own);
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    const out = backend.make(shape);
    const values = backend.values(out);
    const width = util.sizeFromShape(x.shape.slice(axis + 1));
    if (values.length === 0) return out;
    const operands = [values, call.values(x), places, places.length, rows, width];
    host.run('gatherRows', values.length / width, grainOf(width), operands);
    return out;
  },
};

/** Inputs `x` and `segmentIds` of its rows: the sums of the rows of each segment. */
const unsortedSegmentSum: CompiledKernel = {
  kernelName: 'UnsortedSegmentSum',
  run(call, own) {
    const { backend, host } = call;
    const x = call.info('x');
    const ids = call.info('segmentIds');
    const isKnown = x.dtype === 'float32' && ids.dtype === 'int32' && ids.shape.length === 1;
    if (!isKnown || ids.shape[0] !== x.shape[0]) return call.passTo(own);
    const places = call.integers('segmentIds');
    const segments = call.attrs['numSegments'] as number;
    const out = backend.make([segments, ...x.shape.slice(1)]);
    const values = backend.values(out);
    host.run('fill', values.length, RANGE_ELEMENTS, [values, 0]);
    const width = util.sizeFromShape(x.shape.slice(1));
    const operands = [values, call.values(x), places, places.length, segments, width];
    const blocks = Math.ceil(width / host.lanes);
    host.run('scatterRows', blocks, grainOf(places.length * host.lanes), operands);
    return out;
  },
};

export const copyKernels: readonly CompiledKernel[] = [
  concat,
  slice,
  splitV,
  transpose,
  tile,
  pad,
  gather,
  unsortedSegmentSum,
];
