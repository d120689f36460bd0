// Vectors of float64: half as many lanes as those of float32.
#pragma once

#include "vector.h"

#ifdef __AVX__
#include <immintrin.h>
#endif

#define DOUBLES (LANES / 2)

typedef double DoubleVec __attribute__((vector_size(8 * DOUBLES), aligned(8), may_alias));
typedef int64_t LongVec __attribute__((vector_size(8 * DOUBLES), aligned(8), may_alias));
/** Two numbers that lie together, wherever they do. */
typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));

/** The same number in each lane. */
INLINE DoubleVec doubles(double x) { return x - (DoubleVec){0}; }

INLINE DoubleVec choose(LongVec mask, DoubleVec a, DoubleVec b) {
  return (DoubleVec)(((LongVec)a & mask) | ((LongVec)b & ~mask));
}

/** Whether a mask is set (all bits) in any lane. */
INLINE bool isAny(LongVec mask) {
#if defined(__AVX512F__)
  return _mm512_test_epi64_mask((__m512i)mask, (__m512i)mask) != 0;
#elif defined(__AVX__)
  return _mm256_movemask_pd((__m256d)mask) != 0;
#elif defined(__wasm__)
  return wasm_v128_any_true((v128_t)mask);
#else
  return (mask[0] | mask[1]) != 0;
#endif
}

INLINE DoubleVec wholePart(DoubleVec x) {
#ifdef __wasm__
  return (DoubleVec)wasm_f64x2_floor((v128_t)x);
#else
  for (int i = 0; i < DOUBLES; i++) x[i] = __builtin_floor(x[i]);
  return x;
#endif
}

/** Of DOUBLES pairs in a row, the first numbers and the second ones. */
struct Parted {
  DoubleVec first, second;

  __attribute__((always_inline)) Parted(DoubleVec a, DoubleVec b) {
#if DOUBLES == 8
    first = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
    second = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
#elif DOUBLES == 4
    first = __builtin_shufflevector(a, b, 0, 2, 4, 6);
    second = __builtin_shufflevector(a, b, 1, 3, 5, 7);
#else
    first = __builtin_shufflevector(a, b, 0, 2);
    second = __builtin_shufflevector(a, b, 1, 3);
#endif
  }
};
