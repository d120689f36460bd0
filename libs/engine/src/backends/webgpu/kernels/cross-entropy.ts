import type { TensorInfo } from '@tensorflow/tfjs';
import { checkLabels } from '../../labels';
import type { GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { ROW_LANES, RowLanes } from '../row-lanes';
import { shaders } from '../shader';
import { vectorCode } from '../vector';
import { zeros } from '../zeros';

/** Logits up to which one workgroup takes all rows, since a second dispatch would take longer. */
const ONE_GROUP = 16384;

/** Most workgroups that share the rows: their sums are added by a single one. */
const MOST_GROUPS = 1024;

/** More classes than a tensor has: float32 still has every whole number up to here. */
const MOST_CLASSES = 2 ** 24;

type LabelType = 'i32' | 'f32';

function labelType({ dtype }: TensorInfo): LabelType {
  return dtype === 'float32' ? 'f32' : 'i32';
}

/** WGSL: `labelOf` a row, which is no less than the classes where it is none of them. */
function labelCode(type: LabelType): string {
  const ifNumber =
    type === 'f32'
      ? 'if ((bitcast<u32>(label) & 0x7fffffffu) > 0x7f800000u) { return uniforms.classes; }'
      : '';
  return `fn labelOf(row: u32) -> u32 {
  let label = labels[row];
  ${ifNumber}
  let whole = u32(clamp(label, ${type}(0), ${type}(${MOST_CLASSES})));
  return select(uniforms.classes, whole, ${type}(whole) == label);
}`;
}

const softmaxShader = shaders((LANES: number, ROWS: number, isAll: boolean, labels: LabelType) => ({
  label: 'CrossEntropy',
  bindings: {
    logits: 'read',
    labels: `read ${labels}`,
    softmax: 'write',
    ...(isAll ? { loss: 'write', correct: 'write' } : { partials: 'write' }),
  },
  uniforms: { rows: 'u32', classes: 'u32', passes: 'u32' },
  constants: { LANES, ROWS },
  // A row: LANES invocations next to each other. A workgroup: ROWS rows in each pass.
  code: `${vectorCode(1)}
${ROW_LANES}
struct Greatest { value: f32, at: u32 }
var<workgroup> greatest: array<Greatest, ROWS * LANES>;
fn greaterOf(a: Greatest, b: Greatest) -> Greatest {
  if (b.value > a.value || (b.value == a.value && b.at < a.at)) { return b; }
  return a;
}
// The greatest of each row, the first of equals, for all of its lanes.
fn rowGreatest(i: u32, x: Greatest) -> Greatest {
  let lane = i % LANES;
  workgroupBarrier();
  greatest[i] = x;
  for (var count = LANES / 2; count > 0; count /= 2) {
    workgroupBarrier();
    if (lane < count) { greatest[i] = greaterOf(greatest[i], greatest[i + count]); }
  }
  workgroupBarrier();
  return greatest[i - lane];
}
var<private> lowestBits: u32 = 0xff800000u;
var<private> nanBits: u32 = 0x7fc00000u;

${labelCode(labels)}

// NaN of NaN, where the functions themselves promise nothing.
fn exponential(x: f32) -> f32 { return select(x, exp(x), isNumber(x)); }
fn logarithm(x: f32) -> f32 { return select(x, log(x), isNumber(x)); }

@compute @workgroup_size(ROWS * LANES)
fn main(@builtin(local_invocation_index) i: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let lane = i % LANES;
  var lossSum = 0.0;
  var correctSum = 0.0;
  for (var turn = 0u; turn < uniforms.passes; turn++) {
    let row = (group.x * uniforms.passes + turn) * ROWS + i / LANES;
    let first = row * uniforms.classes;
    let classes = select(0u, uniforms.classes, row < uniforms.rows);
    var best = Greatest(bitcast<f32>(lowestBits), 0);
    for (var c = lane; c < classes; c += LANES) {
      let z = logits[first + c];
      if (isNumber(z) && z > best.value) { best = Greatest(z, c); }
    }
    best = rowGreatest(i, best);
    // Comparison from the first logit on, as on the processor, never gets away from a NaN there.
    if (classes > 0 && !isNumber(logits[first])) { best = Greatest(logits[first], 0); }
    var sum = 0.0;
    for (var c = lane; c < classes; c += LANES) {
      let e = exponential(logits[first + c] - best.value);
      softmax[first + c] = e;
      sum += e;
    }
    sum = rowTotal(i, sum);
    for (var c = lane; c < classes; c += LANES) { softmax[first + c] /= sum; }
    if (classes > 0 && lane == 0) {
      let label = labelOf(row);
      let z = select(bitcast<f32>(nanBits), logits[first + min(label, classes - 1)], label < classes);
      lossSum += logarithm(sum) - (z - best.value);
      correctSum += select(0.0, 1.0, best.at == label);
    }
  }
  lossSum = groupTotal(i, lossSum);
  correctSum = groupTotal(i, correctSum);
  if (i > 0) { return; }
  ${
    isAll
      ? `loss[0] = lossSum / f32(uniforms.rows);
  correct[0] = correctSum;`
      : `partials[2 * group.x] = lossSum;
  partials[2 * group.x + 1] = correctSum;`
  }
}`,
}));

const totalsShader = shaders(() => ({
  label: 'CrossEntropy totals',
  bindings: { partials: 'read', loss: 'write', correct: 'write' },
  uniforms: { rows: 'u32', parts: 'u32' },
  constants: { LANES: 256, ROWS: 1 },
  code: `${ROW_LANES}
@compute @workgroup_size(LANES)
fn main(@builtin(local_invocation_index) i: u32) {
  var lossSum = 0.0;
  var correctSum = 0.0;
  for (var part = i; part < uniforms.parts; part += LANES) {
    lossSum += partials[2 * part];
    correctSum += partials[2 * part + 1];
  }
  lossSum = groupTotal(i, lossSum);
  correctSum = groupTotal(i, correctSum);
  if (i > 0) { return; }
  loss[0] = lossSum / f32(uniforms.rows);
  correct[0] = correctSum;
}`,
}));

/** Inputs `logits` `[rows, classes]`, `labels` `[rows]`; outputs the mean loss, how many are right, the softmax. */
const crossEntropy: GPUKernel = {
  kernelName: 'CrossEntropy',
  run(call) {
    const { backend } = call;
    const [rows, classes] = call.shape('logits') as [number, number];
    if (rows * classes === 0) {
      const loss = backend.makeTensorInfo([], 'float32', Float32Array.of(NaN));
      return [loss, zeros(backend, []), zeros(backend, [rows, classes])];
    }
    const labels = call.input('labels');
    const atHand = backend.atHand(labels);
    if (atHand) checkLabels(atHand, classes);
    const [loss, correct, softmax] = [[], [], [rows, classes]].map((shape) => backend.make(shape));
    const isAll = rows * classes <= ONE_GROUP;
    const split = isAll
      ? new RowLanes(rows, classes, { mostLanes: lanesFilling(rows), mostGroups: 1 })
      : new RowLanes(rows, classes, { mostGroups: MOST_GROUPS });
    const shader = softmaxShader(split.lanes, split.rows, isAll, labelType(labels));
    const partials = isAll ? [] : [call.temporary([split.groups, 2])];
    const sums = isAll ? [loss!, correct!] : partials;
    const operands = [call.input('logits'), labels, softmax!, ...sums];
    backend.dispatch(shader, operands, [rows, classes, split.passes], [split.groups]);
    if (!isAll) {
      const outputs = [...partials, loss!, correct!];
      backend.dispatch(totalsShader(), outputs, [rows, split.groups], [1]);
    }
    return [loss!, correct!, softmax!];
  },
};

/** Lanes with which all rows are in one pass of a workgroup: 1 where there are too many rows for that. */
function lanesFilling(rows: number): number {
  return Math.max(1, 2 ** Math.floor(Math.log2(256 / rows)));
}

const gradientShader = shaders((labels: LabelType) => ({
  label: 'CrossEntropyGrad',
  bindings: { softmax: 'read', labels: `read ${labels}`, dLoss: 'read', dLogits: 'write' },
  uniforms: { count: 'u32', rows: 'u32', classes: 'u32' },
  code: `var<private> nanBits: u32 = 0x7fc00000u;
${labelCode(labels)}
${forElements(`let label = labelOf(i / uniforms.classes);
    let truth = select(0.0, 1.0, i % uniforms.classes == label);
    let isClass = label < uniforms.classes;
    let d = select(bitcast<f32>(nanBits), softmax[i] - truth, isClass);
    dLogits[i] = d * (dLoss[0] / f32(uniforms.rows));`)}`,
}));

/** Inputs `softmax`, `labels` and `dLoss`; output dLogits. */
const crossEntropyGrad: GPUKernel = {
  kernelName: 'CrossEntropyGrad',
  run(call) {
    const { backend } = call;
    const [rows, classes] = call.shape('softmax') as [number, number];
    const count = rows * classes;
    if (count === 0) return zeros(backend, [rows, classes]);
    const dLogits = backend.make([rows, classes]);
    const labels = call.input('labels');
    const operands = [call.input('softmax'), labels, call.input('dLoss'), dLogits];
    const shader = gradientShader(labelType(labels));
    backend.dispatch(shader, operands, [count, rows, classes], elementGroups(count));
    return dLogits;
  },
};

export const crossEntropyKernels: readonly GPUKernel[] = [crossEntropy, crossEntropyGrad];
