import type { Difference } from '../../conformance/difference.fixture.spec';

export const TENSORFLOW_DIFFERENCES: readonly Difference[] = [
  {
    cases: /"subnormal numbers"$/,
    reason: "TensorFlow's threads take numbers below 2 ** -126 for zero",
    allows: () => true,
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
    cases: /^ArgMax "NaN"$/,
    reason: "to tfjs's cpu NaN is the greatest where it comes first, to TensorFlow never",
    allows: () => true,
  },
  {
    cases: /^MaxPoolGrad "(NaN .*|-Infinity alone)"$/,
    reason: 'of a window with NaN, or of −∞ alone, TensorFlow gives the first of them the gradient',
    allows: () => true,
  },
];
