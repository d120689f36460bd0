// Histograms of a leaf's gradients, and where the leaf is best split. All numbers in a histogram are whole and below
// 2^53: sums of them are exact, in whatever order.
#pragma once

#include "tree-rows.h"

/** Bins of a column; a block's histogram is `[bin][column of the block][gradient, packed]`. */
constexpr int TREE_BINS = 256;
constexpr int TREE_BIN = 2 * TREE_COLUMNS, TREE_HISTOGRAM = TREE_BINS * TREE_BIN;

/**
 * What a split is looked for with. A packed number is a hessian times `perRow`, and below that a number of rows;
 * hessians and lambda are in units of the hessian.
 */
#define TREE_LIMITS(X)                                                                                    \
  X(0, smallGradient)                                                                                     \
  X(1, smallPacked) X(2, largeGradient) X(3, largePacked) X(4, perRow) X(5, leastRows) X(6, leastHessian) \
      X(7, lambda)
/** What is found: the best split by a block's columns, and the sums of the rows on its lower side. */
#define TREE_FOUND(X) X(0, gain) X(1, column) X(2, bin) X(3, lowerGradient) X(4, lowerPacked)

#define TREE_PLACE(number, name) constexpr int name = number;
namespace limit {
TREE_LIMITS(TREE_PLACE)
}
namespace found {
TREE_FOUND(TREE_PLACE)
constexpr int fields = 5;
}

/** Adds a row's pair in each of the block's columns. */
INLINE void addRow(const uint8_t* codes, Pair pair, double* histogram) {
  uint64_t word;
  __builtin_memcpy(&word, codes, TREE_COLUMNS);
#pragma GCC unroll 8
  for (int k = 0; k < TREE_COLUMNS; k++)
    *(Pair*)(histogram + ((word >> (8 * k)) & 255) * TREE_BIN + 2 * k) += pair;
}

static void addRows(const uint8_t* codes, const int* rows, int count, const double* ordered, double* histogram) {
  const int soon = count - TREE_AHEAD;
  int i = 0;
  for (; i < soon; i++) {
    __builtin_prefetch(codes + TREE_COLUMNS * (ptrdiff_t)rows[i + TREE_AHEAD]);
    addRow(codes + TREE_COLUMNS * (ptrdiff_t)rows[i], *(const Pair*)(ordered + 2 * (ptrdiff_t)i), histogram);
  }
  for (; i < count; i++)
    addRow(codes + TREE_COLUMNS * (ptrdiff_t)rows[i], *(const Pair*)(ordered + 2 * (ptrdiff_t)i), histogram);
}

/** A leaf's sums and what its splits must keep to, in every lane. */
struct Limits {
  double gradient, hessian, perRow;
  DoubleVec perPacked, leastRows, mostRows, leastHessian, mostHessian, lambda;

  Limits(const double* limits, int gradientAt) {
    gradient = limits[gradientAt];
    perRow = limits[limit::perRow];
    const double packed = limits[gradientAt + 1];
    hessian = __builtin_floor(packed / perRow);
    perPacked = doubles(1 / perRow);
    leastRows = doubles(limits[limit::leastRows]);
    mostRows = doubles(packed - hessian * perRow) - leastRows;
    leastHessian = doubles(limits[limit::leastHessian]);
    mostHessian = hessian - leastHessian;
    lambda = doubles(limits[limit::lambda]);
  }
};

/** The best split by DOUBLES columns, lane by lane. */
struct BestSplits {
  DoubleVec gain = doubles(-__builtin_inf()), bin = doubles(-1), gradient = doubles(0), packed = doubles(0);

  __attribute__((always_inline)) void take(const Limits& own, DoubleVec at, LongVec allowed, DoubleVec g,
                                           DoubleVec c) {
    const DoubleVec hessian = wholePart(c * own.perPacked), rows = c - hessian * own.perRow;
    allowed &= (rows >= own.leastRows) & (hessian >= own.leastHessian);
    allowed &= (rows <= own.mostRows) & (hessian <= own.mostHessian);
    if (!isAny(allowed)) return;
    const DoubleVec rest = own.gradient - g;
    // Quotients of products: no compiler makes one instruction of a product and a sum here.
    const DoubleVec sum = g * g / (hessian + own.lambda) + rest * rest / (own.hessian - hessian + own.lambda);
    const LongVec better = allowed & (LongVec)(sum > gain);
    gain = choose(better, sum, gain);
    bin = choose(better, at, bin);
    gradient = choose(better, g, gradient);
    packed = choose(better, c, packed);
  }
};

