import { powerOfTwo } from '../workgroups';

/** The sizes of a product: out `[m, n]`, over k. */
export interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** Along which index an operand's elements lie side by side in memory: it is read that way. */
export interface ProductOrder {
  readonly a: 'row' | 'i';
  readonly b: 'i' | 'column';
}

/** What a workgroup computes of a product: `rows` × 4 elements in each of its threads. */
export interface Tile {
  /** Threads above each other. */
  readonly height: number;
  /** Threads beside each other. */
  readonly width: number;
  /** Rows of a thread: 4 or 8. */
  readonly rows: number;
  /** Steps of k between two barriers. */
  readonly depth: number;
}

/** Columns of a thread: a vector. */
const COLUMNS = 4;

/** Workgroups that keep a large GPU busy. */
export const BUSY = 256;

/**
 * Heights and rows of tiles by their width, the tallest first. Each has 64 to 256 threads and fits into
 * 16 KiB of a workgroup's memory.
 */
const SHAPES: Readonly<Record<number, readonly (readonly [height: number, rows: number])[]>> = {
  1: [[64, 4]],
  2: [
    [64, 4],
    [32, 4],
  ],
  4: [
    [32, 4],
    [16, 4],
  ],
  8: [
    [16, 8],
    [8, 8],
    [8, 4],
  ],
  16: [
    [16, 8],
    [8, 8],
    [4, 8],
    [4, 4],
  ],
};

/** Rows and columns of all threads of a tile. */
export function extentOf({ height, width, rows }: Tile): [rows: number, columns: number] {
  return [height * rows, width * COLUMNS];
}

/** Tiles that a product has. */
export function countTiles(tile: Tile, { m, n }: ProductSizes): [down: number, across: number] {
  const [rows, columns] = extentOf(tile);
  return [Math.ceil(m / rows), Math.ceil(n / columns)];
}

/**
 * Tiles for a product, the tallest first. What is added up in which order depends on n and k alone, so that a
 * row's result is the same in every batch.
 */
export function tilesFor({ n, k }: ProductSizes): Tile[] {
  const width = Math.min(16, powerOfTwo(Math.ceil(n / COLUMNS)));
  const depth = Math.min(width < 4 ? 8 : 16, Math.max(4, powerOfTwo(k)));
  return SHAPES[width]!.map(([height, rows]) => ({ height, width, rows, depth }));
}

/**
 * WGSL for `a`, `b` and `store` of a product: a function `multiply` that goes over `i` from `begin` to `end`
 * for the tile whose first element is in row `top` and column `left`.
 *
 * Thread (y, x) of `height` × `width` has the rows y, y + height, … and the columns x, x + width, …, of which
 * threads beside each other read and store neighbours. Vectors of four rows, or columns, lie in the
 * workgroup's memory: each step of k is two or three reads for 16 or 32 products. A vector to spare after
 * each step keeps the writes from the same bank.
 */
export function tileCode({ height, width, rows, depth }: Tile, order: ProductOrder): string {
  const vectors = rows / 4;
  const each = (line: (row: number) => string): string =>
    Array.from({ length: rows }, (_, row) => line(row)).join('\n');
  return /* wgsl */ `
const TILE_THREADS = ${height * width}u;
const TILE_HEIGHT = ${height}u;
const TILE_WIDTH = ${width}u;
const TILE_DEPTH = ${depth}u;
const TILE_VECTORS = ${vectors * height}u;
const TILE_A = ${vectors * height + 1}u;
const TILE_B = ${width + 1}u;

var<workgroup> tileA: array<vec4<f32>, TILE_DEPTH * TILE_A>;
var<workgroup> tileB: array<vec4<f32>, TILE_DEPTH * TILE_B>;

fn elementOfA(row: u32, i: u32, end: u32) -> f32 {
  if (row < uniforms.m && i < end) { return a(row, i); }
  return 0.0;
}

fn elementOfB(i: u32, column: u32, end: u32) -> f32 {
  if (column < uniforms.n && i < end) { return b(i, column); }
  return 0.0;
}

fn storeRow(row: u32, first: u32, values: vec4<f32>) {
  if (row >= uniforms.m) { return; }
  for (var c = 0u; c < 4u; c++) {
    let column = first + c * TILE_WIDTH;
    if (column < uniforms.n) { store(row, column, values[c]); }
  }
}

fn multiply(thread: u32, top: u32, left: u32, begin: u32, end: u32) {
  let y = thread / TILE_WIDTH;
  let x = thread % TILE_WIDTH;
${each((row) => `  var sum${row} = vec4<f32>();`)}
  for (var start = begin; start < end; start += TILE_DEPTH) {
    for (var cell = thread; cell < TILE_DEPTH * TILE_VECTORS; cell += TILE_THREADS) {
      let step = ${order.a === 'i' ? 'cell % TILE_DEPTH' : 'cell / TILE_VECTORS'};
      let vector = ${order.a === 'i' ? 'cell / TILE_DEPTH' : 'cell % TILE_VECTORS'};
      let row = top + (vector / TILE_HEIGHT) * (4u * TILE_HEIGHT) + vector % TILE_HEIGHT;
      let i = start + step;
      tileA[step * TILE_A + vector] = vec4<f32>(
        elementOfA(row, i, end),
        elementOfA(row + TILE_HEIGHT, i, end),
        elementOfA(row + 2u * TILE_HEIGHT, i, end),
        elementOfA(row + 3u * TILE_HEIGHT, i, end),
      );
    }
    for (var cell = thread; cell < TILE_DEPTH * TILE_WIDTH; cell += TILE_THREADS) {
      let step = ${order.b === 'i' ? 'cell % TILE_DEPTH' : 'cell / TILE_WIDTH'};
      let vector = ${order.b === 'i' ? 'cell / TILE_DEPTH' : 'cell % TILE_WIDTH'};
      let column = left + vector;
      let i = start + step;
      tileB[step * TILE_B + vector] = vec4<f32>(
        elementOfB(i, column, end),
        elementOfB(i, column + TILE_WIDTH, end),
        elementOfB(i, column + 2u * TILE_WIDTH, end),
        elementOfB(i, column + 3u * TILE_WIDTH, end),
      );
    }
    workgroupBarrier();
    for (var step = 0u; step < TILE_DEPTH; step++) {
      let columns = tileB[step * TILE_B + x];
      var rows = tileA[step * TILE_A + y];
${each((row) => {
  const next = `      rows = tileA[step * TILE_A + ${(row / 4) * height}u + y];\n`;
  const add = `      sum${row} = fma(vec4<f32>(rows[${row % 4}]), columns, sum${row});`;
  return row > 0 && row % 4 === 0 ? next + add : add;
})}
    }
    workgroupBarrier();
  }
${each((row) => `  storeRow(top + ${row * height}u + y, left + x, sum${row});`)}
}
`;
}
