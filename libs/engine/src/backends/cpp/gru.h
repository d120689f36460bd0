// Gated recurrent unit, forward and backward; gates in Keras's order: z, r, h̃. The reset gate r acts before
// the recurrent product.
#pragma once

#include "recurrent.h"

/**
 * Packs a GRU's weights for gruForward. Items: blocks of units, ⌈units / lanes⌉.
 *
 * @param packed 3 · lanes · ⌈units / lanes⌉ · (1 + inputs + units)
 */
static void gruPack(Range range, const float* kernel, const float* recurrentKernel, const float* bias,
                    float* packed, int inputs, int units) {
  const Blocks blocks{units};
  const int count = blocks.count();
  const ptrdiff_t size = (ptrdiff_t)LANES * (1 + inputs + units); // of one gate
  for (int block = range.begin; block < range.end; block++) {
    for (int gate = 0; gate < 2; gate++) {
      float* p = packed + block * 2 * size + gate * LANES;
      packGate({blocks, block, 3, gate, SIGMOID_SCALE, p, 2 * LANES}, kernel, recurrentKernel, bias, inputs);
    }
    const int first = block & ~1;
    const int step = first + 1 < count ? 2 * LANES : LANES;
    float* p = packed + (2 * count + first) * size + (block - first) * LANES;
    packGate({blocks, block, 3, 2, TANH_SCALE, p, step}, kernel, recurrentKernel, bias, inputs);
  }
}

/** The arguments of gruForward, at the first row of a tile. */
struct GruForwardTask {
  const float* x;
  const float* packed;
  float* hidden;
  float* gates;
  float* scratch;
  int time;
  int inputs;
  int units;
};

/** V vectors of gates for R rows: [1 | x | h] times packed weights; without the recurrent part where h is null. */
template <int R, int V>
INLINE void gruGates(Vec (&acc)[R][V], const GruForwardTask& task, int t, const float* h, ptrdiff_t hRow,
                     const float* panel) {
  constexpr int width = V * LANES;
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < V; v++)
    acc[r][v] = load(panel + v * LANES);
  panel += width;
  multiply(acc, task.x + (ptrdiff_t)t * task.inputs, (ptrdiff_t)task.time * task.inputs, 1, panel, width,
           task.inputs);
  panel += (ptrdiff_t)task.inputs * width;
  if (h) multiply(acc, h, hRow, 1, panel, width, task.units);
}

/** R rows of gruForward through all steps. */
template <int R>
static void gruForwardTile(const GruForwardTask& task) {
  const auto [x, packed, hidden, gates, scratch, time, inputs, units] = task;
  const Blocks blocks{units};
  const int count = blocks.count();
  const ptrdiff_t hRow = (ptrdiff_t)time * units;
  const ptrdiff_t size = (ptrdiff_t)LANES * (1 + inputs + units);
  float* const update = scratch;                    // z: [block][row][lane]
  float* const reset = scratch + count * R * LANES; // r ∘ h: [row][unit]
  const ptrdiff_t resetRow = count * LANES;
  for (int t = 0; t < time; t++) {
    float* const h = hidden + (ptrdiff_t)t * units;
    for (int block = 0; block < count; block++) {
      Vec acc[R][2];
      gruGates(acc, task, t, t > 0 ? h - units : nullptr, hRow, packed + block * 2 * size);
      const int u = blocks.start(block);
      for (int r = 0; r < R; r++) {
        const Vec z = squash(acc[r][0]), gate = squash(acc[r][1]);
        store(update + (block * R + r) * LANES, z);
        if (t > 0) store(reset + r * resetRow + u, gate * blocks.get(h - units + r * hRow + u));
        if (gates) {
          float* const g = gates + 3 * (r * hRow + (ptrdiff_t)t * units) + u;
          blocks.put(g, z);
          blocks.put(g + units, gate);
        }
      }
    }
    inPairs(count, [&](auto pair, int first) {
      Vec acc[R][pair.value];
      gruGates(acc, task, t, t > 0 ? reset : nullptr, resetRow, packed + (2 * count + first) * size);
      UNROLL for (int v = 0; v < pair.value; v++) {
        const int u = blocks.start(first + v);
        for (int r = 0; r < R; r++) {
          const Vec candidate = stretch(acc[r][v]);
          const Vec z = load(update + ((first + v) * R + r) * LANES);
          float* const p = h + r * hRow + u;
          const Vec before = t > 0 ? blocks.get(p - units) : splat(0.f);
          blocks.put(p, fma(z, before - candidate, candidate));
          if (gates) blocks.put(gates + 3 * (r * hRow + (ptrdiff_t)t * units) + 2 * units + u, candidate);
        }
      }
    });
  }
}

