import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { skipIf } from '../../../../tools/testing/skip-if';
import { withoutNative } from '../../../../tools/testing/native';
import { KernelHost } from '../backends/compiled/kernel-host';
import { type Addon, NativeHost } from '../backends/compiled/native-host';
import { WasmHost } from '../backends/compiled/wasm-host';
import {
  bestSplit,
  histogramOf,
  leafOf,
  LIMITS,
  numbers,
  somePairs,
  someTree,
} from './tree-cases.fixture.spec';

const folder = join(__dirname, '..', '..');
const addon = process.env['BOTLAB_ADDON'] ?? join(folder, 'dist', 'native', 'kernels.node');

/** Arrays of the exact length, behind which a sanitizer sees whatever is written or read. */
class ExactHost extends KernelHost {
  override float64 = (length: number): Float64Array => new Float64Array(length);
  override float32 = (length: number): Float32Array => new Float32Array(length);
  override int32 = (length: number): Int32Array => new Int32Array(length);
  override uint8 = (length: number): Uint8Array => new Uint8Array(length);
}

const HOSTS: readonly (readonly [string, string | undefined, () => KernelHost])[] = [
  [
    'native',
    withoutNative,
    () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
      const host = new NativeHost(require(addon) as Addon);
      host.setThreads(2); // the suites of one process share the addon: what another has set would stay
      return new ExactHost(host);
    },
  ],
  ['wasm', undefined, () => new KernelHost(new WasmHost())],
  ['wasm without relaxed SIMD', undefined, () => new KernelHost(new WasmHost({ plain: true }))],
];

/** Kernels that a test has run. */
const run = new Set<string>();

/** Rows whose numbers go beyond those that kernels look ahead, and less. */
const COUNTS = [1, 7, 24, 25, 100, 333];
const TOTAL = 400;
const COLUMNS = 19; // the last block has 3
const BLOCKS = 3;

