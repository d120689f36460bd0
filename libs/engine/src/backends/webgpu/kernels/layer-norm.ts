import { util } from '@tensorflow/tfjs';
import type { GPUKernel } from '../call';
import { ADD_UP, ColumnParts, FINISHING, TOTAL, forColumns, forParts } from '../column-sums';
import { ROW_LANES, RowLanes } from '../row-lanes';
import { shaders } from '../shader';
import { vectorCode } from '../vector';
import { zeros } from '../zeros';

/** WGSL: a shader that runs code for each row, with LANES invocations `lane` next to each other. */
function forRows(code: string): string {
  return `${ROW_LANES}
@compute @workgroup_size(ROWS * LANES)
fn main(@builtin(local_invocation_index) i: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let lane = i % LANES;
  for (var turn = 0u; turn < uniforms.passes; turn++) {
    let row = (group.x * uniforms.passes + turn) * ROWS + i / LANES;
    let isRow = row < uniforms.rows;
    let first = row * uniforms.length;
    let end = select(0u, first + uniforms.length, isRow); // no numbers where there is no row
    let count = f32(uniforms.length);
    ${code}
  }
}`;
}

const forward = shaders((LANES: number, ROWS: number) => ({
  label: 'LayerNorm',
  bindings: { x: 'read', gamma: 'read', beta: 'read', out: 'write', statistics: 'write' },
  uniforms: { rows: 'u32', length: 'u32', passes: 'u32', epsilon: 'f32' },
  constants: { LANES, ROWS },
  code: forRows(`
    // The first value is the origin of the sum: so the mean of equal values is that value to the bit.
    var origin = 0.0;
    if (isRow) { origin = x[first]; }
    var sum = 0.0;
    for (var at = first + lane; at < end; at += LANES) { sum += x[at] - origin; }
    let mean = origin + rowTotal(i, sum) / count;
    var squares = 0.0;
    for (var at = first + lane; at < end; at += LANES) {
      let d = x[at] - mean;
      squares = fma(d, d, squares);
    }
    let scale = 1 / sqrt(rowTotal(i, squares) / count + uniforms.epsilon);
    for (var at = first + lane; at < end; at += LANES) {
      out[at] = fma((x[at] - mean) * scale, gamma[at - first], beta[at - first]);
    }
    if (isRow && lane == 0) {
      statistics[2 * row] = mean;
      statistics[2 * row + 1] = scale;
    }`),
}));

const inputGradient = shaders((LANES: number, ROWS: number) => ({
  label: 'LayerNormGrad',
  bindings: { dy: 'read', x: 'read', gamma: 'read', statistics: 'read', dx: 'write' },
  uniforms: { rows: 'u32', length: 'u32', passes: 'u32' },
  constants: { LANES, ROWS },
  code: forRows(`
    var mean = 0.0;
    var scale = 0.0;
    if (isRow) {
      mean = statistics[2 * row];
      scale = statistics[2 * row + 1];
    }
    var sum = 0.0;
    var product = 0.0;
    for (var at = first + lane; at < end; at += LANES) {
      let g = dy[at] * gamma[at - first];
      sum += g;
      product = fma(g, (x[at] - mean) * scale, product);
    }
    let offset = rowTotal(i, sum) / count;
    let slope = rowTotal(i, product) / count;
    for (var at = first + lane; at < end; at += LANES) {
      let g = dy[at] * gamma[at - first];
      dx[at] = scale * (g - offset - (x[at] - mean) * scale * slope);
    }`),
}));

