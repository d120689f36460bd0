// Vectors of float32 in GCC's and Clang's vector extensions: as wide as the target's registers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX__)
#define LANES 8
#else
#define LANES 4
#endif

typedef float Vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t IntVec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

#ifdef __wasm__
#include <wasm_simd128.h>
#ifdef __wasm_relaxed_simd__
INLINE Vec fma(Vec a, Vec b, Vec c) {
  return (Vec)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)c);
}
#else
INLINE Vec fma(Vec a, Vec b, Vec c) { return a * b + c; }
#endif
// The first operand where it is NaN.
INLINE Vec min(Vec a, Vec b) { return (Vec)wasm_f32x4_pmin((v128_t)a, (v128_t)b); }
INLINE Vec max(Vec a, Vec b) { return (Vec)wasm_f32x4_pmax((v128_t)a, (v128_t)b); }
INLINE Vec broadcast(const float* p) { return (Vec)wasm_v128_load32_splat(p); }
INLINE Vec squareRoot(Vec x) { return (Vec)wasm_f32x4_sqrt((v128_t)x); }
#else
INLINE Vec fma(Vec a, Vec b, Vec c) { return a * b + c; }
// The first operand where it is NaN.
INLINE Vec min(Vec a, Vec b) { return b < a ? b : a; }
INLINE Vec max(Vec a, Vec b) { return a < b ? b : a; }
INLINE Vec broadcast(const float* p) { return *p - (Vec){0}; }
INLINE Vec squareRoot(Vec x) {
  for (int i = 0; i < LANES; i++) x[i] = __builtin_sqrtf(x[i]);
  return x;
}
#endif

INLINE int least(int a, int b) { return b < a ? b : a; }
INLINE int greatest(int a, int b) { return a < b ? b : a; }

/** The same value in each lane. */
INLINE Vec splat(float x) { return x - (Vec){0}; }

INLINE Vec load(const float* p) { return *(const Vec*)p; }
INLINE void store(float* p, Vec x) { *(Vec*)p = x; }

/** Copies the first `n` floats, fewer than LANES, in a few pieces. */
INLINE void copyPart(float* to, const float* from, int n) {
#pragma GCC unroll 4
  for (int size = LANES / 2; size > 0; size /= 2) {
    if ((n & size) == 0) continue;
    __builtin_memcpy(to, from, size * sizeof(float));
    to += size;
    from += size;
  }
}

/** The first `n` lanes from memory, zeros in the rest; 0 ≤ n. */
INLINE Vec loadPart(const float* p, int n) {
  if (n >= LANES) return load(p);
  float lanes[LANES] = {0};
  copyPart(lanes, p, n);
  return load(lanes);
}

/** The first `n` lanes to memory; 0 ≤ n. */
INLINE void storePart(float* p, Vec x, int n) {
  if (n >= LANES) return store(p, x);
  float lanes[LANES];
  store(lanes, x);
  copyPart(p, lanes, n);
}

/** Sum over the lanes, in a fixed order. */
INLINE float sumOf(Vec x) {
  float sum = 0;
  for (int i = 0; i < LANES; i++) sum += x[i];
  return sum;
}

/** `a` where the mask is set (all bits), otherwise `b`. */
INLINE Vec select(IntVec mask, Vec a, Vec b) {
  return (Vec)(((IntVec)a & mask) | ((IntVec)b & ~mask));
}

INLINE Vec absolute(Vec x) { return (Vec)((IntVec)x & 0x7fffffff); }

/** x ≥ 0 with the sign of another number. */
INLINE Vec withSignOf(Vec x, Vec sign) { return (Vec)((IntVec)x | ((IntVec)sign & (int32_t)0x80000000)); }

/** x − n ln 2 for the whole n next to x / ln 2. */
INLINE Vec restOf(Vec x, Vec n) {
  return fma(n, splat(2.12194440e-4f), fma(n, splat(-0.693359375f), x));
}

/** (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2: the polynomial of the Cephes library (S. Moshier). */
INLINE Vec exponentialSeries(Vec r) {
  Vec y = splat(1.9875691500e-4f);
  y = fma(y, r, splat(1.3981999507e-3f));
  y = fma(y, r, splat(8.3334519073e-3f));
  y = fma(y, r, splat(4.1665795894e-2f));
  y = fma(y, r, splat(1.6666665459e-1f));
  return fma(y, r, splat(5.0000001201e-1f));
}

/** e^r for |r| ≤ ln 2 / 2. */
INLINE Vec exponentialOfRest(Vec r) { return fma(exponentialSeries(r), r * r, r + splat(1.f)); }

/** 1.5 · 2²³ rounds what is added to it to a whole number; with 127 that is the exponent of a float32. */
constexpr float ROUNDING = 12582912.f, ROUNDING_TO_EXPONENT = ROUNDING + 127.f;

/** e^x = (1 + less1) · power, for −87 ≤ x ≤ 88: `power` is of 2, and `less1` is as exact when it is small. */
struct Exponential {
  Vec less1, power;

