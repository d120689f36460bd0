// Where the branches of a block meet: batch normalisation of each, side by side on the channels, ReLU, and
// the shortcut. Every combination of these steps, in one pass forward and two passes back.
#pragma once

#include "range.h"
#include "vector.h"

// Of a channel, in this order: what a normalisation does to it, `(x − mean) · scale + offset`.
enum { MEAN, SCALE, OFFSET, NORM_FIELDS };

// Rows that are gone over channel by channel, while they are in the first cache.
constexpr int BLOCK_ROWS = 32;

/** Some channels next to each other: a whole vector of them, or what is left of the last one. */
template <bool WHOLE>
struct Lanes {
  int count;
  Vec get(const float* p) const { return WHOLE ? load(p) : loadPart(p, count); }
  void put(float* p, Vec x) const { WHOLE ? store(p, x) : storePart(p, x, count); }
};

/** Calls f(lanes, c) for each vector of channels, c being its first. */
template <typename F>
INLINE void forChannels(int channels, F f) {
  int c = 0;
  for (; c + LANES <= channels; c += LANES) f(Lanes<true>{LANES}, c);
  if (c < channels) f(Lanes<false>{channels - c}, c);
}

/** Adds to a count, means and sums of squared deviations those of more rows (Chan, Golub, LeVeque 1979). */
static void mergeMoments(float* mean, float* squares, int count, const float* otherMean, const float* otherSquares,
                         int otherCount, int channels) {
  const float share = (float)otherCount / (float)(count + otherCount);
  const float weight = (float)count * share;
  forChannels(channels, [&](auto lanes, int c) {
    const Vec m = lanes.get(mean + c);
    const Vec delta = lanes.get(otherMean + c) - m;
    lanes.put(mean + c, fma(delta, splat(share), m));
    const Vec s = lanes.get(squares + c) + lanes.get(otherSquares + c);
    lanes.put(squares + c, fma(delta * delta, splat(weight), s));
  });
}

/**
 * Means and sums of squared deviations of the channels of x `[rows, channels]`, for each part of the rows.
 * Items: rows. `partials` `[parts, 2, channels]`; `scratch` `[seats, 2, channels]`.
 */
static void channelMoments(Range range, const float* x, float* partials, float* scratch, int channels) {
  float* mean = partials + (ptrdiff_t)range.part * 2 * channels;
  float* squares = mean + channels;
  float* blockMean = scratch + (ptrdiff_t)range.seat * 2 * channels;
  float* blockSquares = blockMean + channels;
  for (int c = 0; c < 2 * channels; c++) mean[c] = 0;
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const int rows = least(BLOCK_ROWS, range.end - begin);
    const float* block = x + (ptrdiff_t)begin * channels;
    forChannels(channels, [&](auto lanes, int c) {
      Vec sum = splat(0), square = splat(0);
      for (int r = 0; r < rows; r++) sum += lanes.get(block + (ptrdiff_t)r * channels + c);
      const Vec m = sum * splat(1.f / (float)rows);
      for (int r = 0; r < rows; r++) {
        const Vec d = lanes.get(block + (ptrdiff_t)r * channels + c) - m;
        square = fma(d, d, square);
      }
      lanes.put(blockMean + c, m);
      lanes.put(blockSquares + c, square);
    });
    mergeMoments(mean, squares, begin - range.begin, blockMean, blockSquares, rows, channels);
  }
}

/**
 * The parts of `channelMoments` as the mean and variance of each channel, the normalisation they make, and
 * the running averages they move. One item. `norm` `[NORM_FIELDS, channels]`, `inverse` 1 / √(variance + ε)
 * `[channels]`; gamma and beta may be null. The running averages are read from `…Before` and written to
 * `…After`: before − (before − now) · rate.
 */
