"""Which names of a register are worth comparing with a name: keys that variants of one name share, in flat arrays.

A key is hashed into a table of 2^n buckets; two keys in one bucket only add a candidate that comparing refuses.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.resolve.names.characters import glyphs, has_han, sound
from graph.resolve.names.parts import OrganisationName

MOST_POSTINGS: Final = 4_000
"""Names behind one key from which it is passed over for a query that has rarer keys: at 1M names a common brand alone
has some hundreds, a district some thousands."""
MOST_LEFT_OUT: Final = 10
"""Characters of a name each of which may have been slipped on; longer names share enough other keys."""
SHORT_TEXT: Final = 8
_MULTIPLIER: Final = 2_654_435_761
_PORTION: Final = 1_000_000
Weighted = tuple[str, float]


def keys_of(name: OrganisationName) -> list[Weighted]:
    """Return the keys a name of a register is filed under, each with what sharing it is worth beside its rarity."""
    brand, trade = name.brand, name.trade
    region = name.regions[0] if name.regions else ""
    head = brand or trade
    keys: list[Weighted] = [("T" + name.text, 3.0), ("C" + name.core, 2.5), ("B" + head, 2.0)]
    if name.legal or name.place:
        keys.append(("W" + region + name.core, 2.0))
    keys.extend(("D" + form, 1.6) for form in _one_left_out(name.core))
    if len(name.text) <= SHORT_TEXT and name.text != name.core:
        # 南县投政府 is 南投县政府 with two characters swapped: its place is not read, so the whole is looked at.
        keys.extend(("D" + form, 1.2) for form in _one_left_out(name.text))
    if not head:
        return [(key, weight) for key, weight in keys if len(key) > 1]
    spoken = sound(head)
    keys.append(("S" + spoken, 1.6))
    # A brand in Latin letters has many homophones: with the trade, whose words are translated, it has few.
    keys.extend((f"Y{spoken}{word}", 1.6) for word in name.trades[:2])
    if brand:
        keys.append(("G" + glyphs(brand), 1.2))
        keys.append((f"R{region}{brand}", 1.2))
        keys.extend(("J" + brand + word[0], 1.0) for word in name.trades[:2])
    if len(head) >= 3:
        keys.append(("P" + head[:2], 0.9))
        keys.append(("P" + head[-2:], 0.7))
        keys.extend(("E" + form, 1.0) for form in _one_left_out(head))
        keys.extend(("2" + head[at : at + 2], 0.4) for at in range(1, min(len(head), 8) - 2))
    else:
        keys.append(("P" + head, 0.9))
        keys.append(("E" + head, 1.0))
    if trade and has_han(head):
        keys.extend((f"H{character}{region}{trade}", 0.8) for character in dict.fromkeys(brand[:3]))
    keys.extend(("I" + pair, 0.8) for pair in _initial_pairs(name))
    return keys


def _one_left_out(text: str) -> list[str]:
    """Return a text and what it is without each of its characters: two that differ by one slip share one of these."""
    if len(text) < 3:
        return [text] if text else []
    return [text, *(text[:at] + text[at + 1 :] for at in range(min(len(text), MOST_LEFT_OUT)))]


def _initial_pairs(name: OrganisationName) -> list[str]:
    """Return the two-character short forms that a name's parts make: 宝山钢铁 is 宝钢, 上海汽车 is 上汽."""
    region = name.regions[0] if name.regions else ""
    parts = [part for part in (region, name.brand, *name.trades[:2]) if part]
    found = {one[0] + other[0] for at, one in enumerate(parts) for other in parts[at + 1 :]}
    if len(name.brand) >= 3:
        found.add(name.brand[0] + name.brand[2])
    return sorted(found)


def query_keys(name: OrganisationName) -> list[Weighted]:
    """Return the keys to look a name up by: those it would be filed under, and those of what it may be short for."""
    keys = keys_of(name)
    if not name.legal and 2 <= len(name.core) <= 4:
        keys.append(("I" + name.core[:2], 0.8))
    if name.brand and len(name.brand) == 2:
        keys.append(("I" + name.brand, 0.6))
    if len(name.brand) > 4:
        keys.extend(("B" + name.brand[:length], 1.0) for length in (2, 3, 4))
    if name.trades and len(name.brand) == 2:
        # 永联电镀 may be the brand of 永联电镀 with nothing behind it, and 永联精 that of 永联 with a slip.
        keys.append(("B" + name.core, 1.0))
    return keys


