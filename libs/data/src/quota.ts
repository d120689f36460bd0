function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * `total` things shared out in proportion to `counts`, in whole numbers that add up to it exactly:
 * each share is rounded down, and what is left goes to the largest remainders (Hamilton's method),
 * ties to the earlier. No share exceeds its count while `total` is at most the sum of counts, and
 * each is within 1 of its exact part.
 */
export function quotas(counts: readonly number[], total: number): number[] {
  const all = sum(counts);
  if (all === 0) return counts.map(() => 0);
  // total × count stays a whole number below 2^53, so remainders compare exactly.
  const shares = counts.map((count) => Math.floor((total * count) / all));
  const remainder = counts.map((count, i) => total * count - (shares[i] ?? 0) * all);
  const order = counts.map((_, i) => i);
  order.sort((a, b) => (remainder[b] ?? 0) - (remainder[a] ?? 0) || a - b);
  for (const i of order.slice(0, total - sum(shares))) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}

/**
 * Like {@link quotas}, but a count of 2 or more keeps at least one thing on each side (a share from
 * 1 to count - 1), and a count of 1 or 0 gets none. The shares add up to `total` wherever these
 * bounds allow it.
 */
export function twoSidedQuotas(counts: readonly number[], total: number): number[] {
  const all = sum(counts);
  const most = counts.map((count) => Math.max(0, count - 1));
  const least = counts.map((count) => Math.min(1, Math.max(0, count - 1)));
  const shares = quotas(counts, total).map((share, i) =>
    Math.min(Math.max(share, least[i] ?? 0), most[i] ?? 0),
  );
  for (let excess = sum(shares) - total; excess !== 0; excess -= Math.sign(excess)) {
    const step = -Math.sign(excess);
    // The share that is furthest on the wrong side of its exact part moves by one.
    let chosen = -1;
    let furthest = -Infinity;
    shares.forEach((share, i) => {
      const moved = share + step;
      if (moved < (least[i] ?? 0) || moved > (most[i] ?? 0)) return;
      const distance = -step * (share - (total * (counts[i] ?? 0)) / all);
      if (distance > furthest) [chosen, furthest] = [i, distance];
    });
    if (chosen < 0) break;
    shares[chosen] = (shares[chosen] ?? 0) + step;
  }
  return shares;
}
