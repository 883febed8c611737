"""Features of a text: which character sequences it has, hashed into a fixed number of places; no vocabulary is kept."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.segment import fold

Places = NDArray[np.uint32]

_MULTIPLIERS: Final = tuple(
    np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
)
_SPACES: Final = re.compile(r"\s+")
_REPEATED: Final = re.compile(r"(.)\1{3,}")


def normal_form(text: str) -> str:
    """Return a text as features see it: folded, without white space, no sign more than three times in a row."""
    return _REPEATED.sub(r"\1\1\1", _SPACES.sub("", fold(text)))


def places_of(text: str, *, orders: Sequence[int], bits: int) -> Places:
    """Return the places, of 2 to the `bits`, of the character sequences of the lengths `orders`: sorted, each once.

    Ends count as a character, so that how a text begins and ends is a feature too. Empty for a text without any.
    """
    normal = normal_form(text)
    if not normal:
        return np.empty(0, np.uint32)
    codes = np.frombuffer(f"\x02{normal}\x03".encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    found = []
    mixed = np.zeros(len(codes), np.uint64)
    for order in range(1, max(orders) + 1):
        count = len(codes) - order + 1
        if count <= 0:
            break
        mixed = (mixed[:count] ^ codes[order - 1 :]) * _MULTIPLIERS[(order - 1) % 4]
        mixed ^= mixed >> np.uint64(29)
        if order in orders:
            found.append((mixed >> np.uint64(64 - bits)).astype(np.uint32))
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint32)
