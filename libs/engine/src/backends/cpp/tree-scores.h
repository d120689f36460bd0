// Probabilities by boosted trees for many rows: rows side by side in vectors, and a tree's tests one after the other,
// whichever leaf a row is in (QuickScorer: Lucchese et al. 2015).
#pragma once

#include "tree-gradients.h"

/** Leaves of a tree at most: each is a bit. */
constexpr int TREE_LEAVES = 32;
/** Edges of a column, padded with infinities: a search takes eight steps. */
constexpr int TREE_EDGES = 255;

/** The number of edges below each of TREE_ROWS rows' values `[column, row]`; the values of NaN to `odd`. */
static void findCodes(const float* x, int rows, int columns, const float* edges, int* codes, int* odd) {
  for (int c = 0; c < columns; c++) {
    const float* own = edges + (ptrdiff_t)c * TREE_EDGES;
    int* low = codes + (ptrdiff_t)c * TREE_ROWS;
    float values[TREE_ROWS];
    for (int i = 0; i < TREE_ROWS; i++) {
      values[i] = i < rows ? x[(ptrdiff_t)i * columns + c] : 0;
      odd[i] |= values[i] != values[i];
      low[i] = 0;
    }
    for (int half = 128; half >= 1; half /= 2)
      for (int i = 0; i < TREE_ROWS; i++) low[i] += own[low[i] + half - 1] < values[i] ? half : 0;
  }
}

/** Adds to scores `[class, row]` of TREE_ROWS rows the values of the leaves that they are in. */
static void addTrees(const int* codes, const int* starts, int trees, int perRound, int classes, const int* tests,
                     const int* remaining, const double* values, double* scores) {
  constexpr int VECTORS = TREE_ROWS / LANES;
  for (int tree = 0, k = classes - perRound; tree < trees; tree++, k = k + 1 == classes ? classes - perRound : k + 1) {
    IntVec left[VECTORS];
    for (int v = 0; v < VECTORS; v++) left[v] = (IntVec){} - 1;
    for (int node = starts[tree]; node < starts[tree + 1]; node++) {
      const IntVec* code = (const IntVec*)(codes + (ptrdiff_t)(tests[node] >> 8) * TREE_ROWS);
      const int bin = tests[node] & 255, others = remaining[node];
#pragma GCC unroll 8
      for (int v = 0; v < VECTORS; v++) left[v] &= (IntVec)(code[v] <= bin) | others;
    }
    const double* value = values + (ptrdiff_t)tree * TREE_LEAVES;
    double* own = scores + k * TREE_ROWS;
    for (int v = 0; v < VECTORS; v++)
      for (int i = 0; i < LANES; i++) own[v * LANES + i] += value[__builtin_ctz((unsigned)left[v][i])];
  }
}

/**
 * Probabilities `[row, class]` of rows x `[row, column]`; NaN where a row holds NaN. Items: groups of TREE_ROWS rows.
 * A tree has its tests from starts[tree] on, each of a column and a bin (column · 256 + bin) with the leaves that
 * remain, as bits, where the code is above the bin; of those that remain in the end the lowest is the row's, and adds
 * its value `[tree, TREE_LEAVES]`. Trees belong to the last `perRound` classes in turn; scores begin with `begin`
 * `[class]`. Scratch: columns · TREE_ROWS for each seat.
 */
static void treePredict(Range range, const float* x, int rows, int columns, const float* edges, const int* starts,
                        int trees, int perRound, int classes, const int* tests, const int* remaining,
                        const double* values, const double* begin, int* scratch, float* probabilities) {
  int* codes = scratch + (ptrdiff_t)range.seat * columns * TREE_ROWS;
  double scores[TREE_CLASSES * TREE_ROWS], sums[TREE_ROWS];
  for (int group = range.begin; group < range.end; group++) {
    const ptrdiff_t first = (ptrdiff_t)group * TREE_ROWS;
    const int n = least(TREE_ROWS, rows - group * TREE_ROWS);
    int odd[TREE_ROWS] = {0};
    findCodes(x + first * columns, n, columns, edges, codes, odd);
    for (int k = 0; k < classes; k++)
      for (int i = 0; i < TREE_ROWS; i++) scores[k * TREE_ROWS + i] = begin[k];
    addTrees(codes, starts, trees, perRound, classes, tests, remaining, values, scores);
    exponentialScores(scores, classes, sums);
    float* to = probabilities + first * classes;
    for (int i = 0; i < n; i++)
      for (int k = 0; k < classes; k++)
        to[(ptrdiff_t)i * classes + k] = odd[i] ? __builtin_nanf("") : (float)(scores[k * TREE_ROWS + i] / sums[i]);
  }
}
