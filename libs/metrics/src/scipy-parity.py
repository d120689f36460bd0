"""Answers the cases on standard input with SciPy and scikit-learn; JSON in, JSON out."""

import json
import sys

import numpy as np
from scipy import optimize, special, stats
from sklearn import metrics


def interval(case):
    result = stats.binomtest(case["successes"], case["trials"])
    low, high = result.proportion_ci(case["level"], method="exact")
    return [low, high]


def wilcoxon(case):
    d = np.array(case["first"]) - np.array(case["second"])
    d = d[d != 0]
    if len(d) > 50:
        return stats.wilcoxon(d, method="asymptotic", correction=False).pvalue
    if len(set(np.abs(d))) == len(d):
        return stats.wilcoxon(d, method="exact").pvalue
    # With ties SciPy's exact distribution is not one: all signs instead.
    ranks = stats.rankdata(np.abs(d))
    signs = (np.arange(2 ** len(d))[:, None] >> np.arange(len(d))) & 1
    sums = signs @ ranks
    least = min(ranks[d > 0].sum(), ranks[d < 0].sum())
    return min(1.0, 2 * float(np.mean(sums <= least + 1e-9)))


def curve(case):
    false_positive, recall, thresholds = metrics.roc_curve(
        case["truth"], case["score"], drop_intermediate=False
    )
    precision, again, _ = metrics.precision_recall_curve(case["truth"], case["score"])
    return {
        "falsePositiveRate": list(false_positive),
        "recall": list(recall),
        "precision": list(precision[::-1]),
        "recallOfPrecision": list(again[::-1]),
        "thresholds": list(thresholds[1:]),
    }


def temperature(case):
    logits = np.log(np.array(case["probabilities"]).reshape(len(case["truth"]), -1))

    def slope(inverse):
        p = special.softmax(inverse * logits, axis=1)
        return float(np.mean((p * logits).sum(1) - logits[np.arange(len(logits)), case["truth"]]))

    return 1 / optimize.brentq(slope, 1e-3, 1e3, xtol=1e-14, rtol=1e-14)


def ranks(case):
    return list(stats.rankdata(-np.array(case["scores"]), axis=1).mean(0))


answers = {
    "interval": interval,
    "wilcoxon": wilcoxon,
    "curve": curve,
    "temperature": temperature,
    "ranks": ranks,
}
cases = json.load(sys.stdin)
json.dump({kind: [answers[kind](case) for case in cases[kind]] for kind in answers}, sys.stdout)
