// Where the branches of a block meet: max pooling and batch normalisation of each, side by side on the
// channels, ReLU, and the shortcut. Every combination of these steps, in one pass forward and two passes back.
#pragma once

#include "pooling.h"
#include "range.h"
#include "vector.h"

// Of a channel, in this order: what a normalisation does to it, `(x − mean) · scale + offset`.
#define NORMALISATION(X) X(MEAN, mean) X(SCALE, scale) X(OFFSET, offset)
#define NORMALISATION_FIELD(field, name) field,
enum { NORMALISATION(NORMALISATION_FIELD) NORM_FIELDS };

// Rows that are gone over together, while they are in the first cache.
constexpr int BLOCK_ROWS = 32;

/** Some channels next to each other, in V vectors: V · LANES, or fewer for one vector. */
template <int V, bool WHOLE>
struct Lanes {
  static constexpr int VECTORS = V;
  int count;
  /** The v-th vector of the channels from p on. */
  Vec get(const float* p, int v) const { return WHOLE ? load(p + v * LANES) : loadPart(p, count); }
  void put(float* p, int v, Vec x) const { WHOLE ? store(p + v * LANES, x) : storePart(p, x, count); }
};

// On a lambda: a call would cost as much as a few rows.
#define INLINED __attribute__((always_inline))

/** Repeats what follows for each vector v of some lanes. */
#define FOR_VECTORS(lanes) _Pragma("GCC unroll 4") for (int v = 0; v < lanes.VECTORS; v++)

/**
 * Calls f(lanes, c) for channels next to each other, c being the first of them. As many at a time as there are
 * registers for: f goes over rows, and memory is fastest from one end to the other.
 */
template <typename F>
INLINE void forChannels(int channels, F f) {
  int c = 0;
  for (; c + 4 * LANES <= channels; c += 4 * LANES) f(Lanes<4, true>{4 * LANES}, c);
  for (; c + 2 * LANES <= channels; c += 2 * LANES) f(Lanes<2, true>{2 * LANES}, c);
  for (; c + LANES <= channels; c += LANES) f(Lanes<1, true>{LANES}, c);
  if (c < channels) f(Lanes<1, false>{channels - c}, c);
}

/** An input of a join: x is null where there is none, norm `[NORM_FIELDS, channels]` where it is not normalised. */
struct JoinInput {
  const float* x;
  const float* norm;
  int channels;
  /**
   * 0: x is `[rows, channels]`. Otherwise x is `[sequences, length, channels]`, and the rows of the input are
   * the greater of two rows of a sequence each; at the end of an odd length, the last row alone.
   */
  int length;
};

/** Goes over the rows of an input. */
template <bool POOLED>
class RowCursor {
  /** Of the row in x, or of the first one of the pair. */
  ptrdiff_t at;
  int channels, length;
  /** Rows from here to the end of the sequence. */
  int left = 0;

  /** From the first row of the pair to the second: 0 for a row alone, which is then both. */
  ptrdiff_t step() const { return left > 1 ? channels : 0; }

 public:
  RowCursor(const JoinInput& input, int row) : channels(input.channels), length(input.length) {
    ptrdiff_t inX = row;
    if (POOLED) {
      const int pairs = (length + 1) / 2, pair = row % pairs;
      inX = (ptrdiff_t)(row / pairs) * length + 2 * pair;
      left = length - 2 * pair;
    }
    at = inX * channels;
  }

  void next() {
    at += POOLED ? channels + step() : channels;
    if (POOLED && (left -= 2) <= 0) left = length;
  }

  /** The values of the row's v-th vector of the channels from `x` on. */
  template <typename L>
  Vec get(L lanes, const float* x, int v) const {
    if (!POOLED) return lanes.get(x + at, v);
    const Vec first = MaxPooling::combine(splat(MaxPooling::START), lanes.get(x + at, v));
    return MaxPooling::combine(first, lanes.get(x + at + step(), v));
  }

