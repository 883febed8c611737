"""What two texts are compared by: the set of their three-character pieces, and a short signature of that set."""

import re
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.segment import fold

Pieces: TypeAlias = NDArray[np.uint32]
"""Hashes of the three-character pieces of a text: sorted, each once. Of 10,000 pieces some 0.01 share a hash."""
Signature: TypeAlias = NDArray[np.uint32]

LENGTH: Final = 3
"""Characters in a piece: pairs are shared by unrelated texts, of four too few survive an edit."""
_SKIPPED: Final = re.compile(r"[\W_]+")
_MULTIPLIERS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_BLOCK: Final = 4_096
"""Pieces hashed at a time: 8 MB for 256 functions."""


def pieces_of(text: str) -> Pieces:
    """Return the pieces of a text: folded (Traditional as Simplified), without punctuation and white space.

    A text of one or two characters is one piece; one without letters and digits has none.
    """
    kept = _SKIPPED.sub("", fold(text))
    if not kept:
        return np.empty(0, np.uint32)
    codes = np.frombuffer(kept.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    if len(codes) < LENGTH:
        codes = np.concatenate([codes, np.zeros(LENGTH - len(codes), np.uint64)])
    count = len(codes) - LENGTH + 1
    mixed = np.zeros(count, np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        mixed = (mixed ^ codes[place : place + count]) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def jaccard(one: Pieces, other: Pieces) -> float:
    """Return the share of pieces two texts have in common, of all that either has: 0 to 1; 0 where both are empty."""
    if not len(one) or not len(other):
        return 0.0
    if len(one) > len(other):
        one, other = other, one
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    common = int(np.count_nonzero(other[places] == one))
    return common / (len(one) + len(other) - common)


class MinHash:
    """Signatures by which similar sets are found: the least value of each of `functions` hash functions over the set.

    Two sets of Jaccard similarity s agree in a function with probability s. The functions are fixed (multiply-add-
    shift, Dietzfelbinger 1996, with constants from a seed), so signatures of different runs can be compared.
    """

    def __init__(self, functions: int, *, seed: int = 20_261_124) -> None:
        generator = np.random.Generator(np.random.PCG64(seed))
        self._factors = generator.integers(0, 2**64, functions, np.uint64) | np.uint64(1)
        self._terms = generator.integers(0, 2**64, functions, np.uint64)

    def signature(self, pieces: Pieces) -> Signature:
        """Return the least value of each function; `pieces` must not be empty."""
        least = np.full(len(self._factors), np.iinfo(np.uint64).max, np.uint64)
        for start in range(0, len(pieces), _BLOCK):
            block = pieces[start : start + _BLOCK].astype(np.uint64)
            values = np.multiply.outer(block, self._factors)
            values += self._terms
            np.minimum(least, (values >> np.uint64(32)).min(axis=0), out=least)
        return least.astype(np.uint32)


def band_keys(signature: Signature, rows: int) -> NDArray[np.uint64]:
    """Return a key per band of `rows` values: two texts are compared where they share a key.

    The band's number is part of its key, so that one table serves all bands.
    """
    bands = signature[: len(signature) // rows * rows].reshape(-1, rows).astype(np.uint64)
    keys = np.arange(1, len(bands) + 1, dtype=np.uint64) * _MULTIPLIERS[2]
    for row in range(rows):
        keys = (keys ^ bands[:, row]) * _MULTIPLIERS[row % 3]
        keys ^= keys >> np.uint64(31)
    return keys
