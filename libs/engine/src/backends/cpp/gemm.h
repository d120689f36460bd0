// Register tiles of matrix products: R rows × V vectors of columns stay in registers over the whole depth.
#pragma once

#include "vector.h"

// A tile that fills the registers: 16 on wasm and AVX2, 32 on AVX-512 and NEON.
#ifdef __wasm__
constexpr int TILE_ROWS = 4;
#else
constexpr int TILE_ROWS = 6;
#endif
constexpr int TILE_VECTORS = 2;
constexpr int TILE_COLUMNS = TILE_VECTORS * LANES;

#ifdef __wasm__
/** One step of `multiply`, whose factors lie in a lane of the rows. */
template <int LANE, int R, int V>
INLINE void multiplyStep(Vec (&acc)[R][V], const Vec (&rows)[R], const float* panel) {
  Vec b[V];
#pragma clang loop unroll(full)
  for (int v = 0; v < V; v++) b[v] = load(panel + v * LANES);
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++) {
    const Vec s = __builtin_shufflevector(rows[r], rows[r], LANE, LANE, LANE, LANE);
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) acc[r][v] = fma(s, b[v], acc[r][v]);
  }
}
#endif

/**
 * acc[r][v] += Σ_k a[r · row + k · step] · panel[k][v]: R rows of A times a packed panel of V vectors.
 * With step 1, A is row-major; with row 1 it is transposed.
 */
template <int R, int V>
INLINE void multiply(Vec (&acc)[R][V], const float* a, ptrdiff_t row, ptrdiff_t step,
                     const float* panel, ptrdiff_t panelStep, int depth) {
  int k = 0;
#ifdef __wasm__
  // V8 puts all loads of a block before its arithmetic: the fewer there are, the fewer spill. So four steps
  // along a row are one load and shuffles, and the loop is not unrolled any further.
  if (__builtin_constant_p(step) && step == 1) {
#pragma clang loop unroll(disable)
    for (; k + 4 <= depth; k += 4, panel += 4 * panelStep) {
      Vec rows[R];
#pragma clang loop unroll(full)
      for (int r = 0; r < R; r++) rows[r] = load(a + r * row + k);
      multiplyStep<0>(acc, rows, panel);
      multiplyStep<1>(acc, rows, panel + panelStep);
      multiplyStep<2>(acc, rows, panel + 2 * panelStep);
      multiplyStep<3>(acc, rows, panel + 3 * panelStep);
    }
  }
#pragma clang loop unroll(disable)
  for (; k + 4 <= depth; k += 4) {
#pragma clang loop unroll(full)
    for (int u = 0; u < 4; u++) {
      Vec b[V];
#pragma clang loop unroll(full)
      for (int v = 0; v < V; v++) b[v] = load(panel + u * panelStep + v * LANES);
#pragma clang loop unroll(full)
      for (int r = 0; r < R; r++) {
        const Vec s = broadcast(a + r * row + (k + u) * step);
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) acc[r][v] = fma(s, b[v], acc[r][v]);
      }
    }
    panel += 4 * panelStep;
  }
#endif
  for (; k < depth; k++) {
    Vec b[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) b[v] = load(panel + v * LANES);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      const Vec s = broadcast(a + r * row + k * step);
#pragma GCC unroll 8
      for (int v = 0; v < V; v++) acc[r][v] = fma(s, b[v], acc[r][v]);
    }
    panel += panelStep;
  }
}
