import { type KernelHost, kernelHost } from '@botlab/engine';
import { plainKernels } from './plain-kernels';
import {
  type BlockCodes,
  FOUND,
  type GradientScale,
  HISTOGRAM,
  LIMITS,
  type Split,
  type TreeKernels,
} from './tree-kernels';

/** Rows that are worth another thread's while. */
const GRAIN = 8192;

/** The arithmetic of boosting by the compiled kernels that the engine in use has or is lent, else in plain TypeScript. */
export function treeKernels(): TreeKernels {
  const host = kernelHost();
  return host === undefined ? plainKernels : new CompiledKernels(host);
}

/** The arithmetic of boosting by the compiled kernels of an engine, on all its threads. */
export class CompiledKernels implements TreeKernels {
  private counts: Int32Array;
  private places: Int32Array;
  private sums: Float64Array;

  /** @throws TypeError where the kernels are of another layout */
  constructor(readonly memory: KernelHost) {
    const orders = [memory.order('treeFound'), memory.order('treeLimits')].map(String);
    const block = 2 * memory.constant('treeColumns') * memory.constant('treeBins');
    if (block !== HISTOGRAM || orders.join() !== [FOUND, LIMITS].join()) {
      throw new TypeError('the compiled kernels take histograms of another layout');
    }
    this.counts = memory.int32(1);
    this.places = memory.int32(2);
    this.sums = memory.float64(2);
  }

  order(
    rows: Int32Array,
    start: number,
    end: number,
    pairs: Float64Array,
    ordered: Float64Array,
  ): void {
    this.memory.run('treeOrder', end - start, GRAIN, [rows, start, pairs, ordered]);
  }

  split({ codes, rows: total, blocks, bins }: BlockCodes, split: Split): void {
    const { rows, start, end, ordered, small, large, limits, found } = split;
    const scan = (split.scansSmall ? 1 : 0) + (split.scansLarge ? 2 : 0);
    const leaf = [rows, start, end - start, ordered, small, large];
    this.memory.run('treeSplit', blocks, 1, [codes, total, ...leaf, bins, limits, scan, found]);
  }

  part(
    { codes, rows: total }: BlockCodes,
    column: number,
    bin: number,
    rows: Int32Array,
    start: number,
    end: number,
    spare: Int32Array,
  ): number {
    const items = end - start;
    const parts = this.makeRoom(items);
    const { counts, places } = this;
    const test = [codes, total, column, bin];
    this.memory.run('treePart', items, GRAIN, [...test, rows, start, spare, counts]);
    let at = 0;
    for (let part = 0; part < parts; part++) {
      places[part] = at;
      at += counts[part]!;
    }
    const middle = start + at;
    for (let part = 0; part < parts; part++) {
      places[parts + part] = at;
      at += Math.min(GRAIN, items - part * GRAIN) - counts[part]!;
    }
    this.memory.run('treeJoin', items, GRAIN, [spare, start, counts, places, parts, rows]);
    return middle;
  }

  softmax(scores: Float64Array, rows: number, classes: number, probabilities: Float32Array): void {
    this.memory.run('treeSoftmax', rows, GRAIN, [scores, rows, classes, probabilities]);
  }

  gradients(
    probabilities: Float32Array,
    labels: Uint8Array,
    { label, factor, units }: GradientScale,
    pairs: Float64Array,
    sums: Float64Array,
  ): void {
    const parts = this.makeRoom(labels.length);
    const scale = [factor, 1 / units.gradient, 1 / units.hessian, units.perRow];
    const args = [probabilities, labels, label, ...scale, pairs, this.sums];
    this.memory.run('treeGradients', labels.length, GRAIN, args);
    sums[0] = sums[1] = 0;
    for (let part = 0; part < parts; part++) {
      sums[0] += this.sums[2 * part]!;
      sums[1] += this.sums[2 * part + 1]!;
    }
  }

  add(rows: Int32Array, start: number, end: number, value: number, scores: Float64Array): void {
    this.memory.run('treeAdd', end - start, GRAIN, [rows, start, value, scores]);
  }

  dispose(): void {
    for (const array of [this.counts, this.places, this.sums]) this.memory.free(array);
  }

  /** Room for what each part of so many rows says; how many parts there are. */
  private makeRoom(items: number): number {
    const parts = Math.ceil(items / GRAIN);
    if (parts > this.counts.length) {
      this.dispose();
      this.counts = this.memory.int32(parts);
      this.places = this.memory.int32(2 * parts);
      this.sums = this.memory.float64(2 * parts);
    }
    return parts;
  }
}
