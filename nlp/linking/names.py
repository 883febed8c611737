"""The names of the register as arrays: which patterns there are, and which entities each may mean."""

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from nlp.linking.fold import fold_name
from nlp.linking.short_forms import short_forms
from ontology.errors import SourceUnusable
from ontology.model import EntityId

FORMAT: Final = 3
"""Version of the arrays on disk; a file of another is made anew."""


class NameKind(enum.IntEnum):
    """How a name belongs to its entity, surest first. From `CORE` on they are derived from full names.

    `SOLE` is a brand that is all there is (特斯拉), `BRAND` one before its trade (晨星)."""

    FULL = 0
    ALSO = 1
    FORMER = 2
    SHORT = 3
    CORE = 4
    PAIR = 5
    BOUND = 6
    BOUND_PAIR = 7
    SOLE = 8
    BRAND = 9


WEIGHTS: Final[Mapping[NameKind, float]] = {
    NameKind.FULL: 1.0,
    NameKind.ALSO: 0.97,
    NameKind.FORMER: 0.93,
    NameKind.SHORT: 0.9,
    NameKind.CORE: 0.75,
    NameKind.PAIR: 0.62,
    NameKind.BOUND: 0.6,
    NameKind.BOUND_PAIR: 0.58,
    NameKind.SOLE: 0.45,
    NameKind.BRAND: 0.42,
}
"""How far a name of each kind, standing alone, says which entity is meant."""

CLASS_ORDER: Final = (
    *("Enterprise", "Agency", "Site", "Region", "WaterBody", "ProtectedArea", "Station"),
    *("Law", "LawArticle", "Standard", "Pollutant", "Chemical"),
)
"""Classes whose things are named in texts; of two with one name the earlier is meant: the firm, not its site."""
SOUGHT: Final = frozenset({"Enterprise", "Agency", "Site", "WaterBody", "ProtectedArea", "Station"})
"""Classes whose full names are looked for in the text itself; names of the others only stand for a mention."""
_SHORTENED: Final = frozenset({"Enterprise", "Site"})
_TRAILING_BRACKET: Final = re.compile(r"[(（][^()（）]*[)）]$")
SHORTEST: Final = 4
"""Full names below this length are not looked for in running text."""


