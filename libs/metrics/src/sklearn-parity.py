"""Scores the cases on standard input with scikit-learn; JSON in, JSON out."""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")


def classification(case):
    truth, prediction = case["truth"], case["prediction"]
    labels = list(range(case["classes"]))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, prediction, labels=labels, zero_division=0
    )
    # [class][[tn, fp], [fn, tp]]
    one_vs_rest = metrics.multilabel_confusion_matrix(truth, prediction, labels=labels)
    rates = [float(fp / (tn + fp)) if tn + fp else 0.0 for (tn, fp), _ in one_vs_rest]
    macro = metrics.precision_recall_fscore_support(
        truth, prediction, average="macro", zero_division=0
    )
    answer = {
        "rows": len(truth),
        "accuracy": metrics.accuracy_score(truth, prediction),
        "macroPrecision": macro[0],
        "macroRecall": macro[1],
        "macroF1": macro[2],
        "weightedF1": metrics.f1_score(truth, prediction, average="weighted", zero_division=0),
        "classes": [
            {
                "name": str(c),
                "support": int(support[c]),
                "precision": precision[c],
                "recall": recall[c],
                "f1": f1[c],
                "falsePositiveRate": rates[c],
            }
            for c in labels
        ],
    }
    if case["classes"] == 2:
        # labels and macro rather than average='binary', which refuses data without class 1.
        answer["attackF1"] = metrics.f1_score(
            truth, prediction, labels=[1], average="macro", zero_division=0
        )
        answer["falsePositiveRate"] = rates[1]
    return answer


def ranking(case):
    truth, score = np.array(case["truth"]), np.array(case["score"])
    if len(set(case["truth"])) < 2:
        return {}
    return {
        "rocAuc": metrics.roc_auc_score(truth, score),
        "averagePrecision": metrics.average_precision_score(truth, score),
    }


cases = json.load(sys.stdin)
json.dump(
    {
        "classification": [classification(case) for case in cases["classification"]],
        "ranking": [ranking(case) for case in cases["ranking"]],
    },
    sys.stdout,
)
