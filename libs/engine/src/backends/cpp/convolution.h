// Convolutions over channels-last images, as products that find their rows of A where they lie in x.
#pragma once

#include "column-sums.h"
#include "range.h"
#include "tile.h"

/** The sizes of a convolution; a sequence is an image of height 1. */
struct Window {
  int batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels;
  int filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left;
  /** Input rows and columns lie so far apart, with zeros between: the strides of a gradient. */
  int spreadHeight = 1, spreadWidth = 1;

  /** Taps whose channels follow each other in x: a whole row of the filter where it can be. */
  int run() const { return dilationWidth == 1 && spreadWidth == 1 ? filterWidth : 1; }
  int taps() const { return filterHeight * filterWidth; }
  int outputs() const { return outHeight * outWidth; }
  ptrdiff_t inSize() const { return (ptrdiff_t)inHeight * inWidth * inChannels; }

  /** The same with all positions in one row, if each output depends on the input at its place alone. */
  Window flattened() const {
    const bool pointwise = taps() == 1 && strideHeight == 1 && strideWidth == 1 && top == 0 && left == 0 &&
                           inHeight == outHeight && inWidth == outWidth;
    if (!pointwise) return *this;
    Window flat = *this;
    flat.inWidth = flat.outWidth = batch * outputs();
    flat.batch = flat.inHeight = flat.outHeight = 1;
    return flat;
  }

  /** The convolution of dy with the taps in reverse, the channels exchanged, which is dx. */
  Window gradient() const {
    Window back = *this;
    back.inHeight = outHeight, back.inWidth = outWidth, back.inChannels = outChannels;
    back.outHeight = inHeight, back.outWidth = inWidth, back.outChannels = inChannels;
    back.strideHeight = back.strideWidth = 1;
    back.spreadHeight = strideHeight, back.spreadWidth = strideWidth;
    back.top = (filterHeight - 1) * dilationHeight - top;
    back.left = (filterWidth - 1) * dilationWidth - left;
    return back;
  }
};

/** How a kernel takes a window, and the window of what it took. */
#define WINDOW_PARAMETERS                                                                                       \
  int batch, int inHeight, int inWidth, int inChannels, int outHeight, int outWidth, int outChannels,          \
      int filterHeight, int filterWidth, int strideHeight, int strideWidth, int dilationHeight,                \
      int dilationWidth, int top, int left
#define WINDOW                                                                                                  \
  {batch,       inHeight,     inWidth,     inChannels,     outHeight,     outWidth, outChannels, filterHeight, \
   filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top,      left}

/** ⌈a / b⌉ for any a and b > 0. */
INLINE int ceilDivide(int a, int b) { return a > 0 ? (a - 1) / b + 1 : -(-a / b); }

/** Floats of a row of A that are gathered at once. */
constexpr int GATHERED = 192;

/** Where the filter lies for one output position: its first row and column in the spread input. */
struct Place {
  int image, row, column;
};

/**
 * Copies floats d0 to d1 of one run of taps, at (placed.row, placed.column), to `to`: zeros outside of the
 * image and between spread inputs.
 */
INLINE void gather(const Window& w, const float* x, const Place& placed, int d0, int d1, float* to) {
  const int channels = w.inChannels;
  const int row = placed.row / w.spreadHeight, column = placed.column / w.spreadWidth;
  int first = d1, last = d1; // the floats that there are
  if (placed.row >= 0 && placed.row % w.spreadHeight == 0 && row < w.inHeight) {
    if (w.run() > 1) {
      first = least(d1, greatest(d0, -placed.column * channels));
      last = least(d1, greatest(first, (w.inWidth - placed.column) * channels));
    } else if (placed.column >= 0 && placed.column % w.spreadWidth == 0 && column < w.inWidth) {
      first = d0;
    }
  }
  clear(to, first - d0);
  const float* from = x + placed.image * w.inSize() + ((ptrdiff_t)row * w.inWidth + column) * channels;
  copyRow(to + first - d0, from + first, last - first);
  clear(to + last - d0, d1 - last);
}

