// What matrix products and convolutions share around the register tile: tile heights, packed panels, and
// bias and activation at the store.
#pragma once

#include "activation.h"
#include "gemm.h"
#include "range.h"

static_assert(TILE_VECTORS == 2, "a panel is one or two vectors wide");

/** Rows of a tile that is V vectors wide: as many accumulators for a narrow tile as for a wide one. */
template <int V>
constexpr int tileRows = TILE_ROWS * TILE_VECTORS / V;

/** The number of vectors that a panel at `columns` before the last column takes. */
INLINE int panelVectors(int columns) { return columns > LANES ? 2 : 1; }

INLINE int padded(int columns) { return (columns + LANES - 1) / LANES * LANES; }

/** Calls `body<R>()` with R = rows; 1 ≤ rows ≤ R at first. */
template <int R, typename Body>
INLINE void withRows(int rows, const Body& body) {
  if constexpr (R == 1) {
    body.template operator()<1>();
  } else {
    if (rows == R) return body.template operator()<R>();
    withRows<R - 1>(rows, body);
  }
}

/** Calls `body<R>(first)` for tiles V vectors wide, of about equal height over rows `begin` to `end`. */
template <int V, typename Body>
INLINE void forTiles(int begin, int end, const Body& body) {
  for (int tiles = (end - begin + tileRows<V> - 1) / tileRows<V>; tiles > 0; tiles--) {
    const int rows = (end - begin + tiles - 1) / tiles;
    withRows<tileRows<V>>(rows, [&]<int R>() { body.template operator()<R>(begin); });
    begin += rows;
  }
}

/** Calls `body<V>(first column)` for each panel of the columns. */
template <typename Body>
INLINE void forPanels(int begin, int end, const Body& body) {
  for (int n = begin; n < end; n += TILE_COLUMNS) {
    if (panelVectors(end - n) == 2)
      body.template operator()<2>(n);
    else
      body.template operator()<1>(n);
  }
}

/** Where the sums go: activation(sum + bias), `bias` `[columns]` or null. */
struct Output {
  float* values;
  int columns;
  const float* bias;
  int activation;
  float slope;
};

/** The sums of a tile before the first product: the bias of columns from n. */
template <int R, int V>
INLINE void startTile(Vec (&acc)[R][V], const Output& output, int n) {
#pragma GCC unroll 2
  for (int v = 0; v < V; v++) {
    const int left = output.columns - n - v * LANES;
    const Vec bias = output.bias ? loadPart(output.bias + n + v * LANES, left) : splat(0.f);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) acc[r][v] = bias;
  }
}

/** Stores a tile at (row, n). */
template <int R, int V>
INLINE void finishTile(Vec (&acc)[R][V], const Output& output, ptrdiff_t row, int n) {
  float* to = output.values + row * output.columns + n;
  if (output.activation != LINEAR) {
#pragma GCC unroll 16
    for (int r = 0; r < R; r++)
#pragma GCC unroll 2
      for (int v = 0; v < V; v++) acc[r][v] = activate(acc[r][v], output.activation, output.slope);
  }
  const int last = output.columns - n - (V - 1) * LANES;
  if (last >= LANES) {
#pragma GCC unroll 16
    for (int r = 0; r < R; r++)
#pragma GCC unroll 2
      for (int v = 0; v < V; v++) store(to + (ptrdiff_t)r * output.columns + v * LANES, acc[r][v]);
  } else {
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      if (V == 2) store(to + (ptrdiff_t)r * output.columns, acc[r][0]);
      storePart(to + (ptrdiff_t)r * output.columns + (V - 1) * LANES, acc[r][V - 1], last);
    }
  }
}

/** A tile of partial sums in memory, with rows padded to whole vectors. */
template <int R, int V>
INLINE void loadTile(Vec (&acc)[R][V], const float* from, int row) {
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) acc[r][v] = load(from + (ptrdiff_t)r * row + v * LANES);
}

template <int R, int V>
INLINE void storeTile(const Vec (&acc)[R][V], float* to, int row) {
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) store(to + (ptrdiff_t)r * row + v * LANES, acc[r][v]);
}

