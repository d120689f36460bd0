// Long short-term memory, forward and backward; gates in Keras's order: i, f, c, o.
#pragma once

#include "recurrent.h"

/**
 * Packs an LSTM's weights for lstmForward. Items: blocks of units, ⌈units / lanes⌉.
 *
 * @param packed 4 · lanes · ⌈units / lanes⌉ · (1 + inputs + units)
 */
static void lstmPack(Range range, const float* kernel, const float* recurrentKernel, const float* bias,
                     float* packed, int inputs, int units) {
  const ptrdiff_t size = (ptrdiff_t)2 * LANES * (1 + inputs + units); // of two gates
  for (int block = range.begin; block < range.end; block++)
    for (int gate = 0; gate < 4; gate++) {
      float* p = packed + (block * 2 + gate / 2) * size + gate % 2 * LANES;
      const float scale = gate == 2 ? TANH_SCALE : SIGMOID_SCALE;
      packGate({Blocks{units}, block, 4, gate, scale, p, 2 * LANES}, kernel, recurrentKernel, bias, inputs);
    }
}

/** R rows of lstmForward through all steps. The cell's state is in `state`, a vector for each block and row. */
template <int R>
static void lstmForwardTile(const float* x, const float* packed, float* hidden, float* cell, float* gates,
                            float* state, int time, int inputs, int units) {
  const Blocks blocks{units};
  const ptrdiff_t xRow = (ptrdiff_t)time * inputs, hRow = (ptrdiff_t)time * units;
  for (int i = 0; i < blocks.count() * R; i++) store(state + i * LANES, splat(0.f));
  for (int t = 0; t < time; t++, x += inputs, hidden += units) {
    const float* panel = packed;
    for (int block = 0; block < blocks.count(); block++) {
      Vec z[2][R][2]; // i and f, c̃ and o
      for (int half = 0; half < 2; half++) {
        Vec acc[R][2];
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < 2; v++)
          acc[r][v] = load(panel + v * LANES);
        panel += 2 * LANES;
        multiply(acc, x, xRow, 1, panel, 2 * LANES, inputs);
        panel += (ptrdiff_t)inputs * 2 * LANES;
        if (t > 0) multiply(acc, hidden - units, hRow, 1, panel, 2 * LANES, units);
        panel += (ptrdiff_t)units * 2 * LANES;
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < 2; v++) z[half][r][v] = acc[r][v];
      }
      const int u = blocks.start(block);
      for (int r = 0; r < R; r++) {
        const Vec i = squash(z[0][r][0]), f = squash(z[0][r][1]);
        const Vec candidate = stretch(z[1][r][0]), o = squash(z[1][r][1]);
        float* const s = state + (block * R + r) * LANES;
        const Vec c = fma(f, load(s), i * candidate);
        store(s, c);
        blocks.put(hidden + r * hRow + u, o * tanhOf(c));
        if (gates) {
          const ptrdiff_t at = r * hRow + (ptrdiff_t)t * units;
          blocks.put(cell + at + u, c);
          float* const g = gates + 4 * at + u;
          blocks.put(g, i);
          blocks.put(g + units, f);
          blocks.put(g + 2 * units, candidate);
          blocks.put(g + 3 * units, o);
        }
      }
    }
  }
}

/**
 * Hidden states `[batch, time, units]` for x `[batch, time, inputs]`, from zero states. Items: rows of the
 * batch; grain: tileRows.
 *
 * @param packed from lstmPack
 * @param cell `[batch, time, units]`, for lstmBackward; null together with `gates`
 * @param gates `[batch, time, 4 · units]`, activated, for lstmBackward; or null
 * @param scratch LSTM_FORWARD_VECTORS · tileRows · lanes · ⌈units / lanes⌉ for each seat
 */
static void lstmForward(Range range, const float* x, const float* packed, float* hidden, float* cell,
                        float* gates, float* scratch, int time, int inputs, int units) {
  scratch += (ptrdiff_t)range.seat * LSTM_FORWARD_VECTORS * TILE_ROWS * LANES * Blocks{units}.count();
  inTiles(range, [&](auto tile, int row) {
    const ptrdiff_t step = (ptrdiff_t)row * time;
    lstmForwardTile<tile.value>(x + step * inputs, packed, hidden + step * units,
                                gates ? cell + step * units : nullptr,
                                gates ? gates + step * 4 * units : nullptr, scratch, time, inputs, units);
  });
}