/**
 * Hidden states `[batch, time, units]` for x `[batch, time, inputs]`, from a zero state. Items: rows of the
 * batch; grain: tileRows.
 *
 * @param packed from gruPack
 * @param gates `[batch, time, 3 · units]`, activated, for gruBackward; or null
 * @param scratch GRU_FORWARD_VECTORS · tileRows · lanes · ⌈units / lanes⌉ for each seat
 */
static void gruForward(Range range, const float* x, const float* packed, float* hidden, float* gates,
                       float* scratch, int time, int inputs, int units) {
  scratch += (ptrdiff_t)range.seat * GRU_FORWARD_VECTORS * TILE_ROWS * LANES * Blocks{units}.count();
  inTiles(range, [&](auto tile, int row) {
    const ptrdiff_t step = (ptrdiff_t)row * time;
    gruForwardTile<tile.value>({x + step * inputs, packed, hidden + step * units,
                                gates ? gates + step * 3 * units : nullptr, scratch, time, inputs, units});
  });
}

// Gates that reach a gradient: x is in all of them, h in z and r, r ∘ h in h̃.
constexpr Gates GRU_ALL{0, 3, 3}, GRU_OUTER{0, 2, 3}, GRU_CANDIDATE{2, 1, 3};

/**
 * Packs a GRU's weights for gruBackward. Items: blocks of [inputs | units], ⌈inputs / lanes⌉ +
 * ⌈units / lanes⌉; inputs is 0 where dx is not wanted.
 *
 * @param packed 3 · lanes² · ⌈units / lanes⌉ · items
 */
static void gruPackTransposed(Range range, const float* kernel, const float* recurrentKernel,
                              float* packed, int inputs, int units) {
  const Blocks inputBlocks{inputs}, blocks{units};
  const ptrdiff_t size = (ptrdiff_t)LANES * LANES * blocks.count(); // of a block for one gate
  float* const outer = packed + 3 * size * inputBlocks.count();
  float* const candidate = outer + 2 * size * blocks.count();
  for (int item = range.begin; item < range.end; item++) {
    const int block = item - inputBlocks.count();
    if (block < 0) {
      packTransposed(kernel, inputBlocks, item, blocks, GRU_ALL, packed);
    } else {
      packTransposed(recurrentKernel, blocks, block, blocks, GRU_OUTER, outer);
      packTransposed(recurrentKernel, blocks, block, blocks, GRU_CANDIDATE, candidate);
    }
  }
}