static void batchNormalisation(Range, float* partials, int rows, int grain, int channels, const float* gamma,
                               const float* beta, float epsilon, float* norm, float* inverse,
                               const float* meanBefore, const float* varianceBefore, float rate, float* meanAfter,
                               float* varianceAfter) {
  float* mean = partials;
  float* squares = partials + channels;
  const int parts = (rows - 1) / grain + 1;
  for (int part = 1; part < parts; part++) {
    const float* other = partials + (ptrdiff_t)part * 2 * channels;
    mergeMoments(mean, squares, part * grain, other, other + channels, least(grain, rows - part * grain), channels);
  }
  for (int c = 0; c < channels; c++) {
    const float variance = squares[c] / (float)rows;
    inverse[c] = 1.f / __builtin_sqrtf(variance + epsilon);
    norm[MEAN * channels + c] = mean[c];
    norm[SCALE * channels + c] = gamma ? gamma[c] * inverse[c] : inverse[c];
    norm[OFFSET * channels + c] = beta ? beta[c] : 0.f;
    meanAfter[c] = meanBefore[c] - (meanBefore[c] - mean[c]) * rate;
    varianceAfter[c] = varianceBefore[c] - (varianceBefore[c] - variance) * rate;
  }
}

/** A normalisation of one vector of channels; nothing where there is none. */
struct LaneNorm {
  Vec mean, scale, offset;

  template <bool WHOLE>
  LaneNorm(const float* norm, int channels, int c, Lanes<WHOLE> lanes)
      : mean(splat(0)), scale(splat(1)), offset(splat(0)) {
    if (norm == nullptr) return;
    mean = lanes.get(norm + MEAN * channels + c);
    scale = lanes.get(norm + SCALE * channels + c);
    offset = lanes.get(norm + OFFSET * channels + c);
  }
  Vec of(Vec x) const { return fma(x - mean, scale, offset); }
};

/** The channels of one branch of `joinForward`, over rows of `width` channels. */
INLINE void joinBranch(Range range, const float* x, const float* norm, int channels, int first, int width, int relu,
                       const float* shortcut, const float* shortcutNorm, float* out) {
  forChannels(channels, [&](auto lanes, int c) {
    const LaneNorm branch(norm, channels, c, lanes);
    const LaneNorm added(shortcutNorm, width, first + c, lanes);
    for (int row = range.begin; row < range.end; row++) {
      const ptrdiff_t to = (ptrdiff_t)row * width + first + c;
      Vec y = branch.of(lanes.get(x + (ptrdiff_t)row * channels + c));
      if (relu) y = max(y, splat(0));
      if (shortcut) y += added.of(lanes.get(shortcut + to));
      lanes.put(out + to, y);
    }
  });
}

/**
 * relu?(concat(norm(first), norm(second))) + norm(shortcut), row by row. Items: rows. `second` and
 * `shortcut` may be null, and so may each normalisation `[NORM_FIELDS, its channels]`.
 */
static void joinForward(Range range, const float* first, const float* firstNorm, int firstChannels,
                        const float* second, const float* secondNorm, int secondChannels, int relu,
                        const float* shortcut, const float* shortcutNorm, float* out) {
  const int width = firstChannels + secondChannels;
  // By blocks of rows, so that the halves of a row meet in the cache.
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    joinBranch(rows, first, firstNorm, firstChannels, 0, width, relu, shortcut, shortcutNorm, out);
    if (second)
      joinBranch(rows, second, secondNorm, secondChannels, firstChannels, width, relu, shortcut, shortcutNorm, out);
  }
}

/** The gradient that reaches a normalisation: that of the output, where ReLU let the value through. */
INLINE Vec throughRelu(Vec dy, Vec x, const LaneNorm& norm) {
  return select(norm.of(x) > splat(0), dy, splat(0));
}

/** Adds to sums `[2, channels]` the gradients of one input, and their products with x − mean. */
INLINE void addSums(Range range, const float* x, const float* norm, int channels, int first, int width, int relu,
                    const float* dy, float* sums) {
  if (norm == nullptr) return;
  forChannels(channels, [&](auto lanes, int c) {
    const LaneNorm branch(norm, channels, c, lanes);
    Vec sum = splat(0), product = splat(0);
    for (int row = range.begin; row < range.end; row++) {
      const Vec v = lanes.get(x + (ptrdiff_t)row * channels + c);
      Vec g = lanes.get(dy + (ptrdiff_t)row * width + first + c);
      if (relu) g = throughRelu(g, v, branch);
      sum += g;
      product = fma(g, v - branch.mean, product);
    }
    lanes.put(sums + c, lanes.get(sums + c) + sum);
    lanes.put(sums + channels + c, lanes.get(sums + channels + c) + product);
  });
}

