/** Rows of about the same confidence. */
export interface ReliabilityBin {
  readonly rows: number;
  /** The mean of what the model is sure of. */
  readonly confidence: number;
  /** The share of them that it has right. */
  readonly accuracy: number;
}

/**
 * How far confidence can be believed: bins of as many rows each, from the least to the most confident, so that the high
 * end, where most rows lie, is seen (M. P. Naeini et al., AAAI 2015, take such; K. Nguyen & B. O'Connor, EMNLP 2015).
 * Rows of one confidence stay together, whatever their order, so that bins may have more or fewer rows.
 *
 * @param confidence `[rows]` the probability of the answer
 * @param hits `[rows]` 1 where the answer is right, else 0
 * @throws RangeError when the lengths differ, there are no rows, or a confidence is no probability
 */
export function reliability(
  confidence: ArrayLike<number>,
  hits: ArrayLike<number>,
  bins = 15,
): ReliabilityBin[] {
  const rows = confidence.length;
  if (rows === 0 || hits.length !== rows) {
    throw new RangeError(`Expected a hit or a miss for each of ${rows} rows, got ${hits.length}.`);
  }
  const order = Uint32Array.from(hits, (_, row) => row);
  order.sort((a, b) => confidence[a]! - confidence[b]!);
  const sums = Array.from({ length: bins }, () => ({ rows: 0, confidence: 0, hits: 0 }));
  for (let from = 0; from < rows;) {
    const value = confidence[order[from]!]!;
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`Expected a probability, got ${value} in row ${order[from]}.`);
    }
    let to = from;
    let right = 0;
    for (; to < rows && confidence[order[to]!] === value; to++) right += hits[order[to]!]!;
    const bin = sums[Math.floor(((from + to) / 2 / rows) * bins)]!;
    bin.rows += to - from;
    bin.confidence += (to - from) * value;
    bin.hits += right;
    from = to;
  }
  return sums
    .filter(({ rows }) => rows > 0)
    .map(({ rows, confidence, hits }) => {
      return { rows, confidence: confidence / rows, accuracy: hits / rows };
    });
}

/**
 * Expected calibration error: the mean over rows of how far a bin's confidence lies from its accuracy, a fraction
 * (C. Guo et al., ICML 2017).
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce(
    (sum, { rows: some, confidence, accuracy }) =>
      sum + (some / rows) * Math.abs(confidence - accuracy),
    0,
  );
}