/**
 * Packs an LSTM's weights for lstmBackward. Items: blocks of [inputs | units], ⌈inputs / lanes⌉ +
 * ⌈units / lanes⌉; inputs is 0 where dx is not wanted.
 *
 * @param packed 4 · lanes² · ⌈units / lanes⌉ · items
 */
static void lstmPackTransposed(Range range, const float* kernel, const float* recurrentKernel,
                               float* packed, int inputs, int units) {
  const Blocks inputBlocks{inputs}, unitBlocks{units};
  const ptrdiff_t size = (ptrdiff_t)4 * LANES * LANES * unitBlocks.count();
  for (int item = range.begin; item < range.end; item++) {
    const int block = item - inputBlocks.count();
    if (block < 0)
      packTransposed(kernel, inputBlocks, item, unitBlocks, {0, 4, 4}, packed);
    else
      packTransposed(recurrentKernel, unitBlocks, block, unitBlocks, {0, 4, 4},
                     packed + inputBlocks.count() * size);
  }
}

/** The arguments of lstmBackward, at the first row of a tile. */
struct LstmBackwardTask {
  const float* x;
  const float* hidden;
  const float* cell;
  const float* gates;
  const float* dHidden;
  const float* packed;
  float* dx;
  float* sums;
  float* scratch;
  int time;
  int inputs;
  int units;
};

/** R rows of lstmBackward, from the last step to the first. */
template <int R>
static void lstmBackwardTile(const LstmBackwardTask& task) {
  const auto [x, hidden, cell, gates, dHidden, packed, dx, sums, scratch, time, inputs, units] = task;
  const Blocks blocks{units}, inputBlocks{dx ? inputs : 0};
  const int count = blocks.count();
  const ptrdiff_t xRow = (ptrdiff_t)time * inputs, hRow = (ptrdiff_t)time * units;
  const float* const packedRecurrent =
      packed + (ptrdiff_t)4 * LANES * LANES * count * inputBlocks.count();
  float* const dh = scratch;                   // what step t + 1 sends back to h: [block][row][lane]
  float* const dc = scratch + count * R * LANES; // and to c
  const GateGradients<R, 4> d{scratch + 2 * count * R * LANES, count};
  for (int i = 0; i < 2 * count * R; i++) store(scratch + i * LANES, splat(0.f));

  for (int end = time; end > 0; end -= BLOCK_STEPS) {
    const int begin = greatest(0, end - BLOCK_STEPS);
    for (int t = end - 1; t >= begin; t--) {
      for (int block = 0; block < count; block++)
        for (int r = 0; r < R; r++) {
          const ptrdiff_t step = r * hRow + (ptrdiff_t)t * units, at = step + blocks.start(block);
          const float* g = gates + 4 * step + blocks.start(block);
          const Vec i = blocks.get(g), f = blocks.get(g + units);
          const Vec candidate = blocks.get(g + 2 * units), o = blocks.get(g + 3 * units);
          for (int gate = 0; gate < 4; gate++) fetchBefore(g + gate * units, 4 * units);
          fetchBefore(cell + at, 2 * units); // the one before is in use already
          fetchBefore(dHidden + at, units);
          const Vec squashed = tanhOf(blocks.get(cell + at));
          const Vec before = t > 0 ? blocks.get(cell + at - units) : splat(0.f);
          const int state = (block * R + r) * LANES;
          const Vec one = splat(1.f);
          const Vec dOut = blocks.get(dHidden + at) + load(dh + state);
          const Vec dCell = load(dc + state) + dOut * o * (one - squashed * squashed);
          float* const dg = d.at(block, r, t - begin);
          store(dg, dCell * candidate * i * (one - i));
          store(dg + LANES, dCell * before * f * (one - f));
          store(dg + 2 * LANES, dCell * i * (one - candidate * candidate));
          store(dg + 3 * LANES, dOut * squashed * o * (one - o));
          store(dc + state, dCell * f);
        }
      inPairs(inputBlocks.count(), [&](auto pair, int first) {
        Vec acc[R][pair.value] = {};
        d.sendBack(acc, t - begin, {0, 4, 4}, packed, first);
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < pair.value; v++)
          inputBlocks.put(dx + r * xRow + (ptrdiff_t)t * inputs + inputBlocks.start(first + v), acc[r][v]);
      });
      inPairs(count, [&](auto pair, int first) {
        Vec acc[R][pair.value] = {};
        d.sendBack(acc, t - begin, {0, 4, 4}, packedRecurrent, first);
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < pair.value; v++)
          store(dh + ((first + v) * R + r) * LANES, acc[r][v]);
      });
    }
    const int skipped = begin == 0; // h before step 0 is zero
    float* sum = sums;
    for (int block = 0; block < count; block++)
      for (int half = 0; half < 2; half++) {
        const float one = 1.f;
        const float* const dg = d.at(block, 0, 0) + half * 2 * LANES;
        const int steps = end - begin;
        sum = addProducts<2>(&one, 0, 0, 1, dg, d.ROW, d.STEP, R, steps, sum);
        sum = addProducts<2>(x + (ptrdiff_t)begin * inputs, xRow, inputs, inputs, dg, d.ROW, d.STEP, R,
                             steps, sum);
        sum = addProducts<2>(hidden + (ptrdiff_t)(begin + skipped - 1) * units, hRow, units, units,
                             dg + skipped * d.STEP, d.ROW, d.STEP, R, steps - skipped, sum);
      }
  }
}

