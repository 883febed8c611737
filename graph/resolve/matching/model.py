"""The learned weights: from features to a calibrated probability that two records mean one enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import compress
from math import exp
from operator import mul
from typing import Final

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.resolve.matching.evidence import EVIDENCE_FEATURES
from graph.resolve.matching.name_features import NAME_FEATURES
from ontology.errors import SourceUnusable

FEATURES: Final = (*NAME_FEATURES, *EVIDENCE_FEATURES)
WEIGHTS_FILE: Final = "weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression. `threshold` is the probability from which a match has the precision it was set for."""

    weights: NDArray[np.float64]
    intercept: float
    threshold: float
    doubtful: float
    _plain: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep the weights as plain numbers too: for one pair they are added up faster than an array is made."""
        object.__setattr__(self, "_plain", tuple(map(float, self.weights)))

    def logit(self, features: Sequence[float]) -> float:
        """Return the log-odds of one pair of records."""
        return sum(compress(map(mul, features, self._plain), features), self.intercept)

    def logits(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Return the log-odds of many pairs at once."""
        return np.asarray(rows, dtype=np.float64) @ self.weights + self.intercept

    def shares(self, features: Sequence[float]) -> list[tuple[str, float]]:
        """Return what each feature that is there adds to the log-odds, most telling first."""
        found = [
            (name, float(value * weight))
            for name, value, weight in zip(FEATURES, features, self.weights, strict=True)
            if value
        ]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))


def probability(logit: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0


@cache
def load_model() -> Model:
    """Return the weights that come with the package."""
    return parse_model(files("graph.resolve.matching").joinpath(WEIGHTS_FILE).read_bytes())


def parse_model(data: bytes) -> Model:
    """Return weights from JSON. Raises `SourceUnusable` where they are not those of these features."""
    read = orjson.loads(data)
    weights = read["weights"]
    if set(weights) != set(FEATURES):
        odd = sorted(set(weights) ^ set(FEATURES))
        raise SourceUnusable(f"the weights are not those of these features: {', '.join(odd[:5])}", source=WEIGHTS_FILE)
    ordered = np.array([weights[name] for name in FEATURES], dtype=np.float64)
    return Model(ordered, float(read["intercept"]), float(read["threshold"]), float(read["doubtful"]))
