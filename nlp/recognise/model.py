"""The shipped recogniser: weights and words in one file of arrays, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from nlp.pieces import pieces
from nlp.recognise.decoding import allowed, best_tags, tag_names
from nlp.recognise.encoding import Encoder
from nlp.recognise.network import Floats, scores
from nlp.recognise.vocabulary import Vocabulary
from ontology.errors import SourceUnusable

FILE = "recogniser.npz"
TOGETHER = 4_000
"""Characters that go through the network at once: enough to keep it busy, and little enough for the cache."""

STRETCH = 120
"""Characters of a stretch at most, cut where sentences end. The network was trained on sentences, and many short
stretches side by side take as many steps as the longest of them."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: characters `start` to `end` (exclusive), its label, and how sure the network is, 0 to 1."""

    start: int
    end: int
    label: str
    score: float


class Recogniser:
    """Finds names. Holds no state: one for all threads."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        words = _texts(arrays["words"])
        plain = [pair.split("\t", 1) for pair in _texts(arrays["plain"])]
        ids = zip(_texts(arrays["entries"]), arrays["numbers"].tolist(), strict=True)
        vocabulary = Vocabulary.of(list(ids), dict(plain), words)
        self.labels = _texts(arrays["labels"])
        self._encoder = Encoder(vocabulary, arrays["speech"].astype(np.int64))
        self._tags = tag_names(self.labels)
        self._weights: dict[str, Floats] = {
            name.removeprefix("w_"): np.ascontiguousarray(array, np.float32)
            for name, array in arrays.items()
            if name.startswith("w_")
        }
        self._steps = allowed(self._tags) + self._weights.pop("tr")

    def names(self, texts: Sequence[str]) -> list[list[Name]]:
        """Return the names in each text, in order of place; none for an empty text."""
        stretches = [
            (number, start, part) for number, text in enumerate(texts) for start, part in pieces(text, STRETCH)
        ]
        stretches.sort(key=lambda each: len(each[2]))
        found: list[list[Name]] = [[] for _ in texts]
        for group in _groups(stretches):
            encoded = [self._encoder.encode(part) for _, _, part in group]
            # The matrices are small: with a thread of BLAS for each core it read 3,800 characters a second of
            # processor time, with one 14,300.
            with threadpool_limits(1):
                scored = scores(self._weights, encoded)
            for (number, start, _), rows in zip(group, scored, strict=True):
                found[number] += self._decoded(rows, start)
        return [sorted(names, key=lambda name: name.start) for names in found]

    def _decoded(self, scored: Floats, first: int) -> list[Name]:
        path = best_tags(scored, self._steps, self._tags)
        sure = _shares(scored)[np.arange(len(path)), path]
        names: list[Name] = []
        start = 0
        for at, number in enumerate(path):
            part, _, label = self._tags[number].partition("-")
            if part in "BS":
                start = at
            if part in ("E", "S"):
                names.append(Name(first + start, first + at + 1, label, round(float(sure[start : at + 1].mean()), 4)))
        return names


def _shares(scored: Floats) -> Floats:
    """Return the softmax over the tags."""
    raised = np.exp(scored - scored.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def _groups(stretches: Sequence[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    """Return runs of stretches of like length, up to `TOGETHER` characters each."""
    groups: dict[int, list[tuple[int, int, str]]] = {}
    for stretch, reached in zip(stretches, accumulate(len(part) for _, _, part in stretches), strict=True):
        groups.setdefault(reached // TOGETHER, []).append(stretch)
    return list(groups.values())


def _texts(stored: npt.NDArray[np.generic]) -> list[str]:
    """Return the texts of an array of UTF-8 bytes with a line end after each."""
    return stored.tobytes().decode().split("\n")[:-1]


def load(path: Path) -> Recogniser:
    """Return the recogniser of a file; raises `SourceUnusable` for one that is not one of ours."""
    try:
        return _from_bytes(path.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise SourceUnusable(
            f"{path} is no recogniser: {error}", source=str(path), remedy="Make it again with `make models`."
        ) from error


@cache
def shipped() -> Recogniser:
    """Return the recogniser that is part of the package."""
    return _from_bytes(files("nlp.models").joinpath(FILE).read_bytes())


def _from_bytes(data: bytes) -> Recogniser:
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return Recogniser(dict(stored))
