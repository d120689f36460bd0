// Rows of a tree's leaves: each leaf has a range of one array of row numbers.
#pragma once

#include "doubles.h"
#include "range.h"

/** Columns whose codes lie together: codes are `[block of columns][row][column of the block]`. */
constexpr int TREE_COLUMNS = 8;
/** Rows whose numbers are fetched ahead, as they lie anywhere. */
constexpr int TREE_AHEAD = 24;

/** The place of a row some rows ahead of `i`, or the last one's. */
INLINE int rowAhead(const int* rows, int i, int end) { return rows[least(i + TREE_AHEAD, end - 1)]; }

/** ordered[i] = pairs[rows[start + i]], of two numbers each. Items: rows of a leaf. */
static void treeOrder(Range range, const int* rows, int start, const double* pairs, double* ordered) {
  const int* from = rows + start;
  for (int i = range.begin; i < range.end; i++) {
    __builtin_prefetch(pairs + 2 * (ptrdiff_t)rowAhead(from, i, range.end));
    *(Pair*)(ordered + 2 * (ptrdiff_t)i) = *(const Pair*)(pairs + 2 * (ptrdiff_t)from[i]);
  }
}

/**
 * Rows of a part to `spare`: those whose code is at most `bin` from the part's start, the others from its end
 * backwards; how many the former are to `counts` `[part]`. Items: rows of a leaf, which begins at `start`.
 */
static void treePart(Range range, const uint8_t* codes, int total, int column, int bin, const int* rows, int start,
                     int* spare, int* counts) {
  const int block = column / TREE_COLUMNS, within = column % TREE_COLUMNS;
  const uint8_t* own = codes + (ptrdiff_t)block * total * TREE_COLUMNS + within;
  const int* from = rows + start;
  int* to = spare + start;
  int left = range.begin, right = range.end - 1;
  for (int i = range.begin; i < range.end; i++) {
    __builtin_prefetch(own + TREE_COLUMNS * (ptrdiff_t)rowAhead(from, i, range.end));
    const int row = from[i], isAbove = own[TREE_COLUMNS * (ptrdiff_t)row] > bin;
    to[isAbove ? right : left] = row;
    left += 1 - isAbove;
    right -= isAbove;
  }
  counts[range.part] = left - range.begin;
}

/**
 * The rows that `treePart` has put into `spare` to where they belong, in their order: `places` `[2, parts]` has where
 * each part's lower rows begin within the leaf, then its upper ones. Items: as there.
 */
static void treeJoin(Range range, const int* spare, int start, const int* counts, const int* places, int parts,
                     int* rows) {
  const int* from = spare + start;
  const int lower = counts[range.part];
  __builtin_memcpy(rows + start + places[range.part], from + range.begin, (size_t)lower * sizeof(int));
  int* to = rows + start + places[parts + range.part];
  for (int i = range.end - 1; i >= range.begin + lower; i--) *to++ = from[i];
}

/** A leaf's value to its rows' scores. Items: rows of the leaf. */
static void treeAdd(Range range, const int* rows, int start, double value, double* scores) {
  const int* from = rows + start;
  for (int i = range.begin; i < range.end; i++) {
    __builtin_prefetch(scores + rowAhead(from, i, range.end), 1);
    scores[from[i]] += value;
  }
}
