const POWERS = Float64Array.from({ length: 1012 }, (_, n) => 2 ** -n);

/** 1 over the factorials of 13 down to 3. */
const SERIES = [6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6].map(
  (factorial) => 1 / factorial,
) as [
  ...[number, number, number, number, number, number],
  ...[number, number, number, number, number],
];
const [C13, C12, C11, C10, C9, C8, C7, C6, C5, C4, C3] = SERIES;

/**
 * e^x for x up to 0: the series of Taylor within ln 2 / 2, within 2 units in the last place. The compiled kernels
 * repeat its operations one by one, and so have its bits.
 */
export function exponentialUpTo0(x: number): number {
  if (x < -700) return 0;
  const n = Math.floor(x * 1.4426950408889634 + 0.5);
  const r = x - n * 6.9314718036912381649e-1 - n * 1.90821492927058770002e-10;
  let y = C13;
  y = y * r + C12;
  y = y * r + C11;
  y = y * r + C10;
  y = y * r + C9;
  y = y * r + C8;
  y = y * r + C7;
  y = y * r + C6;
  y = y * r + C5;
  y = y * r + C4;
  y = y * r + C3;
  y = y * r + 0.5;
  y = y * r + 1;
  y = y * r + 1;
  return y * POWERS[-n]!;
}
