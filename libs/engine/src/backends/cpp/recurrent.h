// What the recurrent layers share: units in blocks, activations, and the gradients of their weights.
#pragma once

#include "gemm.h"
#include "range.h"

#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/**
 * Numbers (units, inputs) in blocks of a vector each: ⌈n / LANES⌉ of them. From LANES numbers on all blocks
 * are whole: the last one starts early and repeats numbers of the one before. Both compute them alike;
 * where they would count twice, packed weights are zero.
 */
struct Blocks {
  int n;

  int count() const { return (n + LANES - 1) / LANES; }
  /** How many lanes of each block are in use. */
  int lanes() const { return least(n, LANES); }
  int start(int block) const { return greatest(0, least(block * LANES, n - LANES)); }
  /** Whether this lane of the block is the first to hold its number. */
  bool owns(int block, int lane) const {
    return lane < lanes() && start(block) + lane >= block * LANES;
  }

  Vec get(const float* p) const { return loadPart(p, lanes()); }
  void put(float* p, Vec x) const { storePart(p, x, lanes()); }
};

template <int N>
struct Number {
  static constexpr int value = N;
};

/** Calls f(Number<2>, first) for each pair of blocks, and f(Number<1>, last) for the one that is left over. */
template <typename F>
INLINE void inPairs(int count, F f) {
  int i = 0;
  for (; i + 2 <= count; i += 2) f(Number<2>(), i);
  if (i < count) f(Number<1>(), i);
}

/**
 * Asks for the numbers `distance` before p, which a backward pass reads some steps later: so many rows at
 * once, from the end to the start, are more than a processor foresees.
 */
INLINE void fetchBefore(const float* p, ptrdiff_t distance) {
  __builtin_prefetch((const void*)((uintptr_t)p - distance * sizeof(float))); // may be before the array
}

/** Calls f(Number<R>, row) for tiles of R rows that make up the range. */
template <typename F>
INLINE void inTiles(Range range, F f) {
  int row = range.begin;
  for (; row + TILE_ROWS <= range.end; row += TILE_ROWS) f(Number<TILE_ROWS>(), row);
  for (; row + 2 <= range.end; row += 2) f(Number<2>(), row);
  if (row < range.end) f(Number<1>(), row);
}

// Weights are scaled as they are packed, so that the matrix product gives exponents of 2.
constexpr float SIGMOID_SCALE = -1.44269504f;
constexpr float TANH_SCALE = -2.88539008f;

/** 2^z = (1 + less1) · power for |z| ≤ 126, clamped outside; NaN stays NaN. */
struct PowerOfTwo {
  Vec less1, power;

  explicit __attribute__((always_inline)) PowerOfTwo(Vec z) {
    const Vec shift = splat(ROUNDING_TO_EXPONENT);
    z = max(min(z, splat(126.f)), splat(-126.f));
    const Vec t = z + shift;
    const Vec f = z - (t - shift);
    Vec y = splat(1.33335381e-3f); // minimax for (2^f − 1) / f, |f| ≤ 1/2
    y = fma(y, f, splat(9.66624543e-3f));
    y = fma(y, f, splat(5.55050038e-2f));
    y = fma(y, f, splat(2.40223512e-1f));
    y = fma(y, f, splat(6.93147123e-1f));
    less1 = y * f;
    power = (Vec)((IntVec)t << 23);
  }
};

/** The sigmoid of x from z = SIGMOID_SCALE · x: 1 / (1 + 2^z). */
INLINE Vec squash(Vec z) {
  const PowerOfTwo two(z);
  return splat(1.f) / fma(two.less1, two.power, two.power + splat(1.f));
}

/** The hyperbolic tangent of x from z = TANH_SCALE · x: (1 − 2^z) / (1 + 2^z), with no digits lost near 0. */
INLINE Vec stretch(Vec z) {
  const PowerOfTwo two(z);
  const Vec below = fma(-two.less1, two.power, splat(1.f) - two.power);
  return below / fma(two.less1, two.power, two.power + splat(1.f));
}

INLINE Vec tanhOf(Vec x) { return stretch(x * splat(TANH_SCALE)); }

/** What packs one gate's columns of a block of units. */
struct GatePacker {
  Blocks units;
  int block;
  int gates;
  int gate;
  float scale;
  /** Where the gate's vectors go, and how far apart. */
  float* packed;
  int step;

  void rows(const float* weights, int count) {
    const float* p = weights + gate * units.n + units.start(block);
    for (int k = 0; k < count; k++, packed += step)
      store(packed, units.get(p + (ptrdiff_t)k * gates * units.n) * splat(scale));
  }
};