/** Adds R output positions from p to a tile; `panel` has the filter's columns. */
template <int R, int V>
INLINE void convolveTile(Vec (&acc)[R][V], const Window& w, const float* x, int p, const float* panel) {
  const int channels = w.inChannels, run = w.run(), depth = run * channels;
  int line = p / w.outWidth, column = p % w.outWidth;
  const int left = column * w.strideWidth - w.left, top = line % w.outHeight * w.strideHeight - w.top;
  if (w.spreadHeight == 1 && w.spreadWidth == 1 && column + R <= w.outWidth && left >= 0 && top >= 0 &&
      left + (R - 1) * w.strideWidth + (w.filterWidth - 1) * w.dilationWidth < w.inWidth &&
      top + (w.filterHeight - 1) * w.dilationHeight < w.inHeight) {
    const float* image = x + line / w.outHeight * w.inSize();
    for (int i = 0; i < w.filterHeight; i++) {
      const float* row = image + ((ptrdiff_t)(top + i * w.dilationHeight) * w.inWidth + left) * channels;
      for (int j = 0; j < w.filterWidth; j += run) {
        multiply<R, V>(acc, row + j * w.dilationWidth * channels, w.strideWidth * channels, 1, panel,
                       V * LANES, depth);
        panel += depth * V * LANES;
      }
    }
    return;
  }
  Place places[R];
  for (int r = 0; r < R; r++) {
    const int row = line % w.outHeight * w.strideHeight - w.top;
    places[r] = {line / w.outHeight, row, column * w.strideWidth - w.left};
    if (++column == w.outWidth) line++, column = 0;
  }
  for (int i = 0; i < w.filterHeight; i++) {
    for (int j = 0; j < w.filterWidth; j += run) {
      for (int d = 0; d < depth; d += GATHERED) {
        float rows[R * GATHERED];
        const int length = least(GATHERED, depth - d);
        for (int r = 0; r < R; r++) {
          const Place tap = {places[r].image, places[r].row + i * w.dilationHeight,
                             places[r].column + j * w.dilationWidth};
          gather(w, x, tap, d, d + length, rows + r * GATHERED);
        }
        multiply<R, V>(acc, rows, GATHERED, 1, panel, V * LANES, length);
        panel += length * V * LANES;
      }
    }
  }
}

/** Output positions `begin` to `end` of all images; `packed` is the filter, as packPanels packs it. */
__attribute__((noinline)) static void convolvePositions(const Window& w, const float* x, const float* packed,
                                                        const Output& output, int begin, int end) {
  const ptrdiff_t depth = (ptrdiff_t)w.taps() * w.inChannels;
  forPanels(0, w.outChannels, [&]<int V>(int n) {
    forTiles<V>(begin, end, [&]<int R>(int p) {
      Vec acc[R][V];
      startTile<R, V>(acc, output, n);
      convolveTile<R, V>(acc, w, x, p, packed + depth * n);
      finishTile<R, V>(acc, output, p, n);
    });
  });
}

/**
 * out `[batch, outHeight, outWidth, outChannels]` = activation(x ∗ filter + bias), for x
 * `[batch, inHeight, inWidth, inChannels]`. Items: output positions of all images.
 */
static void convolve(Range range, const float* x, const float* packed, const float* bias, int activation,
                     float slope, float* out, WINDOW_PARAMETERS) {
  const Window window = WINDOW;
  convolvePositions(window.flattened(), x, packed, {out, outChannels, bias, activation, slope}, range.begin,
                    range.end);
}

/** dx of the convolution, with the filter packed in reverse. Items: positions of x in all images. */
static void convolveInputGradient(Range range, const float* dy, const float* packed, float* dx, WINDOW_PARAMETERS) {
  const Window window = WINDOW;
  convolvePositions(window.flattened().gradient(), dy, packed, {dx, inChannels, nullptr, LINEAR, 0.f},
                    range.begin, range.end);
}

/** Positions that all tiles of the filter go over while x and dy are in the cache. */
constexpr int POSITION_BLOCK = 256;

/** Output positions `begin` to `end` of all images, and dy, which is not read from `dyEnd` on. */
struct Positions {
  int begin;
  int end;
  const float* dy;
  const float* dyEnd;
};

/**
 * Adds to R rows of the filter's gradient, from float m of a run of taps on, and columns from n what some
 * positions contribute. The run lies `down` and `right` of its output position.
 */
template <int R, int V>
INLINE void addToFilterTile(Vec (&acc)[R][V], const Window& w, const float* x, const Positions& positions,
                            int down, int right, int m, int n) {
  const int channels = w.inChannels, columns = w.outChannels;
  const ptrdiff_t step = (ptrdiff_t)w.strideWidth * channels;
  // Output columns from `lo` to `hi` see all taps of the run.
  const int lo = least(w.outWidth, greatest(0, ceilDivide(-right, w.strideWidth)));
  const int hi = least(w.outWidth, greatest(lo, ceilDivide(w.inWidth - right - w.run() + 1, w.strideWidth)));
  for (int p = positions.begin; p < positions.end;) {
    const int line = p / w.outWidth, column = p % w.outWidth;
    const int count = least(w.outWidth - column, positions.end - p);
    const int row = line % w.outHeight * w.strideHeight + down;
    const float* at = x + line / w.outHeight * w.inSize() + m +
                      ((ptrdiff_t)row * w.inWidth + column * w.strideWidth + right) * channels;
    const float* dy = positions.dy + (ptrdiff_t)p * columns + n;
    p += count;
    if (row < 0 || row >= w.inHeight) continue;
    const int first = least(count, greatest(0, lo - column)), last = least(count, greatest(first, hi - column));
    for (int i = 0; i < count; i++) {
      const float* dyAt = dy + (ptrdiff_t)i * columns;
      if (i == first && first < last) {
        multiplyInPlace<R, V>(acc, at + i * step, 1, step, dyAt, columns, last - first, positions.dyEnd);
        i = last - 1;
        continue;
      }
      // Some of the taps lie outside of the image.
      const int place = (column + i) * w.strideWidth + right;
      const int inside = -place * channels - m, outside = (w.inWidth - place) * channels - m;
      if (inside >= R || outside <= 0) continue;
      float taps[R];
      for (int r = 0; r < R; r++) taps[r] = r >= inside && r < outside ? at[i * step + r] : 0.f;
      multiplyInPlace<R, V>(acc, taps, 1, 0, dyAt, 0, 1, positions.dyEnd);
    }
  }
}

