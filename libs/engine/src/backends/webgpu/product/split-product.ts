import type { TensorInfo } from '@tensorflow/tfjs';
import type { GPUCall } from '../call';
import { filled, type Product, type ProductSource } from './product';
import {
  BUSY,
  countTiles,
  extentOf,
  type ProductSizes,
  type Tile,
  tileCode,
  tilesFor,
} from './product-tile';
import { type BindingText, type Shader, shaders, type ShaderSource } from '../shader';
import { foldGroups } from '../workgroups';

/** A product over a long k, such as the rows of a batch, that has few elements, such as a weight. */
export interface SplitProductSource extends Omit<ProductSource, 'code'> {
  /** WGSL: `a` and `b` as in {@link ProductSource}; unless `order` says otherwise, `a` lies along rows. */
  readonly code: string;
  /** What becomes of the tileSums. */
  readonly stored: {
    readonly bindings: Readonly<Record<string, BindingText>>;
    /** Beside `m` and `n`, which are always there. */
    readonly uniforms?: ShaderSource['uniforms'];
    readonly constants?: ShaderSource['constants'];
    /** WGSL: `store` as in {@link ProductSource}. */
    readonly code: string;
  };
}

/** The shaders of a split product. */
export interface SplitProduct {
  readonly parts: Product;
  readonly sum: (slices: number) => Shader;
}

/** Split products for the arguments they are asked for, as `shaders`. */
export function splitProducts<Args extends readonly (number | boolean | string)[]>(
  make: (...args: Args) => SplitProductSource,
): (...args: Args) => SplitProduct {
  const parts = shaders(
    (height: number, width: number, rows: number, depth: number, ...args: Args) =>
      partsShader({ height, width, rows, depth }, make(...args)),
  );
  const sum = shaders((slices: number, ...args: Args) => sumShader(slices, make(...args)));
  return (...args) => ({
    parts: ({ height, width, rows, depth }) => parts(height, width, rows, depth, ...args),
    sum: (slices) => sum(slices, ...args),
  });
}

/** Workgroups (x, y, z) are tiles from left to right, tiles from top to bottom, and parts of k. */
function partsShader(tile: Tile, source: SplitProductSource): ShaderSource {
  const { label, bindings, uniforms, constants = {}, order, code } = source;
  const [rows, columns] = extentOf(tile);
  return {
    label: `${label} in parts`,
    bindings: { ...bindings, partials: 'write' },
    uniforms: { m: 'u32', n: 'u32', k: 'u32', part: 'u32', ...uniforms },
    constants,
    code: /* wgsl */ `
${code}
var<private> partOfK: u32;
fn store(row: u32, column: u32, value: f32) {
  partials[(partOfK * uniforms.m + row) * uniforms.n + column] = value;
}
${tileCode(tile, { a: 'row', b: 'column', ...order })}
@compute @workgroup_size(TILE_THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  partOfK = group.z;
  let begin = group.z * uniforms.part;
  let end = min(uniforms.k, begin + uniforms.part);
  multiply(thread, group.y * ${rows}u, group.x * ${columns}u, begin, end);
}
`,
  };
}

/** Threads of a workgroup of the sum. */
const SUMMING = 256;

/**
 * A number of threads for each element, the s-th of which adds up every such part from the s-th on; the first
 * then adds up what they have. Threads beside each other have elements beside each other.
 */
function sumShader(slices: number, { label, stored }: SplitProductSource): ShaderSource {
  return {
    label: `${label} from parts`,
    bindings: { partials: 'read', ...stored.bindings },
    uniforms: { m: 'u32', n: 'u32', parts: 'u32', ...stored.uniforms },
    constants: { TILE_SLICES: slices, TILE_ELEMENTS: SUMMING / slices, ...stored.constants },
    code: /* wgsl */ `
${stored.code}
var<workgroup> tileSums: array<f32, TILE_SLICES * TILE_ELEMENTS>;

@compute @workgroup_size(TILE_ELEMENTS, TILE_SLICES)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let size = uniforms.m * uniforms.n;
  let element = (group.y * groups.x + group.x) * TILE_ELEMENTS + local.x;
  var sum = 0.0;
  if (element < size) {
    for (var part = local.y; part < uniforms.parts; part += TILE_SLICES) {
      sum += partials[part * size + element];
    }
  }
  tileSums[local.y * TILE_ELEMENTS + local.x] = sum;
  workgroupBarrier();
  if (local.y > 0u || element >= size) { return; }
  for (var slice = 1u; slice < TILE_SLICES; slice++) {
    sum += tileSums[slice * TILE_ELEMENTS + local.x];
  }
  store(element / uniforms.n, element % uniforms.n, sum);
}
`,
  };
}

/** Threads for each element of a sum: many where there are many parts, which is where elements are few. */
function slicesOf(parts: number): number {
  if (parts >= 64) return 16;
  return parts >= 8 ? 4 : 1;
}

/** Least steps of k that a part is worth. */
const LEAST_STEPS = 128;

/** Most rows of a product's tiles, as a multiple of the fewest: a taller tile reads b less often. */
const MOST_ROWS = 1.2;

/** The tallest tile of which few rows are idle. */
function tileOf(sizes: ProductSizes): Tile {
  const rowsOf = (tile: Tile): number => countTiles(tile, sizes)[0] * extentOf(tile)[0];
  const tiles = tilesFor(sizes);
  const least = Math.min(...tiles.map(rowsOf));
  return tiles.find((tile) => rowsOf(tile) <= MOST_ROWS * least)!;
}

/** Steps of k for each part: as many parts as keep a GPU busy, by the sizes alone. */
function partOf(tile: Tile, sizes: ProductSizes): number {
  const [down, across] = countTiles(tile, sizes);
  const wanted = Math.ceil((2 * BUSY) / (down * across));
  const parts = Math.max(1, Math.min(wanted, Math.floor(sizes.k / LEAST_STEPS)));
  return Math.max(1, Math.ceil(sizes.k / parts / tile.depth)) * tile.depth;
}

/** What a split product is run with. */
export interface SplitOperands {
  /** A tensor for each binding of `a` and `b`; one without elements is not bound. */
  readonly read: readonly (TensorInfo | null)[];
  /** The uniforms of `a` and `b`. */
  readonly numbers?: readonly number[];
  /** A tensor for each binding of `store`, likewise. */
  readonly stored: readonly (TensorInfo | null)[];
  /** The uniforms of `store`. */
  readonly storedNumbers?: readonly number[];
}

/**
 * Σ_i a(row, i) · b(i, column) for a long k and few elements, in two dispatches: parts of k are summed apart,
 * then together in a fixed order.
 */
export function runSplitProduct(
  call: GPUCall,
  product: SplitProduct,
  { read, numbers = [], stored, storedNumbers = [] }: SplitOperands,
  sizes: ProductSizes,
): void {
  const { m, n, k } = sizes;
  if (m === 0 || n === 0) return;
  const tile = tileOf(sizes);
  const part = partOf(tile, sizes);
  const parts = Math.max(1, Math.ceil(k / part));
  const [down, across] = countTiles(tile, sizes);
  const partials = call.temporary([parts, m, n]);
  const { backend } = call;
  const operands = [...read.map(filled), partials];
  backend.dispatch(
    product.parts(tile),
    operands,
    [m, n, k, part, ...numbers],
    [across, down, parts],
  );
  const slices = slicesOf(parts);
  const groups = foldGroups(Math.ceil((m * n * slices) / SUMMING));
  backend.dispatch(
    product.sum(slices),
    [partials, ...stored],
    [m, n, parts, ...storedNumbers],
    groups,
  );
}
