"""Trees of LightGBM or scikit-learn, timed at the asking of `botlab bench --against`.

    python tree_models.py THREADS lightgbm|scikit-learn

Standard input has a JSON object a line, standard output the answer to each, once it is known; between
two questions this process waits, so that it and the one that asks never compute at the same time.

    (at the start)                                         {"title": NAME VERSION, "models": [NAME, ...]}
                                                           or {"missing": why it cannot be imported}
    {"work": "rows", "folder": F, "features": n,
     "classes": k}                                         {"train": rows, "test": rows}
    {"work": "fit", "model": NAME, "seed": n,
     "settings": {...}}                                    {"ms": a fit's time, binning included}
    {"work": "answers"}                                    {"labels": [a test row's class, ...]}, or of
                                                           isolation-forest {"scores": [...]}, high where rare
    {"work": "infer", "batch": n, "steps": n}              {"ms": [each step's time]}
    {"work": "memory"}                                     {"peakMemoryMB": so far}

In the folder lie train.x and test.x, float32 [rows, features] row after row, and train.y and test.y, a byte a
row. Settings are those of libs/trees, by its names. An isolation forest is fitted to the rows of class 0. One row
at a time is answered on one thread, which is quicker than sharing it out.
"""

import json
import os
import sys
import time
import warnings

from peak_memory import peak_memory_mb

THREADS = int(sys.argv[1])
# Before anything is imported that reads it.
os.environ["OMP_NUM_THREADS"] = str(THREADS)

try:
    import numpy as np

    if sys.argv[2] == "lightgbm":
        import lightgbm
    else:
        import sklearn
        from sklearn import ensemble, linear_model, tree
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)

warnings.simplefilter("ignore")


class Boosting:
    """LightGBM, with the layout of histograms that it finds the quickest."""

    def __init__(self, settings, seed, classes):
        self.rounds = settings["rounds"]
        self.parameters = {
            "objective": "multiclass",
            "num_class": classes,
            "num_leaves": settings["leaves"],
            "learning_rate": settings["rate"],
            "min_data_in_leaf": settings["leastRows"],
            "lambda_l2": settings["lambda"],
            "max_bin": settings["bins"],
            "num_threads": THREADS,
            "seed": seed,
            "verbose": -1,
        }

    def fit(self, x, y):
        self.model = lightgbm.train(self.parameters, lightgbm.Dataset(x, y), self.rounds)

    def predict(self, x):
        return self.model.predict(x, num_threads=1 if len(x) == 1 else THREADS)


class Classifier:
    """A classifier of scikit-learn."""

    def __init__(self, model):
        self.model = model
        self.shares = "n_jobs" in model.get_params()

    def fit(self, x, y):
        self.model.fit(x, y)

    def predict(self, x):
        if self.shares:
            self.model.n_jobs = 1 if len(x) == 1 else THREADS
        return self.model.predict_proba(x)


class Isolation(Classifier):
    def fit(self, x, y):
        self.model.fit(x[y == 0])

    def predict(self, x):
        self.model.n_jobs = 1 if len(x) == 1 else THREADS
        return -self.model.score_samples(x)


def hist_gradient_boosting(settings, seed, classes):
    return Classifier(
        ensemble.HistGradientBoostingClassifier(
            max_iter=settings["rounds"],
            max_leaf_nodes=settings["leaves"],
            learning_rate=settings["rate"],
            min_samples_leaf=settings["leastRows"],
            l2_regularization=settings["lambda"],
            max_bins=settings["bins"],
            early_stopping=False,
            random_state=seed,
        )
    )


def random_forest(settings, seed, classes):
    return Classifier(
        ensemble.RandomForestClassifier(
            n_estimators=settings["trees"],
            max_features=settings["columns"],
            min_samples_leaf=settings["leastRows"],
            n_jobs=THREADS,
            random_state=seed,
        )
    )


def decision_tree(settings, seed, classes):
    return Classifier(
        tree.DecisionTreeClassifier(
            max_depth=settings["depth"], min_samples_leaf=settings["leastRows"], random_state=seed
        )
    )


def isolation_forest(settings, seed, classes):
    return Isolation(
        ensemble.IsolationForest(
            n_estimators=settings["trees"],
            max_samples=settings["sample"],
            n_jobs=THREADS,
            random_state=seed,
        )
    )


def logistic(settings, seed, classes):
    return Classifier(
        linear_model.LogisticRegression(C=settings["C"], max_iter=settings["iterations"])
    )


if sys.argv[2] == "lightgbm":
    TITLE = f"LightGBM {lightgbm.__version__}"
    MODELS = {"boosting": Boosting}
else:
    TITLE = f"scikit-learn {sklearn.__version__}"
    MODELS = {
        "boosting": hist_gradient_boosting,
        "forest": random_forest,
        "tree": decision_tree,
        "isolation-forest": isolation_forest,
        "logistic": logistic,
    }


class Bench:
    """The rows and the one model that this process has."""

    def rows(self, folder, features, classes):
        self.classes = classes
        for side in ("train", "test"):
            x = np.fromfile(os.path.join(folder, f"{side}.x"), np.float32).reshape(-1, features)
            setattr(self, side, (x, np.fromfile(os.path.join(folder, f"{side}.y"), np.uint8)))
        return {"train": len(self.train[1]), "test": len(self.test[1])}

    def fit(self, model, settings, seed):
        start = time.perf_counter()
        self.model = MODELS[model](settings, seed, self.classes)
        self.model.fit(*self.train)
        return {"ms": 1000 * (time.perf_counter() - start)}

    def answers(self):
        answers = self.model.predict(self.test[0])
        if answers.ndim == 1:
            return {"scores": answers.tolist()}
        # scikit-learn has a column for each class that it was trained on.
        known = np.unique(self.train[1]) if answers.shape[1] < self.classes else np.arange(self.classes)
        return {"labels": known[answers.argmax(1)].tolist()}

    def infer(self, batch, steps):
        x = self.test[0]
        times = []
        for step in range(steps):
            first = step * batch % max(1, len(x) - batch + 1)
            start = time.perf_counter()
            self.model.predict(x[first : first + batch])
            times.append(1000 * (time.perf_counter() - start))
        return {"ms": times}

    def memory(self):
        return {"peakMemoryMB": peak_memory_mb()}


bench = Bench()
print(json.dumps({"title": TITLE, "models": list(MODELS)}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(getattr(bench, question.pop("work"))(**question)), flush=True)
