// What a host has to know to call the kernels, by name: block sizes, and the order of what is numbered or goes in a
// row. The host reads it from here, so that it stands once.
#pragma once

#include "kernels.h"

struct Constant {
  const char* name;
  int value;
};

static const Constant CONSTANTS[] = {
    {"lanes", LANES},
    {"tileRows", TILE_ROWS},
    {"tileColumns", TILE_COLUMNS},
    {"mostArguments", MAX_SLOTS},
    {"mostItems", MOST_ITEMS},
    {"floats", FLOATS},
    {"floats64", FLOATS64},
    {"integers", INTEGERS},
    {"bytes", BYTES},
    {"whole", WHOLE},
    {"number", NUMBER},
    {"planeRows", PLANE_ROWS},
    {"blockSteps", BLOCK_STEPS},
    {"lstmForwardVectors", LSTM_FORWARD_VECTORS},
    {"gruForwardVectors", GRU_FORWARD_VECTORS},
    {"backwardVectors", BACKWARD_VECTORS},
    {"treeColumns", TREE_COLUMNS},
    {"treeBins", TREE_BINS},
    {"treeEdges", TREE_EDGES},
    {"treeRows", TREE_ROWS},
    {"treeLeaves", TREE_LEAVES},
    {"treeClasses", TREE_CLASSES},
};

/** Names with commas between them; before a name may stand its type. */
struct Order {
  const char* name;
  const char* text;
};

#define WORDS(...) #__VA_ARGS__
#define TEXT(...) WORDS(__VA_ARGS__)
#define NAMED(number, name) "," #name

static const Order ORDERS[] = {
    {"activation", ACTIVATIONS(NAMED)},
    {"normalisation", NORMALISATION(NAMED)},
    {"window", TEXT(WINDOW_PARAMETERS)},
    {"pool", TEXT(POOL_PARAMETERS)},
    {"join", TEXT(JOIN_PARAMETERS)},
    {"treeLimits", TREE_LIMITS(NAMED)},
    {"treeFound", TREE_FOUND(NAMED)},
};

constexpr int CONSTANT_COUNT = sizeof(CONSTANTS) / sizeof(CONSTANTS[0]);
constexpr int ORDER_COUNT = sizeof(ORDERS) / sizeof(ORDERS[0]);
