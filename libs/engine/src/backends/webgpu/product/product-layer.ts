/**
 * WGSL: what becomes of the sums of a layer, `finished`, with the binding `bias` where it has one. ReLU keeps
 * what is not a number.
 */
export function finishCode(hasBias: boolean, isRelu: boolean): string {
  return /* wgsl */ `
fn finished(column: u32, sum: f32) -> f32 {
  let value = sum${hasBias ? ' + bias[column]' : ''};
  return ${isRelu ? 'select(value, 0.0, value <= 0.0)' : 'value'};
}
`;
}

/**
 * WGSL: an element of the gradient that reaches the sums of a layer, `gradient`, from the binding `dy`, and
 * `y` where its activation is ReLU; it is not a number where y is not.
 */
export function gradientCode(isRelu: boolean): string {
  const factor = 'select(select(y[at], 0.0, y[at] <= 0.0), 1.0, y[at] > 0.0)';
  return /* wgsl */ `
fn gradient(at: u32) -> f32 { return dy[at]${isRelu ? ` * ${factor}` : ''}; }
`;
}

/** WGSL: stores the gradient of a kernel and, as the last row, of the bias, where x ends in a one. */
export const STORE_WEIGHTS = {
  bindings: { dKernel: 'write', dBias: 'write' },
  code: /* wgsl */ `
fn store(row: u32, column: u32, value: f32) {
  if (row + 1u < uniforms.m) {
    dKernel[row * uniforms.n + column] = value;
  } else {
    dBias[column] = value;
  }
}
`,
} as const;
