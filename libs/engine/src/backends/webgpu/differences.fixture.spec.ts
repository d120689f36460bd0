import type { Difference } from '../../conformance/difference.fixture.spec';

/** The sections are those of the WGSL specification, https://www.w3.org/TR/WGSL/. */
export const WEBGPU_DIFFERENCES: readonly Difference[] = [
  {
    cases: /./,
    reason: 'WGSL leaves −0, and numbers below the smallest normal one, to the driver (15.7.2)',
    allows: (actual, expected) => actual === 0 && Math.abs(expected) < 2 ** -126,
  },
  {
    cases: /^Log(1p)? "special values"$/,
    reason:
      'WGSL leaves infinities to the driver (15.7.2): the logarithm of 0 may be that of a number next to it',
    allows: (actual, expected) => expected === -Infinity && actual < -87,
  },
  {
    cases: /^Log "subnormal numbers"$/,
    reason:
      'what is taken for zero has the logarithm of zero, or of a number next to it, below 0 as well',
    allows: (actual, expected) => !(expected >= -87) && actual < -87,
  },
  {
    cases: /"subnormal numbers"$/,
    reason: 'WGSL may take subnormal numbers for zero (15.7.2), in operands and in results',
    // Of operands that are, a result may be that of zeros: 0, an infinity for a quotient, or NaN for 0 / 0.
    allows: (actual, expected) =>
      actual === 0 || !Number.isFinite(actual) || Math.abs(actual - expected) < 2 ** -125,
  },
  {
    cases: /^Step "subnormal numbers"$/,
    reason: 'WGSL may take subnormal numbers for zero (15.7.2), which are not above 0',
    allows: (actual, expected) => expected === 1 && (actual === 0 || actual === -0.25),
  },
  {
    cases: /^(Erf|Gelu|GeluGrad|Log|Log1p|Softmax) /,
    reason:
      'WGSL has e^x within 3 + 2 |x| units in the last place, and log x near 1 within 2⁻²¹ (15.7.4)',
    allows: (actual, expected) =>
      Math.abs(actual - expected) <= 2 ** -21 * Math.max(Math.abs(expected), 1),
  },
  {
    cases: /^(RealDiv|Reciprocal|Sqrt) /,
    reason: 'WGSL has quotients and roots within a few units in the last place (15.7.4)',
    allows: (actual, expected) =>
      Math.abs(actual - expected) <= 5e-7 * Math.max(1, Math.abs(expected)),
  },
  {
    cases: /^(Add|Concat|Fill|GatherV2|PadV2|Slice|SplitV|Sub|Tile|Transpose) .*"int32"/,
    reason: "tfjs's WGSL reads int32 as float32, which does not hold every number beyond 2 ** 24",
    allows: (actual, expected) => expected > 2 ** 24 && Math.abs(actual - expected) <= 2,
  },
  {
    cases: /^Reciprocal "int32"$/,
    reason: 'WGSL makes the greatest int32 of infinity, JavaScript 0',
    allows: (actual, expected) => expected === 0 && actual > 2 ** 31 - 256,
  },
];
