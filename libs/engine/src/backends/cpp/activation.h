// What may happen to a sum before it is stored; the operations of the same names compute it alike.
#pragma once

#include "vector.h"

/** The greater of 0 and x: 0 for −0, and NaN for NaN. */
INLINE Vec rectified(Vec x) {
#ifdef __wasm__
  return (Vec)wasm_f32x4_max((v128_t)x, (v128_t)splat(0.f)); // of a choice Clang makes pmax, which keeps −0
#else
  return select((x > splat(0.f)) | (x != x), x, splat(0.f));
#endif
}

/** `rectified`, 6 at most. */
INLINE Vec rectifiedTo6(Vec x) { return min(rectified(x), splat(6.f)); }

/** e^x − 1 below 0, otherwise x; no digits are lost near 0. */
INLINE Vec exponentialLinear(Vec x) {
  // Of a choice of bounds the first is kept where x is NaN. From −17 on e^x − 1 is −1.
  const Exponential power(max(min(x, splat(0.f)), splat(-80.f)));
  return select(x >= splat(0.f), x, power.minusOne());
}

/** x times `slope` below 0, otherwise x. */
INLINE Vec leakyRectified(Vec x, Vec slope) { return select(x < splat(0.f), x * slope, x); }

// The activations in the order of their numbers, and what a host calls each.
#define ACTIVATIONS(X) \
  X(LINEAR, linear) X(RELU, relu) X(RELU6, relu6) X(SIGMOID, sigmoid) X(ELU, elu) X(LEAKY_RELU, leakyrelu)
#define ACTIVATION_NUMBER(number, name) number,
enum Activation { ACTIVATIONS(ACTIVATION_NUMBER) };

/** An activation of x; `slope` is that of LEAKY_RELU below 0. */
INLINE Vec activate(Vec x, int activation, float slope) {
  switch (activation) {
    case RELU:
      return rectified(x);
    case RELU6:
      return rectifiedTo6(x);
    case SIGMOID:
      return sigmoid(x);
    case ELU:
      return exponentialLinear(x);
    case LEAKY_RELU:
      return leakyRectified(x, splat(slope));
    default:
      return x;
  }
}
