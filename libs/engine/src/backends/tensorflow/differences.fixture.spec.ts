import type { Difference } from '../../conformance/difference.fixture.spec';

export const TENSORFLOW_DIFFERENCES: readonly Difference[] = [
  {
    cases: /"subnormal numbers"$/,
    reason: "TensorFlow's threads take numbers below 2 ** -126 for zero",
    // So that a result may be that of zeros: 0, an infinity for a quotient, or NaN for 0 / 0.
    allows: (actual, expected) =>
      actual === 0 || !Number.isFinite(actual) || Math.abs(actual - expected) < 2 ** -125,
  },
  {
    cases: /^Step "subnormal numbers"$/,
    reason: 'what is taken for zero is not above 0',
    allows: (actual, expected) => expected === 1 && actual === -0.25,
  },
  {
    cases: /^Log "subnormal numbers"$/,
    reason: 'of what is taken for zero TensorFlow gives the logarithm of half the smallest number',
    allows: (actual, expected) => expected < -87 && Math.abs(actual - Math.log(2 ** -150)) < 1e-3,
  },
  {
    cases: /^S?elu /i,
    reason: 'TensorFlow takes 1 from e^x, which is near 1 where x is near 0',
    allows: (actual, expected) => expected < 0 && Math.abs(actual - expected) <= 2e-7,
  },
  {
    cases: /^(RealDiv|Reciprocal) "special values/,
    reason: "TensorFlow's threads make zero of results below 2 ** -126",
    allows: (actual, expected) => actual === 0 && Math.abs(expected) < 2 ** -126,
  },
  {
    cases: /^(Maximum|Minimum) "special values"$/,
    reason: 'IEEE 754 leaves open which of 0 and -0 is the greater',
    allows: (actual, expected) => actual === expected,
  },
  {
    cases: /^Sum (.*\b(5003|70001),33\b|"equal values)/,
    reason: 'TensorFlow adds up many thousand rows in float32, one after another',
    allows: (actual, expected) =>
      Math.abs(actual - expected) <= 5e-4 * Math.max(1, Math.abs(expected)),
  },
  {
    cases: /^Sum \{"shape":\[33,70\],"axes":\[0,1\]/,
    reason: 'TensorFlow adds up two thousand numbers in float32, one after another',
    allows: (actual, expected) => Math.abs(actual - expected) <= 1e-5,
  },
  {
    cases: /^ArgMax "NaN"$/,
    reason: "to tfjs's cpu NaN is the greatest where it comes first, to TensorFlow never",
    // A row of the case begins with NaN, and has its greatest number last.
    allows: (actual, expected) => expected === 0 && actual === 2,
  },
  {
    cases: /^MaxPoolGrad "(NaN .*|-Infinity alone)"$/,
    reason: 'of a window with NaN, or of −∞ alone, TensorFlow gives the first of them the gradient',
    // Gradients of at most three windows of dy, in ±1, come to another place.
    allows: (actual) => Math.abs(actual) <= 3,
  },
];