/** The arguments of gruBackward, at the first row of a tile. */
struct GruBackwardTask {
  const float* x;
  const float* hidden;
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

/** R rows of gruBackward, from the last step to the first. */
template <int R>
static void gruBackwardTile(const GruBackwardTask& task) {
  const auto [x, hidden, gates, dHidden, packed, dx, sums, scratch, time, inputs, units] = task;
  const Blocks blocks{units}, inputBlocks{dx ? inputs : 0};
  const int count = blocks.count();
  const ptrdiff_t xRow = (ptrdiff_t)time * inputs, hRow = (ptrdiff_t)time * units;
  const ptrdiff_t size = (ptrdiff_t)LANES * LANES * count;
  const float* const outer = packed + 3 * size * inputBlocks.count();
  const float* const candidates = outer + 2 * size * count;
  float* const dh = scratch; // what step t + 1 sends back to h: [block][row][lane]
  const ptrdiff_t resetStep = count * LANES, resetRow = BLOCK_STEPS * resetStep;
  float* const reset = scratch + count * R * LANES; // r ∘ h: [row][step][unit]
  const GateGradients<R, 3> d{reset + R * resetRow, count};
  const Vec one = splat(1.f);
  for (int i = 0; i < count * R; i++) store(dh + i * LANES, splat(0.f));

  for (int end = time; end > 0; end -= BLOCK_STEPS) {
    const int begin = greatest(0, end - BLOCK_STEPS);
    for (int t = end - 1; t >= begin; t--) {
      const int step = t - begin;
      for (int block = 0; block < count; block++)
        for (int r = 0; r < R; r++) {
          const ptrdiff_t row = r * hRow + (ptrdiff_t)t * units, at = row + blocks.start(block);
          const float* g = gates + 3 * row + blocks.start(block);
          const Vec z = blocks.get(g), candidate = blocks.get(g + 2 * units);
          for (int gate = 0; gate < 3; gate++) fetchBefore(g + gate * units, 3 * units);
          fetchBefore(hidden + at, 2 * units); // the one before is in use already
          fetchBefore(dHidden + at, units);
          const Vec before = t > 0 ? blocks.get(hidden + at - units) : splat(0.f);
          float* const state = dh + (block * R + r) * LANES;
          const Vec dOut = blocks.get(dHidden + at) + load(state);
          float* const dg = d.at(block, r, step);
          store(dg, dOut * (before - candidate) * z * (one - z));
          store(dg + 2 * LANES, dOut * (one - z) * (one - candidate * candidate));
          store(state, dOut * z);
        }
      inPairs(count, [&](auto pair, int first) {
        Vec acc[R][pair.value] = {}; // dL/d(r ∘ h)
        d.sendBack(acc, step, GRU_CANDIDATE, candidates, first);
        UNROLL for (int v = 0; v < pair.value; v++) for (int r = 0; r < R; r++) {
          const int block = first + v, u = blocks.start(block);
          const ptrdiff_t row = r * hRow + (ptrdiff_t)t * units;
          const Vec gate = blocks.get(gates + 3 * row + units + u);
          const Vec before = t > 0 ? blocks.get(hidden + row - units + u) : splat(0.f);
          float* const state = dh + (block * R + r) * LANES;
          store(d.at(block, r, step) + LANES, acc[r][v] * before * gate * (one - gate));
          store(state, load(state) + acc[r][v] * gate);
          store(reset + r * resetRow + step * resetStep + u, gate * before);
        }
      });
      inPairs(inputBlocks.count(), [&](auto pair, int first) {
        Vec acc[R][pair.value] = {};
        d.sendBack(acc, step, GRU_ALL, packed, first);
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < pair.value; v++)
          inputBlocks.put(dx + r * xRow + (ptrdiff_t)t * inputs + inputBlocks.start(first + v), acc[r][v]);
      });
      inPairs(count, [&](auto pair, int first) {
        Vec acc[R][pair.value];
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < pair.value; v++)
          acc[r][v] = load(dh + ((first + v) * R + r) * LANES);
        d.sendBack(acc, step, GRU_OUTER, outer, first);
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < pair.value; v++)
          store(dh + ((first + v) * R + r) * LANES, acc[r][v]);
      });
    }
    const float unit = 1.f;
    const float* const xs = x + (ptrdiff_t)begin * inputs;
    const int steps = end - begin;
    const int skipped = begin == 0; // h before step 0 is zero
    float* sum = sums;
    for (int block = 0; block < count; block++) {
      const float* const dg = d.at(block, 0, 0);
      sum = addProducts<2>(&unit, 0, 0, 1, dg, d.ROW, d.STEP, R, steps, sum);
      sum = addProducts<2>(xs, xRow, inputs, inputs, dg, d.ROW, d.STEP, R, steps, sum);
      sum = addProducts<2>(hidden + (ptrdiff_t)(begin + skipped - 1) * units, hRow, units, units,
                           dg + skipped * d.STEP, d.ROW, d.STEP, R, steps - skipped, sum);
      const float* const dc = dg + 2 * LANES;
      sum = addProducts<1>(&unit, 0, 0, 1, dc, d.ROW, d.STEP, R, steps, sum);
      sum = addProducts<1>(xs, xRow, inputs, inputs, dc, d.ROW, d.STEP, R, steps, sum);
      sum = addProducts<1>(reset, resetRow, resetStep, units, dc, d.ROW, d.STEP, R, steps, sum);
    }
  }
}

