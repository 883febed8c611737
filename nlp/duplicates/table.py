"""A table from band keys to texts: sorted arrays, 12 bytes an entry, where a dictionary would need a hundred."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.uint32]

_TAIL: Final = 2_048
"""Texts kept in a dictionary before they are sorted into an array."""


class KeyTable:
    """Finds the texts that share a key with a new one. Arrays of like size are merged, so there are few of them."""

    def __init__(self) -> None:
        self._sealed: list[tuple[Keys, Numbers]] = []
        self._tail: dict[int, list[int]] = {}
        self._waiting = 0

    def find(self, keys: Keys) -> set[int]:
        """Return the numbers of the texts that have one of `keys`."""
        found: set[int] = set()
        for key in keys.tolist():
            found.update(self._tail.get(key, ()))
        for sealed, numbers in self._sealed:
            starts = np.searchsorted(sealed, keys, "left")
            ends = np.searchsorted(sealed, keys, "right")
            for hit in np.flatnonzero(ends > starts).tolist():
                found.update(numbers[starts[hit] : ends[hit]].tolist())
        return found

    def add(self, keys: Keys, number: int) -> None:
        """Enter a text under its keys."""
        for key in keys.tolist():
            self._tail.setdefault(key, []).append(number)
        self._waiting += 1
        if self._waiting >= _TAIL:
            self._seal()

    def _seal(self) -> None:
        pairs = [(key, number) for key, numbers in self._tail.items() for number in numbers]
        keys = np.array([key for key, _ in pairs], np.uint64)
        numbers = np.array([number for _, number in pairs], np.uint32)
        self._tail, self._waiting = {}, 0
        while self._sealed and len(self._sealed[-1][0]) <= 2 * len(keys):
            earlier_keys, earlier_numbers = self._sealed.pop()
            keys, numbers = np.concatenate([earlier_keys, keys]), np.concatenate([earlier_numbers, numbers])
        order = np.argsort(keys, kind="stable")
        self._sealed.append((keys[order], numbers[order]))
