// Sums over the rows of a matrix: the gradient of a bias.
#pragma once

#include "vector.h"

/** sums += Σ over rows, for V vectors of columns. */
template <int V>
INLINE void addColumns(const float* x, int rows, int columns, float* sums) {
  Vec acc[V];
#pragma GCC unroll 8
  for (int v = 0; v < V; v++) acc[v] = load(sums + v * LANES);
  for (int row = 0; row < rows; row++) {
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) acc[v] += load(x + (ptrdiff_t)row * columns + v * LANES);
  }
#pragma GCC unroll 8
  for (int v = 0; v < V; v++) store(sums + v * LANES, acc[v]);
}

/** sums `[columns]` += Σ over rows of x `[rows, columns]`. */
static void addColumnSums(const float* x, int rows, int columns, float* sums) {
  int n = 0;
  for (; n + 4 * LANES <= columns; n += 4 * LANES) addColumns<4>(x + n, rows, columns, sums + n);
  for (; n + LANES <= columns; n += LANES) addColumns<1>(x + n, rows, columns, sums + n);
  const int rest = columns - n;
  if (rest == 0) return;
  int row = 0;
  if (n == 0) {
    // As many vectors as there are columns hold LANES whole rows: each lane has a column of its own.
    Vec acc[LANES] = {};
    for (; row + LANES <= rows; row += LANES)
      for (int v = 0; v < rest; v++) acc[v] += load(x + (ptrdiff_t)row * rest + v * LANES);
    for (int i = 0; i < rest * LANES; i++) sums[i % rest] += acc[i / LANES][i % LANES];
  }
  for (; row < rows; row++)
    for (int i = n; i < columns; i++) sums[i] += x[(ptrdiff_t)row * columns + i];
}
