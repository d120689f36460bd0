import { vectorCode, type VectorSize } from './vector';

/** WGSL: `vectorCode`, and elementary functions of vectors V that lose no digits near 0 and in their tails. */
export function elementaryCode(size: VectorSize): string {
  return `${vectorCode(size)}
alias I = ${size === 4 ? 'vec4<i32>' : 'i32'};
${FUNCTIONS}`;
}

// An exponential's argument is split into n ln 2 and a rest (Cody and Waite 1980, "Software Manual for the
// Elementary Functions"): the further it is from 0, the fewer digits WGSL promises. The polynomials of the error
// function are those of cpp/unary.h, that of e^r − 1 is the one of Cephes (S. Moshier).
const FUNCTIONS = /* wgsl */ `
fn ofBits(bits: u32) -> V { return bitcast<V>(U(bits)); }

fn powerOfTwo(n: I) -> V { return bitcast<V>((n + 127) << U(23)); }

// e^(x + more), where more is small beside 1.
fn exponentialOfSum(x: V, more: V) -> V {
  let bounded = clamp(x, V(-104.0), V(89.0)); // beyond which it is 0, and infinite
  let n = round(bounded * 1.44269504);
  let rest = (bounded - n * 0.693359375) + n * 2.12194440e-4;
  let half = I(n) / 2;
  return exp(rest + more) * powerOfTwo(half) * powerOfTwo(I(n) - half);
}

fn exponential(x: V) -> V { return exponentialOfSum(x, V(0.0)); }

// e^x − 1 for |x| ≤ 80, as (e^r − 1) 2^n + (2^n − 1).
fn exponentialLess1(x: V) -> V {
  let bounded = clamp(x, V(-80.0), V(80.0));
  let n = round(bounded * 1.44269504);
  let r = (bounded - n * 0.693359375) + n * 2.12194440e-4;
  var y = fma(V(1.9875691500e-4), r, V(1.3981999507e-3));
  y = fma(y, r, V(8.3334519073e-3));
  y = fma(y, r, V(4.1665795894e-2));
  y = fma(y, r, V(1.6666665459e-1));
  y = fma(y, r, V(5.0000001201e-1));
  let power = powerOfTwo(I(n));
  return fma(fma(y, r * r, r), power, power - 1.0);
}

fn withSignOf(x: V, sign: V) -> V { return select(x, -x, sign < V(0.0)); }

// (e^2x − 1) / (e^2x + 1); from 10 on it is 1.
fn hyperbolicTangent(x: V) -> V {
  let less1 = exponentialLess1(2.0 * min(abs(x), V(20.0)));
  return withSignOf(less1 / (less1 + 2.0), x);
}

// log(1 + x) for −1/2 ≤ x ≤ 1: 2 artanh(x / (2 + x)), by its series.
fn logarithmOf1And(x: V) -> V {
  let twice = 2.0 * x / (2.0 + x);
  let square = 0.25 * twice * twice;
  var y = fma(V(1.0 / 13.0), square, V(1.0 / 11.0));
  y = fma(y, square, V(1.0 / 9.0));
  y = fma(y, square, V(1.0 / 7.0));
  y = fma(y, square, V(1.0 / 5.0));
  y = fma(y, square, V(1.0 / 3.0));
  return fma(y * square, twice, twice);
}

// e^(−scale x²). The square is taken in two parts: rounded, it would cost the tails their digits.
fn bell(x: V, scale: f32) -> V {
  let size = min(abs(x), V(64.0));
  let high = bitcast<V>(bitcast<U>(size) & U(0xfffff000u));
  return exponentialOfSum(-scale * high * high, -scale * (size - high) * (size + high));
}

// 1 − erf(x) for x ≥ 0, where power is e^−x².
fn complementaryError(x: V, power: V) -> V {
  let t = 1.0 / fma(V(0.4), x, V(1.0));
  var y = fma(V(0.041612569), t, V(-0.142080292));
  y = fma(y, t, V(0.0876542479));
  y = fma(y, t, V(0.083736077));
  y = fma(y, t, V(0.0827011093));
  y = fma(y, t, V(0.192128614));
  y = fma(y, t, V(0.202213719));
  y = fma(y, t, V(0.226397052));
  y = fma(y, t, V(0.225636959));
  return y * t * power;
}

fn errorFunction(x: V) -> V {
  let size = abs(x);
  let square = size * size;
  var y = fma(V(-5.63142239e-4), square, V(4.9175573e-3));
  y = fma(y, square, V(-2.67113112e-2));
  y = fma(y, square, V(0.112801798));
  y = fma(y, square, V(-0.37612325));
  y = fma(y, square, V(1.12837911));
  let far = 1.0 - complementaryError(size, bell(x, 1.0));
  return withSignOf(select(far, size * y, size < V(1.0)), x);
}

// The normal distribution's cumulative probability, where power is e^(−x² / 2).
fn normalProbability(x: V, power: V) -> V {
  let tail = 0.5 * complementaryError(abs(x) * 0.70710678118, power);
  return select(1.0 - tail, tail, x < V(0.0));
}
`;