/** sums `[taps · inChannels, padded outChannels]` += the filter's gradient from some positions. */
__attribute__((noinline)) static void addFilterGradient(const Window& w, const float* x,
                                                        const Positions& positions, float* sums) {
  const int columns = w.outChannels, width = padded(columns), run = w.run();
  for (int p = positions.begin; p < positions.end; p += POSITION_BLOCK) {
    const Positions block = {p, least(p + POSITION_BLOCK, positions.end), positions.dy, positions.dyEnd};
    for (int tap = 0; tap < w.taps(); tap += run) {
      const int down = tap / w.filterWidth * w.dilationHeight - w.top;
      const int right = tap % w.filterWidth * w.dilationWidth - w.left;
      forPanels(0, columns, [&]<int V>(int n) {
        forTiles<V>(0, run * w.inChannels, [&]<int R>(int m) {
          Vec acc[R][V];
          float* tile = sums + ((ptrdiff_t)tap * w.inChannels + m) * width + n;
          loadTile<R, V>(acc, tile, width);
          addToFilterTile<R, V>(acc, w, x, block, down, right, m, n);
          storeTile<R, V>(acc, tile, width);
        });
      });
    }
  }
}

/** Partial filter gradients `[parts, taps · inChannels, padded outChannels]`. Items: output positions. */
static void convolveFilterGradient(Range range, const float* x, const float* dy, float* partials,
                                   WINDOW_PARAMETERS) {
  const Window window = WINDOW;
  const ptrdiff_t size = (ptrdiff_t)window.taps() * inChannels * padded(outChannels);
  float* sums = partials + range.part * size;
  clear(sums, size);
  const float* dyEnd = dy + (ptrdiff_t)batch * window.outputs() * outChannels;
  addFilterGradient(window.flattened(), x, {range.begin, range.end, dy, dyEnd}, sums);
}

/** dy where the rectified y is above 0, otherwise 0; NaN stays NaN. */
INLINE void rectifyGradient(const float* dy, const float* y, ptrdiff_t size, float* out) {
  const auto masked = [](Vec g, Vec v) {
    const Vec zero = splat(0.f);
    return g * select(v > zero, splat(1.f), select(v != v, v, zero));
  };
  ptrdiff_t i = 0;
  for (; i + LANES <= size; i += LANES) store(out + i, masked(load(dy + i), load(y + i)));
  const int rest = size - i;
  storePart(out + i, masked(loadPart(dy + i, rest), loadPart(y + i, rest)), rest);
}

/**
 * All gradients of y = activation(x ∗ filter + bias), some images at a time while they are in the cache: dx
 * (unless null) and partial gradients `[parts, taps · inChannels + 1, padded outChannels]` of the filter and,
 * as the last row, of the bias. Items: images, `block` of them at a time. With `y`, the activation was relu,
 * and `scratch` `[seats, block · dy of an image]` takes its gradient.
 */
static void convolveGradients(Range range, const float* x, const float* dy, const float* y, const float* packed,
                              float* dx, float* partials, float* scratch, int block, WINDOW_PARAMETERS) {
  const Window whole = WINDOW;
  const ptrdiff_t outSize = (ptrdiff_t)whole.outputs() * outChannels;
  const ptrdiff_t filterSize = (ptrdiff_t)whole.taps() * inChannels * padded(outChannels);
  const ptrdiff_t size = filterSize + padded(outChannels);
  float* sums = partials + range.part * size;
  clear(sums, size);
  for (int image = range.begin; image < range.end; image += block) {
    Window images = whole;
    images.batch = least(block, range.end - image);
    const Window w = images.flattened();
    const int outputs = w.batch * w.outputs();
    const float* g = dy + image * outSize;
    if (y) {
      float* rectified = scratch + range.seat * block * outSize;
      rectifyGradient(g, y + image * outSize, images.batch * outSize, rectified);
      g = rectified;
    }
    addColumnSums(g, outputs, outChannels, sums + filterSize);
    addFilterGradient(w, x + image * whole.inSize(), {0, outputs, g, g + images.batch * outSize}, sums);
    if (dx)
      convolvePositions(w.gradient(), g, packed,
                        {dx + image * whole.inSize(), inChannels, nullptr, LINEAR, 0.f}, 0,
                        images.batch * inHeight * inWidth);
  }
}