  /** Stores the gradient of these values to `dx`: of a pair, to the first of its greatest, and 0 to the other. */
  template <typename L>
  void putGradient(L lanes, const float* x, float* dx, int v, Vec gradient) const {
    if (!POOLED) return lanes.put(dx + at, v, gradient);
    const Vec start = splat(MaxPooling::START), x0 = lanes.get(x + at, v), x1 = lanes.get(x + at + step(), v);
    const IntVec isSecond = x1 > MaxPooling::combine(start, x0), isFirst = (x0 > start) & ~isSecond;
    // A row alone is both, and the first: so that is written last.
    lanes.put(dx + at + step(), v, select(isSecond, gradient, splat(0)));
    lanes.put(dx + at, v, select(isFirst, gradient, splat(0)));
  }
};

/** Calls f(rows) with a cursor at a row of an input. */
template <typename F>
INLINE void withCursor(const JoinInput& input, int row, F f) {
  input.length > 0 ? f(RowCursor<true>(input, row)) : f(RowCursor<false>(input, row));
}

/**
 * Adds to a count from 1, means and sums of squared deviations those of more rows (Chan, Golub, LeVeque 1979). A
 * count of 0 would make NaN of means whose square is beyond float32.
 */
static void mergeMoments(float* mean, float* squares, int count, const float* otherMean, const float* otherSquares,
                         int otherCount, int channels) {
  const float share = (float)otherCount / (float)(count + otherCount);
  const float weight = (float)count * share;
  forChannels(channels, [&](auto lanes, int c) INLINED {
    FOR_VECTORS(lanes) {
      const Vec m = lanes.get(mean + c, v);
      const Vec delta = lanes.get(otherMean + c, v) - m;
      lanes.put(mean + c, v, fma(delta, splat(share), m));
      const Vec s = lanes.get(squares + c, v) + lanes.get(otherSquares + c, v);
      lanes.put(squares + c, v, fma(delta * delta, splat(weight), s));
    }
  });
}

/**
 * Means and sums of squared deviations of the channels of an input (`JoinInput`), for each part of its rows.
 * Items: rows. `partials` `[parts, 2, channels]`; `scratch` `[seats, 2, channels]`.
 */
