// Operations on one operand, element by element, and the gradients that are kernels of their own.
#pragma once

#include "activation.h"
#include "range.h"

/** e^(−s x²) for s of 1 or 1/2. The square is taken in two parts: rounded, it would cost the tails their digits. */
INLINE Vec bell(Vec x, float s) {
  const Vec size = min(absolute(x), splat(64.f));
  const Vec high = (Vec)((IntVec)size & (int32_t)0xfffff000); // its square is exact
  return exponentialOfSum(high * high * splat(-s), (size - high) * (size + high) * splat(-s));
}

/**
 * erfc(x) = 1 − erf(x) for x ≥ 0, where `power` is e^−x²: within 1e-6 of itself however small it is. With
 * t = 1 / (1 + 0.4 x) the polynomial is minimax for erfc(x) e^x² / t over 0 ≤ x ≤ 10.
 */
INLINE Vec complementaryError(Vec x, Vec power) {
  const Vec t = splat(1.f) / fma(splat(0.4f), x, splat(1.f));
  Vec y = splat(0.041612569f);
  y = fma(y, t, splat(-0.142080292f));
  y = fma(y, t, splat(0.0876542479f));
  y = fma(y, t, splat(0.083736077f));
  y = fma(y, t, splat(0.0827011093f));
  y = fma(y, t, splat(0.192128614f));
  y = fma(y, t, splat(0.202213719f));
  y = fma(y, t, splat(0.226397052f));
  y = fma(y, t, splat(0.225636959f));
  return y * t * power;
}

/** erf(x): below 1 an odd polynomial, minimax for erf(x) / x, as 1 − erfc(x) would cancel near 0. */
INLINE Vec errorFunction(Vec x) {
  const Vec size = absolute(x), square = size * size;
  Vec y = splat(-5.63142239e-4f);
  y = fma(y, square, splat(4.9175573e-3f));
  y = fma(y, square, splat(-2.67113112e-2f));
  y = fma(y, square, splat(0.112801798f));
  y = fma(y, square, splat(-0.37612325f));
  y = fma(y, square, splat(1.12837911f));
  const Vec rest = complementaryError(size, bell(x, 1.f));
  return withSignOf(select(size < splat(1.f), size * y, splat(1.f) - rest), x);
}

/** The normal distribution's cumulative probability, where `power` is e^(−x² / 2). */
INLINE Vec normalProbability(Vec x, Vec power) {
  const Vec tail = splat(0.5f) * complementaryError(absolute(x) * splat(0.707106781f), power);
  return select(x < splat(0.f), tail, splat(1.f) - tail);
}

/** d gelu(x) / dx = Φ(x) + x φ(x). */
INLINE Vec geluSlope(Vec x) {
  const Vec power = bell(x, 0.5f);
  return fma(x * splat(0.398942280f), power, normalProbability(x, power)); // 1 / √(2π)
}

/** out[i] = operation(x[i], low, high); items are elements. */
template <Vec (*operation)(Vec, Vec, Vec)>
INLINE void unary(Range range, float* out, const float* x, float low, float high) {
  const Vec l = splat(low), h = splat(high);
  int i = range.begin;
  for (; i + LANES <= range.end; i += LANES) store(out + i, operation(load(x + i), l, h));
  const int n = range.end - i;
  if (n > 0) storePart(out + i, operation(loadPart(x + i, n), l, h), n);
}

/** out[i] = operation(dy[i], y[i]); items are elements. */
template <Vec (*operation)(Vec, Vec)>
INLINE void unaryGradient(Range range, float* out, const float* dy, const float* y) {
  int i = range.begin;
  for (; i + LANES <= range.end; i += LANES) store(out + i, operation(load(dy + i), load(y + i)));
  const int n = range.end - i;
  if (n > 0) storePart(out + i, operation(loadPart(dy + i, n), loadPart(y + i, n)), n);
}

// The kernel `name` of an operation on the vector x, without parameters, with one (low), or two.
#define UNARY(name, result)                                                                                    \
  INLINE Vec name##Of(Vec x, Vec, Vec) { return result; }                                                      \
  static void name(Range range, float* out, const float* x) { unary<name##Of>(range, out, x, 0.f, 0.f); }
#define UNARY_ONE(name, result)                                                                                \
  INLINE Vec name##Of(Vec x, Vec low, Vec) { return result; }                                                  \
  static void name(Range range, float* out, const float* x, float low) {                                       \
    unary<name##Of>(range, out, x, low, 0.f);                                                                  \
  }
#define UNARY_TWO(name, result)                                                                                \
  INLINE Vec name##Of(Vec x, Vec low, Vec high) { return result; }                                             \
  static void name(Range range, float* out, const float* x, float low, float high) {                           \
    unary<name##Of>(range, out, x, low, high);                                                                 \
  }
// The kernel `name` of the gradient of an operation, from dy and what the operation took or gave, y.
#define UNARY_GRADIENT(name, result)                                                                           \
  INLINE Vec name##Of(Vec dy, Vec y) { return result; }                                                        \
  static void name(Range range, float* out, const float* dy, const float* y) {                                 \
    unaryGradient<name##Of>(range, out, dy, y);                                                                \
  }

UNARY(unaryNegate, -x)
UNARY(unaryAbsolute, absolute(x))
UNARY(unarySquare, x * x)
UNARY(unarySquareRoot, squareRoot(x))
UNARY(unaryInverseSquareRoot, splat(1.f) / squareRoot(x))
UNARY(unaryReciprocal, splat(1.f) / x)
UNARY(unaryExponential, exponential(x))
UNARY(unaryLogarithm, logarithm(x))
UNARY(unarySigmoid, sigmoid(x))
UNARY(unaryTanh, hyperbolicTangent(x))
UNARY(unaryRelu, rectified(x))
UNARY(unaryRelu6, rectifiedTo6(x))
UNARY(unaryElu, exponentialLinear(x))
UNARY(unaryErf, errorFunction(x))
UNARY(unaryGelu, x * normalProbability(x, bell(x, 0.5f)))
UNARY_ONE(unaryStep, select(x > splat(0.f), splat(1.f), select(x == x, low, x)))
UNARY_ONE(unaryLeakyRelu, leakyRectified(x, low))
UNARY_TWO(unaryClip, select(x > high, high, select(x < low, low, x)))
UNARY_GRADIENT(eluGradient, select(y >= splat(0.f), dy, dy * (y + splat(1.f))))
UNARY_GRADIENT(geluGradient, dy * geluSlope(y))

/** The same value everywhere; items are elements. */
static void fill(Range range, float* out, float value) {
  const Vec v = splat(value);
  int i = range.begin;
  for (; i + LANES <= range.end; i += LANES) store(out + i, v);
  for (; i < range.end; i++) out[i] = value;
}

/** Numbers of another type as float32; items are elements. */
template <typename T>
INLINE void castNumbers(Range range, float* out, const T* x) {
  for (int i = range.begin; i < range.end; i++) out[i] = (float)x[i];
}

static void castIntegers(Range range, float* out, const int32_t* x) { castNumbers(range, out, x); }
static void castBytes(Range range, float* out, const uint8_t* x) { castNumbers(range, out, x); }
