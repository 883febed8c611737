"""Kinds of environmental harm that a text speaks of, by rules: each with the words that say so."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from nlp.classify.script import in_place
from nlp.classify.topic_words import NEAR, NOTHING_DONE_BY, RULES, Rule


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text that speaks for something: characters `start` to `end`, `text` exactly those."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of harm (`air/odour`), how often its words occur, whether they suffice alone, and where they first are."""

    kind: str
    count: int
    surely: bool
    evidence: Evidence


_MOST: Final = 100
"""Places of a rule that are looked at; a text that has more says nothing new, and a hostile one has a million."""

_NOISE: Final = ("noise/construction", "noise/industry", "noise/traffic", "noise/social", "noise")
"""Of forms named equally often the first stands: 工地 near 学校 is a building site, not a school."""


def kinds_in(text: str) -> list[KindFound]:
    """Return the kinds a text speaks of, most often named first.

    One form of noise only: what makes it is named most often, what stands beside it (near a school) less. `air/haze` is
    what remains where a text speaks of the air and of nothing in it.
    """
    plain = in_place(text)
    found = {name: kind for name, rules in RULES.items() if (kind := _kind(name, rules, plain, text)) is not None}
    noises = [name for name in _NOISE if name in found]
    main = max(noises, key=lambda name: found[name].count if name != "noise" else 0, default="")
    for name in noises:
        if name != main:
            del found[name]
    if any(name.startswith("air/") and name != "air/haze" for name in found):
        found.pop("air/haze", None)
    return sorted(found.values(), key=lambda kind: -kind.count)


def _kind(name: str, rules: tuple[Rule, ...], plain: str, text: str) -> KindFound | None:
    places = [(place, rule.surely) for rule in rules for place in _places(rule, plain, denied=name != "approval")]
    if not places:
        return None
    (start, end), _ = min(places)
    surely = any(sure for _, sure in places)
    return KindFound(name, len(places), surely, Evidence(start, end, text[start:end]))


def _places(rule: Rule, text: str, *, denied: bool) -> list[tuple[int, int]]:
    """Return where a rule holds: from its words to those that must stand near, a place for each distinct stretch.

    What is denied does not count (没有异味), unless lacking it is the harm (没有环评): `denied` False.
    """
    beside = [found.span() for found in rule.near.finditer(text)] if rule.near is not None else []
    places = []
    for found in islice(rule.says.finditer(text), _MOST):
        if denied and NOTHING_DONE_BY.search(text, max(found.start() - 10, 0), found.start()):
            continue
        if rule.near is None:
            places.append(found.span())
            continue
        near = [span for span in beside if span[0] - NEAR <= found.end() and found.start() - NEAR <= span[1]]
        if near:
            closest = min(near, key=lambda span: abs(span[0] - found.start()))
            places.append((min(closest[0], found.start()), max(closest[1], found.end())))
    return places
