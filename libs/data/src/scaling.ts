/** An offset and a divisor for each column; a divisor of 0 marks a constant column. */
export interface Scaling {
  readonly offset: readonly number[];
  readonly scale: readonly number[];
}

/** What is done to each value before it is scaled. */
export type Mapping = (value: number) => number;

/** Keeps the sign, and takes the logarithm of the size: 0 stays 0, and 10^6 becomes 13.8. */
export function signedLog(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}

export function identity(value: number): number {
  return value;
}

/** Calls `visit` with each value of the rows of a row-major matrix, mapped, and the value's column. */
function eachValue(
  features: Float64Array,
  width: number,
  rows: Uint32Array,
  map: Mapping,
  visit: (value: number, column: number) => void,
): void {
  for (const row of rows) {
    for (let column = 0; column < width; column++)
      visit(map(features[row * width + column] ?? 0), column);
  }
}

/** What the rows say of each column. */
interface Statistics {
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly mean: Float64Array;
  /** Of the rows as a population: divided by their number, as scikit-learn's StandardScaler does. */
  readonly variance: Float64Array;
}

/**
 * Two passes, the second corrected by what the mean was off by: the textbook's one pass,
 * E[x²] - E[x]², loses every digit of the jitter columns (Chan, Golub and LeVeque 1983, "Algorithms
 * for Computing the Sample Variance", equation 1.7).
 */
function statisticsOf(
  features: Float64Array,
  width: number,
  rows: Uint32Array,
  map: Mapping,
): Statistics {
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  const mean = new Float64Array(width);
  eachValue(features, width, rows, map, (value, column) => {
    if (value < (least[column] ?? 0)) least[column] = value;
    if (value > (most[column] ?? 0)) most[column] = value;
    mean[column] = (mean[column] ?? 0) + value / rows.length;
  });
  const deviations = new Float64Array(width);
  const squares = new Float64Array(width);
  eachValue(features, width, rows, map, (value, column) => {
    const deviation = value - (mean[column] ?? 0);
    deviations[column] = (deviations[column] ?? 0) + deviation;
    squares[column] = (squares[column] ?? 0) + deviation * deviation;
  });
  const variance = squares.map((square, column) => {
    const correction = (deviations[column] ?? 0) ** 2 / rows.length;
    return Math.max(0, square - correction) / rows.length;
  });
  mean.forEach((value, column) => {
    mean[column] = value + (deviations[column] ?? 0) / rows.length;
  });
  return { least, most, mean, variance };
}

/** A deviation below this is rounding noise: 10 steps between 1 and the next number. */
const LEAST_DEVIATION = 10 * Number.EPSILON;

/**
 * Whether a column differs by no more than rounding does, which a division by its deviation would
 * blow up: N-BaIoT's covariances of streams in one direction are 0 but for some 1e-29.
 *
 * As scikit-learn has it: `_is_constant_feature` in preprocessing/_data.py bounds the error of a
 * variance by that of its mean, `_handle_zeros_in_scale` sets a least deviation beside a mean of 0.
 */
function isConstant(rows: number, mean: number, variance: number): boolean {
  if (!Number.isFinite(variance)) return false;
  const error = rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2;
  return variance <= error || Math.sqrt(variance) < LEAST_DEVIATION;
}

/** How a column's statistics become its offset and divisor. */
type Fit = (features: Float64Array, width: number, rows: Uint32Array, map?: Mapping) => Scaling;

function fitBy(
  offset: (of: Statistics, column: number) => number,
  scale: (of: Statistics, column: number) => number,
): Fit {
  return (features, width, rows, map = identity) => {
    const of = statisticsOf(features, width, rows, map);
    const constant = Array.from({ length: width }, (_, column) => {
      const same = of.least[column] === of.most[column];
      return same || isConstant(rows.length, of.mean[column] ?? 0, of.variance[column] ?? 0);
    });
    return {
      offset: constant.map((is, column) => (is ? (of.least[column] ?? 0) : offset(of, column))),
      scale: constant.map((is, column) => (is ? 0 : scale(of, column))),
    };
  };
}

/** Minimum and width (maximum - minimum) of each column. */
export const fitMinMax = fitBy(
  ({ least }, column) => least[column] ?? 0,
  ({ least, most }, column) => (most[column] ?? 0) - (least[column] ?? 0),
);

/** Mean and standard deviation of each column. */
export const fitStandard = fitBy(
  ({ mean }, column) => mean[column] ?? 0,
  ({ variance }, column) => Math.sqrt(variance[column] ?? 0),
);
