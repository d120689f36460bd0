import type { BindingText } from '../shader';
import { each, vectorOf } from './tile';

/** WGSL for what the gates of a unit have of the input, x W + b: a vector of a number for each gate. */
export interface InputShare {
  readonly bindings: Readonly<Record<string, BindingText>>;
  /** At module scope: `readStep`, what has to be read for a step. */
  readonly declarations: string;
  /** Before the steps, for `unit`. */
  readonly weights: string;
  /** The share, an expression of `read`. */
  readonly value: string;
}

/** Read from `gates` `[batch, time, gates * units]`, where a product has put it. */
export function projectedShare(gates: number): InputShare {
  return {
    bindings: { gates: 'read' },
    declarations: /* wgsl */ `
fn readStep(step: u32, unit: u32, t: u32) -> ${vectorOf(gates)} {
  let at = step * WIDTH + unit;
  return ${gatesOf('gates', gates)};
}
`,
    weights: '',
    value: 'read',
  };
}

/** Inputs that are few enough to need no product of their own. */
export const FEW_INPUTS = 4;

/**
 * Computed from `x` `[batch, time, inputs]`, of {@link FEW_INPUTS} at most, with the weights in registers.
 */
export function computedShare(gates: number, inputs: number): InputShare {
  const type = vectorOf(gates);
  const values = Array.from({ length: inputs }, (_, i) => `x[step * ${inputs}u + ${i}u]`);
  let value = 'inputBias';
  for (let i = 0; i < inputs; i++) {
    value = `fma(${type}(read${inputs === 1 ? '' : `[${i}]`}), inputWeight${i}, ${value})`;
  }
  return {
    bindings: { x: 'read', kernel: 'read', bias: 'read' },
    declarations: /* wgsl */ `
fn readStep(step: u32, unit: u32, t: u32) -> ${vectorOf(inputs)} {
  return ${vectorOf(inputs)}(${values.join(', ')});
}

fn inputBiasOf(at: u32) -> ${type} {
  return ${gatesOf('bias', gates)};
}

fn inputWeightOf(at: u32) -> ${type} {
  return ${gatesOf('kernel', gates)};
}
`,
    weights: `let inputBias = inputBiasOf(unit);
${each(inputs, (i) => `let inputWeight${i} = inputWeightOf(${i}u * WIDTH + unit);`)}`,
    value,
  };
}

/** The gates of a unit from an array in which the units of a gate follow one another, from `at`. */
function gatesOf(array: string, gates: number): string {
  const terms = Array.from({ length: gates }, (_, gate) => `${array}[at + ${gate}u * UNITS]`);
  return `${vectorOf(gates)}(${terms.join(', ')})`;
}
