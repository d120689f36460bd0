/** How far a result may be from the one expected, and why. */
export interface Tolerance {
  readonly reason: string;
  /** Whether one number may stand for another; `largest` is the greatest finite value of all that are expected. */
  readonly allows: (actual: number, expected: number, largest: number) => boolean;
}

/** The distance from a float32 to the next one. */
function ulp(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - 23);
}

/** No other number: the same bits, NaN and −0 among them. */
export const EXACT: Tolerance = {
  reason: 'exactly rounded, or no more than a choice or a copy',
  allows: () => false,
};

/** Next to the smallest normal numbers, 2⁻¹²⁶, results may be those or 0. */
const SMALLEST = 2 ** -125;

/** Within so many units in the last place of the number that is expected. */
export function ulps(count: number, reason: string): Tolerance {
  return {
    reason,
    allows: (actual, expected) =>
      Number.isFinite(expected) &&
      Math.abs(actual - expected) <= Math.max(count * ulp(expected), SMALLEST),
  };
}

/** Within a share of the greatest number that is expected, or of the terms' size, 1, where that is more. */
export function ofLargest(share: number, reason: string): Tolerance {
  return {
    reason,
    allows: (actual, expected, largest) =>
      Number.isFinite(expected) && Math.abs(actual - expected) <= share * Math.max(1, largest),
  };
}

/** So far from the number that is expected, however small that is. */
export function absolute(distance: number, reason: string): Tolerance {
  return {
    reason,
    allows: (actual, expected) =>
      Number.isFinite(expected) && Math.abs(actual - expected) <= distance,
  };
}

const SUM = ofLargest(
  5e-6,
  'terms are added in another order: an error is as large where they cancel as where they do not',
);
const LAYER = ofLargest(
  2e-5,
  'a layer of several such steps, the definition computed with a rounding after each operation',
);
const FUNCTION = ulps(6, 'a polynomial in float32, and a quotient');

/** What each kernel, or one of its cases, may be off by, on any engine; the same bits where it is not listed. */
const TOLERANCES: Readonly<Record<string, Tolerance>> = {
  AdamUpdate: ofLargest(
    1e-6,
    'each operation of the definition is rounded, the kernel’s sums once',
  ),
  AvgPool: SUM,
  AvgPoolGrad: SUM,
  BatchMatMul: SUM,
  Conv2D: SUM,
  Conv2DBackpropFilter: SUM,
  Conv2DBackpropInput: SUM,
  Convolution1D: SUM,
  Convolution1DGrad: SUM,
  CrossEntropy: LAYER,
  CrossEntropyGrad: LAYER,
  DenseLayer: SUM,
  DenseLayerGrad: SUM,
  Elu: FUNCTION,
  EluGrad: absolute(2e-7, 'e^x comes from y = e^x − 1, which is near −1'),
  Erf: absolute(4e-7, 'tfjs has a polynomial that is within 1.5e-7 of the function'),
  Exp: FUNCTION,
  Expm1: FUNCTION,
  FusedConv2D: SUM,
  FusedGRU: LAYER,
  FusedGRUGrad: LAYER,
  FusedLSTM: LAYER,
  FusedLSTMGrad: LAYER,
  Gelu: LAYER,
  GeluGrad: LAYER,
  Join: LAYER,
  JoinGrad: LAYER,
  LayerNorm: LAYER,
  LayerNormGrad: LAYER,
  LeakyRelu: ulps(1, 'tfjs multiplies by a slope in float64'),
  Log: FUNCTION,
  Log1p: FUNCTION,
  MaxPoolGrad: SUM,
  Mean: SUM,
  Rsqrt: ulps(2, 'a root and a quotient, each rounded'),
  Selu: FUNCTION,
  Sigmoid: FUNCTION,
  Softmax: FUNCTION,
  'Softmax "gradient"': SUM,
  Softplus: FUNCTION,
  SquaredDifference: ulps(2, 'a difference and its square, each rounded'),
  Sum: SUM,
  Tanh: FUNCTION,
  UnsortedSegmentSum: SUM,
  _FusedMatMul: SUM,
};

export function toleranceOf({ name, kernel }: { name: string; kernel: string }): Tolerance {
  return TOLERANCES[name] ?? TOLERANCES[kernel] ?? EXACT;
}