@dataclass(frozen=True, slots=True)
class RegisteredName:
    """One name of one entity. `label` is what the entity is called now; `region` its six digits, None if unknown."""

    name: str
    entity_id: EntityId
    class_name: str
    kind: NameKind = NameKind.FULL
    label: str = ""
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as the table knows it. `region` is None where unknown."""

    entity_id: EntityId
    class_name: str
    label: str
    region: str | None


@dataclass(frozen=True, slots=True)
class NameTable:
    """All names. Patterns are numbered; those from 0 to `sought` exclusive may be found in texts by themselves.

    `first[i]` to `first[i + 1]` are the rows of pattern `i` in `entity` (its number) and `kind`; the rest is by that
    number.
    """

    patterns: Sequence[str]
    sought: int
    derived: int
    """Patterns from `sought` to `derived` only stand for a mention; from `derived` on are derived short forms."""
    first: NDArray[np.int64]
    entity: NDArray[np.int32]
    kind: NDArray[np.uint8]
    ids: NDArray[np.bytes_]
    classes: NDArray[np.uint8]
    regions: NDArray[np.int32]
    labels: Sequence[str]

    def known(self, number: int) -> Known:
        """Return the entity of a number."""
        region = int(self.regions[number])
        return Known(
            EntityId(bytes(self.ids[number]).decode()),
            CLASS_ORDER[int(self.classes[number])],
            self.labels[number],
            f"{region:06d}" if region else None,
        )

    def meanings(self, pattern: int) -> list[tuple[int, NameKind]]:
        """Return (entity number, kind) of everything a pattern may mean, surest first."""
        rows = slice(int(self.first[pattern]), int(self.first[pattern + 1]))
        return [(int(e), NameKind(int(k))) for e, k in zip(self.entity[rows], self.kind[rows], strict=True)]

    def of_class(self, class_name: str) -> Iterator[Known]:
        """Yield the entities of one class."""
        for number in np.flatnonzero(self.classes == CLASS_ORDER.index(class_name)):
            yield self.known(int(number))


def build_names(names: Iterable[RegisteredName], *, common: Iterable[str] = ()) -> NameTable:
    """Return the table of all names and the short forms derived from them.

    `common` are running texts that name no organisation of the register (statutes): a derived form that occurs in
    one of them is a phrase of the language and is left out. Names of classes that texts do not name are passed over.
    """
    collected = _Collected()
    for name in names:
        collected.add(name)
    return collected.table(common)


class _Collected:
    """Names while they come in."""

    def __init__(self) -> None:
        self.entities: dict[EntityId, int] = {}
        self.classes: list[int] = []
        self.regions: list[int] = []
        self.labels: list[str] = []
        self.exact: defaultdict[str, dict[int, NameKind]] = defaultdict(dict)
        self.short: defaultdict[str, dict[int, NameKind]] = defaultdict(dict)

    def add(self, name: RegisteredName) -> None:
        """Take in one name with what derives from it."""
        folded = fold_name(name.name).replace("\0", "")
        if name.class_name not in CLASS_ORDER or len(folded) < 2:
            return
        number = self._number(name)
        _keep(self.exact[folded], number, name.kind)
        if name.class_name == "Agency":
            plain = fold_name(_TRAILING_BRACKET.sub("", name.name))
            _keep(self.exact[plain], number, max(name.kind, NameKind.ALSO) if plain != folded else name.kind)
        if name.class_name not in _SHORTENED or name.kind == NameKind.SHORT:
            return
        forms = short_forms(name.name)
        long = NameKind.CORE if forms.free else NameKind.BOUND
        pair = NameKind.PAIR if forms.free else NameKind.BOUND_PAIR
        for form, kind in (
            (forms.core, long),
            (forms.pair, pair),
            (forms.regional, NameKind.BOUND),
            (forms.brand, NameKind.SOLE if forms.core is None else NameKind.BRAND),
        ):
            if form is not None:
                _keep(self.short[form], number, kind)

    def _number(self, name: RegisteredName) -> int:
        number = self.entities.get(name.entity_id)
        if number is None:
            number = self.entities[name.entity_id] = len(self.labels)
            self.classes.append(CLASS_ORDER.index(name.class_name))
            self.regions.append(int(name.region or 0))
            self.labels.append((name.label or name.name).replace("\0", " "))
        return number

    def table(self, common: Iterable[str]) -> NameTable:
        """Return what came in as arrays."""
        exact = [(pattern, self._foremost(found)) for pattern, found in self.exact.items()]
        sought = [item for item in exact if self._is_sought(*item)]
        named = [item for item in exact if not self._is_sought(*item)]
        short = [(pattern, self._foremost(found)) for pattern, found in self.short.items() if pattern not in self.exact]
        short = _uncommon(short, common)
        rows = [row for _, found in (*sought, *named, *short) for row in found]
        counts = [len(found) for _, found in (*sought, *named, *short)]
        return NameTable(
            patterns=[pattern for pattern, _ in (*sought, *named, *short)],
            sought=len(sought),
            derived=len(sought) + len(named),
            first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
            entity=np.array([number for number, _ in rows], dtype=np.int32),
            kind=np.array([kind for _, kind in rows], dtype=np.uint8),
            ids=np.array([key.encode() for key in self.entities] or [b""], dtype=np.bytes_)[: len(self.entities)],
            classes=np.array(self.classes, dtype=np.uint8),
            regions=np.array(self.regions, dtype=np.int32),
            labels=self.labels,
        )

    def _is_sought(self, pattern: str, found: Sequence[tuple[int, NameKind]]) -> bool:
        return len(pattern) >= SHORTEST and CLASS_ORDER[self.classes[found[0][0]]] in SOUGHT

    def _foremost(self, found: Mapping[int, NameKind]) -> list[tuple[int, NameKind]]:
        """Return the meanings of the foremost class only, surest first, the same order in every run."""
        best = min(self.classes[number] for number in found)
        kept = [(number, kind) for number, kind in found.items() if self.classes[number] == best]
        return sorted(kept, key=lambda row: (row[1], self.labels[row[0]], row[0]))


def _keep(found: dict[int, NameKind], number: int, kind: NameKind) -> None:
    found[number] = min(kind, found.get(number, kind))


def _uncommon(
    short: list[tuple[str, list[tuple[int, NameKind]]]], common: Iterable[str]
) -> list[tuple[str, list[tuple[int, NameKind]]]]:
    """Leave out the forms that occur in texts that name nobody of the register."""
    from nlp.linking.fold import fold_text
    from nlp.linking.matcher import Matcher

    matcher = Matcher([pattern for pattern, _ in short])
    phrases = {number for text in common for number, _, _ in matcher.find(fold_text(text).text)}
    return [item for number, item in enumerate(short) if number not in phrases]


def save_names(table: NameTable, path: Path) -> None:
    """Write a table as arrays without pickle, whole or not at all: a file half written is never seen under its name."""
    half = path.with_suffix(".part")
    with half.open("wb") as stream:
        np.savez(
            stream,
            format=np.array([FORMAT, table.sought, table.derived], dtype=np.int64),
            patterns=_packed(table.patterns),
            labels=_packed(table.labels),
            first=table.first,
            entity=table.entity,
            kind=table.kind,
            ids=table.ids,
            classes=table.classes,
            regions=table.regions,
        )
    half.replace(path)


def load_names(path: Path) -> NameTable:
    """Return a table that was saved. Raises `SourceUnusable` for a file that is none, or of another version."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            version, sought, derived = (int(number) for number in arrays["format"])
            if version != FORMAT:
                raise ValueError(f"format {version}")
            return NameTable(
                patterns=_unpacked(arrays["patterns"]),
                sought=sought,
                derived=derived,
                first=arrays["first"],
                entity=arrays["entity"],
                kind=arrays["kind"],
                ids=arrays["ids"],
                classes=arrays["classes"],
                regions=arrays["regions"],
                labels=_unpacked(arrays["labels"]),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise SourceUnusable(
            f"{path.name} holds no names: {error}", source=str(path), remedy="Delete it: it is made again."
        ) from error


def _packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\0".join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode("utf-8", "surrogatepass").split("\0") if packed.size else []
