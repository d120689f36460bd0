import type { BindingText } from '../shader';
import { each, inRegisters, type Tile, vectorOf } from './tile';

/** A product with recurrent weights that every step has, in WGSL. */
export interface StepProduct {
  /** At module scope. */
  readonly declarations: string;
  /** Before the steps: the weights, where they stay in registers. */
  readonly weights: string;
  /**
   * Adds up an invocation's part for block `block` of the units, and leaves it in the workgroup's memory.
   */
  readonly parts: string;
  /** After a barrier, an expression: what the parts come to for unit `lane` of the block. */
  sum(row: string): string;
}

/** What a step multiplies. */
export interface StepProductSource {
  /** In front of the names that are declared. */
  readonly name: string;
  readonly tile: Tile;
  /** The gates whose weights take part. */
  readonly gates: readonly number[];
  /** What unit k of the invocation's part has for the product, an expression of WGSL. */
  readonly input: (row: number, k: string) => string;
}

/**
 * From a number of each unit, such as h, a number for each unit and gate: h · U. Invocation (quarter, lane)
 * adds up a quarter of the units for unit `lane` of the block, so that what it reads of the workgroup's
 * memory serves all gates. Before the first step h is zero.
 */
export function forwardProduct({ name, tile, gates, input }: StepProductSource): StepProduct {
  const size = Math.ceil(tile.units / 4);
  const type = vectorOf(gates.length);
  const weightOf = (k: string, lane: string): string =>
    `${name}Weight(quarter * ${size}u + ${k}, ${lane})`;
  const add = (k: string, weight: string): string =>
    each(tile.rows, (row) => `sum${row} = fma(${type}(${input(row, k)}), ${weight}, sum${row});`);
  return {
    declarations: /* wgsl */ `
var<workgroup> ${name}Parts: array<array<${type}, THREADS>, ROWS>;

fn ${name}Weight(k: u32, unit: u32) -> ${type} {
  if (k >= UNITS || unit >= UNITS) { return ${type}(); }
  let at = k * WIDTH + unit;
  return ${type}(${gates.map((gate) => `recurrentKernel[at + ${gate}u * UNITS]`).join(', ')});
}

fn ${name}Sum(row: u32, lane: u32) -> ${type} {
  let parts = &${name}Parts[row];
  return ${total(4, (quarter) => `(*parts)[${quarter}u * BLOCK + lane]`)};
}
`,
    weights: inRegisters(tile)
      ? each(size, (k) => `let ${name}Weight${k} = ${weightOf(`${k}u`, 'lane')};`)
      : '',
    parts: /* wgsl */ `{
${each(tile.rows, (row) => `var sum${row} = ${type}();`)}
if (t > 0u) {
${overUnits(tile, size, (k) => add(`${k}u`, `${name}Weight${k}`), [
  `let weight = ${weightOf('k', 'block * BLOCK + lane')};`,
  add('k', 'weight'),
])}
}
${each(tile.rows, (row) => `${name}Parts[${row}][thread] = sum${row};`)}
}`,
    sum: (row) => `${name}Sum(${row}, lane)`,
  };
}

/** Names of a vector's components. */
const COMPONENTS = ['.x', '.y', '.z', '.w'];

/**
 * From a number of each unit and gate, such as dL/dgates, a number for each unit: that by Uᵀ. Invocation
 * (part, quad) adds up a sixteenth of the units for four units of the block, so that what it reads of the
 * workgroup's memory serves all four. Goes with {@link backwardProducts}.
 */
