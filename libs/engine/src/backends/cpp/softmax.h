// Softmax over the last axis.
#pragma once

#include "reduce.h"

/** e^x for x ≤ 0; exactly 0 far below. */
INLINE Vec exponentialBelow(Vec x) { return select(x < splat(-87.f), splat(0.f), expClamped(x)); }

/** The greatest lane, in every lane; one of another where a lane is NaN. */
INLINE Vec greatestOf(Vec x) {
  float lanes[LANES];
  store(lanes, x);
  return splat(reduceHalves<MaxReduction, LANES>(lanes));
}

/** 1 / the sum of the lanes, in every lane. */
INLINE Vec shareOf(Vec x) {
  float lanes[LANES];
  store(lanes, x);
  return splat(1.f / reduceHalves<SumReduction, LANES>(lanes));
}

/** The first `n` lanes of x, and −∞ in the rest. */
INLINE Vec orNothing(Vec x, int n) {
  IntVec lane;
  for (int i = 0; i < LANES; i++) lane[i] = i;
  return select((IntVec)(lane < n), x, splat(-__builtin_inff()));
}

/** Of each row of x `[rows, length]`; NaN where a row holds NaN or +∞, or nothing but −∞. Items: rows. */
static void softmaxRows(Range range, float* out, const float* x, int length) {
  for (int row = range.begin; row < range.end; row++) {
    const float* from = x + (ptrdiff_t)row * length;
    float* to = out + (ptrdiff_t)row * length;
    const int whole = length / LANES * LANES, rest = length - whole;
    const Vec last = rest > 0 ? orNothing(loadPart(from + whole, rest), rest) : splat(-__builtin_inff());
    Vec greatest = last;
    for (int i = 0; i < whole; i += LANES) greatest = max(greatest, load(from + i));
    greatest = greatestOf(greatest);
    Vec sums = splat(0), power = sums;
    for (int i = 0; i < whole; i += LANES) {
      const Vec e = exponentialBelow(load(from + i) - greatest);
      store(to + i, e);
      sums += e;
    }
    if (rest > 0) power = exponentialBelow(last - greatest);
    const Vec share = shareOf(sums + power);
    for (int i = 0; i < whole; i += LANES) store(to + i, load(to + i) * share);
    if (rest > 0) storePart(to + whole, power * share, rest);
  }
}