/** Floats in one part's sums: for each block of units, [1 | inputs | units] of z and r, then of h̃. */
INLINE ptrdiff_t gruSums(int inputs, int units) {
  return (ptrdiff_t)3 * LANES * Blocks{units}.count() * (1 + inputs + units);
}

/**
 * Gradients of gruForward, given dHidden `[batch, time, units]`: dx, and for each part the sums for gruReduce.
 * Items: rows of the batch; the grain makes the parts and is best a multiple of tileRows.
 *
 * @param packed from gruPackTransposed
 * @param dx `[batch, time, inputs]`, or null
 * @param sums 3 · lanes · ⌈units / lanes⌉ · (1 + inputs + units) for each part
 * @param scratch BACKWARD_VECTORS · tileRows · lanes · ⌈units / lanes⌉ for each seat
 */
static void gruBackward(Range range, const float* x, const float* hidden, const float* gates,
                        const float* dHidden, const float* packed, float* dx, float* sums, float* scratch,
                        int time, int inputs, int units) {
  const ptrdiff_t size = gruSums(inputs, units);
  sums += range.part * size;
  scratch += (ptrdiff_t)range.seat * TILE_ROWS * LANES * Blocks{units}.count() * BACKWARD_VECTORS;
  for (ptrdiff_t i = 0; i < size; i += LANES) store(sums + i, splat(0.f));
  inTiles(range, [&](auto tile, int row) {
    const ptrdiff_t step = (ptrdiff_t)row * time;
    gruBackwardTile<tile.value>({x + step * inputs, hidden + step * units, gates + step * 3 * units,
                                 dHidden + step * units, packed, dx ? dx + step * inputs : nullptr, sums,
                                 scratch, time, inputs, units});
  });
}

/** Adds up the parts' sums from gruBackward. Items: rows of [1 | inputs | units], 1 + inputs + units. */
static void gruReduce(Range range, const float* sums, int parts, float* dKernel, float* dRecurrentKernel,
                      float* dBias, int inputs, int units) {
  const Blocks blocks{units};
  const int rows = 1 + inputs + units;
  const ptrdiff_t size = gruSums(inputs, units), width = 3 * units;
  for (int row = range.begin; row < range.end; row++) {
    float* const out = row == 0        ? dBias
                       : row <= inputs ? dKernel + (row - 1) * width
                                       : dRecurrentKernel + (row - 1 - inputs) * width;
    for (int block = 0; block < blocks.count(); block++)
      for (int gate = 0; gate < 3; gate++) {
        const float* p = sums + (ptrdiff_t)block * 3 * LANES * rows;
        p += gate < 2 ? row * 2 * LANES + gate * LANES : (2 * rows + row) * LANES;
        Vec sum = splat(0.f);
        for (int part = 0; part < parts; part++) sum = sum + load(p + part * size);
        blocks.put(out + gate * units + blocks.start(block), sum);
      }
  }
}
