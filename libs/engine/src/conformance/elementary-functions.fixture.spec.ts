/** Elementary functions in float64, for numbers that float32 has. */

/** erf(x) for 0 ≤ x < 2.5, by its series. */
function erfSeries(x: number): number {
  let sum = 0;
  for (let n = 0, power = x; n < 100; n++, power *= (-x * x) / n) sum += power / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** 1 − erf(x) for x ≥ 0: by the series, and from 2.5 on by a continued fraction. */
function complementaryError(x: number): number {
  if (x < 2.5) return 1 - erfSeries(x);
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

function erf(x: number): number {
  const size = Math.abs(x);
  return Math.sign(x) * (size < 2.5 ? erfSeries(size) : 1 - complementaryError(size));
}

/** x Φ(x). */
function gelu(x: number): number {
  const tail = complementaryError(Math.abs(x) * Math.SQRT1_2) / 2;
  return x * (x < 0 ? tail : 1 - tail);
}

const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

export const IN_FLOAT64 = {
  elu: (x: number) => (x >= 0 ? x : Math.expm1(x)),
  erf,
  exp: Math.exp,
  expm1: Math.expm1,
  gelu,
  log: Math.log,
  log1p: Math.log1p,
  selu: (x: number) => SCALE * (x >= 0 ? x : ALPHA * Math.expm1(x)),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  softplus: (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  tanh: Math.tanh,
} as const;