export function backwardProduct({ name, tile, gates, input }: StepProductSource): StepProduct {
  const size = Math.ceil(tile.units / 16);
  const weightOf = (k: string, gate: number, quad: string): string =>
    `weightsOf(${quad}, part * ${size}u + ${k}, ${gate}u)`;
  const add = (k: string, weight: (gate: number) => string): string =>
    each(tile.rows, (row) => {
      const read = `let input = ${input(row, k)};`;
      const products = gates.map((gate, i) => {
        const component = gates.length === 1 ? '' : COMPONENTS[i]!;
        return `sum${row} = fma(vec4<f32>(input${component}), ${weight(gate)}, sum${row});`;
      });
      return `{ ${[read, ...products].join('\n')} }`;
    });
  const overGates = (line: (gate: number) => string): string => gates.map(line).join('\n');
  return {
    declarations: '',
    weights: inRegisters(tile)
      ? each(size, (k) =>
          overGates(
            (gate) => `let ${name}Weight${k}of${gate} = ${weightOf(`${k}u`, gate, 'quad')};`,
          ),
        )
      : '',
    parts: /* wgsl */ `{
${each(tile.rows, (row) => `var sum${row} = vec4<f32>();`)}
${overUnits(tile, size, (k) => add(`${k}u`, (gate) => `${name}Weight${k}of${gate}`), [
  overGates((gate) => `let weight${gate} = ${weightOf('k', gate, 'block * QUADS + quad')};`),
  add('k', (gate) => `weight${gate}`),
])}
${each(tile.rows, (row) => `parts[${row}][thread] = sum${row};`)}
}`,
    sum: (row) => `sumOfParts(${row}, lane)`,
  };
}

/** The binding of the recurrent weights that {@link backwardProducts} reads. */
export function backwardWeights(tile: Tile): Record<string, BindingText> {
  return inRegisters(tile) ? { recurrentKernel: 'read' } : { transposed: 'read vec4<f32>' };
}

/**
 * WGSL that the products of a backward shader share. One that has the weights in registers reads them from
 * `recurrentKernel`, others the transposed: `transposed` `[gates * units, ⌈units / 4⌉]` of four units.
 */
export function backwardProducts(tile: Tile): string {
  return /* wgsl */ `
const QUADS = BLOCK / 4u;

var<workgroup> parts: array<array<vec4<f32>, THREADS>, ROWS>;

fn sumOfParts(row: u32, lane: u32) -> f32 {
  let sums = &parts[row];
  let quad = lane / 4u;
  let unit = lane % 4u;
  return ${total(16, (part) => `(*sums)[${part}u * QUADS + quad][unit]`)};
}
${inRegisters(tile) ? WEIGHTS : TRANSPOSED_WEIGHTS}`;
}

const WEIGHTS = /* wgsl */ `
fn weightOf(unit: u32, k: u32, gate: u32) -> f32 {
  if (unit >= UNITS || k >= UNITS) { return 0.0; }
  return recurrentKernel[unit * WIDTH + gate * UNITS + k];
}

fn weightsOf(quad: u32, k: u32, gate: u32) -> vec4<f32> {
  let unit = 4u * quad;
  return vec4<f32>(
    weightOf(unit, k, gate),
    weightOf(unit + 1u, k, gate),
    weightOf(unit + 2u, k, gate),
    weightOf(unit + 3u, k, gate),
  );
}
`;

const TRANSPOSED_WEIGHTS = /* wgsl */ `
fn weightsOf(quad: u32, k: u32, gate: u32) -> vec4<f32> {
  let quads = (UNITS + 3u) / 4u;
  if (quad >= quads || k >= UNITS) { return vec4<f32>(); }
  return transposed[(gate * UNITS + k) * quads + quad];
}
`;

/** Lines for each of `size` units: written out where weights are in registers, which have no index. */
function overUnits(
  tile: Tile,
  size: number,
  line: (k: number) => string,
  looped: readonly string[],
): string {
  if (inRegisters(tile)) return each(size, line);
  return `for (var k = 0u; k < ${size}u; k++) {\n${looped.join('\n')}\n}`;
}

/** A sum in pairs: short chains of additions, and an order that does not depend on the compiler. */
function total(count: number, term: (i: number) => string, from = 0): string {
  if (count === 1) return term(from);
  const half = count / 2;
  return `(${total(half, term, from)} + ${total(half, term, from + half)})`;
}
