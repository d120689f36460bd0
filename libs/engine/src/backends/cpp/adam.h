// The optimiser's update.
#pragma once

#include "range.h"
#include "vector.h"

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1) in place. Items: weights. `rate` is the learning rate
 * over 1 − β₁ᵗ, `correction` 1 / √(1 − β₂ᵗ).
 */
static void adamUpdate(Range range, float* weights, float* first, float* second, const float* gradient, float beta1,
                       float beta2, float epsilon, float rate, float correction) {
  for (int i = range.begin; i < range.end; i += LANES) {
    const int n = least(LANES, range.end - i);
    const Vec g = loadPart(gradient + i, n);
    const Vec m = fma(loadPart(first + i, n), splat(beta1), g * splat(1.f - beta1));
    const Vec v = fma(loadPart(second + i, n), splat(beta2), g * g * splat(1.f - beta2));
    storePart(first + i, m, n);
    storePart(second + i, v, n);
    const Vec scale = fma(squareRoot(v), splat(correction), splat(epsilon));
    storePart(weights + i, loadPart(weights + i, n) - m * splat(rate) / scale, n);
  }
}
