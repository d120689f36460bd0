// Sums, means, maxima and minima over one axis of x `[outer, reduced, inner]`, and places of maxima.
#pragma once

#include "range.h"
#include "vector.h"

typedef float HalfVec __attribute__((vector_size(2 * LANES), aligned(4), may_alias));
typedef double WideVec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

// Values that are added up in float32 before their sum is added to a total in float64.
constexpr int CHAIN = 16;
// Vectors of columns, or of one row, that are combined side by side.
constexpr int SIDE = 4;

/** Over n values, a power of two, by halves; they are lost. */
template <typename R, int n, typename T>
INLINE T reduceHalves(T* values) {
#pragma GCC unroll 4
  for (int half = n / 2; half > 0; half /= 2)
#pragma GCC unroll 8
    for (int i = 0; i < half; i++) values[i] = R::combine(values[i], values[i + half]);
  return values[0];
}

struct SumReduction {
  static constexpr float NEUTRAL = 0;
  template <typename T>
  INLINE T combine(T total, T x) {
    return total + x;
  }

  /** Totals of LANES columns in float64. */
  struct Total {
    WideVec low = {0}, high = {0};

    __attribute__((always_inline)) void add(Vec x) {
      float lanes[LANES];
      store(lanes, x);
      low += __builtin_convertvector(*(const HalfVec*)lanes, WideVec);
      high += __builtin_convertvector(*(const HalfVec*)(lanes + LANES / 2), WideVec);
    }
    __attribute__((always_inline)) Vec times(double scale) const {
      float lanes[LANES];
      *(HalfVec*)lanes = __builtin_convertvector(low * scale, HalfVec);
      *(HalfVec*)(lanes + LANES / 2) = __builtin_convertvector(high * scale, HalfVec);
      return load(lanes);
    }
    __attribute__((always_inline)) double all() const {
      double lanes[LANES / 2];
      *(WideVec*)lanes = low + high;
      return reduceHalves<SumReduction, LANES / 2>(lanes);
    }
  };
};

/** The greatest or least of LANES columns. */
template <typename R>
struct ExtremeTotal {
  Vec value = splat(R::NEUTRAL);

  __attribute__((always_inline)) void add(Vec x) { value = R::combine(value, x); }
  __attribute__((always_inline)) Vec times(double) const { return value; }
  __attribute__((always_inline)) double all() const {
    float lanes[LANES];
    store(lanes, value);
    return reduceHalves<R, LANES>(lanes);
  }
};

/** Of NaN and anything, NaN. */
struct MaxReduction {
  static constexpr float NEUTRAL = -__builtin_inff();
  INLINE Vec combine(Vec total, Vec x) { return select((total < x) | (x != x), x, total); }
  template <typename T>
  INLINE T combine(T total, T x) {
    return total < x || x != x ? x : total;
  }

  using Total = ExtremeTotal<MaxReduction>;
};

/** Of NaN and anything, NaN. */
struct MinReduction {
  static constexpr float NEUTRAL = __builtin_inff();
  INLINE Vec combine(Vec total, Vec x) { return select((x < total) | (x != x), x, total); }
  template <typename T>
  INLINE T combine(T total, T x) {
    return x < total || x != x ? x : total;
  }

  using Total = ExtremeTotal<MinReduction>;
};

/** Over `n` neighbours. */
template <typename R>
INLINE double reduceNeighbours(const float* x, int n) {
  double total = R::NEUTRAL;
  int i = 0;
  if (n >= LANES) {
    typename R::Total totals;
    for (; i + SIDE * LANES <= n;) {
      Vec chain[SIDE];
#pragma GCC unroll 4
      for (int v = 0; v < SIDE; v++) chain[v] = splat(R::NEUTRAL);
      for (int k = 0; k < CHAIN && i + SIDE * LANES <= n; k++, i += SIDE * LANES)
#pragma GCC unroll 4
        for (int v = 0; v < SIDE; v++) chain[v] = R::combine(chain[v], load(x + i + v * LANES));
      totals.add(R::combine(R::combine(chain[0], chain[1]), R::combine(chain[2], chain[3])));
    }
    for (; i + LANES <= n; i += LANES) totals.add(load(x + i));
    total = totals.all();
  }
  for (; i < n; i++) total = R::combine(total, (double)x[i]);
  return total;
}

/**
 * Over the rows of x `[rows, length]`, each in pieces of `piece` values: out `[rows, pieces]`. Items: the pieces
 * of all rows.
 */
template <typename R>
INLINE void reduceRows(Range range, float* out, const float* x, int length, int piece, int pieces, double scale) {
  for (int item = range.begin; item < range.end; item++) {
    const int begin = item % pieces * piece;
    const float* from = x + (ptrdiff_t)(item / pieces) * length + begin;
    out[item] = (float)(reduceNeighbours<R>(from, least(piece, length - begin)) * scale);
  }
}