/** `multiply` with a B that is not packed: rows of V vectors at b + k · bRow, never read from `end` on. */
template <int R, int V>
INLINE void multiplyInPlace(Vec (&acc)[R][V], const float* a, ptrdiff_t row, ptrdiff_t step, const float* b,
                            ptrdiff_t bRow, int depth, const float* end) {
  int whole = depth;
  while (whole > 0 && end - (b + (whole - 1) * bRow) < V * LANES) whole--;
  multiply<R, V>(acc, a, row, step, b, bRow, whole);
  for (int k = whole; k < depth; k++) {
    float last[V * LANES] = {0};
    for (int i = 0; i < V * LANES && b + k * bRow + i < end; i++) last[i] = b[k * bRow + i];
    multiply<R, V>(acc, a + k * step, row, step, last, 0, 1);
  }
}

/** Copies n floats to where no vector is aligned. */
INLINE void copyRow(float* to, const float* from, int n) {
  int i = 0;
  for (; i + LANES <= n; i += LANES) store(to + i, load(from + i));
  for (; i < n; i++) to[i] = from[i];
}

INLINE void clear(float* to, ptrdiff_t n) {
  ptrdiff_t i = 0;
  for (; i + LANES <= n; i += LANES) store(to + i, splat(0.f));
  for (; i < n; i++) to[i] = 0.f;
}

/** A matrix B `[depth, columns]` to be packed: element (k, n) at values[k · row + n · column]. */
struct Unpacked {
  const float* values;
  ptrdiff_t row;
  ptrdiff_t column;
  int depth;
  int columns;
};

/** Packs the columns from n as a panel `[depth, 1 or 2 vectors]`, with zeros after the last column. */
INLINE void packPanel(const Unpacked& b, int n, float* packed) {
  const int width = panelVectors(b.columns - n) * LANES;
  const int columns = least(width, b.columns - n);
  const float* from = b.values + n * b.column;
  if (b.column == 1) {
    for (int k = 0; k < b.depth; k++) {
      copyRow(packed + (ptrdiff_t)k * width, from + k * b.row, columns);
      for (int q = columns; q < width; q++) packed[(ptrdiff_t)k * width + q] = 0.f;
    }
    return;
  }
  for (int q = 0; q < width; q++)
    for (int k = 0; k < b.depth; k++)
      packed[(ptrdiff_t)k * width + q] = q < columns ? from[k * b.row + q * b.column] : 0.f;
}

/** Packs all columns: the panel of columns from n starts at packed + depth · n. */
INLINE void packAll(const Unpacked& b, float* packed) {
  for (int n = 0; n < b.columns; n += TILE_COLUMNS) packPanel(b, n, packed + (ptrdiff_t)b.depth * n);
}

/**
 * Packs matrices `[matrices, taps, depth, columns]`, their elements `row` and `column` apart, each as one of
 * taps · depth rows with the taps in reverse. Items: panels of the matrices.
 */
static void packPanels(Range range, const float* b, int taps, int row, int column, int depth, int columns,
                       float* packed) {
  const int panels = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const ptrdiff_t size = (ptrdiff_t)depth * columns;
  for (int i = range.begin; i < range.end; i++) {
    const int n = i % panels * TILE_COLUMNS;
    const float* matrix = b + i / panels * taps * size;
    float* to = packed + (i / panels * (ptrdiff_t)padded(columns) + n) * taps * depth;
    for (int tap = taps - 1; tap >= 0; tap--) {
      packPanel({matrix + tap * size, row, column, depth, columns}, n, to);
      to += (ptrdiff_t)depth * panelVectors(columns - n) * LANES;
    }
  }
}

/**
 * Sums partial results `[parts, rows (+ 1), padded columns]` to out `[rows, columns]`, and a row after them to
 * `extra` `[columns]` (null if there is none). Items: rows.
 */
static void addParts(Range range, const float* partials, int parts, int rows, int columns, float* out,
                     float* extra) {
  const int width = padded(columns);
  const ptrdiff_t size = (ptrdiff_t)(rows + (extra ? 1 : 0)) * width;
  for (int m = range.begin; m < range.end; m++) {
    float* row = m < rows ? out + (ptrdiff_t)m * columns : extra;
    for (int n = 0; n < columns; n += LANES) {
      const float* from = partials + (ptrdiff_t)m * width + n;
      Vec sum = load(from);
      for (int part = 1; part < parts; part++) sum += load(from + part * size);
      storePart(row + n, sum, columns - n);
    }
  }
}