/**
 * The best split by a block's columns to `best`, the lowest column and bin of those that gain as much. Where there is
 * `less`, the histogram becomes its own less that one on the way.
 */
static void findSplit(int block, double* histogram, const double* less, const int* bins, const Limits& own,
                      double* best) {
  best[found::gain] = -__builtin_inf();
  best[found::column] = best[found::bin] = -1;
  best[found::lowerGradient] = best[found::lowerPacked] = 0;
  for (int first = 0; first < TREE_COLUMNS; first += DOUBLES) {
    const int* counts = bins + block * TREE_COLUMNS + first;
    DoubleVec last;
    int end = 0;
    for (int k = 0; k < DOUBLES; k++) last[k] = counts[k] - 1, end = greatest(end, counts[k]);
    BestSplits splits;
    DoubleVec g = doubles(0), c = g;
    for (int bin = 0; bin < end; bin++) {
      DoubleVec* at = (DoubleVec*)(histogram + bin * TREE_BIN + 2 * first);
      if (less != nullptr) {
        const DoubleVec* other = (const DoubleVec*)(less + bin * TREE_BIN + 2 * first);
        at[0] -= other[0];
        at[1] -= other[1];
      }
      const Parted here(at[0], at[1]);
      if (!isAny(here.second != doubles(0))) continue; // a bin without rows splits as the one before
      g += here.first;
      c += here.second;
      splits.take(own, doubles(bin), doubles(bin) < last, g, c);
    }
    for (int k = 0; k < DOUBLES; k++) {
      if (!(splits.gain[k] > best[found::gain])) continue;
      best[found::gain] = splits.gain[k];
      best[found::column] = block * TREE_COLUMNS + first + k;
      best[found::bin] = splits.bin[k];
      best[found::lowerGradient] = splits.gradient[k];
      best[found::lowerPacked] = splits.packed[k];
    }
  }
}

/**
 * A leaf's split into two. Items: blocks of columns. The histogram of the smaller part, whose rows begin at `start`
 * and have the pairs `ordered`, goes to `small`; that of the other, where `large` holds the whole leaf's and is not
 * null, is what is left there. The best split of the smaller part goes to `bests` `[block, 0]` where `scan` is 1 or 3,
 * of the other to `[block, 1]` where it is 2 or 3. `bins` is how many each column has, 0 for columns that there are
 * not: of bins beyond, a histogram holds anything.
 */
static void treeSplit(Range range, const uint8_t* codes, int total, const int* rows, int start, int count,
                      const double* ordered, double* small, double* large, const int* bins, const double* limits,
                      int scan, double* bests) {
  const Limits ofSmall(limits, limit::smallGradient), ofLarge(limits, limit::largeGradient);
  for (int block = range.begin; block < range.end; block++) {
    int end = 0;
    for (int k = 0; k < TREE_COLUMNS; k++) end = greatest(end, bins[block * TREE_COLUMNS + k]);
    const ptrdiff_t at = (ptrdiff_t)block * TREE_HISTOGRAM;
    double *histogram = small + at, *best = bests + block * 2 * found::fields;
    __builtin_memset(histogram, 0, (size_t)end * TREE_BIN * sizeof(double));
    addRows(codes + (ptrdiff_t)block * total * TREE_COLUMNS, rows + start, count, ordered, histogram);
    if (scan & 1) findSplit(block, histogram, nullptr, bins, ofSmall, best);
    if (large == nullptr) continue;
    if (scan & 2)
      findSplit(block, large + at, histogram, bins, ofLarge, best + found::fields);
    else
      for (int i = 0; i < end * TREE_BIN; i++) large[at + i] -= histogram[i];
  }
}