/**
 * Sums over each part of the rows that the gradients of the normalisations need: of the gradient, and of its
 * product with x − mean. Items: rows. `partials` `[parts, 4 · width]`: 2 × first, 2 × second, 2 × shortcut;
 * those of an input without normalisation stay 0.
 */
static void joinGradientSums(Range range, const float* first, const float* firstNorm, int firstChannels,
                             const float* second, const float* secondNorm, int secondChannels, int relu,
                             const float* shortcut, const float* shortcutNorm, const float* dy, float* partials) {
  const int width = firstChannels + secondChannels;
  float* sums = partials + (ptrdiff_t)range.part * 4 * width;
  for (int c = 0; c < 4 * width; c++) sums[c] = 0;
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    addSums(rows, first, firstNorm, firstChannels, 0, width, relu, dy, sums);
    addSums(rows, second, secondNorm, secondChannels, firstChannels, width, relu, dy, sums + 2 * firstChannels);
    addSums(rows, shortcut, shortcutNorm, width, 0, width, 0, dy, sums + 2 * width);
  }
}

/** Sums the parts into the first. Items: columns of `[parts, columns]`. */
static void sumParts(Range range, float* partials, int parts, int columns) {
  for (int c = range.begin; c < range.end; c++) {
    float sum = 0;
    for (int part = 0; part < parts; part++) sum += partials[(ptrdiff_t)part * columns + c];
    partials[c] = sum;
  }
}

/**
 * Gradients of γ and β of one normalisation from its sums `[2, channels]`, and the line that makes of a
 * gradient g and an x what x receives: g · SCALE + (x − MEAN) · factor + constant. One item. `line`
 * `[2, channels]`: factors, constants.
 */
static void normalisationGradient(Range, const float* sums, const float* norm, const float* inverse, int rows,
                                  int channels, float* dGamma, float* dBeta, float* line) {
  for (int c = 0; c < channels; c++) {
    const float sum = sums[c], product = sums[channels + c];
    const float scale = norm[SCALE * channels + c];
    dGamma[c] = product * inverse[c];
    dBeta[c] = sum;
    line[c] = -scale * inverse[c] * inverse[c] * product / (float)rows;
    line[channels + c] = -scale * sum / (float)rows;
  }
}

/** What one input of `joinBackward` receives. */
INLINE void joinBranchBackward(Range range, const float* x, const float* norm, const float* line, int channels,
                               int first, int width, int relu, const float* dy, float* dx) {
  forChannels(channels, [&](auto lanes, int c) {
    const LaneNorm branch(norm, channels, c, lanes);
    const Vec factor = line ? lanes.get(line + c) : splat(0);
    const Vec constant = line ? lanes.get(line + channels + c) : splat(0);
    for (int row = range.begin; row < range.end; row++) {
      const ptrdiff_t at = (ptrdiff_t)row * channels + c;
      const Vec v = lanes.get(x + at);
      Vec g = lanes.get(dy + (ptrdiff_t)row * width + first + c);
      if (relu) g = throughRelu(g, v, branch);
      if (norm) g = fma(g, branch.scale, fma(v - branch.mean, factor, constant));
      lanes.put(dx + at, g);
    }
  });
}

/**
 * Gradients of the inputs of `joinForward`. Items: rows. `…Line` as `normalisationGradient` makes them, null
 * without normalisation. `dShortcut` is null where the shortcut has no normalisation: its gradient is dy.
 */
static void joinBackward(Range range, const float* first, const float* firstNorm, const float* firstLine,
                         int firstChannels, const float* second, const float* secondNorm, const float* secondLine,
                         int secondChannels, int relu, const float* shortcut, const float* shortcutNorm,
                         const float* shortcutLine, const float* dy, float* dFirst, float* dSecond,
                         float* dShortcut) {
  const int width = firstChannels + secondChannels;
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    joinBranchBackward(rows, first, firstNorm, firstLine, firstChannels, 0, width, relu, dy, dFirst);
    if (second)
      joinBranchBackward(rows, second, secondNorm, secondLine, secondChannels, firstChannels, width, relu, dy,
                         dSecond);
    if (dShortcut)
      joinBranchBackward(rows, shortcut, shortcutNorm, shortcutLine, width, 0, width, 0, dy, dShortcut);
  }
}