/** Packs the columns of `gate` of a block of units: rows of [bias | kernel | recurrent kernel], `step` apart. */
INLINE void packGate(GatePacker packer, const float* kernel, const float* recurrentKernel,
                     const float* bias, int inputs) {
  packer.rows(bias, 1);
  packer.rows(kernel, inputs);
  packer.rows(recurrentKernel, packer.units.n);
}

/** Gates `first` to `first + count` of `all`. */
struct Gates {
  int first;
  int count;
  int all;
};

/**
 * Packs a block of rows of weights `[n, gates · units]`, transposed, for `sendBack`; blocks lie in pairs.
 * Where a block of units repeats there are zeros.
 */
INLINE void packTransposed(const float* weights, Blocks rows, int block, Blocks units, Gates gates,
                           float* packed) {
  const int first = block & ~1;
  const int step = first + 1 < rows.count() ? 2 * LANES : LANES;
  packed += (ptrdiff_t)first * LANES * gates.count * LANES * units.count() + (block - first) * LANES;
  for (int u = 0; u < units.count(); u++)
    for (int g = gates.first; g < gates.first + gates.count; g++)
      for (int lane = 0; lane < LANES; lane++, packed += step) {
        const float* column = weights + g * units.n + units.start(u) + lane;
        for (int q = 0; q < LANES; q++)
          packed[q] = units.owns(u, lane) && q < rows.lanes()
                          ? column[(ptrdiff_t)(rows.start(block) + q) * gates.all * units.n]
                          : 0.f;
      }
}

/**
 * Steps that a backward pass takes before it adds their share to the weights' gradients: gate gradients
 * stay in L2 until then.
 */
constexpr int BLOCK_STEPS = 16;

/** Vectors of scratch of a pass, for each row of a tile and block of units. */
constexpr int LSTM_FORWARD_VECTORS = 1, GRU_FORWARD_VECTORS = 2, BACKWARD_VECTORS = 2 + 4 * BLOCK_STEPS;

/**
 * Gradients of one tile's gates over BLOCK_STEPS steps, in scratch: [block of units][step][row][gate][lane].
 * The gate's gradients of a step and the weights packed by `packTransposed` make the gradients of [x | h].
 */
template <int R, int GATES>
struct GateGradients {
  static constexpr int ROW = GATES * LANES;
  static constexpr int STEP = R * ROW;
  static constexpr int BLOCK = BLOCK_STEPS * STEP;

  float* values;
  int blocks;

  float* at(int block, int row, int step) const {
    return values + (ptrdiff_t)block * BLOCK + step * STEP + row * ROW;
  }

  /** acc += the gradients of `gates` at a step times blocks first to first + V of the packed weights. */
  template <int V>
  inline __attribute__((always_inline)) void sendBack(Vec (&acc)[R][V], int step, Gates gates,
                                                      const float* packed, int first) const {
    const int depth = gates.count * LANES;
    packed += (ptrdiff_t)first * LANES * depth * blocks;
    for (int block = 0; block < blocks; block++, packed += V * LANES * depth)
      multiply(acc, at(block, 0, step) + gates.first * LANES, ROW, 1, packed, V * LANES, depth);
  }
};

/** R columns of a times V vectors of gate gradients, over all rows and steps, added to R rows of sums. */
template <int R, int V>
INLINE void addProductTile(const float* a, ptrdiff_t row, ptrdiff_t step, const float* d, ptrdiff_t dRow,
                           ptrdiff_t dStep, int rows, int steps, float* sums) {
  Vec acc[R][V];
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < V; v++)
    acc[r][v] = load(sums + (r * V + v) * LANES);
  for (int r = 0; r < rows; r++) multiply(acc, a + r * row, 1, step, d + r * dRow, dStep, steps);
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < V; v++)
    store(sums + (r * V + v) * LANES, acc[r][v]);
}

/**
 * sums[i][v] += Σ over rows and steps of a[row · aRow + step · aStep + i] · d[row · dRow + step · dStep + v],
 * for i below n and V vectors v: what gate gradients d give to the gradients of n rows of weights.
 *
 * @returns the sums of the next rows
 */
template <int V>
static float* addProducts(const float* a, ptrdiff_t aRow, ptrdiff_t aStep, int n, const float* d,
                          ptrdiff_t dRow, ptrdiff_t dStep, int rows, int steps, float* sums) {
  inTiles({0, n, 0, 0}, [&](auto tile, int i) {
    addProductTile<tile.value, V>(a + i, aRow, aStep, d, dRow, dStep, rows, steps,
                                  sums + (ptrdiff_t)i * V * LANES);
  });
  return sums + (ptrdiff_t)n * V * LANES;
}
