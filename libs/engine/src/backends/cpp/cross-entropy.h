// Softmax and cross-entropy in one, with what a training step wants to know beside the loss.
#pragma once

#include "range.h"
#include "vector.h"

/**
 * Of logits `[rows, classes]` and labels `[rows]`: the softmax `[rows, classes]`, and for each row its loss
 * and whether the greatest logit (the first of equals) is the label's: `results` `[rows, 2]`. Items: rows.
 */
static void crossEntropyForward(Range range, const float* logits, const int32_t* labels, int classes, float* softmax,
                                float* results) {
  for (int row = range.begin; row < range.end; row++) {
    const float* z = logits + (ptrdiff_t)row * classes;
    float* p = softmax + (ptrdiff_t)row * classes;
    float greatest = z[0];
    int answer = 0;
    for (int c = 1; c < classes; c++)
      if (z[c] > greatest) greatest = z[answer = c];
    Vec sums = splat(0);
    for (int c = 0; c < classes; c += LANES) {
      const int n = least(LANES, classes - c);
      const Vec e = exponential(loadPart(z + c, n) - splat(greatest));
      storePart(p + c, e, n);
      sums += loadPart(p + c, n); // zeros beyond the classes
    }
    const float sum = sumOf(sums);
    for (int c = 0; c < classes; c += LANES) {
      const int n = least(LANES, classes - c);
      storePart(p + c, loadPart(p + c, n) / splat(sum), n);
    }
    const int label = labels[row];
    results[2 * row] = logarithm(splat(sum))[0] - (z[label] - greatest);
    results[2 * row + 1] = answer == label;
  }
}

/** Sums of `results` `[rows, 2]`: the mean loss, and how many were right. One item. */
static void crossEntropyTotals(Range, const float* results, int rows, float* loss, float* correct) {
  double losses = 0;
  float right = 0;
  for (int row = 0; row < rows; row++) {
    losses += results[2 * row];
    right += results[2 * row + 1];
  }
  *loss = (float)(losses / rows);
  *correct = right;
}

/** dLogits `[rows, classes]`: (softmax − one-hot label) · dLoss / rows. Items: rows. */
static void crossEntropyBackward(Range range, const float* softmax, const int32_t* labels, const float* dLoss,
                                 int rows, int classes, float* dLogits) {
  const float share = *dLoss / (float)rows;
  for (int row = range.begin; row < range.end; row++) {
    const ptrdiff_t at = (ptrdiff_t)row * classes;
    for (int c = 0; c < classes; c++) dLogits[at + c] = (softmax[at + c] - (c == labels[row])) * share;
  }
}
