import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUBackend } from '../backend';
import {
  BUSY,
  countTiles,
  extentOf,
  type ProductOrder,
  type ProductSizes,
  type Tile,
  tileCode,
  tilesFor,
} from './product-tile';
import { type BindingText, type Shader, shaders, type ShaderSource } from '../shader';
import { foldGroups } from '../workgroups';

/** A product of matrices that need not lie in memory as such. */
export interface ProductSource {
  readonly label: string;
  /** What the code reads, and in `store` writes. */
  readonly bindings: Readonly<Record<string, BindingText>>;
  /** Beside `m`, `n` and `k`, which are always there. */
  readonly uniforms?: ShaderSource['uniforms'];
  readonly constants?: ShaderSource['constants'];
  /** Where it is not `a` along i and `b` along columns. */
  readonly order?: Partial<ProductOrder>;
  /**
   * WGSL: `fn a(row: u32, i: u32) -> f32`, `fn b(i: u32, column: u32) -> f32` and
   * `fn store(row: u32, column: u32, value: f32)`, which are called within the product's sizes only.
   */
  readonly code: string;
}

/** The shader of a product for a tile. */
export type Product = (tile: Tile) => Shader;

/** Products for the arguments they are asked for, as `shaders`. */
export function products<Args extends readonly (number | boolean | string)[]>(
  make: (...args: Args) => ProductSource,
): (...args: Args) => Product {
  const made = shaders(
    (height: number, width: number, rows: number, depth: number, ...args: Args) =>
      productShader({ height, width, rows, depth }, make(...args)),
  );
  return (...args) =>
    ({ height, width, rows, depth }) =>
      made(height, width, rows, depth, ...args);
}

/** The shader of a product. Workgroups (x, y and z) are tiles from left to right, and from top to bottom. */
export function productShader(tile: Tile, source: ProductSource): ShaderSource {
  const { label, bindings, uniforms, constants = {}, order, code } = source;
  const [rows, columns] = extentOf(tile);
  return {
    label,
    bindings,
    uniforms: { m: 'u32', n: 'u32', k: 'u32', ...uniforms },
    constants,
    code: /* wgsl */ `
${code}
${tileCode(tile, { a: 'i', b: 'column', ...order })}
@compute @workgroup_size(TILE_THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let top = (group.z * groups.y + group.y) * ${rows}u;
  multiply(thread, top, group.x * ${columns}u, 0u, uniforms.k);
}
`,
  };
}

/** The tallest tile that leaves a GPU no part of which is idle, as far as there is one. */
function tileOf(sizes: ProductSizes): Tile {
  const tiles = tilesFor(sizes);
  const isBusy = (tile: Tile): boolean => {
    const [down, across] = countTiles(tile, sizes);
    return down * across >= BUSY;
  };
  return tiles.find(isBusy) ?? tiles.at(-1)!;
}

/**
 * out[row, column] = Σ_i a(row, i) · b(i, column), in one dispatch; i in ascending order.
 *
 * @param operands a tensor for each binding, as `dispatch` takes them; one without elements is not bound
 * @param numbers the source's own uniforms
 */
export function runProduct(
  backend: GPUBackend,
  product: Product,
  operands: readonly (TensorInfo | null)[],
  sizes: ProductSizes,
  numbers: readonly number[] = [],
): void {
  const { m, n, k } = sizes;
  if (m === 0 || n === 0) return;
  const tile = tileOf(sizes);
  const [down, across] = countTiles(tile, sizes);
  const groups = [across, ...foldGroups(down)] as const;
  backend.dispatch(product(tile), operands.map(filled), [m, n, k, ...numbers], groups);
}

/** A tensor that has elements, or null: an empty buffer cannot be bound. */
export function filled(operand: TensorInfo | null): TensorInfo | null {
  return operand !== null && util.sizeFromShape(operand.shape) > 0 ? operand : null;
}
