"""Fit the weights of matching: `python -m benchmarks.names.train` writes graph/resolve/matching/weights.json.

Needs the folder of real names (`--data`, default ../shared/data) and scipy, which the product does not need itself.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.names.pairs import Labelled, invented, labelled_pairs, near_pairs, same_body
from benchmarks.names.real import SHARED, real_names, short_forms
from graph.resolve.matching.compare import compare, names_of
from graph.resolve.matching.matcher import Matcher
from graph.resolve.matching.model import FEATURES, WEIGHTS_FILE, Model
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register, build_register
from graph.resolve.names.word_lists import words_in

SEED = 20261124
INVENTED = 30_000
PRECISION = 0.98
FIRST = {"core_like": 4.0, "text_like": 4.0, "brand_same": 3.0, "uscc_same": 5.0}
"""Weights that only choose, before any are fitted, which names of two records are compared."""


LEAST = {"uscc_same": 10.0, "source_same": 9.0, "permit_same": 9.0, "body_same": 7.0}
"""Codes are given out once (GB 32100-2015, HJ 608-2017): what they weigh is not left to some hundred pairs."""
FREE = frozenset({"former", "latin_one", "bare", "bare_shared", "brand_initials", "trade_none", "brand_none"})
AGAINST = frozenset(
    words_in(
        "brand_missing brand_inside trade_missing region_missing region_wide region_nested number_missing part_one far",
        "brand_shared region_missing_shared trade_missing_shared trade_differs_region_differs initials_bare slip_short",
        "form_changed form_missing trade_general",
    )
)
"""Features that can only speak against: with those that end in `_differs`. The rest can only speak for."""


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
    truth = np.array([pair.same for pair in pairs], dtype=np.float64)
    model = Model(np.array([FIRST.get(name, 0.0) for name in FEATURES]), 0.0, 0.5, 0.2)
    for _ in range(2):
        rows = features_of(pairs, model=model, register=register)
        weights = regression(rows, truth, strength=strength)
        model = Model(weights[:-1].round(4), round(float(weights[-1]), 4), 0.5, 0.2)
    return model


def regression(rows: NDArray[np.float64], truth: NDArray[np.float64], *, strength: float) -> NDArray[np.float64]:
    """Return the weights of a logistic regression with the signs of `SIGNS` held, the intercept last.

    Without the signs features that go together share their weight at will, and a reason reads 字号相同 (-0.8).
    """
    data = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.append(np.full(rows.shape[1], 1 / strength), 0.0)
    signs = 2 * truth - 1

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (data @ weights)
        value = np.logaddexp(0, -margin).sum() + 0.5 * (penalty * weights**2).sum()
        slope = -(data.T @ (signs * np.exp(-np.logaddexp(0, margin)))) + penalty * weights
        return float(value), slope

    bounds = [*(bounds_of(name) for name in FEATURES), (None, None)]
    start = np.array([low or high or 0.0 for low, high in bounds])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    return np.asarray(found.x)


def bounds_of(feature: str) -> tuple[float | None, float | None]:
    """Return the least and greatest weight that a feature may have, None where it is free."""
    if feature in LEAST:
        return LEAST[feature], None
    if feature in FREE:
        return None, None
    return (None, 0.0) if feature in AGAINST or feature.endswith("_differs") else (0.0, None)


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
    # Initials are never accepted: at a threshold of 0 they score 0, and do not stand in the way of finding it.
    scores, right = search_scores(tune, Matcher(register, replace(model, threshold=0.0, doubtful=0.0)))
    threshold = threshold_for(scores, right, PRECISION + 0.001)
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
