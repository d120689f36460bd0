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

/** Minimum and width (maximum - minimum) of each column. */
export function fitMinMax(
  features: Float64Array,
  width: number,
  rows: Uint32Array,
  map: Mapping = identity,
): Scaling {
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  eachValue(features, width, rows, map, (value, column) => {
    if (value < (least[column] ?? 0)) least[column] = value;
    if (value > (most[column] ?? 0)) most[column] = value;
  });
  return {
    offset: Array.from(least),
    scale: Array.from(most, (value, column) => value - (least[column] ?? 0)),
  };
}

/**
 * Mean and standard deviation of each column (dividing by the number of rows, as scikit-learn's
 * StandardScaler does).
 *
 * Two passes, the second corrected by what the mean was off by: the textbook's one pass,
 * E[x²] - E[x]², loses every digit of the jitter columns (Chan, Golub and LeVeque 1983, "Algorithms
 * for Computing the Sample Variance", equation 1.7).
 */
export function fitStandard(
  features: Float64Array,
  width: number,
  rows: Uint32Array,
  map: Mapping = identity,
): Scaling {
  const range = fitMinMax(features, width, rows, map);
  const mean = new Float64Array(width);
  eachValue(features, width, rows, map, (value, column) => {
    mean[column] = (mean[column] ?? 0) + value / rows.length;
  });
  const deviations = new Float64Array(width);
  const squares = new Float64Array(width);
  eachValue(features, width, rows, map, (value, column) => {
    const deviation = value - (mean[column] ?? 0);
    deviations[column] = (deviations[column] ?? 0) + deviation;
    squares[column] = (squares[column] ?? 0) + deviation * deviation;
  });
  // Of a constant column the computed mean may be an ulp off, which would leave a deviation that
  // blows rounding noise up to ±1: whether it is constant is asked of its range.
  const constant = (column: number): boolean => range.scale[column] === 0;
  return {
    offset: Array.from(mean, (value, column) =>
      constant(column)
        ? (range.offset[column] ?? 0)
        : value + (deviations[column] ?? 0) / rows.length,
    ),
    scale: Array.from(squares, (square, column) => {
      const correction = (deviations[column] ?? 0) ** 2 / rows.length;
      return constant(column) ? 0 : Math.sqrt(Math.max(0, square - correction) / rows.length);
    }),
  };
}