def bucket_hash(key: str) -> int:
    """Return 32 bits of a key, the same in every process."""
    return crc32(key.encode())


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """Rows by bucket: `rows[first[b]:first[b + 1]]` are the rows that have a key in bucket `b`."""

    first: NDArray[np.int32]
    rows: NDArray[np.int32]
    size: int

    def bucket(self, key: str) -> NDArray[np.int32]:
        """Return the rows filed under a key, and a few that only share its bucket."""
        at = self._place(key)
        return self.rows[self.first[at] : self.first[at + 1]]

    def count(self, key: str) -> int:
        """Return how many rows are filed under a key."""
        at = self._place(key)
        return int(self.first[at + 1] - self.first[at])

    def _place(self, key: str) -> int:
        return (bucket_hash(key) * _MULTIPLIER & 0xFFFFFFFF) >> (33 - len(self.first).bit_length())

    def candidates(self, keys: Sequence[Weighted], *, limit: int) -> NDArray[np.int32]:
        """Return up to `limit` rows that share the most telling keys, best first, equal ones by row."""
        found = [(rows, weight) for key, weight in keys if len(rows := self.bucket(key))]
        telling = [(rows, weight) for rows, weight in found if len(rows) <= MOST_POSTINGS]
        if not telling and found:
            rows, weight = min(found, key=lambda item: len(item[0]))
            telling = [(rows[:MOST_POSTINGS], weight)]
        if not telling:
            return np.empty(0, dtype=np.int32)
        rows = np.concatenate([rows for rows, _ in telling])
        idf = [weight * (1.0 + np.log(self.size / len(rows))) for rows, weight in telling]
        weights = np.repeat(idf, [len(rows) for rows, _ in telling])
        unique, inverse = np.unique(rows, return_inverse=True)
        totals = np.bincount(inverse, weights=weights)
        if len(unique) > limit:
            best = np.argpartition(-totals, limit - 1)[:limit]
            # The cut may fall among equals: the order below makes the rest of the choice the same in every run.
            unique, totals = unique[best], totals[best]
        return unique[np.lexsort((unique, -totals))]


def build_keys(names: Iterable[Iterable[str]]) -> KeyIndex:
    """Return the index of the keys of each row, in row order."""
    portions: list[NDArray[np.uint64]] = []
    hashes, owners = array("I"), array("I")
    size = 0
    for row, keys in enumerate(names):
        size = row + 1
        codes = {bucket_hash(key) for key in keys}
        hashes.extend(codes)
        owners.extend([row] * len(codes))
        if len(hashes) > _PORTION:
            portions.append(_mixed(hashes, owners))
            hashes, owners = array("I"), array("I")
    portions.append(_mixed(hashes, owners))
    return _sorted(portions, size)


def _mixed(hashes: "array[int]", owners: "array[int]") -> NDArray[np.uint64]:
    """Return the mixed hash of each key in the upper half and its row in the lower, so that one sort orders both."""
    upper = (np.array(hashes, dtype=np.uint64) * np.uint64(_MULTIPLIER)) << np.uint64(32)
    return upper | np.array(owners, dtype=np.uint64)


def _sorted(portions: list[NDArray[np.uint64]], size: int) -> KeyIndex:
    mixed = np.concatenate(portions)
    portions.clear()
    mixed.sort()
    bits = max(8, len(mixed).bit_length() - 1)
    rows = mixed.astype(np.uint32).view(np.int32)
    mixed >>= np.uint64(64 - bits)
    first = np.empty((1 << bits) + 1, dtype=np.int32)
    for start in range(0, len(first), _PORTION):
        # In portions: the numbers of all buckets at once would take more memory than the index itself.
        end = min(start + _PORTION, len(first))
        first[start:end] = np.searchsorted(mixed, np.arange(start, end, dtype=np.uint64))
    return KeyIndex(first, rows, max(size, 1))