const weightSums = shaders((LANES: number, SEATS: number) => ({
  label: 'LayerNorm gradient sums',
  bindings: { dy: 'read', x: 'read', statistics: 'read', partials: 'write' },
  uniforms: { rows: 'u32', length: 'u32', partRows: 'u32' },
  constants: { LANES, SEATS },
  code: `${vectorCode(1)}
${ADD_UP}
${forParts(`
  var sum = 0.0;
  var product = 0.0;
  if (c < uniforms.length) {
    for (var row = first + place.y; row < end; row += SEATS) {
      let g = dy[row * uniforms.length + c];
      let y = (x[row * uniforms.length + c] - statistics[2 * row]) * statistics[2 * row + 1];
      sum += g;
      product = fma(g, y, product);
    }
  }
  addUp(place, sum, product);
  if (place.y > 0 || c >= uniforms.length) { return; }
  let to = 2 * group.y * uniforms.length + c;
  partials[to] = sums[place.x];
  partials[to + uniforms.length] = products[place.x];`)}`,
}));

const weightGradients = shaders(() => ({
  label: 'LayerNorm weight gradients',
  bindings: { partials: 'read', dGamma: 'write', dBeta: 'write' },
  uniforms: { length: 'u32', parts: 'u32' },
  constants: FINISHING,
  code: `${TOTAL}
${forColumns(
  '0u',
  'uniforms.length',
  `
  var sum = 0.0;
  var product = 0.0;
  for (var part = place.y; part < parts; part += SHARES) {
    let at = 2 * part * uniforms.length + k;
    sum += partials[at];
    product += partials[at + uniforms.length];
  }
  sum = total(place, sum);
  product = total(place, product);
  if (place.y > 0 || k >= uniforms.length) { return; }
  dGamma[k] = product;
  dBeta[k] = sum;`,
)}`,
}));

/** Inputs `x` `[…, length]`, `gamma` and `beta` `[length]`; outputs the result, and statistics for the gradient. */
const layerNorm: GPUKernel = {
  kernelName: 'LayerNorm',
  run(call) {
    const { backend } = call;
    const shape = call.shape('x');
    const length = shape.at(-1)!;
    const rows = util.sizeFromShape(shape.slice(0, -1));
    if (rows * length === 0) return [zeros(backend, shape), zeros(backend, [rows, 2])];
    const out = backend.make(shape);
    const statistics = backend.make([rows, 2]);
    const split = new RowLanes(rows, length);
    const operands = [call.input('x'), call.input('gamma'), call.input('beta'), out, statistics];
    const numbers = [rows, length, split.passes, call.attrs['epsilon'] as number];
    backend.dispatch(forward(split.lanes, split.rows), operands, numbers, [split.groups]);
    return [out, statistics];
  },
};

/** Inputs `dy`, `x`, `gamma` and `statistics`; outputs the gradients of x, gamma and beta. */
const layerNormGrad: GPUKernel = {
  kernelName: 'LayerNormGrad',
  run(call) {
    const { backend } = call;
    const shape = call.shape('x');
    const length = shape.at(-1)!;
    const rows = util.sizeFromShape(shape.slice(0, -1));
    const shapes = [shape, [length], [length]];
    if (rows * length === 0) return shapes.map((shape) => zeros(backend, shape));
    const [dx, dGamma, dBeta] = shapes.map((shape) => backend.make(shape));
    const [dy, x, gamma, statistics] = ['dy', 'x', 'gamma', 'statistics'].map((name) =>
      call.input(name),
    );
    const split = new RowLanes(rows, length);
    const ofInput = inputGradient(split.lanes, split.rows);
    const operands = [dy!, x!, gamma!, statistics!, dx!];
    backend.dispatch(ofInput, operands, [rows, length, split.passes], [split.groups]);
    const { lanes, seats, partRows, parts, groups } = new ColumnParts(rows, length);
    const partials = call.temporary([parts, 2, length]);
    const numbers = [rows, length, partRows];
    const sums = weightSums(lanes, seats);
    backend.dispatch(sums, [dy!, x!, statistics!, partials], numbers, groups);
    const finishing = [Math.ceil(length / FINISHING.COLUMNS)] as const;
    const gradients = [partials, dGamma!, dBeta!];
    backend.dispatch(weightGradients(), gradients, [length, parts], finishing);
    return [dx!, dGamma!, dBeta!];
  },
};

export const layerNormKernels: readonly GPUKernel[] = [layerNorm, layerNormGrad];
