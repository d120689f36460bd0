import { MOST_GROUPS, WORKGROUP } from './workgroups';

/** The workgroups of a shader over elements, which {@link forElements} shares out. */
export function elementGroups(count: number): [number] {
  return [Math.min(MOST_GROUPS, Math.ceil(count / WORKGROUP))];
}

/** WGSL: an entry point that runs code for each element `i` of `uniforms.count`. */
export function forElements(code: string): string {
  return `
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  for (var i = id.x; i < uniforms.count; i += groups.x * ${WORKGROUP}) {
    ${code}
  }
}`;
}
