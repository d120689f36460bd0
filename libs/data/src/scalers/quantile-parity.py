"""Reads columns of numbers on stdin, writes their normal scores: by scipy alone, and by scikit-learn."""

import json
import sys

import numpy as np
from scipy.stats import norm, rankdata
from sklearn.preprocessing import QuantileTransformer

LEAST_RANK = 0.001


def by_ranks(values):
    """The normal quantile of (rank - 1) / (n - 1), ties having their mean rank, clipped."""
    ranks = (rankdata(values, method="average") - 1) / (len(values) - 1)
    return norm.ppf(np.clip(ranks, LEAST_RANK, 1 - LEAST_RANK))


def by_scikit_learn(values):
    """With as many quantiles as rows; it clips at 1e-7."""
    transformer = QuantileTransformer(
        n_quantiles=len(values), output_distribution="normal", subsample=None
    )
    return transformer.fit_transform(values[:, None])[:, 0]


columns = [np.array(values, dtype=np.float64) for values in json.load(sys.stdin)]
json.dump(
    {
        "ranks": [by_ranks(values).tolist() for values in columns],
        "scikitLearn": [by_scikit_learn(values).tolist() for values in columns],
    },
    sys.stdout,
)
