/** Rows and columns of the tile that the inner loop keeps in registers. */
const TILE_ROWS = 4;
const TILE_COLUMNS = 2;

/** A matrix inside a typed array: element (i, j) is `data[offset + i * rowStride + j * columnStride]`. */
export interface Matrix {
  readonly data: Float32Array;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The row-major matrix with `columns` columns that starts at `offset`. */
export function rowMajor(data: Float32Array, columns: number, offset = 0): Matrix {
  return { data, offset, rowStride: columns, columnStride: 1 };
}

/** The same matrix with rows and columns exchanged; nothing is copied. */
export function transposed(matrix: Matrix): Matrix {
  return { ...matrix, rowStride: matrix.columnStride, columnStride: matrix.rowStride };
}

/** The right-hand operand of a product, copied once into the order the inner loop reads it. */
export interface PackedMatrix {
  readonly panels: Float64Array;
  /** Rows of the matrix: the length of each dot product. */
  readonly k: number;
  /** Columns of the matrix. */
  readonly n: number;
}

let leftPanels = new Float64Array(0);

/**
 * Copies B `[k, n]` into float64 panels.
 *
 * The inner loop then loads without converting from float32, and runs several times faster under
 * V8 than on the array itself; a recurrent network packs its weights once for all its steps.
 */
export function pack(b: Matrix, k: number, n: number): PackedMatrix {
  const panels = new Float64Array(Math.ceil(n / TILE_COLUMNS) * TILE_COLUMNS * k);
  packPanels(panels, transposed(b), n, k, TILE_COLUMNS);
  return { panels, k, n };
}

/**
 * C = A · B, or C += A · B with `accumulate`, for A `[m, k]`, B `[k, n]`, C `[m, n]`.
 *
 * Each sum is kept in float64 and rounded once, so the result does not depend on the tiling.
 */
export function gemm(m: number, a: Matrix, b: PackedMatrix, c: Matrix, accumulate = false): void {
  const { k } = b;
  if (leftPanels.length < TILE_ROWS * k) leftPanels = new Float64Array(TILE_ROWS * k);
  for (let firstRow = 0; firstRow < m; firstRow += TILE_ROWS) {
    const rows = Math.min(TILE_ROWS, m - firstRow);
    const strip = { ...a, offset: a.offset + firstRow * a.rowStride };
    packPanels(leftPanels, strip, rows, k, TILE_ROWS);
    multiplyTile(leftPanels, b, rows, firstRow, c, accumulate);
  }
}

/** Copies `rows` rows of `k` into panels of `width` rows each, k-major inside a panel, zero-padded. */
function packPanels(
  panels: Float64Array,
  { data, offset, rowStride, columnStride }: Matrix,
  rows: number,
  k: number,
  width: number,
): void {
  const count = Math.ceil(rows / width);
  for (let panel = 0; panel < count; panel++) {
    const base = panel * width * k;
    for (let r = 0; r < width; r++) {
      const row = panel * width + r;
      let to = base + r;
      if (row < rows) {
        let from = offset + row * rowStride;
        for (let j = 0; j < k; j++, to += width, from += columnStride) panels[to] = data[from]!;
      } else {
        for (let j = 0; j < k; j++, to += width) panels[to] = 0;
      }
    }
  }
}

function multiplyTile(
  left: Float64Array,
  { panels: right, k, n }: PackedMatrix,
  rows: number,
  firstRow: number,
  c: Matrix,
  accumulate: boolean,
): void {
  const { data, rowStride, columnStride } = c;
  const row0 = c.offset + firstRow * rowStride;
  const end = k * TILE_ROWS;
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    let s00 = 0;
    let s01 = 0;
    let s10 = 0;
    let s11 = 0;
    let s20 = 0;
    let s21 = 0;
    let s30 = 0;
    let s31 = 0;
    let q = j * k;
    for (let p = 0; p < end; p += 4, q += 2) {
      const b0 = right[q]!;
      const b1 = right[q + 1]!;
      const a0 = left[p]!;
      s00 += a0 * b0;
      s01 += a0 * b1;
      const a1 = left[p + 1]!;
      s10 += a1 * b0;
      s11 += a1 * b1;
      const a2 = left[p + 2]!;
      s20 += a2 * b0;
      s21 += a2 * b1;
      const a3 = left[p + 3]!;
      s30 += a3 * b0;
      s31 += a3 * b1;
    }
    const to = row0 + j * columnStride;
    const pair = j + 1 < n;
    store(data, to, columnStride, pair, s00, s01, accumulate);
    if (rows > 1) store(data, to + rowStride, columnStride, pair, s10, s11, accumulate);
    if (rows > 2) store(data, to + 2 * rowStride, columnStride, pair, s20, s21, accumulate);
    if (rows > 3) store(data, to + 3 * rowStride, columnStride, pair, s30, s31, accumulate);
  }
}

function store(
  data: Float32Array,
  to: number,
  columnStride: number,
  pair: boolean,
  first: number,
  second: number,
  accumulate: boolean,
): void {
  data[to] = accumulate ? data[to]! + first : first;
  if (pair) {
    data[to + columnStride] = accumulate ? data[to + columnStride]! + second : second;
  }
}
