import fc from 'fast-check';
import { gemm, type Matrix, pack, rowMajor, transposed } from './gemm';

const size = fc.integer({ min: 1, max: 11 });
const gap = fc.nat({ max: 3 });
const seed = fc.integer({ min: 1, max: 1e6 });

/** Numbers in [-1, 1), the same for the same seed. */
function numbers(count: number, seed: number): Float32Array {
  return new Float32Array(count).map((_, i) => Math.sin(seed * 12.9898 + i * 78.233));
}

/** A matrix `[rows, columns]` that starts at `gap` and leaves `gap` elements between its rows; or the transpose of one. */
function strided(rows: number, columns: number, gap: number, turned: boolean): Matrix {
  const [outer, inner] = turned ? [columns, rows] : [rows, columns];
  const data = numbers(gap + outer * (inner + gap), rows + columns);
  const matrix = { data, offset: gap, rowStride: inner + gap, columnStride: 1 };
  return turned ? transposed(matrix) : matrix;
}

function at({ data, offset, rowStride, columnStride }: Matrix, i: number, j: number): number {
  return data[offset + i * rowStride + j * columnStride]!;
}

/** The whole array of C after C (+)= A · B, by the definition, in float64 and rounded once. */
function naive(m: number, k: number, n: number, a: Matrix, b: Matrix, c: Matrix, add: boolean) {
  const data = c.data.slice();
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += at(a, i, p) * at(b, p, j);
      data[c.offset + i * c.rowStride + j * c.columnStride] = add ? at(c, i, j) + sum : sum;
    }
  }
  return data;
}

it('gemm is the product to the last bit, at any size and stride, and writes nothing else', () => {
  const turned = fc.boolean();
  fc.assert(
    fc.property(
      fc.tuple(size, size, size),
      fc.tuple(gap, gap, gap),
      fc.tuple(turned, turned, turned),
      fc.boolean(),
      ([m, k, n], gaps, turns, add) => {
        const a = strided(m, k, gaps[0], turns[0]);
        const b = strided(k, n, gaps[1], turns[1]);
        const c = strided(m, n, gaps[2], turns[2]);
        const expected = naive(m, k, n, a, b, c, add);
        gemm(m, a, pack(b, k, n), c, add);
        expect(c.data).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

it.each([
  [1, 1, 1],
  [4, 1, 2],
  [5, 7, 3],
  [8, 16, 6],
  [1, 9, 1],
  [3, 129, 67],
])('gemm of [%i, %i] by [.., %i]', (m, k, n) => {
  const [a, b, c] = [
    rowMajor(numbers(m * k, 1), k),
    rowMajor(numbers(k * n, 2), n),
    rowMajor(new Float32Array(m * n), n),
  ];
  const expected = naive(m, k, n, a, b, c, false);
  gemm(m, a, pack(b, k, n), c);
  expect(c.data).toEqual(expected);
});

it('gemm does not mix up operands of different lengths that follow one another', () => {
  fc.assert(
    fc.property(size, size, size, seed, (m, k, n, seed) => {
      const long = rowMajor(numbers(m * 64, seed), 64);
      gemm(m, long, pack(rowMajor(numbers(64, seed), 1), 64, 1), rowMajor(new Float32Array(m), 1));
      const [a, b] = [rowMajor(numbers(m * k, seed), k), rowMajor(numbers(k * n, seed), n)];
      const c = rowMajor(new Float32Array(m * n), n);
      const expected = naive(m, k, n, a, b, c, false);
      gemm(m, a, pack(b, k, n), c);
      expect(c.data).toEqual(expected);
    }),
  );
});

it('gemm over no column of A is zero, or leaves C as it was', () => {
  const nothing = rowMajor(new Float32Array(0), 0);
  const c = rowMajor(Float32Array.of(1, 2, 3, 4), 2);
  gemm(2, nothing, pack(rowMajor(new Float32Array(0), 2), 0, 2), c, true);
  expect([...c.data]).toEqual([1, 2, 3, 4]);
  gemm(2, nothing, pack(rowMajor(new Float32Array(0), 2), 0, 2), c);
  expect([...c.data]).toEqual([0, 0, 0, 0]);
});

it('gemm passes NaN and infinity on', () => {
  const c = rowMajor(new Float32Array(2), 2);
  const b = rowMajor(Float32Array.of(NaN, Infinity), 2);
  gemm(1, rowMajor(Float32Array.of(1), 1), pack(b, 1, 2), c);
  expect([...c.data]).toEqual([NaN, Infinity]);
});
