// Every kernel that a host can call.
#pragma once

#include "adam.h"
#include "convolution.h"
#include "copy.h"
#include "cross-entropy.h"
#include "elementwise.h"
#include "gru.h"
#include "join.h"
#include "layer-norm.h"
#include "lstm.h"
#include "matmul.h"
#include "pooling.h"
#include "reduce.h"
#include "registry.h"
#include "softmax.h"
#include "tile.h"
#include "tree-gradients.h"
#include "tree-rows.h"
#include "tree-scores.h"
#include "tree-split.h"
#include "unary.h"

static const Kernel KERNELS[] = {
    KERNEL(adamUpdate),
    KERNEL(addParts),
    KERNEL(argMaxRows),
    KERNEL(averagePool),
    KERNEL(averagePoolGradient),
    KERNEL(batchNormalisation),
    KERNEL(binaryAdd),
    KERNEL(binaryAddBroadcast),
    KERNEL(binaryDivide),
    KERNEL(binaryDivideBroadcast),
    KERNEL(binaryMaximum),
    KERNEL(binaryMaximumBroadcast),
    KERNEL(binaryMinimum),
    KERNEL(binaryMinimumBroadcast),
    KERNEL(binaryMultiply),
    KERNEL(binaryMultiplyBroadcast),
    KERNEL(binarySquaredDifference),
    KERNEL(binarySquaredDifferenceBroadcast),
    KERNEL(binarySubtract),
    KERNEL(binarySubtractBroadcast),
    KERNEL(castBytes),
    KERNEL(castIntegers),
    KERNEL(channelMoments),
    KERNEL(convolve),
    KERNEL(convolveFilterGradient),
    KERNEL(convolveGradients),
    KERNEL(convolveInputGradient),
    KERNEL(copyBlock),
    KERNEL(copyRows),
    KERNEL(crossEntropyBackward),
    KERNEL(crossEntropyForward),
    KERNEL(crossEntropyTotals),
    KERNEL(eluGradient),
    KERNEL(fill),
    KERNEL(gatherRows),
    KERNEL(geluGradient),
    KERNEL(gruBackward),
    KERNEL(gruForward),
    KERNEL(gruPack),
    KERNEL(gruPackTransposed),
    KERNEL(gruReduce),
    KERNEL(joinBackward),
    KERNEL(joinForward),
    KERNEL(joinGradientSums),
    KERNEL(layerNorm),
    KERNEL(layerNormGradient),
    KERNEL(lstmBackward),
    KERNEL(lstmForward),
    KERNEL(lstmPack),
    KERNEL(lstmPackTransposed),
    KERNEL(lstmReduce),
    KERNEL(maxColumns),
    KERNEL(maxPool),
    KERNEL(maxPoolGradient),
    KERNEL(maxRows),
    KERNEL(minColumns),
    KERNEL(minRows),
    KERNEL(multiplyMatrices),
    KERNEL(multiplyParts),
    KERNEL(normalisationGradient),
    KERNEL(packPanels),
    KERNEL(scatterRows),
    KERNEL(softmaxRows),
    KERNEL(sumColumns),
    KERNEL(sumParts),
    KERNEL(sumRows),
    KERNEL(transposePlanes),
    KERNEL(treeAdd),
    KERNEL(treeGradients),
    KERNEL(treeJoin),
    KERNEL(treeOrder),
    KERNEL(treePart),
    KERNEL(treePredict),
    KERNEL(treeSoftmax),
    KERNEL(treeSplit),
    KERNEL(unaryAbsolute),
    KERNEL(unaryClip),
    KERNEL(unaryElu),
    KERNEL(unaryErf),
    KERNEL(unaryExponential),
    KERNEL(unaryGelu),
    KERNEL(unaryInverseSquareRoot),
    KERNEL(unaryLeakyRelu),
    KERNEL(unaryLogarithm),
    KERNEL(unaryNegate),
    KERNEL(unaryReciprocal),
    KERNEL(unaryRelu),
    KERNEL(unaryRelu6),
    KERNEL(unarySigmoid),
    KERNEL(unarySquare),
    KERNEL(unarySquareRoot),
    KERNEL(unaryStep),
    KERNEL(unaryTanh),
};
constexpr int KERNEL_COUNT = sizeof(KERNELS) / sizeof(KERNELS[0]);
