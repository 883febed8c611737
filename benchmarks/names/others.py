"""Names that look like another's and are not: see benchmarks/names/variants.py for the kinds."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.names.variants import CITIES, TAIWAN, TRADES, VARIANTS, Variant, simplified, with_core
from graph.resolve.names.characters import glyphs, sound
from graph.resolve.names.parser import parse_organisation
from graph.resolve.names.parts import OrganisationName
from graph.resolve.names.vocabulary import GENERAL_TRADES


@dataclass(slots=True)
class Others:
    """Makes names that look like one and are another's; needs the real names to draw neighbours from."""

    names: Sequence[str]
    _near: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the names by place and trade."""
        for name in self.names:
            parts = parse_organisation(name)
            for key in self._keys(parts):
                self._near.setdefault(key, []).append(name)

    def _keys(self, parts: OrganisationName) -> list[tuple[str, str]]:
        region = parts.regions[0] if parts.regions else ""
        return [(region, word) for word in parts.trades] or [(region, parts.legal)]

    def of(self, name: str, rng: random.Random, *, count: int) -> list[Variant]:
        """Return up to `count` names of others, of different kinds where the name admits them."""
        parts = parse_organisation(name)
        if parts.former:
            # Whoever keeps the former name in brackets says which enterprise it is.
            return []
        makers = {
            "other-city": self._other_city,
            "sister": self._sister,
            "near-brand": self._near_brand,
            "other-number": self._other_number,
            "neighbour": self._neighbour,
            "sister-city": self._sister_city,
        }
        kinds = list(makers)
        rng.shuffle(kinds)
        found = []
        for kind in kinds:
            made = makers[kind](rng, name, parts)
            if made and made != name:
                found.append(Variant(self._noise(made, rng), kind, False))
        return found[:count]

    def _noise(self, name: str, rng: random.Random) -> str:
        if rng.random() < 0.35:
            kind = rng.choice(("width", "script", "moved-region", "legal"))
            return VARIANTS[kind](rng, name, parse_organisation(name)) or name
        return name

    def _other_city(self, rng: random.Random, name: str, parts: OrganisationName) -> str | None:
        if not parts.regions or len(parts.core) < 2:
            return None
        pool = TAIWAN if parts.codes and parts.codes[0].startswith("71") else CITIES
        city = rng.choice([c for c in pool if c != parts.regions[0]])
        plain = simplified(name)
        return plain.replace(parts.regions[0], city, 1) if parts.regions[0] in plain else None

    def _sister(self, rng: random.Random, name: str, parts: OrganisationName) -> str | None:
        special = [word for word in parts.trades if word not in GENERAL_TRADES]
        if len(parts.brand) < 2 or not special:
            return None
        other = rng.choice([t for t in TRADES if not set(t) & set(parts.trade)])
        return with_core(name, parts, parts.brand + other)

    def _sister_city(self, rng: random.Random, name: str, parts: OrganisationName) -> str | None:
        sister = self._sister(rng, name, parts)
        return self._other_city(rng, sister, parse_organisation(sister)) if sister else None

    def _near_brand(self, rng: random.Random, name: str, parts: OrganisationName) -> str | None:
        if not 2 <= len(parts.brand) <= 4 or not parts.trades:
            return None
        at = rng.randrange(len(parts.brand))
        old = parts.brand[at]
        for _ in range(20):
            donor = parse_organisation(rng.choice(self.names)).brand
            new = rng.choice(donor) if donor else old
            if new != old and sound(new) != sound(old) and glyphs(new) != glyphs(old) and "\u4e00" <= new <= "\u9fff":
                return with_core(name, parts, parts.brand[:at] + new + parts.brand[at + 1 :] + parts.trade)
        return None

    def _other_number(self, rng: random.Random, name: str, _parts: OrganisationName) -> str | None:
        plain = simplified(name)
        for one in "一二三四五六七八九":
            if f"第{one}" in plain:
                return plain.replace(f"第{one}", f"第{rng.choice([c for c in '一二三四五六七' if c != one])}", 1)
        return None

    def _neighbour(self, rng: random.Random, name: str, parts: OrganisationName) -> str | None:
        near = [other for key in self._keys(parts) for other in self._near.get(key, []) if other != name]
        near = [other for other in near if parse_organisation(other).core != parts.core]
        return rng.choice(near) if near else None
