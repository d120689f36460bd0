import { Shader } from '../shader';

/** Invocations of a workgroup. */
const THREADS = 64;

/**
 * Recurrent weights `[units, width]` as `[width, ⌈units / 4⌉]` of four units, zeros after the last: so that
 * invocations beside each other read units beside each other. An invocation takes four units of a column.
 */
export const TRANSPOSED = new Shader({
  label: 'recurrent weights transposed',
  bindings: { recurrentKernel: 'read', transposed: 'write vec4<f32>' },
  uniforms: { units: 'u32', width: 'u32' },
  constants: { THREADS },
  code: /* wgsl */ `
fn weightAt(unit: u32, column: u32) -> f32 {
  if (unit >= uniforms.units) { return 0.0; }
  return recurrentKernel[unit * uniforms.width + column];
}

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= uniforms.width) { return; }
  let unit = 4u * id.y;
  transposed[id.x * ((uniforms.units + 3u) / 4u) + id.y] = vec4<f32>(
    weightAt(unit, id.x),
    weightAt(unit + 1u, id.x),
    weightAt(unit + 2u, id.x),
    weightAt(unit + 3u, id.x),
  );
}
`,
});

/** Workgroups of {@link TRANSPOSED}. */
export function groupsOf(units: number, width: number): [number, number] {
  return [Math.ceil(width / THREADS), Math.ceil(units / 4)];
}
