"""Regions a text names, and which one the whole text is about."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.linking.matcher import Matcher
from ontology.errors import InvalidValue
from ontology.values.region import REGION, Region, region_names, region_of
from ontology.values.value_type import Context

_SHORTEST: Final = 3
_WORDS: Final = frozenset({"新城区", "城中区", "市中区", "城关区", "工业园区", "开发区"})
"""Names of counties that are words first: taken for a region only behind the region they lie in."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A stretch of a folded text that names a region by its full name, with what it may be."""

    start: int
    end: int
    regions: tuple[Region, ...]


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(name for name in region_names() if len(name) >= _SHORTEST))


@cache
def _matcher() -> Matcher:
    return Matcher(_names())


def place_names(folded: str) -> list[PlaceName]:
    """Return the full names of regions in a folded text; names in a row (上海市青浦区) are one place, the innermost."""
    found: list[PlaceName] = []
    for number, start, end in _matcher().find(folded):
        name = _names()[number]
        regions = region_names()[name]
        before = found[-1] if found and found[-1].end == start else None
        inside = _inside(regions, before.regions) if before else ()
        if before and inside:
            found[-1] = PlaceName(before.start, end, inside)
        elif name not in _WORDS:
            found.append(PlaceName(start, end, regions))
    return found


def _inside(regions: Iterable[Region], outer: Sequence[Region]) -> tuple[Region, ...]:
    return tuple(r for r in regions if any(r.code.startswith(o.prefix) and r.code != o.code for o in outer))


def chosen(regions: Sequence[Region], within: str | None) -> Region | None:
    """Return the one region, or the one in the region the text is about; None where several remain."""
    if len(regions) == 1:
        return regions[0]
    for length in (6, 4, 2):
        inside = [region for region in regions if within and region.code[:length] == within[:length]]
        if len(inside) == 1:
            return inside[0]
    return None


def region_read(text: str, within: str | None) -> tuple[Region, bool] | None:
    """Return the region that a place's name is or lies in, and whether it is the region itself; None for no region."""
    province = within[:2] if within else None
    try:
        parsed = REGION.parse(text, Context(within=province))
    except InvalidValue:
        return None
    region = region_of(str(parsed.value))
    return None if region is None else (region, not {"from-address", "functional-name"} & set(parsed.notes))


def region_of_text(places: Iterable[PlaceName], codes: Iterable[str]) -> str | None:
    """Return the code of the region most of the places and codes lie in, as deep as more than half agree."""
    votes: Counter[str] = Counter(codes)
    for place in places:
        if len(place.regions) == 1:
            votes[place.regions[0].code] += 1
    best: str | None = None
    for length in (2, 4, 6):
        inside = Counter[str]()
        for code, count in votes.items():
            if (best is None or code.startswith(best[: length - 2])) and set(code[length - 2 : length]) != {"0"}:
                inside[code[:length]] += count
        top = inside.most_common(2)
        if not top or (len(top) > 1 and top[0][1] <= sum(inside.values()) / 2):
            break
        best = top[0][0]
    return None if best is None else best.ljust(6, "0")
