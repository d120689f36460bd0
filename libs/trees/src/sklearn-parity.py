"""What scikit-learn's trees say of the rows that standard input holds, as JSON; see sklearn-parity.spec.ts."""

import json
import sys

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier


def tree(case):
    x = np.array(case["x"], dtype=np.float32).reshape(-1, case["columns"])
    y = np.array(case["labels"])
    model = DecisionTreeClassifier(
        max_depth=case["depth"], min_samples_leaf=case["leastRows"], random_state=0
    ).fit(x, y)
    inner = model.tree_
    leaves = inner.children_left < 0
    impurity = (inner.impurity * inner.n_node_samples)[leaves].sum() / len(y)
    return {
        "nodes": int(inner.node_count),
        "depth": int(inner.max_depth),
        "impurity": float(impurity),
        "importance": model.feature_importances_.tolist(),
        "right": float((model.predict(x) == y).mean()),
    }


def isolation(case):
    x = np.array(case["x"], dtype=np.float32).reshape(-1, case["columns"])
    odd = np.array(case["odd"])
    areas = [
        roc_auc_score(odd, -IsolationForest(random_state=seed).fit(x).score_samples(x))
        for seed in range(case["seeds"])
    ]
    return float(np.mean(areas))


cases = json.load(sys.stdin)
json.dump(
    {
        "trees": [tree(case) for case in cases["trees"]],
        "isolation": isolation(cases["isolation"]),
    },
    sys.stdout,
)
