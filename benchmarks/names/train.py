"""Fit the weights of matching: `python -m benchmarks.names.train` writes graph/resolve/matching/weights.json.

Needs the folder of real names (`--data`, default ../shared/data) and scikit-learn, which the product does not.
"""

import argparse
import random
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.names.pairs import Labelled, invented, labelled_pairs, near_pairs, same_body
from benchmarks.names.real import SHARED, real_names, short_forms
from graph.resolve.matching.compare import compare, names_of
from graph.resolve.matching.matcher import Matcher
from graph.resolve.matching.model import FEATURES, WEIGHTS_FILE, Model
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register, build_register

SEED = 20261124
INVENTED = 30_000
PRECISION = 0.98
FIRST = {"core_like": 4.0, "text_like": 4.0, "brand_same": 3.0, "uscc_same": 5.0}
"""Weights that only choose, before any are fitted, which names of two records are compared."""


def features_of(pairs: Sequence[Labelled], *, model: Model, register: Register) -> NDArray[np.float64]:
    """Return the features of all pairs, by the names that the model takes for the most telling."""
    rows = []
    for pair in pairs:
        theirs = names_of(pair.candidate)
        shared = register.shared(theirs[0][0])
        found = compare(
            pair.query, pair.candidate, model=model, ours=names_of(pair.query), theirs=theirs, shared=shared
        )
        rows.append(found.features)
    return np.array(rows, dtype=np.float64)


def fit(pairs: Sequence[Labelled], *, register: Register, strength: float) -> Model:
    """Return the weights fitted on pairs: twice, because which names are compared depends on them."""
    truth = np.array([pair.same for pair in pairs])
    model = Model(np.array([FIRST.get(name, 0.0) for name in FEATURES]), 0.0, 0.5, 0.2)
    for _ in range(2):
        rows = features_of(pairs, model=model, register=register)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = LogisticRegression(C=strength, max_iter=3000).fit(rows, truth)
        model = Model(fitted.coef_[0].round(4), round(float(fitted.intercept_[0]), 4), 0.5, 0.2)
    return model


def threshold_for(scores: NDArray[np.float64], truth: NDArray[np.bool_], precision: float) -> float:
    """Return the lowest score from which `precision` is reached, 1.0 where it never is."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(right >= precision)
    return float(scores[order][reached[-1]]) if len(reached) else 1.0


def search_scores(pairs: Sequence[Labelled], matcher: Matcher) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the score of the first record found for each query, and whether it is the right one."""
    scores, right = [], []
    for pair in pairs:
        best = matcher.match(pair.query, limit=1, explained=False)
        if not best or (not pair.same and same_body(best[0].party.id, pair.query.names[0])):
            continue
        scores.append(best[0].score)
        right.append(pair.same and same_body(best[0].party.id, pair.candidate.id))
    return np.array(scores), np.array(right)


def main() -> None:
    """Fit, set the thresholds on the tuning part, write the file, say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--strength", type=float, default=3.0, help="inverse of the penalty on large weights")
    asked = parser.parse_args()
    real = real_names(asked.data)
    around = invented(short_forms(asked.data), random.Random(SEED), count=INVENTED)
    register = build_register(
        [
            *(Party(id=item.name, names=(item.name,)) for item in real),
            *(Party(id=name, names=(name,)) for name in around),
        ]
    )
    plain = labelled_pairs(real, seed=SEED, evidence=False)
    told = labelled_pairs([item for item in real if item.party.usccs], seed=SEED + 1, evidence=True)
    rng = random.Random(SEED)
    pairs = [*plain, *told, *near_pairs(plain, register, rng, share=0.5)]
    train = [pair for pair in pairs if pair.split == "train"]
    model = fit(train, register=register, strength=asked.strength)
    tune = [pair for pair in plain if pair.split == "tune"]
    scores, right = search_scores(tune, Matcher(register, model))
    threshold = threshold_for(scores, right, PRECISION + 0.004)
    recall = float(right[scores >= threshold].sum() / sum(pair.same for pair in tune))
    print(f"train {len(train):,} pairs, tune {len(tune):,}: threshold {threshold:.3f}, recall {recall:.3f}")
    for name, weight in sorted(zip(FEATURES, model.weights, strict=True), key=lambda item: -abs(item[1])):
        print(f"  {name:32} {weight:+.2f}")
    path = Path(__file__).resolve().parents[2] / "graph" / "resolve" / "matching" / WEIGHTS_FILE
    path.write_bytes(
        orjson.dumps(
            {
                "made_by": "python -m benchmarks.names.train",
                "seed": SEED,
                "pairs": len(train),
                "intercept": model.intercept,
                "threshold": round(threshold, 3),
                "doubtful": round(min(0.2, threshold / 2), 3),
                "weights": {name: float(weight) for name, weight in zip(FEATURES, model.weights, strict=True)},
            },
            option=orjson.OPT_INDENT_2,
        )
        + b"\n"
    )


if __name__ == "__main__":
    main()
