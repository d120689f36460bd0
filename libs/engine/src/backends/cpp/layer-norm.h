// Layer normalisation over the last axis (Ba, Kiros and Hinton 2016, arXiv:1607.06450), and its gradient.
#pragma once

#include "range.h"
#include "vector.h"

/**
 * out = (x − mean) · scale · gamma + beta for each row of x `[rows, length]`, scale = 1 / √(variance + epsilon);
 * statistics `[rows, 2]` are mean and scale. Items: rows.
 */
static void layerNorm(Range range, float* out, float* statistics, const float* x, const float* gamma, const float* beta,
                      int length, float epsilon) {
  for (int row = range.begin; row < range.end; row++) {
    const float* from = x + (ptrdiff_t)row * length;
    float* to = out + (ptrdiff_t)row * length;
    // The first value is the origin of the sum: so the mean of equal values is that value to the bit.
    const float origin = from[0];
    Vec sums = splat(0);
    int i = 0;
    for (; i + LANES <= length; i += LANES) sums += load(from + i) - splat(origin);
    float sum = sumOf(sums);
    for (; i < length; i++) sum += from[i] - origin;
    const float mean = origin + sum / (float)length;
    Vec squares = splat(0);
    i = 0;
    for (; i + LANES <= length; i += LANES) {
      const Vec d = load(from + i) - splat(mean);
      squares = fma(d, d, squares);
    }
    float square = sumOf(squares);
    for (; i < length; i++) square += (from[i] - mean) * (from[i] - mean);
    const float scale = 1.f / __builtin_sqrtf(square / (float)length + epsilon);
    for (i = 0; i < length; i += LANES) {
      const int n = least(LANES, length - i);
      const Vec y = (loadPart(from + i, n) - splat(mean)) * splat(scale);
      storePart(to + i, fma(y, loadPart(gamma + i, n), loadPart(beta + i, n)), n);
    }
    statistics[2 * row] = mean;
    statistics[2 * row + 1] = scale;
  }
}

/** Lengths up to which the sums of a part are taken on the stack, close to where no other thread writes. */
constexpr int NEAR_SUMS = 1024;

/**
 * dL/dx; and for each part of the rows dL/dgamma and dL/dbeta, in dGamma `[parts, length]` and
 * dBeta `[parts, length]`. Items: rows.
 */
static void layerNormGradient(Range range, float* dx, float* dGamma, float* dBeta, const float* dy, const float* x,
                              const float* gamma, const float* statistics, int length) {
  dGamma += (ptrdiff_t)range.part * length;
  dBeta += (ptrdiff_t)range.part * length;
  float near[2 * NEAR_SUMS];
  float* gammaSums = length <= NEAR_SUMS ? near : dGamma;
  float* betaSums = length <= NEAR_SUMS ? near + NEAR_SUMS : dBeta;
  __builtin_memset(gammaSums, 0, sizeof(float) * length);
  __builtin_memset(betaSums, 0, sizeof(float) * length);
  for (int row = range.begin; row < range.end; row++) {
    const ptrdiff_t at = (ptrdiff_t)row * length;
    const Vec mean = splat(statistics[2 * row]), scale = splat(statistics[2 * row + 1]);
    Vec sums = splat(0), products = splat(0);
    for (int i = 0; i < length; i += LANES) {
      const int n = least(LANES, length - i);
      const Vec d = loadPart(dy + at + i, n);
      const Vec y = (loadPart(x + at + i, n) - mean) * scale;
      storePart(gammaSums + i, fma(d, y, loadPart(gammaSums + i, n)), n);
      storePart(betaSums + i, d + loadPart(betaSums + i, n), n);
      const Vec g = d * loadPart(gamma + i, n); // zeros beyond the row
      sums += g;
      products = fma(g, y, products);
    }
    const Vec offset = splat(sumOf(sums) / (float)length), slope = splat(sumOf(products) / (float)length);
    for (int i = 0; i < length; i += LANES) {
      const int n = least(LANES, length - i);
      const Vec y = (loadPart(x + at + i, n) - mean) * scale;
      const Vec g = loadPart(dy + at + i, n) * loadPart(gamma + i, n);
      storePart(dx + at + i, scale * (g - offset - y * slope), n);
    }
  }
  if (length > NEAR_SUMS) return;
  __builtin_memcpy(dGamma, gammaSums, sizeof(float) * length);
  __builtin_memcpy(dBeta, betaSums, sizeof(float) * length);
}
