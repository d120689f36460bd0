// Operations on two operands, element by element: of one shape, with a scalar, or broadcasting.
#pragma once

#include "range.h"
#include "vector.h"

/** The greater one as JavaScript has it: NaN where either is, and 0 above −0. */
INLINE Vec maximum(Vec a, Vec b) {
  const Vec equal = (Vec)((IntVec)a & (IntVec)b);
  return select(a < b, b, select(b < a, a, select(a == b, equal, a + b)));
}

/** The smaller one as JavaScript has it: NaN where either is, and −0 below 0. */
INLINE Vec minimum(Vec a, Vec b) {
  const Vec equal = (Vec)((IntVec)a | (IntVec)b);
  return select(a < b, a, select(b < a, b, select(a == b, equal, a + b)));
}

/** `n` ≤ LANES values; an operand whose step is 0 is one value for all of them. */
template <Vec (*operation)(Vec, Vec), int A, int B>
INLINE void binaryPart(float* out, const float* a, const float* b, int n) {
  storePart(out, operation(A ? loadPart(a, n) : splat(*a), B ? loadPart(b, n) : splat(*b)), n);
}

/** out[i] = operation(a[i · A], b[i · B]) for i < n, in whole vectors; how many values that were. */
template <Vec (*operation)(Vec, Vec), int A, int B>
INLINE int binaryVectors(float* out, const float* a, const float* b, int n) {
  const Vec oneA = splat(*a), oneB = splat(*b);
  int i = 0;
  for (; i + LANES <= n; i += LANES)
    store(out + i, operation(A ? load(a + i) : oneA, B ? load(b + i) : oneB));
  return i;
}

template <Vec (*operation)(Vec, Vec), int A, int B>
INLINE void binaryFlat(Range range, float* out, const float* a, const float* b) {
  out += range.begin;
  a += A * (ptrdiff_t)range.begin;
  b += B * (ptrdiff_t)range.begin;
  const int n = range.end - range.begin;
  const int i = binaryVectors<operation, A, B>(out, a, b, n);
  if (i < n) binaryPart<operation, A, B>(out + i, a + A * i, b + B * i, n - i);
}

/** Items are elements; a step is 1, or 0 for a scalar. `out` may be an operand whose step is 1. */
template <Vec (*operation)(Vec, Vec)>
INLINE void binary(Range range, float* out, const float* a, const float* b, int aStep, int bStep) {
  if (aStep && bStep)
    binaryFlat<operation, 1, 1>(range, out, a, b);
  else if (aStep)
    binaryFlat<operation, 1, 0>(range, out, a, b);
  else
    binaryFlat<operation, 0, 1>(range, out, a, b);
}

/** One row of `n` values; `out` is neither operand, as the last vector may begin within the one before. */
template <Vec (*operation)(Vec, Vec), int A, int B>
INLINE void binaryRow(float* out, const float* a, const float* b, int n) {
  if (n < LANES) return binaryPart<operation, A, B>(out, a, b, n);
  const int i = binaryVectors<operation, A, B>(out, a, b, n);
  const int last = n - LANES;
  if (i < n) binaryVectors<operation, A, B>(out + last, a + A * last, b + B * last, LANES);
}

/** The longest row of an operand that is laid out anew so that it repeats in whole vectors. */
constexpr int REPEATED = 64;

/**
 * out[i] = operation(a[i], b[i mod period]), or with the operands in the other order; period ≤ REPEATED.
 * So short rows take whole vectors too.
 */
template <Vec (*operation)(Vec, Vec), bool aRepeats>
INLINE void binaryRepeated(Range range, float* out, const float* whole, const float* row, int period) {
  float repeated[REPEATED + LANES];
  for (int i = 0; i < period + LANES; i++) repeated[i] = row[i % period];
  int place = range.begin % period;
  const int step = LANES % period;
  int i = range.begin;
  for (; i + LANES <= range.end; i += LANES) {
    const Vec x = load(whole + i), y = load(repeated + place);
    store(out + i, aRepeats ? operation(y, x) : operation(x, y));
    place += step;
    if (place >= period) place -= period;
  }
  const int n = range.end - i;
  if (n == 0) return;
  const Vec x = loadPart(whole + i, n), y = load(repeated + place);
  storePart(out + i, aRepeats ? operation(y, x) : operation(x, y), n);
}

/**
 * Items are elements of out `[n0, n1, n2, n3]`, contiguous; a0 to b3 are the operands' strides, 0 where an
 * operand repeats, and along the last axis 1 or 0.
 */
template <Vec (*operation)(Vec, Vec)>
INLINE void binaryBroadcast(Range range, float* out, const float* a, const float* b, int n1, int n2, int n3, int a0,
                            int a1, int a2, int a3, int b0, int b1, int b2, int b3) {
  const bool flat = a0 == 0 && a1 == 0 && b0 == 0 && b1 == 0 && a3 == 1 && b3 == 1;
  if (flat && n3 <= REPEATED && n3 % LANES != 0) {
    if (a2 == 0) return binaryRepeated<operation, true>(range, out, b, a, n3);
    return binaryRepeated<operation, false>(range, out, a, b, n3);
  }
  int i3 = range.begin % n3, row = range.begin / n3;
  int i2 = row % n2;
  row /= n2;
  int i1 = row % n1, i0 = row / n1;
  for (int i = range.begin; i < range.end;) {
    const float* p = a + (ptrdiff_t)i0 * a0 + (ptrdiff_t)i1 * a1 + (ptrdiff_t)i2 * a2 + (ptrdiff_t)i3 * a3;
    const float* q = b + (ptrdiff_t)i0 * b0 + (ptrdiff_t)i1 * b1 + (ptrdiff_t)i2 * b2 + (ptrdiff_t)i3 * b3;
    const int n = least(n3 - i3, range.end - i);
    if (a3 && b3)
      binaryRow<operation, 1, 1>(out + i, p, q, n);
    else if (a3)
      binaryRow<operation, 1, 0>(out + i, p, q, n);
    else
      binaryRow<operation, 0, 1>(out + i, p, q, n);
    i += n;
    i3 = 0;
    if (++i2 < n2) continue;
    i2 = 0;
    if (++i1 < n1) continue;
    i1 = 0;
    i0++;
  }
}

// The kernels `name` and `nameBroadcast` of an operation on the vectors a and b.
#define BINARY(name, result)                                                                                      \
  INLINE Vec name##Of(Vec a, Vec b) { return result; }                                                            \
  static void name(Range range, float* out, const float* a, const float* b, int aStep, int bStep) {               \
    binary<name##Of>(range, out, a, b, aStep, bStep);                                                             \
  }                                                                                                               \
  static void name##Broadcast(Range range, float* out, const float* a, const float* b, int n1, int n2, int n3,    \
                              int a0, int a1, int a2, int a3, int b0, int b1, int b2, int b3) {                   \
    binaryBroadcast<name##Of>(range, out, a, b, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3);                      \
  }

BINARY(binaryAdd, a + b)
BINARY(binarySubtract, a - b)
BINARY(binaryMultiply, a * b)
BINARY(binaryDivide, a / b)
BINARY(binaryMaximum, maximum(a, b))
BINARY(binaryMinimum, minimum(a, b))
BINARY(binarySquaredDifference, (a - b) * (a - b))