/** Over `rows` rows at a distance of `stride`, V vectors of columns side by side. */
template <typename R, int V>
INLINE void reduceColumnVectors(float* out, const float* x, ptrdiff_t stride, int rows, double scale) {
  typename R::Total totals[V];
  for (int r = 0; r < rows; r += CHAIN) {
    Vec chain[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) chain[v] = splat(R::NEUTRAL);
    const int end = least(rows, r + CHAIN);
    for (int k = r; k < end; k++)
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) chain[v] = R::combine(chain[v], load(x + k * stride + v * LANES));
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) totals[v].add(chain[v]);
  }
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) store(out + v * LANES, totals[v].times(scale));
}

/** Over `rows` rows, contiguous, of less than LANES columns: LANES rows at a time are `columns` vectors. */
template <typename R>
INLINE void reduceNarrow(float* out, const float* x, int columns, int rows, double scale) {
  double total[LANES];
  for (int c = 0; c < columns; c++) total[c] = R::NEUTRAL;
  int r = 0;
  while (r + LANES <= rows) {
    float chain[LANES * LANES];
    for (int i = 0; i < columns; i++) store(chain + i * LANES, splat(R::NEUTRAL));
    for (int k = 0; k < CHAIN && r + LANES <= rows; k++, r += LANES) {
      const float* block = x + (ptrdiff_t)r * columns;
      for (int i = 0; i < columns * LANES; i += LANES) store(chain + i, R::combine(load(chain + i), load(block + i)));
    }
    for (int i = 0; i < LANES; i++)
      for (int c = 0; c < columns; c++) total[c] = R::combine(total[c], (double)chain[i * columns + c]);
  }
  for (; r < rows; r++)
    for (int c = 0; c < columns; c++) total[c] = R::combine(total[c], (double)x[(ptrdiff_t)r * columns + c]);
  for (int c = 0; c < columns; c++) out[c] = (float)(total[c] * scale);
}

/**
 * Over the rows of x `[outer, rows, inner]`, `part` rows at a time, in blocks of `block` columns:
 * out `[outer, parts, inner]`. Items: the blocks of all parts.
 */
template <typename R>
INLINE void reduceColumns(Range range, float* out, const float* x, int rows, int inner, int part, int parts, int block,
                          int blocks, double scale) {
  for (int item = range.begin; item < range.end; item++) {
    const int first = item % blocks * block, last = least(inner, first + block);
    const int group = item / blocks, begin = group % parts * part;
    const int n = least(part, rows - begin);
    const float* from = x + ((ptrdiff_t)(group / parts) * rows + begin) * inner;
    float* to = out + (ptrdiff_t)group * inner;
    if (inner < LANES) {
      reduceNarrow<R>(to, from, inner, n, scale);
      continue;
    }
    int c = first;
    for (; c + 4 * LANES <= last; c += 4 * LANES) reduceColumnVectors<R, 4>(to + c, from + c, inner, n, scale);
    for (; c + 2 * LANES <= last; c += 2 * LANES) reduceColumnVectors<R, 2>(to + c, from + c, inner, n, scale);
    for (; c + LANES <= last; c += LANES) reduceColumnVectors<R, 1>(to + c, from + c, inner, n, scale);
    // The last vector may begin within the one before: it comes to the same there.
    if (c < last) reduceColumnVectors<R, 1>(to + last - LANES, from + last - LANES, inner, n, scale);
  }
}

// The kernels `nameRows` and `nameColumns` of a reduction; what it comes to is multiplied by `scale`.
#define REDUCTION(name, Reduction)                                                                                 \
  static void name##Rows(Range range, float* out, const float* x, int length, int piece, int pieces,               \
                         double scale) {                                                                           \
    reduceRows<Reduction>(range, out, x, length, piece, pieces, scale);                                            \
  }                                                                                                                \
  static void name##Columns(Range range, float* out, const float* x, int rows, int inner, int part, int parts,     \
                            int block, int blocks, double scale) {                                                 \
    reduceColumns<Reduction>(range, out, x, rows, inner, part, parts, block, blocks, scale);                       \
  }

REDUCTION(sum, SumReduction)
REDUCTION(max, MaxReduction)
REDUCTION(min, MinReduction)

/**
 * Places of the greatest of each row of x `[rows, length]`: the first of equals; a NaN in the first place is
 * never surpassed, others never surpass. Items: rows.
 */
static void argMaxRows(Range range, int32_t* out, const float* x, int length) {
  for (int row = range.begin; row < range.end; row++) {
    const float* values = x + (ptrdiff_t)row * length;
    float greatest = values[0];
    int place = 0;
    for (int i = 1; i < length; i++)
      if (values[i] > greatest) greatest = values[place = i];
    out[row] = place;
  }
}
