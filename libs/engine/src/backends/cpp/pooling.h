// Maximum and average pooling of x `[batch, height, width, channels]`, and their gradients.
#pragma once

#include "range.h"
#include "vector.h"

/** The shape of a pooling: sizes of the input and the output, the window, its strides, and the padding. */
struct PoolShape {
  int height, width, channels, outHeight, outWidth;
  int windowHeight, windowWidth, strideY, strideX, padTop, padLeft;
};

/** The part of a window that lies within the image: rows and columns of the input. */
struct PoolWindow {
  int top, bottom, left, right;

  PoolWindow(const PoolShape& shape, int oy, int ox) {
    const int y = oy * shape.strideY - shape.padTop, x = ox * shape.strideX - shape.padLeft;
    top = greatest(0, y);
    bottom = least(shape.height, y + shape.windowHeight);
    left = greatest(0, x);
    right = least(shape.width, x + shape.windowWidth);
  }

  int size() const { return greatest(0, bottom - top) * greatest(0, right - left); }
};

/** The greatest of a window: NaN is never that, and where there is none it is −∞. */
struct MaxPooling {
  static constexpr float START = -__builtin_inff();
  INLINE Vec combine(Vec total, Vec x) { return select(x > total, x, total); }
  INLINE Vec result(Vec total, Vec) { return total; }
};

/** The average of a window without the padding. */
struct AveragePooling {
  static constexpr float START = 0;
  INLINE Vec combine(Vec total, Vec x) { return total + x; }
  INLINE Vec result(Vec total, Vec count) { return total / count; }
};

/** `n` channels of one output, in V vectors; n is V · LANES, or less for one vector. */
template <typename P, int V>
INLINE void poolChannels(float* out, const float* image, const PoolShape& shape, const PoolWindow& window, int n) {
  Vec total[V];
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) total[v] = splat(P::START);
  for (int y = window.top; y < window.bottom; y++) {
    const float* from = image + ((ptrdiff_t)y * shape.width + window.left) * shape.channels;
    for (int x = window.left; x < window.right; x++, from += shape.channels)
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) total[v] = P::combine(total[v], loadPart(from + v * LANES, n - v * LANES));
  }
  const Vec count = splat((float)window.size());
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) storePart(out + v * LANES, P::result(total[v], count), n - v * LANES);
}

/** Items: places of the output. */
template <typename P>
INLINE void poolForward(Range range, float* out, const float* x, const PoolShape& shape) {
  const int channels = shape.channels;
  const ptrdiff_t image = (ptrdiff_t)shape.height * shape.width * channels;
  int ox = range.begin % shape.outWidth, line = range.begin / shape.outWidth;
  int oy = line % shape.outHeight, b = line / shape.outHeight;
  for (int item = range.begin; item < range.end; item++) {
    const PoolWindow window(shape, oy, ox);
    const float* from = x + b * image;
    float* to = out + (ptrdiff_t)item * channels;
    int c = 0;
    for (; c + 4 * LANES <= channels; c += 4 * LANES) poolChannels<P, 4>(to + c, from + c, shape, window, 4 * LANES);
    for (; c + 2 * LANES <= channels; c += 2 * LANES) poolChannels<P, 2>(to + c, from + c, shape, window, 2 * LANES);
    for (; c + LANES <= channels; c += LANES) poolChannels<P, 1>(to + c, from + c, shape, window, LANES);
    if (c < channels) poolChannels<P, 1>(to + c, from + c, shape, window, channels - c);
    if (++ox < shape.outWidth) continue;
    ox = 0;
    if (++oy < shape.outHeight) continue;
    oy = 0;
    b++;
  }
}

