"""Pairs of coordinates: 东经121.4737°，北纬31.2304°, 121°28′25″E 31°13′49″N, (121.473701,31.230416)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.errors import InvalidValue
from ontology.values.coordinate import COORDINATE

if TYPE_CHECKING:
    from ontology.model import Value

_LABEL: Final = r"(?:东经|北纬|经度|纬度|lng|lon|lat|[en])"
_ANGLE: Final = (
    r"\d{1,3}(?:\.\d{1,10})?(?: ?[°º度˚](?: ?c)?(?: ?\d{1,2}(?:\.\d{1,6})? ?[′'’‘分](?: ?\d{1,2}"
    r"(?:\.\d{1,6})? ?(?:[\"″”“秒]|''|′′)?)?)?)?"
)
_PAIR: Final = re.compile(
    rf"(?=[\d东北经纬lne])(?<![\d.a-z])(?P<first_label>{_LABEL})?(?:为)?[:=]? ?(?P<first>{_ANGLE}) ?"
    rf"(?P<first_after>[en](?![a-z]))?"
    rf" ?[,、;/ ]? ?(?P<second_label>{_LABEL})?(?:为)?[:=]? ?(?P<second>(?<![\d.]){_ANGLE}) ?"
    rf"(?P<second_after>[en](?![a-z]))?(?![\d.])"
)
_MARKED: Final = re.compile(r"[°º度˚]|\d\.\d{3}")
_UNITS: Final = re.compile(r"度\s*c|°\s*c")


def find_coordinates(source: Source) -> Iterator[Mention]:
    """Yield points: `longitude` and `latitude` in WGS-84 degrees, `notes` where they stood the other way round.

    Two bare decimals count where both have three decimals or more and lie in the country.
    """
    for found in _PAIR.finditer(source.text):
        labelled = any(found[name] for name in ("first_label", "second_label", "first_after", "second_after"))
        if not all(_MARKED.search(found[name]) for name in ("first", "second")) or _UNITS.search(found[0]):
            continue
        if not labelled and not all(re.search(r"\.\d{3}|[′'分]", found[name]) for name in ("first", "second")):
            continue
        sides = [_side(found, name) for name in ("first", "second")]
        try:
            parsed = COORDINATE.parse(",".join(sides))
        except InvalidValue:
            continue
        longitude, latitude = parsed.part("longitude"), parsed.part("latitude")
        values: dict[str, Value] = {"longitude": float(longitude or 0), "latitude": float(latitude or 0)}
        noted: dict[str, Value] = {"notes": "swapped"} if "swapped" in parsed.notes else {}
        yield source.mention(*found.span(), "coordinate", values | noted, score=1.0 if labelled else 0.8)


def _side(found: re.Match[str], name: str) -> str:
    label = found[f"{name}_label"] or found[f"{name}_after"] or ""
    axis = {
        "东经": "E",
        "经度": "E",
        "lng": "E",
        "lon": "E",
        "e": "E",
        "北纬": "N",
        "纬度": "N",
        "lat": "N",
        "n": "N",
    }.get(label, "")
    return found[name].replace(" ", "").replace("度", "°") + axis
