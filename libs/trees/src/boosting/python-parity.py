"""Boosting by LightGBM or scikit-learn: probabilities of the training rows after some rounds.

Standard input is a JSON object: library, rows x, labels, classes, rounds (a list), and of LightGBM the scores that
rows begin with, of each row and class. Standard output is the list of [row][class] probabilities, for each of the
rounds.
"""

import json
import os
import sys
import warnings

# Few rows: several threads would wait for each other. Before anything is imported that reads it.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

given = json.load(sys.stdin)
warnings.simplefilter("ignore")
x, labels = np.array(given["x"], np.float64), np.array(given["labels"])
classes, limits = given["classes"], given["limits"]


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def by_lightgbm():
    import lightgbm

    first = np.array(given["first"], np.float64)  # [row][class]
    parameters = {
        "objective": "multiclass" if classes > 2 else "binary",
        **({"num_class": classes} if classes > 2 else {}),
        "num_leaves": limits["leaves"],
        "learning_rate": limits["rate"],
        "min_data_in_leaf": limits["leastRows"],
        "min_sum_hessian_in_leaf": limits["leastHessian"],
        "lambda_l2": limits["lambda"],
        # A bin for each of the numbers that there are: x are the codes.
        "max_bin": 255,
        "min_data_in_bin": 1,
        "feature_pre_filter": False,
        "enable_bundle": False,
        "verbose": -1,
    }
    begin = first if classes > 2 else first[:, 1] - first[:, 0]
    rows = lightgbm.Dataset(x, labels, init_score=begin.ravel(order="F"), params=parameters)
    model = lightgbm.train(parameters, rows, max(given["rounds"]))
    answers = []
    for rounds in given["rounds"]:
        raw = begin + model.predict(x, num_iteration=rounds, raw_score=True)
        answers.append(softmax(raw if classes > 2 else np.stack([0 * raw, raw], axis=1)))
    return answers


def by_scikit_learn():
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=max(given["rounds"]),
        max_leaf_nodes=limits["leaves"],
        learning_rate=limits["rate"],
        min_samples_leaf=limits["leastRows"],
        l2_regularization=limits["lambda"],
        early_stopping=False,
    ).fit(x, labels)
    stages = list(model.staged_predict_proba(x))
    return [stages[rounds - 1] for rounds in given["rounds"]]


answers = by_lightgbm() if given["library"] == "lightgbm" else by_scikit_learn()
print(json.dumps([probabilities.tolist() for probabilities in answers]))
