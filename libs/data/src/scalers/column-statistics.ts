/** Values to fit a scaler to: rows of a row-major matrix of `width` columns. */
export interface FittedRows {
  readonly features: Float64Array;
  readonly width: number;
  /** Which rows, in any order; at least one. */
  readonly rows: Uint32Array;
}

/** What is done to each value before it is scaled. */
export type Mapping = (value: number) => number;

export function identity(value: number): number {
  return value;
}

/** What the rows say of each column. */
export interface ColumnStatistics {
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly mean: Float64Array;
  /** Of the rows as a population: divided by their number, as scikit-learn's StandardScaler does. */
  readonly variance: Float64Array;
  /** Whether the column differs by no more than rounding does. */
  readonly constant: readonly boolean[];
}

/** Calls `visit` with each value of the rows, mapped, and the value's column. */
function eachValue(
  { features, width, rows }: FittedRows,
  map: Mapping,
  visit: (value: number, column: number) => void,
): void {
  for (const row of rows) {
    for (let column = 0; column < width; column++)
      visit(map(features[row * width + column] ?? 0), column);
  }
}

/**
 * Two passes, the second corrected by what the mean was off by: the textbook's one pass,
 * E[x²] - E[x]², loses every digit of the jitter columns (Chan, Golub and LeVeque 1983, "Algorithms
 * for Computing the Sample Variance", equation 1.7).
 */
export function columnStatistics(values: FittedRows, map: Mapping = identity): ColumnStatistics {
  const { width, rows } = values;
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  const mean = new Float64Array(width);
  eachValue(values, map, (value, column) => {
    if (value < (least[column] ?? 0)) least[column] = value;
    if (value > (most[column] ?? 0)) most[column] = value;
    mean[column] = (mean[column] ?? 0) + value / rows.length;
  });
  const deviations = new Float64Array(width);
  const squares = new Float64Array(width);
  eachValue(values, map, (value, column) => {
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
  const constant = Array.from(
    mean,
    (value, column) =>
      least[column] === most[column] || isConstant(rows.length, value, variance[column] ?? 0),
  );
  return { least, most, mean, variance, constant };
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
