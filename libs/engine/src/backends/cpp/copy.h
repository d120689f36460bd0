// Copies: parts of tensors, permuted axes, and rows by their numbers.
#pragma once

#include "range.h"
#include "vector.h"

typedef float Quad __attribute__((vector_size(16), aligned(4), may_alias));

/** The last vector may begin within the one before, so `out` is not x. */
INLINE void copyValues(float* out, const float* x, int n) {
  if (n >= 1024) {
    __builtin_memcpy(out, x, sizeof(float) * n);
  } else if (n >= LANES) {
    for (int i = 0; i + LANES < n; i += LANES) store(out + i, load(x + i));
    store(out + n - LANES, load(x + n - LANES));
  } else if (n >= 4) {
    for (int i = 0; i + 4 < n; i += 4) *(Quad*)(out + i) = *(const Quad*)(x + i);
    *(Quad*)(out + n - 4) = *(const Quad*)(x + n - 4);
  } else {
    for (int i = 0; i < n; i++) out[i] = x[i];
  }
}

/**
 * Rows of `width` values from x, where they are `xRow` apart, to out, where they are `outRow` apart.
 * Items: values.
 */
static void copyRows(Range range, float* out, int outRow, const float* x, int xRow, int width) {
  int column = range.begin % width;
  ptrdiff_t row = range.begin / width;
  for (int left = range.end - range.begin; left > 0; row++) {
    const int n = least(left, width - column);
    copyValues(out + row * outRow + column, x + row * xRow + column, n);
    left -= n;
    column = 0;
  }
}

/**
 * A block n0 × n1 × n2 × n3 × n4 from places in x to places in out, by the strides of both; along the last
 * axis that of out is 1, and that of x is 1, or 0 for one value repeated. Items: rows, n0 × n1 × n2 × n3.
 */
static void copyBlock(Range range, float* out, const float* x, int n1, int n2, int n3, int n4, int out0, int out1,
                      int out2, int out3, int x0, int x1, int x2, int x3, int x4) {
  int row = range.begin;
  int i3 = row % n3;
  row /= n3;
  int i2 = row % n2;
  row /= n2;
  int i1 = row % n1, i0 = row / n1;
  for (int item = range.begin; item < range.end; item++) {
    float* to = out + (ptrdiff_t)i0 * out0 + (ptrdiff_t)i1 * out1 + (ptrdiff_t)i2 * out2 + (ptrdiff_t)i3 * out3;
    const float* from = x + (ptrdiff_t)i0 * x0 + (ptrdiff_t)i1 * x1 + (ptrdiff_t)i2 * x2 + (ptrdiff_t)i3 * x3;
    if (x4)
      copyValues(to, from, n4);
    else
      for (int i = 0; i < n4; i++) to[i] = *from;
    if (++i3 < n3) continue;
    i3 = 0;
    if (++i2 < n2) continue;
    i2 = 0;
    if (++i1 < n1) continue;
    i1 = 0;
    i0++;
  }
}

/** out[r · outStep + c] = x[c · xStep + r] for four rows and four columns. */
INLINE void transposeQuads(float* out, ptrdiff_t outStep, const float* x, ptrdiff_t xStep) {
  const Quad a = *(const Quad*)x, b = *(const Quad*)(x + xStep);
  const Quad c = *(const Quad*)(x + 2 * xStep), d = *(const Quad*)(x + 3 * xStep);
  const Quad ac = __builtin_shufflevector(a, c, 0, 4, 1, 5), AC = __builtin_shufflevector(a, c, 2, 6, 3, 7);
  const Quad bd = __builtin_shufflevector(b, d, 0, 4, 1, 5), BD = __builtin_shufflevector(b, d, 2, 6, 3, 7);
  *(Quad*)out = __builtin_shufflevector(ac, bd, 0, 4, 1, 5);
  *(Quad*)(out + outStep) = __builtin_shufflevector(ac, bd, 2, 6, 3, 7);
  *(Quad*)(out + 2 * outStep) = __builtin_shufflevector(AC, BD, 0, 4, 1, 5);
  *(Quad*)(out + 3 * outStep) = __builtin_shufflevector(AC, BD, 2, 6, 3, 7);
}

/** Rows of a transposed plane that one item is. */
constexpr int PLANE_ROWS = 16;

/**
 * Transposed planes: out[r · outStep + c] = x[c · xStep + r] for r < rows and c < columns, in planes
 * n0 × n1 × n2 at their places in out and x. Items: blocks of PLANE_ROWS rows of all planes.
 */
static void transposePlanes(Range range, float* out, const float* x, int rows, int columns, int outStep, int xStep,
                            int n1, int n2, int out0, int out1, int out2, int x0, int x1, int x2) {
  const int blocks = (rows + PLANE_ROWS - 1) / PLANE_ROWS;
  for (int item = range.begin; item < range.end; item++) {
    const int first = item % blocks * PLANE_ROWS, last = least(rows, first + PLANE_ROWS);
    int plane = item / blocks;
    const ptrdiff_t i2 = plane % n2;
    plane /= n2;
    const ptrdiff_t i1 = plane % n1, i0 = plane / n1;
    float* to = out + i0 * out0 + i1 * out1 + i2 * out2;
    const float* from = x + i0 * x0 + i1 * x1 + i2 * x2;
    if (last - first < 4 || columns < 4) {
      for (int c = 0; c < columns; c++)
        for (int r = first; r < last; r++) to[(ptrdiff_t)r * outStep + c] = from[(ptrdiff_t)c * xStep + r];
      continue;
    }
    // The last four of a row or column may begin within the four before.
    for (int c = 0; c < columns; c += 4) {
      const ptrdiff_t column = least(c, columns - 4);
      for (int r = first; r < last; r += 4) {
        const ptrdiff_t row = least(r, last - 4);
        transposeQuads(to + row * outStep + column, outStep, from + column * xStep + row, xStep);
      }
    }
  }
}

/**
 * out `[outer, count, width]`: the rows of x `[outer, rows, width]` that `places` says. Items: rows of out.
 */
static void gatherRows(Range range, float* out, const float* x, const int32_t* places, int count, int rows, int width) {
  for (int item = range.begin; item < range.end; item++) {
    const ptrdiff_t from = (ptrdiff_t)(item / count) * rows + places[item % count];
    copyValues(out + (ptrdiff_t)item * width, x + from * width, width);
  }
}

/**
 * Adds each row of x `[count, width]` to the row of out `[rows, width]` that `places` says, in their order; a
 * place that is none is left out. Items: blocks of LANES columns.
 */
static void scatterRows(Range range, float* out, const float* x, const int32_t* places, int count, int rows,
                        int width) {
  const int first = range.begin * LANES, last = least(width, range.end * LANES);
  for (int i = 0; i < count; i++) {
    const int place = places[i];
    if (place < 0 || place >= rows) continue;
    float* to = out + (ptrdiff_t)place * width;
    const float* from = x + (ptrdiff_t)i * width;
    int c = first;
    for (; c + LANES <= last; c += LANES) store(to + c, load(to + c) + load(from + c));
    for (; c < last; c++) to[c] += from[c];
  }
}