/** Floats in one part's sums: [block of units][half of the gates][1 | inputs | units][gate][lane]. */
INLINE ptrdiff_t lstmSums(int inputs, int units) {
  return (ptrdiff_t)4 * LANES * Blocks{units}.count() * (1 + inputs + units);
}

/**
 * Gradients of lstmForward, given dHidden `[batch, time, units]`: dx, and for each part the sums for
 * lstmReduce. Items: rows of the batch; the grain makes the parts and is best a multiple of tileRows.
 *
 * @param packed from lstmPackTransposed
 * @param dx `[batch, time, inputs]`, or null
 * @param sums 4 · lanes · ⌈units / lanes⌉ · (1 + inputs + units) for each part
 * @param scratch BACKWARD_VECTORS · tileRows · lanes · ⌈units / lanes⌉ for each seat
 */
static void lstmBackward(Range range, const float* x, const float* hidden, const float* cell,
                         const float* gates, const float* dHidden, const float* packed, float* dx,
                         float* sums, float* scratch, int time, int inputs, int units) {
  const ptrdiff_t size = lstmSums(inputs, units);
  sums += range.part * size;
  scratch += (ptrdiff_t)range.seat * TILE_ROWS * LANES * Blocks{units}.count() * BACKWARD_VECTORS;
  for (ptrdiff_t i = 0; i < size; i += LANES) store(sums + i, splat(0.f));
  inTiles(range, [&](auto tile, int row) {
    const ptrdiff_t step = (ptrdiff_t)row * time;
    lstmBackwardTile<tile.value>({x + step * inputs, hidden + step * units, cell + step * units,
                                  gates + step * 4 * units, dHidden + step * units, packed,
                                  dx ? dx + step * inputs : nullptr, sums, scratch, time, inputs, units});
  });
}

/** Adds up the parts' sums from lstmBackward. Items: rows of [1 | inputs | units], 1 + inputs + units. */
static void lstmReduce(Range range, const float* sums, int parts, float* dKernel, float* dRecurrentKernel,
                       float* dBias, int inputs, int units) {
  const Blocks blocks{units};
  const int rows = 1 + inputs + units;
  const ptrdiff_t size = lstmSums(inputs, units), width = 4 * units;
  for (int row = range.begin; row < range.end; row++) {
    float* const out = row == 0        ? dBias
                       : row <= inputs ? dKernel + (row - 1) * width
                                       : dRecurrentKernel + (row - 1 - inputs) * width;
    for (int block = 0; block < blocks.count(); block++)
      for (int gate = 0; gate < 4; gate++) {
        const float* p =
            sums + ((ptrdiff_t)(block * 2 + gate / 2) * rows + row) * 2 * LANES + gate % 2 * LANES;
        Vec sum = splat(0.f);
        for (int part = 0; part < parts; part++) sum = sum + load(p + part * size);
        blocks.put(out + gate * units + blocks.start(block), sum);
      }
  }
}