/** The gradient of one output goes to the first greatest place of its window. */
struct MaxPoolingGradient {
  /** `n` channels, in V vectors; n is V · LANES, or less for one vector. */
  template <int V>
  INLINE void channels(float* dx, const float* image, const float* dy, const PoolShape& shape,
                       const PoolWindow& window, int n) {
    Vec greatest[V];
    IntVec best[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      greatest[v] = splat(MaxPooling::START);
      best[v] = (IntVec){0} - 1;
    }
    int place = 0;
    for (int y = window.top; y < window.bottom; y++) {
      const float* from = image + ((ptrdiff_t)y * shape.width + window.left) * shape.channels;
      for (int x = window.left; x < window.right; x++, place++, from += shape.channels)
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          const Vec value = loadPart(from + v * LANES, n - v * LANES);
          const IntVec greater = (IntVec)(value > greatest[v]);
          greatest[v] = select(greater, value, greatest[v]);
          best[v] = (greater & place) | (~greater & best[v]);
        }
    }
    place = 0;
    for (int y = window.top; y < window.bottom; y++) {
      float* to = dx + ((ptrdiff_t)y * shape.width + window.left) * shape.channels;
      for (int x = window.left; x < window.right; x++, place++, to += shape.channels)
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          const int m = n - v * LANES;
          const Vec share = select((IntVec)(best[v] == place), loadPart(dy + v * LANES, m), splat(0));
          storePart(to + v * LANES, loadPart(to + v * LANES, m) + share, m);
        }
    }
  }
};

/** The gradient of one output is shared out over its window. */
struct AveragePoolingGradient {
  /** `n` channels, in V vectors; n is V · LANES, or less for one vector. */
  template <int V>
  INLINE void channels(float* dx, const float*, const float* dy, const PoolShape& shape, const PoolWindow& window,
                       int n) {
    const Vec share = splat(1.f / (float)(shape.windowHeight * shape.windowWidth));
    for (int y = window.top; y < window.bottom; y++) {
      float* to = dx + ((ptrdiff_t)y * shape.width + window.left) * shape.channels;
      for (int x = window.left; x < window.right; x++, to += shape.channels)
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          const int m = n - v * LANES;
          storePart(to + v * LANES, fma(loadPart(dy + v * LANES, m), share, loadPart(to + v * LANES, m)), m);
        }
    }
  }
};

/** Items: images. */
template <typename P>
INLINE void poolBackward(Range range, float* dx, const float* x, const float* dy, const PoolShape& shape) {
  const int channels = shape.channels;
  const ptrdiff_t image = (ptrdiff_t)shape.height * shape.width * channels;
  const ptrdiff_t outputs = (ptrdiff_t)shape.outHeight * shape.outWidth * channels;
  for (int b = range.begin; b < range.end; b++) {
    float* to = dx + b * image;
    const float* from = x + b * image;
    const float* gradient = dy + b * outputs;
    __builtin_memset(to, 0, sizeof(float) * image);
    for (int oy = 0; oy < shape.outHeight; oy++)
      for (int ox = 0; ox < shape.outWidth; ox++, gradient += channels) {
        const PoolWindow window(shape, oy, ox);
        int c = 0;
        for (; c + 4 * LANES <= channels; c += 4 * LANES)
          P::template channels<4>(to + c, from + c, gradient + c, shape, window, 4 * LANES);
        for (; c + 2 * LANES <= channels; c += 2 * LANES)
          P::template channels<2>(to + c, from + c, gradient + c, shape, window, 2 * LANES);
        for (; c + LANES <= channels; c += LANES)
          P::template channels<1>(to + c, from + c, gradient + c, shape, window, LANES);
        if (c < channels) P::template channels<1>(to + c, from + c, gradient + c, shape, window, channels - c);
      }
  }
}

/** How a kernel takes the windows of a pooling, and the shape of what it took. */
#define POOL_PARAMETERS                                                                                  \
  int inHeight, int inWidth, int inChannels, int outHeight, int outWidth, int filterHeight,              \
      int filterWidth, int strideHeight, int strideWidth, int top, int left
#define POOL_SHAPE                                                                                       \
  {inHeight,    inWidth,      inChannels,  outHeight, outWidth, filterHeight, \
   filterWidth, strideHeight, strideWidth, top,       left}

static void maxPool(Range range, float* out, const float* x, POOL_PARAMETERS) {
  poolForward<MaxPooling>(range, out, x, POOL_SHAPE);
}

static void averagePool(Range range, float* out, const float* x, POOL_PARAMETERS) {
  poolForward<AveragePooling>(range, out, x, POOL_SHAPE);
}

static void maxPoolGradient(Range range, float* dx, const float* x, const float* dy, POOL_PARAMETERS) {
  poolBackward<MaxPoolingGradient>(range, dx, x, dy, POOL_SHAPE);
}

static void averagePoolGradient(Range range, float* dx, const float* dy, POOL_PARAMETERS) {
  poolBackward<AveragePoolingGradient>(range, dx, dx, dy, POOL_SHAPE);
}