static void channelMoments(Range range, const float* x, float* partials, float* scratch, int channels,
                           int length) {
  const JoinInput input = {x, nullptr, channels, length};
  float* mean = partials + (ptrdiff_t)range.part * 2 * channels;
  float* squares = mean + channels;
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const int rows = least(BLOCK_ROWS, range.end - begin);
    const bool isFirst = begin == range.begin;
    float* blockMean = isFirst ? mean : scratch + (ptrdiff_t)range.seat * 2 * channels;
    float* blockSquares = blockMean + channels;
    withCursor(input, begin, [&](auto first) INLINED {
      forChannels(channels, [&](auto lanes, int c) INLINED {
        // The first row is the origin of the sum: so the mean of equal values is that value to the bit.
        Vec origin[lanes.VECTORS], m[lanes.VECTORS] = {}, square[lanes.VECTORS] = {};
        FOR_VECTORS(lanes) origin[v] = first.get(lanes, x + c, v);
        auto row = first;
        for (int r = 0; r < rows; r++, row.next()) FOR_VECTORS(lanes) m[v] += row.get(lanes, x + c, v) - origin[v];
        FOR_VECTORS(lanes) m[v] = fma(m[v], splat(1.f / (float)rows), origin[v]);
        row = first;
        for (int r = 0; r < rows; r++, row.next()) {
          FOR_VECTORS(lanes) {
            const Vec d = row.get(lanes, x + c, v) - m[v];
            square[v] = fma(d, d, square[v]);
          }
        }
        FOR_VECTORS(lanes) {
          lanes.put(blockMean + c, v, m[v]);
          lanes.put(blockSquares + c, v, square[v]);
        }
      });
    });
    if (!isFirst) mergeMoments(mean, squares, begin - range.begin, blockMean, blockSquares, rows, channels);
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

/** A normalisation of some channels, in V vectors; nothing where there is none. */
template <int V>
struct LaneNorm {
  Vec mean[V], scale[V], offset[V];

  template <bool WHOLE>
  LaneNorm(const float* norm, int channels, int c, Lanes<V, WHOLE> lanes) {
    FOR_VECTORS(lanes) {
      mean[v] = norm ? lanes.get(norm + MEAN * channels + c, v) : splat(0);
      scale[v] = norm ? lanes.get(norm + SCALE * channels + c, v) : splat(1);
      offset[v] = norm ? lanes.get(norm + OFFSET * channels + c, v) : splat(0);
    }
  }
  Vec of(Vec x, int v) const { return fma(x - mean[v], scale[v], offset[v]); }
};

/** The channels of one branch of `joinForward`, from `first` on, over rows of `width` channels. */
static void joinBranch(Range range, const JoinInput& branch, int first, int width, int relu,
                       const JoinInput& shortcut, float* out) {
  withCursor(branch, range.begin, [&](auto firstRow) INLINED {
    forChannels(branch.channels, [&](auto lanes, int c) INLINED {
      const LaneNorm<lanes.VECTORS> norm(branch.norm, branch.channels, c, lanes);
      const LaneNorm<lanes.VECTORS> added(shortcut.norm, width, first + c, lanes);
      auto row = firstRow;
      for (int r = range.begin; r < range.end; r++, row.next()) {
        const ptrdiff_t to = (ptrdiff_t)r * width + first + c;
        FOR_VECTORS(lanes) {
          Vec y = norm.of(row.get(lanes, branch.x + c, v), v);
          if (relu) y = max(y, splat(0));
          if (shortcut.x) y += added.of(lanes.get(shortcut.x + to, v), v);
          lanes.put(out + to, v, y);
        }
      }
    });
  });
}

// The inputs as the kernels take them, in this order. The shortcut has as many channels as the branches together.
#define JOIN_PARAMETERS                                                                                   \
  const float *firstX, const float *firstNorm, int firstChannels, int firstLength, const float *secondX,  \
      const float *secondNorm, int secondChannels, int secondLength, int relu, const float *shortcutX,    \
      const float *shortcutNorm
#define JOIN_INPUTS                                                             \
  const int width = firstChannels + secondChannels;                             \
  const JoinInput first = {firstX, firstNorm, firstChannels, firstLength};      \
  const JoinInput second = {secondX, secondNorm, secondChannels, secondLength}; \
  const JoinInput shortcut = {shortcutX, shortcutNorm, width, 0};

/**
 * relu?(concat(norm(first), norm(second))) + norm(shortcut), row by row. Items: rows. `second` and
 * `shortcut` may be left out, and so may each normalisation.
 */
static void joinForward(Range range, JOIN_PARAMETERS, float* out) {
  JOIN_INPUTS
  // By blocks of rows, so that the halves of a row meet in the cache.
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    joinBranch(rows, first, 0, width, relu, shortcut, out);
    if (second.x) joinBranch(rows, second, first.channels, width, relu, shortcut, out);
  }
}

/** The gradient that reaches the v-th vector of a normalisation: the output's, where ReLU let x through. */
template <int V>
INLINE Vec throughRelu(Vec dy, Vec x, const LaneNorm<V>& norm, int v) {
  return select(norm.of(x, v) > splat(0), dy, splat(0));
}

