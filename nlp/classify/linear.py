"""Linear models over hashed character sequences: a text in, a log-odds out; kept as arrays, without pickle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.classify.features import places_of

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A text's score is the mean-like sum of its places' coefficients plus `bias`, a log-odds.

    `scales` weigh the places (rarity times how much they tell), and their length over a text divides the sum, so that
    long and short texts score alike. Places that training never saw have scale 0 and do not count.
    """

    coefficients: Weights
    scales: Weights
    bias: float
    orders: tuple[int, ...]

    @property
    def bits(self) -> int:
        """Return the number of bits of a place."""
        return len(self.coefficients).bit_length() - 1

    def score(self, text: str) -> float:
        """Return the log-odds for a text; that of no text at all (`bias`) where none of its sequences is known."""
        places = places_of(text, orders=self.orders, bits=self.bits)
        if not len(places):
            return self.bias
        scales = self.scales[places]
        length = float(np.sqrt(np.dot(scales, scales)))
        return float(self.coefficients[places].sum()) / length + self.bias if length else self.bias

    def probability(self, text: str) -> float:
        """Return the score as a probability, 0 to 1."""
        return probability_of(self.score(text))


def probability_of(score: float) -> float:
    """Return the probability that a log-odds stands for; a score beyond 30 is certain for a float."""
    return float(1.0 / (1.0 + np.exp(-min(max(score, -30.0), 30.0))))


def save_models(path: Path, models: Mapping[str, LinearModel], vectors: Mapping[str, Sequence[float]]) -> None:
    """Write models and short vectors to one `.npz` file; models in half precision, three digits of each number."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, model in sorted(models.items()):
        arrays[f"{name}.coefficients"] = model.coefficients.astype(np.float16)
        arrays[f"{name}.scales"] = model.scales.astype(np.float16)
        arrays[f"{name}.bias"] = np.array([model.bias], np.float64)
        arrays[f"{name}.orders"] = np.array(model.orders, np.int64)
    for name, vector in sorted(vectors.items()):
        arrays[name] = np.array(vector, np.float64)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load_models(path: Path) -> tuple[dict[str, LinearModel], dict[str, tuple[float, ...]]]:
    """Return models and vectors of a file by name; raises OSError, KeyError or ValueError where it is damaged."""
    with np.load(path, allow_pickle=False) as arrays:
        names = sorted({name.rpartition(".")[0] for name in arrays.files if "." in name})
        models = {
            name: LinearModel(
                arrays[f"{name}.coefficients"].astype(np.float32),
                arrays[f"{name}.scales"].astype(np.float32),
                float(arrays[f"{name}.bias"][0]),
                tuple(int(order) for order in arrays[f"{name}.orders"]),
            )
            for name in names
        }
        return models, {name: tuple(arrays[name].tolist()) for name in arrays.files if "." not in name}
