import { activationCode } from './activation';
import { productGrain, RANGE_PRODUCTS } from './grain';
import type { Host } from './host';
import { addParts, paddedColumns, partOf } from './parts';

/** A product of matrices, or of as many as the longer of two batches has; the shorter one is repeated. */
export interface MatrixProduct {
  /** `[aBatch, rows, depth]`, or with `transposeA` `[aBatch, depth, rows]`. */
  readonly a: Float32Array;
  readonly aBatch: number;
  readonly transposeA: boolean;
  /** `[bBatch, depth, columns]`, or with `transposeB` `[bBatch, columns, depth]`. */
  readonly b: Float32Array;
  readonly bBatch: number;
  readonly transposeB: boolean;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** `[columns]` */
  readonly bias: Float32Array | null;
  /** See activation.ts. */
  readonly activation: number;
  /** The slope below 0 of `leakyrelu`. */
  readonly slope: number;
  /** `[batch, rows, columns]` */
  readonly out: Float32Array;
}

/** Floats of a packed B up to which each range packs it for itself. */
const OWN_FLOATS = 16_384;

/** Floats of A that stay in a core's cache. */
const CACHED_FLOATS = 32_768;

/** A depth from which on it is split rather than the rows, and how large the sums may be then. */
const LONG_DEPTH = 1024;
const PART_FLOATS = 65_536;

/** How far apart the elements of A `[rows, depth]` and B `[depth, columns]` lie. */
function stridesOf({ transposeA, transposeB, rows, depth, columns }: MatrixProduct) {
  const [aRow, aStep] = transposeA ? [1, rows] : [depth, 1];
  const [bRow, bColumn] = transposeB ? [1, depth] : [columns, 1];
  return { aRow, aStep, bRow, bColumn } as const;
}

/** The rows and columns of a block of the product: some of A's rows stay in the cache over its columns. */
function blockOf(host: Host, { rows, depth, columns }: MatrixProduct): [number, number] {
  const tile = 2 * host.tileRows;
  const wanted = Math.min(CACHED_FLOATS, RANGE_PRODUCTS / columns) / Math.max(1, depth);
  const blockRows = Math.min(rows, Math.ceil(wanted / tile) * tile);
  const products = blockRows * Math.max(1, depth); // of one column
  if (products * columns <= 2 * RANGE_PRODUCTS) return [blockRows, columns];
  const panels = Math.ceil(RANGE_PRODUCTS / products / host.tileColumns);
  return [blockRows, Math.min(columns, panels * host.tileColumns)];
}

/** out = activation(A · B + bias). */
export function multiplyMatrices(host: Host, product: MatrixProduct): void {
  const { a, aBatch, b, bBatch, rows, depth, columns, bias, activation, slope, out } = product;
  const batch = aBatch === 0 || bBatch === 0 ? 0 : Math.max(aBatch, bBatch);
  if (batch * rows * columns === 0) return;
  const isPlain = batch === 1 && bias === null && activation === activationCode(host, 'linear');
  if (isPlain && depth >= LONG_DEPTH && rows * columns <= PART_FLOATS) {
    multiplyParts(host, product);
    return;
  }
  const { aRow, aStep, bRow, bColumn } = stridesOf(product);

  const packedFloats = depth * paddedColumns(host, columns);
  let packed: Float32Array | null = null;
  let scratch: Float32Array | null = null;
  if (rows > 2 * host.tileRows || bColumn !== 1) {
    if (packedFloats <= OWN_FLOATS) scratch = host.allocate(host.seats * packedFloats);
    else {
      packed = host.allocate(bBatch * packedFloats);
      const panels = bBatch * Math.ceil(columns / host.tileColumns);
      const grain = productGrain(16 * depth * host.tileColumns);
      host.run('packPanels', panels, grain, [b, 1, bRow, bColumn, depth, columns, packed]);
    }
  }

  const [blockRows, blockColumns] = blockOf(host, product);
  const blocks = Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  const grain = productGrain(blockRows * Math.max(1, depth) * blockColumns);
  host.run('multiplyMatrices', batch * blocks, grain, [
    ...[a, aBatch, aRow, aStep, b, bBatch, bRow, bColumn, packed, scratch],
    ...[bias, activation, slope, rows, depth, columns, blockRows, blockColumns, out],
  ]);
  if (packed !== null) host.release(packed);
  if (scratch !== null) host.release(scratch);
}

/** out = A · B, the depth in parts. */
function multiplyParts(host: Host, product: MatrixProduct): void {
  const { a, b, rows, depth, columns, out } = product;
  const { aRow, aStep, bRow, bColumn } = stridesOf(product);
  const width = paddedColumns(host, columns);
  const grain = partOf(depth, rows * columns, rows * width);
  const parts = Math.ceil(depth / grain);
  const partials = host.allocate(parts * rows * width);
  const operands = [a, aRow, aStep, b, bRow, bColumn, rows, columns, partials];
  host.run('multiplyParts', depth, grain, operands);
  addParts(host, partials, parts, rows, columns, out);
  host.release(partials);
}
