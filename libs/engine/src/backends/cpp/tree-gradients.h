// Probabilities of classes, and the gradients of the log loss as whole numbers.
#pragma once

#include "doubles.h"
#include "range.h"
#include "uncontracted.h"

/** Classes at most, and rows that are computed side by side. */
constexpr int TREE_CLASSES = 64, TREE_ROWS = 32;

UNCONTRACTED

/** e^x for x up to 0: the series of Taylor within ln 2 / 2, by operations that JavaScript repeats. */
INLINE double exponentialUpTo0(double x) {
  const double n = __builtin_floor(x * 1.4426950408889634 + 0.5);
  const double r = x - n * 6.93147180369123816490e-1 - n * 1.90821492927058770002e-10;
  double y = 1 / 6227020800.; // 13!
  y = y * r + 1 / 479001600.;
  y = y * r + 1 / 39916800.;
  y = y * r + 1 / 3628800.;
  y = y * r + 1 / 362880.;
  y = y * r + 1 / 40320.;
  y = y * r + 1 / 5040.;
  y = y * r + 1 / 720.;
  y = y * r + 1 / 120.;
  y = y * r + 1 / 24.;
  y = y * r + 1 / 6.;
  y = y * r + 0.5;
  y = y * r + 1;
  y = y * r + 1;
  const int64_t bits = (int64_t)((n < -1022 ? -1022 : n) + 1023) << 52;
  double power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return x < -700 ? 0 : y * power;
}

/** Softmax of TREE_ROWS rows' scores `[class, row]`, which become e to them less the greatest; what these add up to. */
static void exponentialScores(double* scores, int classes, double* sums) {
  double most[TREE_ROWS];
  for (int i = 0; i < TREE_ROWS; i++) most[i] = -__builtin_inf(), sums[i] = 0;
  for (int k = 0; k < classes; k++)
    for (int i = 0; i < TREE_ROWS; i++) {
      const double score = scores[k * TREE_ROWS + i];
      most[i] = score > most[i] ? score : most[i];
    }
  for (int k = 0; k < classes; k++)
    for (int i = 0; i < TREE_ROWS; i++) {
      double& score = scores[k * TREE_ROWS + i];
      score = exponentialUpTo0(score - most[i]);
      sums[i] += score;
    }
}

CONTRACTED

/** Probabilities `[class, row]` from scores `[class, row]`. Items: rows, `total` in all. */
static void treeSoftmax(Range range, const double* scores, int total, int classes, float* probabilities) {
  double own[TREE_CLASSES * TREE_ROWS], sums[TREE_ROWS];
  for (int first = range.begin; first < range.end; first += TREE_ROWS) {
    const int n = least(TREE_ROWS, range.end - first);
    for (int k = 0; k < classes; k++) {
      const double* from = scores + (ptrdiff_t)k * total + first;
      for (int i = 0; i < TREE_ROWS; i++) own[k * TREE_ROWS + i] = i < n ? from[i] : 0;
    }
    exponentialScores(own, classes, sums);
    for (int k = 0; k < classes; k++) {
      float* to = probabilities + (ptrdiff_t)k * total + first;
      for (int i = 0; i < n; i++) to[i] = (float)(own[k * TREE_ROWS + i] / sums[i]);
    }
  }
}

/**
 * One class's gradients and hessians as pairs of whole numbers: the gradient times `perGradient`, and the hessian
 * times `perHessian`, at least 1, times `perRow`, plus 1 for the row; what they add up to to `sums` `[part, 2]`. The
 * factors are powers of 2: every product with them is exact. Items: rows.
 */
static void treeGradients(Range range, const float* probabilities, const uint8_t* labels, int label, double factor,
                          double perGradient, double perHessian, double perRow, double* pairs, double* sums) {
  double gradient = 0, packed = 0;
  for (int row = range.begin; row < range.end; row++) {
    const double p = probabilities[row];
    const double g = __builtin_floor((p - (labels[row] == label)) * perGradient + 0.5);
    const double h = __builtin_floor(p * (1 - p) * factor * perHessian + 0.5);
    const double both = (h > 1 ? h : 1) * perRow + 1;
    pairs[2 * (ptrdiff_t)row] = g;
    pairs[2 * (ptrdiff_t)row + 1] = both;
    gradient += g;
    packed += both;
  }
  sums[2 * range.part] = gradient;
  sums[2 * range.part + 1] = packed;
}
