"""How two names compare, part by part, as numbers between 0 and 1."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, LCSseq
from rapidfuzz.fuzz import ratio

from graph.resolve.names.characters import glyphs, has_han, sound
from graph.resolve.names.parts import OrganisationName
from graph.resolve.names.places import is_wide
from graph.resolve.names.vocabulary import GENERAL_TRADES

NAME_FEATURES: Final = (
    "text_same",
    "text_like",
    "core_like",
    "core_same",
    "core_slip",
    "core_within",
    "brand_same",
    "brand_sound",
    "brand_glyph",
    "brand_slip",
    "brand_within",
    "brand_initials",
    "brand_shifted",
    "brand_inside",
    "brand_differs",
    "brand_missing",
    "brand_none",
    "trade_same",
    "trade_within",
    "trade_general",
    "trade_shared",
    "trade_differs",
    "trade_missing",
    "trade_none",
    "region_same",
    "region_nested",
    "region_differs",
    "region_missing",
    "region_wide",
    "form_same",
    "form_company",
    "form_changed",
    "form_differs",
    "form_missing",
    "group_differs",
    "part_same",
    "part_one",
    "part_differs",
    "number_differs",
    "number_missing",
    "latin_one",
    "former",
    "bare",
    "brand_shared",
    "bare_shared",
    "region_missing_shared",
    "trade_missing_shared",
    "trade_differs_region_differs",
    "slip_short",
    "agree",
    "agree_whole",
    "initials_bare",
)
"""Features of names, in the order of the weights. Each is explained in `explanation.py`."""

_INDEX: Final = {name: place for place, name in enumerate(NAME_FEATURES)}
_MAY_CHANGE: Final = frozenset({"company", "works", "business", "farm", "cooperative", "firm", "centre", "institute"})
_PUBLIC: Final = frozenset({"agency", "school", "hospital", "foundation"})

sound_of = lru_cache(65536)(sound)
glyphs_of = lru_cache(65536)(glyphs)


def compare_names(
    one: OrganisationName, other: OrganisationName, *, shared: float = 0.3, former: bool = False
) -> list[float]:
    """Return the features of two names; `shared` is how common the brand is, 0 for one bearer, 1 for hundreds."""
    values = [0.0] * len(NAME_FEATURES)

    def mark(name: str, value: float = 1.0) -> None:
        values[_INDEX[name]] = value

    values[0] = 1.0 if one.text == other.text else 0.0
    mark("text_like", ratio(one.text, other.text) / 100)
    mark("core_like", ratio(one.core, other.core) / 100)
    core = _core(one.core, other.core)
    if core:
        mark(core)
    brand = _brand(one, other)
    mark(brand)
    trade, share = _trade(one, other)
    mark(trade)
    mark("trade_shared", share)
    region = _region(one, other)
    if region:
        mark(region)
    mark(_form(one, other))
    mark("group_differs", float(one.group != other.group))
    if part := _part(one, other):
        mark(part)
    number = _number(one, other)
    if number:
        mark(number)
    mark("latin_one", float(one.latin != other.latin))
    mark("former", float(former))
    _combine(values, one, other, shared=shared, marks=(brand, trade, region))
    if number != "number_differs" and not values[_INDEX["form_differs"]]:
        if (core in _AGREEING or brand in _AGREEING) and trade != "trade_differs" and region in _PLACED_ALIKE:
            mark("agree")
        if (brand == "brand_same" or core == "core_same") and trade in _TRADED_ALIKE and region in ("", "region_same"):
            mark("agree_whole")
    if brand == "brand_initials" and values[_INDEX["bare"]]:
        mark("initials_bare")
    return values


_AGREEING: Final = frozenset({"core_same", "core_slip", "brand_same", "brand_sound", "brand_glyph", "brand_slip"})
_PLACED_ALIKE: Final = frozenset({"", "region_same", "region_nested", "region_missing"})
_TRADED_ALIKE: Final = frozenset({"trade_same", "trade_within", "trade_general", "trade_none"})


def _combine(
    values: list[float], one: OrganisationName, other: OrganisationName, *, shared: float, marks: tuple[str, str, str]
) -> None:
    brand, trade, region = marks
    bare = float(_is_bare(one) or _is_bare(other))
    values[_INDEX["bare"]] = bare
    values[_INDEX["brand_shared"]] = shared
    values[_INDEX["bare_shared"]] = bare * shared
    if region == "region_missing":
        values[_INDEX["region_missing_shared"]] = shared
    if trade in ("trade_missing", "trade_within"):
        values[_INDEX["trade_missing_shared"]] = shared
    if trade == "trade_differs" and region == "region_differs":
        values[_INDEX["trade_differs_region_differs"]] = 1.0
    if brand in ("brand_sound", "brand_glyph", "brand_slip") and min(len(one.brand), len(other.brand)) < 3:
        values[_INDEX["slip_short"]] = 1.0


def _is_bare(name: OrganisationName) -> bool:
    return not name.trades and not name.legal


def _core(one: str, other: str) -> str:
    """Tell whether the names proper are the same, the same but for a slip, or one a part of the other."""
    if not one or not other:
        return ""
    if one == other:
        return "core_same"
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(long) >= 4 and OSA.distance(short, long, score_cutoff=1) <= 1:
        if len(short) < len(long) or sorted(short) == sorted(long):
            return "core_slip"
        if glyphs_of(one) == glyphs_of(other) or sound_of(one) == sound_of(other):
            return "core_slip"
    return "core_within" if len(short) >= 2 and LCSseq.similarity(short, long) == len(short) else ""


def _brand(one: OrganisationName, other: OrganisationName) -> str:
    a, b = one.brand, other.brand
    if not a or not b:
        if not a and not b:
            return "brand_none"
        return _missing_brand(one, other)
    if a == b:
        return "brand_same"
    if a == other.core or b == one.core or (one.core == other.core):
        return "brand_shifted"
    if one.latin != other.latin and sound_of(a) == sound_of(b):
        return "brand_sound"
    if len(a) == len(b) and has_han(a) and has_han(b):
        if glyphs_of(a) == glyphs_of(b):
            return "brand_glyph"
        if sound_of(a) == sound_of(b):
            return "brand_sound"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 2 and long.startswith(short):
        return "brand_within"
    if len(short) >= 2 and short in long:
        return "brand_inside"
    if _initials(one, other) or _initials(other, one):
        return "brand_initials"
    return "brand_slip" if _is_slip(short, long) else "brand_differs"


def _missing_brand(one: OrganisationName, other: OrganisationName) -> str:
    """Tell an absent brand from one that was read as something else."""
    named, unnamed = (one, other) if one.brand else (other, one)
    whole = "".join(unnamed.regions) + unnamed.core
    if named.brand in whole:
        return "brand_shifted" if whole.startswith(named.brand) else "brand_inside"
    return "brand_initials" if _initials(named, unnamed) else "brand_missing"


def _is_slip(short: str, long: str) -> bool:
    """Tell whether one may be the other with a character left out, doubled or swapped; another character is no slip."""
    if len(long) - len(short) > 1 or len(long) < 3:
        return len(long) == len(short) == 2 and short == long[::-1]
    distance = OSA.distance(short, long, score_cutoff=1)
    if distance > 1:
        return False
    # 永联 and 永盛 are two firms; 阿克苏诺贝尔 and 阿克苏诸贝尔 are one.
    return len(short) < len(long) or len(long) >= 5 or sorted(short) == sorted(long)


def _initials(short: OrganisationName, long: OrganisationName) -> bool:
    """Tell whether a short brand takes one character of each part of a long name: 宝山钢铁 is 宝钢, 上海汽车 上汽."""
    brand = short.brand
    if short.trades or short.regions or short.place or short.form not in ("", "company") or not 2 <= len(brand) <= 4:
        return False
    whole = "".join(long.regions) + long.core
    if len(whole) <= len(brand) + 1:
        return False
    heads = {part[0] for part in (*long.regions, long.brand, *long.trades) if part}
    return brand[0] in heads and all(c in whole for c in brand) and LCSseq.similarity(brand, whole) == len(brand)


def _trade(one: OrganisationName, other: OrganisationName) -> tuple[str, float]:
    a, b = one.trade, other.trade
    if a == b:
        return ("trade_same" if a else "trade_none"), 0.0
    if not a or not b:
        return "trade_missing", 0.0
    ours = [word for word in one.trades if word not in GENERAL_TRADES]
    theirs = [word for word in other.trades if word not in GENERAL_TRADES]
    share = LCSseq.normalized_similarity(a, b)
    if not ours or not theirs:
        return "trade_general", share
    mine, yours = "".join(ours), "".join(theirs)
    if mine == yours or mine in yours or yours in mine:
        return "trade_within", share
    common = set(mine) & set(yours)
    overlap = len(common) / min(len(set(mine)), len(set(yours)))
    return ("trade_within" if overlap >= 0.99 else "trade_differs"), share if overlap else 0.0


def _region(one: OrganisationName, other: OrganisationName) -> str:
    a, b = one.codes, other.codes
    if not a and not b:
        return ""
    if not a or not b:
        # 科思创（中国）is the holding, 科思创（上海）the works: the wide place is no mere omission.
        unplaced = other if a else one
        return "region_wide" if any(is_wide(region) for region in unplaced.regions) else "region_missing"
    if set(a) & set(b):
        return "region_same"
    nested = any(x.startswith(y) or y.startswith(x) for x in a for y in b)
    return "region_nested" if nested else "region_differs"


def _form(one: OrganisationName, other: OrganisationName) -> str:
    if one.legal == other.legal:
        return "form_same"
    if not one.form or not other.form:
        return "form_missing"
    if one.form == other.form:
        return "form_company"
    if one.form in _PUBLIC or other.form in _PUBLIC:
        return "form_differs"
    return "form_changed" if one.form in _MAY_CHANGE and other.form in _MAY_CHANGE else "form_differs"


def _part(one: OrganisationName, other: OrganisationName) -> str:
    a, b = one.place, other.place
    if not a and not b:
        return ""
    if not a or not b:
        return "part_one"
    if a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a)):
        return "part_same"
    return "part_differs"


def _number(one: OrganisationName, other: OrganisationName) -> str:
    if set(one.numbers) == set(other.numbers):
        return ""
    return "number_differs" if one.numbers and other.numbers else "number_missing"