for (const [name, reason, make] of HOSTS) {
  skipIf(reason).describe(`the kernels of trees on ${name}`, () => {
    let host: KernelHost;
    beforeAll(() => (host = make()));

    const call: KernelHost['run'] = (kernel, items, grain, args) => {
      run.add(kernel);
      host.run(kernel, items, grain, args);
    };
    const doubles = (values: ArrayLike<number>): Float64Array => {
      const array = host.float64(values.length);
      array.set(values);
      return array;
    };
    const integers = (values: ArrayLike<number>): Int32Array => {
      const array = host.int32(values.length);
      array.set(values);
      return array;
    };
    const codes = (): Uint8Array => {
      const array = host.uint8(BLOCKS * TOTAL * 8);
      array.set(numbers(array.length, 256));
      return array;
    };
    /** Rows in disorder, none twice. */
    const rows = (): Int32Array => {
      return integers(Array.from({ length: TOTAL }, (_, i) => (i * 173 + 5) % TOTAL));
    };

    it.each(COUNTS)('put the pairs of %d rows in their order', (count) => {
      const start = TOTAL - count;
      const [pairs, ordered, own] = [doubles(somePairs(TOTAL)), host.float64(2 * count), rows()];
      call('treeOrder', count, 10, [own, start, pairs, ordered]);
      const expected = [...own.subarray(start)].flatMap((row) => [
        ...pairs.subarray(2 * row, 2 * row + 2),
      ]);
      expect([...ordered]).toEqual(expected);
    });

    it.each(COUNTS)('part %d rows by a column, in their order', (count) => {
      const [start, column, bin, grain] = [TOTAL - count, 10, 99, 40];
      const parts = Math.ceil(count / grain);
      const [own, all, spare] = [rows(), codes(), host.int32(TOTAL)];
      const before = [...own.subarray(start)];
      const counts = host.int32(parts);
      call('treePart', count, grain, [all, TOTAL, column, bin, own, start, spare, counts]);
      const isLower = (row: number): boolean => all[TOTAL * 8 + row * 8 + 2]! <= bin;
      const lower = before.filter(isLower);
      const places = host.int32(2 * parts);
      for (let part = 0, low = 0, high = lower.length; part < parts; part++) {
        places[part] = low;
        places[parts + part] = high;
        low += counts[part]!;
        high += Math.min(grain, count - part * grain) - counts[part]!;
      }
      call('treeJoin', count, grain, [spare, start, counts, places, parts, own]);
      const upper = before.filter((row) => !isLower(row));
      expect([...own.subarray(start)]).toEqual([...lower, ...upper]);
    });

    it('add a value to the scores of a leaf’s rows alone', () => {
      const [own, scores] = [rows(), doubles(new Float64Array(TOTAL).fill(1))];
      call('treeAdd', 50, 20, [own, 30, 0.25, scores]);
      const inside = new Set(own.subarray(30, 80));
      expect([...scores]).toEqual(Array.from(scores, (_, row) => (inside.has(row) ? 1.25 : 1)));
    });

    it.each([2, 11, 64])('give probabilities of %d classes', (classes) => {
      const scores = doubles(numbers(classes * TOTAL, 4000).map((n) => n / 100 - 20));
      scores[3] = -900; // e to it is nothing
      const probabilities = host.float32(classes * TOTAL);
      call('treeSoftmax', TOTAL, 100, [scores, TOTAL, classes, probabilities]);
      for (let row = 0; row < TOTAL; row++) {
        const own = Array.from({ length: classes }, (_, k) => scores[k * TOTAL + row]!);
        const most = Math.max(...own);
        const powers = own.map((score) => Math.exp(score - most));
        const sum = powers.reduce((all, power) => all + power);
        const wrong = powers.findIndex((power, k) => {
          const error = Math.abs(probabilities[k * TOTAL + row]! - power / sum);
          return !(error <= (power / sum) * 1e-7 + 1e-44);
        });
        expect([row, wrong]).toEqual([row, -1]);
      }
    });

    it('give gradients and hessians as whole numbers, with their sums by parts', () => {
      const [classes, label, grain] = [3, 2, 150];
      const probabilities = host.float32(TOTAL);
      probabilities.set(numbers(TOTAL, 1001).map((n) => n / 1000));
      const labels = host.uint8(TOTAL);
      labels.set(numbers(TOTAL, classes));
      const parts = Math.ceil(TOTAL / grain);
      const [pairs, sums] = [host.float64(2 * TOTAL), host.float64(2 * parts)];
      const [factor, perGradient, perHessian, perRow] = [1.5, 2 ** 30, 2 ** 20, 512];
      const scale = [factor, perGradient, perHessian, perRow];
      call('treeGradients', TOTAL, grain, [probabilities, labels, label, ...scale, pairs, sums]);
      const expected = [...probabilities].flatMap((p, row) => [
        Math.floor((p - (labels[row] === label ? 1 : 0)) * perGradient + 0.5),
        Math.max(1, Math.floor(p * (1 - p) * factor * perHessian + 0.5)) * perRow + 1,
      ]);
      expect([...pairs]).toEqual(expected);
      for (let part = 0; part < parts; part++) {
        const own = expected.slice(2 * grain * part, 2 * grain * (part + 1));
        for (const of of [0, 1]) {
          const sum = own.reduce((all, value, i) => all + (i % 2 === of ? value : 0), 0);
          expect(sums[2 * part + of]).toBe(sum);
        }
      }
    });

    it.each(COUNTS)(
      'build histograms and find the best splits, of %d rows and the rest',
      (count) => {
        const [own, all, pairs] = [rows(), codes(), somePairs(TOTAL)];
        const bins = integers(new Int32Array(8 * BLOCKS));
        for (let column = 0; column < COLUMNS; column++)
          bins[column] = column === 4 ? 1 : 40 + 12 * column;
        for (let i = 0; i < all.length; i++) {
          const column = Math.floor(i / (TOTAL * 8)) * 8 + (i % 8);
          all[i] = column < COLUMNS ? all[i]! % bins[column]! : 0;
        }
        const start = 20;
        const small = own.slice(start, start + count);
        const large = own.filter((row) => !small.includes(row));
        const data = { codes: all, total: TOTAL, blocks: BLOCKS, bins };
        const whole = doubles(histogramOf(data, own, pairs));
        const part = host.float64(whole.length).fill(7);
        const ordered = doubles([...small].flatMap((row) => pairs.slice(2 * row, 2 * row + 2)));
        const [ofSmall, ofLarge] = [leafOf(small, pairs), leafOf(large, pairs)];
        const names = host.order('treeLimits');
        const given: Record<string, number> = {
          ...LIMITS,
          ...{ smallGradient: ofSmall.gradient, smallPacked: ofSmall.packed },
          ...{ largeGradient: ofLarge.gradient, largePacked: ofLarge.packed },
        };
        const limits = doubles(names.map((each) => given[each]!));
        const fields = host.order('treeFound');
        const bests = host.float64(BLOCKS * 2 * fields.length);
        const args = [all, TOTAL, own, start, count, ordered, part, whole, bins, limits, 3, bests];
        call('treeSplit', BLOCKS, 1, args);
        const held = (histogram: Float64Array): Float64Array =>
          histogram.map((value, i) => {
            const column = 8 * Math.floor(i / 4096) + Math.floor((i % 16) / 2);
            return Math.floor((i % 4096) / 16) < bins[column]! ? value : 0;
          });
        expect(held(part)).toEqual(held(histogramOf(data, small, pairs)));
        expect(held(whole)).toEqual(held(histogramOf(data, large, pairs)));
        for (let block = 0; block < BLOCKS; block++) {
          for (const [which, leaf] of [small, large].entries()) {
            const at = (2 * block + which) * fields.length;
            const found = Object.fromEntries(fields.map((field, i) => [field, bests[at + i]]));
            expect(found).toEqual(bestSplit(data, leaf, pairs, block));
          }
        }
      },
    );

    it.each([1, 31, 32, 33, 100])('give probabilities of %d rows by trees', (count) => {
      const [classes, perRound, columns] = [3, 3, 5];
      const trees = Array.from({ length: 7 }, (_, i) => someTree(1 + ((5 * i) % 32), columns, i));
      const edges = host.float32(255 * columns).fill(Infinity);
      for (let c = 0; c < columns; c++) for (let e = 0; e < 254; e++) edges[255 * c + e] = e / 254;
      const x = host.float32(count * columns);
      x.set(numbers(x.length, 1001).map((n) => n / 1000));
      if (count > 40) x[40 * columns + 2] = NaN;
      const starts = [0];
      for (const { tests } of trees) starts.push(starts.at(-1)! + tests.length);
      const values = doubles(trees.flatMap(({ padded }) => padded));
      const begin = doubles([0.1, -0.2, 0.3]);
      const tests = integers(trees.flatMap((tree) => tree.tests));
      const remaining = integers(trees.flatMap((tree) => tree.remaining));
      const scratch = host.int32(host.seats * columns * 32);
      const probabilities = host.float32(count * classes);
      const shape = [integers(starts), trees.length, perRound, classes];
      const model = [edges, ...shape, tests, remaining, values, begin, scratch];
      call('treePredict', Math.ceil(count / 32), 1, [x, count, columns, ...model, probabilities]);
      for (let row = 0; row < count; row++) {
        const own = x.subarray(row * columns, (row + 1) * columns);
        const scores = [...begin];
        trees.forEach((tree, i) => (scores[i % classes]! += tree.valueOf(own, edges)));
        const powers = scores.map((score) => Math.exp(score));
        const sum = powers.reduce((all, power) => all + power);
        powers.forEach((power, k) => {
          const probability = probabilities[row * classes + k]!;
          if (row === 40) expect(probability).toBeNaN();
          else expect(probability).toBeCloseTo(power / sum, 6);
        });
      }
    });
  });
}

it('every kernel of trees has been run', () => {
  const text = readFileSync(join(folder, 'src/backends/cpp/kernels.h'), 'utf8');
  const kernels = [...text.matchAll(/KERNEL\((tree\w+)\)/g)].map(([, kernel]) => kernel);
  expect(kernels.length).toBeGreaterThan(0);
  expect([...run].sort()).toEqual(kernels);
});