  explicit __attribute__((always_inline)) Exponential(Vec x) {
    const Vec t = fma(x, splat(1.44269504f), splat(ROUNDING_TO_EXPONENT));
    const Vec r = restOf(x, t - splat(ROUNDING_TO_EXPONENT));
    less1 = fma(exponentialSeries(r), r * r, r);
    power = (Vec)(((IntVec)t) << 23);
  }
  /** e^x − 1, with no digits lost near 0. */
  __attribute__((always_inline)) Vec minusOne() const { return fma(less1, power, power - splat(1.f)); }
  /** e^x + 1 */
  __attribute__((always_inline)) Vec plusOne() const { return fma(less1, power, power + splat(1.f)); }
};

/** e^x for −87 ≤ x ≤ 88, clamped outside; NaN stays NaN. Within 2 units in the last place. */
INLINE Vec expClamped(Vec x) {
  x = max(min(x, splat(88.f)), splat(-87.f));
  Vec t = fma(x, splat(1.44269504f), splat(ROUNDING_TO_EXPONENT));
  Vec n = t - splat(ROUNDING_TO_EXPONENT);
  return exponentialOfRest(restOf(x, n)) * (Vec)(((IntVec)t) << 23);
}

/** Multiplies by 2ⁿ for whole −150 ≤ n ≤ 150, in two steps: the product may be beyond float32, or denormal. */
INLINE Vec timesPowerOfTwo(Vec x, IntVec n) {
  const IntVec half = n >> 1;
  return x * (Vec)((half + 127) << 23) * (Vec)((n - half + 127) << 23);
}

/** e^(x + more) for every x, where `more` is small beside 1. */
INLINE Vec exponentialOfSum(Vec x, Vec more) {
  x = max(min(x, splat(89.f)), splat(-104.f));
  const Vec t = fma(x, splat(1.44269504f), splat(ROUNDING));
  const Vec r = restOf(x, t - splat(ROUNDING)) + more;
  return timesPowerOfTwo(exponentialOfRest(r), (IntVec)t - (IntVec)splat(ROUNDING));
}

/** e^x for every x. */
INLINE Vec exponential(Vec x) {
  x = max(min(x, splat(89.f)), splat(-104.f));
  const Vec t = fma(x, splat(1.44269504f), splat(ROUNDING));
  const Vec r = restOf(x, t - splat(ROUNDING));
  return timesPowerOfTwo(exponentialOfRest(r), (IntVec)t - (IntVec)splat(ROUNDING));
}

/** Natural logarithm of what is no denormal number; −∞ at 0, NaN below. The polynomial is that of Cephes. */
INLINE Vec logarithmOfNormal(Vec x) {
  const Vec tiny = splat(1.17549435e-38f);
  IntVec bits = (IntVec)max(x, tiny);
  IntVec exponent = ((bits >> 23) & 0xff) - 126;
  Vec m = (Vec)((bits & 0x007fffff) | 0x3f000000); // [0.5, 1)
  IntVec small = m < splat(0.707106781f);
  Vec e = __builtin_convertvector(exponent + small, Vec); // small is −1 where set
  m = m - splat(1.f) + (Vec)((IntVec)m & small);
  Vec z = m * m;
  Vec y = splat(7.0376836292e-2f);
  y = fma(y, m, splat(-1.1514610310e-1f));
  y = fma(y, m, splat(1.1676998740e-1f));
  y = fma(y, m, splat(-1.2420140846e-1f));
  y = fma(y, m, splat(1.4249322787e-1f));
  y = fma(y, m, splat(-1.6668057665e-1f));
  y = fma(y, m, splat(2.0000714765e-1f));
  y = fma(y, m, splat(-2.4999993993e-1f));
  y = fma(y, m, splat(3.3333331174e-1f));
  y = y * m * z;
  y = fma(e, splat(-2.12194440e-4f), y);
  y = fma(z, splat(-0.5f), y);
  y = m + y;
  y = fma(e, splat(0.693359375f), y);
  y = select(x == splat(0.f), splat(-__builtin_inff()), y);
  y = select(x > splat(3.4028234e38f), x, y);
  return select((x < splat(0.f)) | (x != x), splat(__builtin_nanf("")), y);
}

/** Natural logarithm, of denormal numbers too. */
INLINE Vec logarithm(Vec x) {
  const IntVec tiny = (IntVec)((x < splat(1.17549435e-38f)) & (x > splat(0.f)));
  const Vec scaled = logarithmOfNormal(select(tiny, x * splat(33554432.f), x)); // 2²⁵
  return scaled - select(tiny, splat(17.3286795f), splat(0.f));
}

/** 1 / (1 + e^−x). The exponential is of what is never positive: so both tails keep their digits. */
INLINE Vec sigmoid(Vec x) {
  const Vec decay = exponential(-absolute(x));
  return select(x >= splat(0.f), splat(1.f), decay) / (splat(1.f) + decay);
}

/** Hyperbolic tangent, (e^2x − 1) / (e^2x + 1), with no digits lost near 0. */
INLINE Vec hyperbolicTangent(Vec x) {
  const Vec size = min(absolute(x), splat(44.f)); // from 10 on it is 1
  const Exponential power(size + size);
  return withSignOf(power.minusOne() / power.plusOne(), x);
}