/** Adds to sums `[2, channels]` the gradients of one input, and their products with x − mean. */
static void addSums(Range range, const JoinInput& input, int first, int width, int relu, const float* dy,
                    float* sums) {
  const int channels = input.channels;
  if (input.norm == nullptr) return;
  withCursor(input, range.begin, [&](auto firstRow) INLINED {
    forChannels(channels, [&](auto lanes, int c) INLINED {
      const LaneNorm<lanes.VECTORS> norm(input.norm, channels, c, lanes);
      Vec sum[lanes.VECTORS] = {}, product[lanes.VECTORS] = {};
      auto row = firstRow;
      for (int r = range.begin; r < range.end; r++, row.next()) {
        FOR_VECTORS(lanes) {
          const Vec value = row.get(lanes, input.x + c, v);
          Vec g = lanes.get(dy + (ptrdiff_t)r * width + first + c, v);
          if (relu) g = throughRelu(g, value, norm, v);
          sum[v] += g;
          product[v] = fma(g, value - norm.mean[v], product[v]);
        }
      }
      FOR_VECTORS(lanes) {
        lanes.put(sums + c, v, lanes.get(sums + c, v) + sum[v]);
        lanes.put(sums + channels + c, v, lanes.get(sums + channels + c, v) + product[v]);
      }
    });
  });
}

/**
 * Sums over each part of the rows that the gradients of the normalisations need: of the gradient, and of its
 * product with x − mean. Items: rows. `partials` `[parts, 4 · width]`: 2 × first, 2 × second, 2 × shortcut;
 * those of an input without normalisation stay 0.
 */
static void joinGradientSums(Range range, JOIN_PARAMETERS, const float* dy, float* partials) {
  JOIN_INPUTS
  float* sums = partials + (ptrdiff_t)range.part * 4 * width;
  for (int c = 0; c < 4 * width; c++) sums[c] = 0;
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    addSums(rows, first, 0, width, relu, dy, sums);
    addSums(rows, second, first.channels, width, relu, dy, sums + 2 * first.channels);
    addSums(rows, shortcut, 0, width, 0, dy, sums + 2 * width);
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
static void joinInputBackward(Range range, const JoinInput& input, const float* line, int first, int width, int relu,
                              const float* dy, float* dx) {
  const int channels = input.channels;
  withCursor(input, range.begin, [&](auto firstRow) INLINED {
    forChannels(channels, [&](auto lanes, int c) INLINED {
      const LaneNorm<lanes.VECTORS> norm(input.norm, channels, c, lanes);
      Vec factor[lanes.VECTORS], constant[lanes.VECTORS];
      FOR_VECTORS(lanes) {
        factor[v] = line ? lanes.get(line + c, v) : splat(0);
        constant[v] = line ? lanes.get(line + channels + c, v) : splat(0);
      }
      auto row = firstRow;
      for (int r = range.begin; r < range.end; r++, row.next()) {
        FOR_VECTORS(lanes) {
          const Vec value = row.get(lanes, input.x + c, v);
          Vec g = lanes.get(dy + (ptrdiff_t)r * width + first + c, v);
          if (relu) g = throughRelu(g, value, norm, v);
          if (line) g = fma(g, norm.scale[v], fma(value - norm.mean[v], factor[v], constant[v]));
          row.putGradient(lanes, input.x + c, dx + c, v, g);
        }
      }
    });
  });
}

/**
 * Gradients of the inputs of `joinForward`. Items: rows. `…Line` as `normalisationGradient` makes them, null
 * without normalisation. `dShortcut` is null where the shortcut has no normalisation: its gradient is dy.
 */
static void joinBackward(Range range, JOIN_PARAMETERS, const float* firstLine, const float* secondLine,
                         const float* shortcutLine, const float* dy, float* dFirst, float* dSecond,
                         float* dShortcut) {
  JOIN_INPUTS
  for (int begin = range.begin; begin < range.end; begin += BLOCK_ROWS) {
    const Range rows = {begin, least(begin + BLOCK_ROWS, range.end), range.part, range.seat};
    joinInputBackward(rows, first, firstLine, 0, width, relu, dy, dFirst);
    if (second.x) joinInputBackward(rows, second, secondLine, first.channels, width, relu, dy, dSecond);
    if (dShortcut) joinInputBackward(rows, shortcut, shortcutLine, 0, width, 0, dy, dShortcut);
  }
}
