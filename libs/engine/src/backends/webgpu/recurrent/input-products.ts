import { products } from '../product/product';
import { splitProducts } from '../product/split-product';

/** x W + b for all steps: `gates` `[batch * time, gates * units]`. */
export const inputProjection = products(() => ({
  label: 'input projection',
  bindings: { x: 'read', kernel: 'read', bias: 'read', gates: 'write' },
  code: /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return x[row * uniforms.k + i]; }
fn b(i: u32, column: u32) -> f32 { return kernel[i * uniforms.n + column]; }
fn store(row: u32, column: u32, value: f32) {
  gates[row * uniforms.n + column] = value + bias[column];
}
`,
}));

/** dL/dx = dL/dgates Wᵀ for all steps. */
export const inputGradient = products(() => ({
  label: 'input gradient',
  bindings: { dGates: 'read', kernel: 'read', dx: 'write' },
  order: { b: 'i' },
  code: /* wgsl */ `
fn a(row: u32, i: u32) -> f32 { return dGates[row * uniforms.k + i]; }
fn b(i: u32, column: u32) -> f32 { return kernel[column * uniforms.k + i]; }
fn store(row: u32, column: u32, value: f32) { dx[row * uniforms.n + column] = value; }
`,
}));

const SIZES = { inputs: 'u32', units: 'u32', time: 'u32' } as const;

/**
 * dL/dW, dL/dU and dL/db as one product over all steps: [x | h of the step before | 1]ᵀ dL/dgates.
 *
 * @param hasReset of a GRU, whose candidate takes up r ∘ h: [x | h | r ∘ h | 1]ᵀ dL/dgates, of whose rows for
 *   h the candidate's columns are left out, and of those for r ∘ h all others
 */
export const weightGradients = splitProducts((hasReset: boolean) => ({
  label: 'recurrent weight gradients',
  bindings: {
    x: 'read',
    hidden: 'read',
    dGates: 'read',
    ...(hasReset ? { gates: 'read' } : {}),
  },
  uniforms: SIZES,
  code: /* wgsl */ `
fn hiddenBefore(step: u32, unit: u32) -> f32 {
  if (step % uniforms.time == 0u) { return 0.0; }
  return hidden[(step - 1u) * uniforms.units + unit];
}

fn a(row: u32, i: u32) -> f32 {
  if (row + 1u == uniforms.m) { return 1.0; }
  if (row < uniforms.inputs) { return x[i * uniforms.inputs + row]; }
  let unit = row - uniforms.inputs;
  ${hasReset ? RESET : ''}
  return hiddenBefore(i, unit);
}

fn b(i: u32, column: u32) -> f32 { return dGates[i * uniforms.n + column]; }
`,
  stored: {
    bindings: { dKernel: 'write', dRecurrentKernel: 'write', dBias: 'write' },
    uniforms: SIZES,
    code: /* wgsl */ `
fn store(row: u32, column: u32, value: f32) {
  if (row + 1u == uniforms.m) {
    dBias[column] = value;
  } else if (row < uniforms.inputs) {
    dKernel[row * uniforms.n + column] = value;
  } else {
    let unit = row - uniforms.inputs;
    let isReset = unit >= uniforms.units;
    let isCandidate = ${hasReset} && column >= 2u * uniforms.units;
    if (isReset != isCandidate) { return; }
    dRecurrentKernel[(unit % uniforms.units) * uniforms.n + column] = value;
  }
}
`,
  },
}));

const RESET = /* wgsl */ `
  if (unit >= uniforms.units) {
    let other = unit - uniforms.units;
    return gates[i * uniforms.n + uniforms.units + other] * hiddenBefore(i, other);
  }
`;
