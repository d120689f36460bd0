// Products of matrices, one or a batch of them.
#pragma once

#include "range.h"
#include "tile.h"

/**
 * out `[batch, rows, columns]` = activation(A · B + bias), for A `[batch, rows, depth]` with elements `aRow`
 * and `aStep` apart and B `[batch, depth, columns]` with elements `bRow` and `bColumn` apart; a batch of
 * fewer matrices is repeated. Items: blocks of `blockRows` × `blockColumns` (whole panels), row by row,
 * matrix by matrix.
 *
 * B may come `packed` as packPanels does it. Otherwise each range packs it into `scratch`
 * `[seats, depth, padded columns]`; without scratch, B is used where it lies (bColumn 1).
 */
static void multiplyMatrices(Range range, const float* a, int aBatch, int aRow, int aStep, const float* b,
                             int bBatch, int bRow, int bColumn, const float* packed, float* scratch,
                             const float* bias, int activation, float slope, int rows, int depth, int columns,
                             int blockRows, int blockColumns, float* out) {
  const int across = (columns + blockColumns - 1) / blockColumns;
  const int blocks = (rows + blockRows - 1) / blockRows * across;
  const ptrdiff_t packedFloats = (ptrdiff_t)depth * padded(columns);
  const float* bEnd = b + (ptrdiff_t)bBatch * depth * columns;
  float* own = scratch ? scratch + range.seat * packedFloats : nullptr;
  for (int i = range.begin, holds = -1; i < range.end; i++) {
    const int matrix = i / blocks, block = i % blocks;
    const int top = block / across * blockRows, left = block % across * blockColumns;
    const int bottom = least(top + blockRows, rows), right = least(left + blockColumns, columns);
    const float* aMatrix = a + matrix % aBatch * ((ptrdiff_t)rows * depth);
    const float* bMatrix = b + matrix % bBatch * ((ptrdiff_t)depth * columns);
    const float* panels = packed ? packed + matrix % bBatch * packedFloats : own;
    if (own && holds != matrix % bBatch) {
      packAll({bMatrix, bRow, bColumn, depth, columns}, own);
      holds = matrix % bBatch;
    }
    const Output output = {out + (ptrdiff_t)matrix * rows * columns, columns, bias, activation, slope};
    forPanels(left, right, [&]<int V>(int n) {
      forTiles<V>(top, bottom, [&]<int R>(int m) {
        Vec acc[R][V];
        startTile<R, V>(acc, output, n);
        const float* from = aMatrix + (ptrdiff_t)m * aRow;
        if (panels)
          multiply<R, V>(acc, from, aRow, aStep, panels + (ptrdiff_t)depth * n, V * LANES, depth);
        else
          multiplyInPlace<R, V>(acc, from, aRow, aStep, bMatrix + n, bRow, depth, bEnd);
        finishTile<R, V>(acc, output, m, n);
      });
    });
  }
}

/** The depth that all tiles go over while a panel of B stays in the cache. */
constexpr int DEPTH_BLOCK = 128;

/**
 * One part of A · B per range, for a depth that is long beside rows and columns: partials
 * `[parts, rows, padded columns]`. Items: the depth.
 */
static void multiplyParts(Range range, const float* a, int aRow, int aStep, const float* b, int bRow,
                          int bColumn, int rows, int columns, float* partials) {
  const int width = padded(columns);
  float* out = partials + (ptrdiff_t)range.part * rows * width;
  clear(out, (ptrdiff_t)rows * width);
  for (int k = range.begin; k < range.end; k += DEPTH_BLOCK) {
    const int depth = least(DEPTH_BLOCK, range.end - k);
    forPanels(0, columns, [&]<int V>(int n) {
      float panel[DEPTH_BLOCK * V * LANES];
      packPanel({b + (ptrdiff_t)k * bRow, bRow, bColumn, depth, columns}, n, panel);
      forTiles<V>(0, rows, [&]<int R>(int m) {
        Vec acc[R][V];
        float* tile = out + (ptrdiff_t)m * width + n;
        loadTile<R, V>(acc, tile, width);
        multiply<R, V>(acc, a + (ptrdiff_t)m * aRow + (ptrdiff_t)k * aStep, aRow, aStep, panel, V * LANES, depth);
        storeTile<R, V>(acc, tile, width);
      });
    });
  }
}
