"""Near duplicates among texts that come one after another: MinHash finds candidates, their true similarity decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.duplicates.shingles import MinHash, Pieces, band_keys, jaccard, pieces_of
from nlp.duplicates.table import KeyTable
from ontology.errors import Conflict, NotFound

THRESHOLD: Final = 0.45
"""Jaccard similarity of three-character pieces from which on two texts are copies (measured: benchmarks/duplicates)."""
ROWS: Final = 4
BANDS: Final = 64
"""A pair of similarity s becomes a candidate with probability 1 - (1 - s^4)^64: .93 at .45, .985 at .5, .9999 at .6."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text of a cluster. `time` is an ISO text, None where unknown; `source` who published it, as given.

    `copied_from` is the most similar text of the cluster that is strictly earlier, None for the first, where the
    time is unknown, and where no earlier one is similar enough by itself. `similarity` is that to `copied_from`,
    else to the most similar text of the cluster; 1.0 for a text alone.
    """

    id: str
    time: str | None
    source: str
    copied_from: str | None
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that are copies of one another, directly or through others; earliest first, those without time last."""

    copies: tuple[Copy, ...]

    @property
    def id(self) -> str:
        """Return the id of the first text, which stands for all of them where a reprint must count once."""
        return self.copies[0].id

    @property
    def sources(self) -> tuple[str, ...]:
        """Return who published it, in order of time, each once; those without a name are left out."""
        return tuple(dict.fromkeys(copy.source for copy in self.copies if copy.source))


@dataclass(slots=True)
class _Version:
    """A distinct set of pieces: the texts that have it are the same but for punctuation, script and order of pieces."""

    pieces: Pieces
    members: list[str]
    near: dict[int, float]


@dataclass(frozen=True, slots=True)
class _Text:
    version: int
    time: str | None
    source: str


class DuplicateIndex:
    """Clusters of near duplicates over texts added one by one, in any order: the clusters depend on the set alone.

    Kept in memory, without the texts: some 1.7 KB for a text of 200 characters. Not for several threads at once.
    """

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._hash = MinHash(ROWS * BANDS)
        self._table = KeyTable()
        self._versions: list[_Version] = []
        self._same: dict[bytes, int] = {}
        self._texts: dict[str, _Text] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._texts

    def add(self, identifier: str, text: str, *, time: str | None = None, source: str = "") -> None:
        """Enter a text; `cluster_of` tells what it is a copy of.

        `time` is when it was published, an ISO text (days and moments may be mixed), None where unknown. A text
        without letters or digits is alone. Raises Conflict for an id that is there already.
        """
        if identifier in self._texts:
            raise Conflict(f"{identifier} is in the index already", remedy="Remove it first.")
        pieces = pieces_of(text)
        key = pieces.tobytes() if len(pieces) else f"\0{identifier}".encode()
        version = self._same.get(key)
        if version is None:
            version = self._enter(pieces)
            self._same[key] = version
        self._versions[version].members.append(identifier)
        self._texts[identifier] = _Text(version, time, source)

    def _enter(self, pieces: Pieces) -> int:
        number = len(self._versions)
        near: dict[int, float] = {}
        if len(pieces):
            keys = band_keys(self._hash.signature(pieces), ROWS)
            for other in sorted(self._table.find(keys)):
                similarity = self._similar(pieces, self._versions[other].pieces)
                if similarity:
                    near[other] = similarity
                    self._versions[other].near[number] = similarity
            self._table.add(keys, number)
        self._versions.append(_Version(pieces, [], near))
        return number

    def _similar(self, one: Pieces, other: Pieces) -> float:
        """Return the similarity of two sets, 0 below the threshold; sets of too different size are not compared."""
        shorter, longer = sorted((len(one), len(other)))
        if shorter < self._threshold * longer:
            return 0.0
        similarity = jaccard(one, other)
        return similarity if similarity >= self._threshold else 0.0

    def remove(self, identifier: str) -> None:
        """Take a text out, as when its record is retracted. Raises NotFound for one that is not there."""
        entered = self._texts.pop(identifier, None)
        if entered is None:
            raise NotFound(f"{identifier} is not in the index")
        self._versions[entered.version].members.remove(identifier)

    def similar(self, text: str) -> list[tuple[str, float]]:
        """Return the texts similar to one that is not entered, with their similarity, most similar first."""
        pieces = pieces_of(text)
        if not len(pieces):
            return []
        found = []
        for number in self._table.find(band_keys(self._hash.signature(pieces), ROWS)):
            similarity = self._similar(pieces, self._versions[number].pieces)
            if similarity:
                found += [(member, similarity) for member in self._versions[number].members]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def cluster_of(self, identifier: str) -> Cluster:
        """Return the cluster of a text. Raises NotFound for one that is not there."""
        if identifier not in self._texts:
            raise NotFound(f"{identifier} is not in the index")
        return self._cluster(self._connected(self._texts[identifier].version))

    def clusters(self) -> Iterator[Cluster]:
        """Yield all clusters, also those of one text, ordered by the id of their first text."""
        seen: set[int] = set()
        found = []
        for number, version in enumerate(self._versions):
            if number not in seen and version.members:
                connected = self._connected(number)
                seen |= connected
                found.append(self._cluster(connected))
        yield from sorted(found, key=lambda cluster: cluster.id)

    def _connected(self, start: int) -> set[int]:
        """Return the versions reached over pairs of copies; versions whose texts are all removed lead nowhere."""
        reached, waiting = {start}, [start]
        while waiting:
            for other in self._versions[waiting.pop()].near:
                if other not in reached and self._versions[other].members:
                    reached.add(other)
                    waiting.append(other)
        return reached

    def _cluster(self, versions: set[int]) -> Cluster:
        first = {number: min(self._versions[number].members, key=self._order) for number in versions}
        members = [member for number in versions for member in self._versions[number].members]
        return Cluster(tuple(self._copy(member, first) for member in sorted(members, key=self._order)))

    def _order(self, identifier: str) -> tuple[bool, str, str]:
        time = self._texts[identifier].time
        return time is None, time or "", identifier

    def _copy(self, identifier: str, first: dict[int, str]) -> Copy:
        """Return a text with its origin; `first` is the earliest text of each version of the cluster.

        Of one version all texts are equally similar and the earliest is the origin, so no other need be looked at.
        """
        own = self._texts[identifier]
        near = {number: each for number, each in self._versions[own.version].near.items() if number in first}
        alone = len(self._versions[own.version].members) == 1
        highest = max([*near.values(), *([] if alone and near else [1.0])])
        best: tuple[float, tuple[bool, str, str]] | None = None
        for number, similarity in ((own.version, 1.0), *near.items()):
            time = self._texts[first[number]].time
            if own.time is not None and time is not None and _before(time, own.time):
                found = (-similarity, self._order(first[number]))
                best = found if best is None or found < best else best
        if best is not None:
            return Copy(identifier, own.time, own.source, best[1][2], round(-best[0], 4))
        return Copy(identifier, own.time, own.source, None, round(highest, 4))


def _before(one: str, other: str) -> bool:
    """Tell whether a time is surely earlier: a day and a moment within that day are neither."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
