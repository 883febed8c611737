"""Administrative regions: codes of GB/T 2260 and the names that registers use for them.

`regions.csv` holds provinces, cities and counties of mainland China (2023), `region_aliases.csv` short, former
and functional names (development zones that are no administrative region: they give the region they lie in).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.script import simplified
from ontology.values.value_type import Context, Parsed, ValueType

_CODE = re.compile(r"([1-8][0-9])(?:([0-9]{2})(?:([0-9]{2})(?:[0-9]{3}|[0-9]{6})?)?)?")
_PEOPLES = (
    "壮|回|维吾尔|藏|蒙古|满|苗|彝|土家|侗|瑶|布依|哈尼|傣|傈僳|景颇|白|朝鲜|羌"
    "|哈萨克|柯尔克孜|拉祜|佤|纳西|黎|仡佬|水|畲|毛南|仫佬|各|东乡|土|撒拉|保安|锡伯|鄂温克|鄂伦春"
    "|达斡尔|怒|独龙|普米|布朗|阿昌|德昂|基诺|门巴|珞巴"
)
_SUFFIX = re.compile(
    rf"(?:(?:{_PEOPLES})族?)*(?:自治区|自治州|自治县|自治旗|特别行政区)$|(?:新区|矿区|林区|特区|地区|省|市|区|县|旗|盟)$"
)
_NO_NAMES: Final = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_SEPARATORS = re.compile(r"[\s\-/,，、|>·.;]+")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260 by its six digits; `level` is 1 province, 2 city, 3 county."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """Return 1, 2 or 3 by the trailing zeros of the code."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    @property
    def prefix(self) -> str:
        """Return the digits that the codes of all regions inside begin with."""
        return self.code[: self.level * 2]


@dataclass(frozen=True, slots=True)
class _Tables:
    by_code: dict[str, Region]
    by_name: dict[str, tuple[Region, ...]]
    by_stem: dict[str, tuple[Region, ...]]
    aliases: dict[str, tuple[tuple[str, Region, str], ...]]
    longest: int


def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) >= 2 else name


def _rows(file_name: str) -> list[dict[str, str]]:
    with files("ontology.values").joinpath(file_name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def _tables() -> _Tables:
    by_code = {row["code"]: Region(row["code"], row["name"]) for row in _rows("regions.csv")}
    by_name: dict[str, list[Region]] = {}
    by_stem: dict[str, list[Region]] = {}
    for region in by_code.values():
        by_name.setdefault(region.name, []).append(region)
        if region.name not in _NO_NAMES:
            by_stem.setdefault(_stem(region.name), []).append(region)
    aliases: dict[str, list[tuple[str, Region, str]]] = {}
    for row in _rows("region_aliases.csv"):
        aliases.setdefault(row["name"], []).append((row["within"], by_code[row["code"]], row["kind"]))
    return _Tables(
        by_code,
        {name: tuple(found) for name, found in by_name.items()},
        {stem: tuple(found) for stem, found in by_stem.items()},
        {name: tuple(found) for name, found in aliases.items()},
        max(map(len, [*by_name, *aliases])),
    )


@cache
def region_prefixes() -> frozenset[str]:
    """Return what names of organisations begin with to say where they are: 上海, 上海市, 江苏, 苏州, 嘉定区.

    Short names of provinces and cities, full names of all: the short name of a county (长安, 东方) is often a brand.
    """
    found = {region.name for region in _tables().by_code.values() if region.name not in _NO_NAMES}
    found.update(_stem(region.name) for region in _tables().by_code.values() if region.level < 3)
    found.update(name for name, rows in _tables().aliases.items() if any(kind == "former" for _, _, kind in rows))
    return frozenset(found - _NO_NAMES)


@cache
def region_stems() -> frozenset[str]:
    """Return the short names of all regions, of counties too: 上海, 松江, 长安."""
    return frozenset(_tables().by_stem)


@cache
def region_names() -> dict[str, tuple[Region, ...]]:
    """Return the full names of all regions, each with those that bear it: 鼓楼区 is four."""
    return {name: regions for name, regions in _tables().by_name.items() if name not in _NO_NAMES}


def region_of(code: str) -> Region | None:
    """Return the region with exactly that six-digit code, None where there is none."""
    return _tables().by_code.get(code)


def region_name(code: str) -> str | None:
    """Return the full name with its parents (`上海市浦东新区`), None for an unknown code."""
    found = region_of(code)
    if found is None:
        return None
    chain = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = [_tables().by_code[part].name for part in chain if part in _tables().by_code]
    return "".join(name for name in names if name not in _NO_NAMES) or found.name


def _inside(region: Region, within: Region | None) -> bool:
    return within is None or region.code.startswith(within.prefix)


def _choose(candidates: tuple[Region, ...], within: Region | None, *, by_stem: bool) -> Region | None:
    """Return the one candidate in scope; a lone province goes before the cities and counties that share its stem."""
    inside = [region for region in candidates if _inside(region, within)]
    if len(inside) > 1 and by_stem:
        provinces = [region for region in inside if region.level == 1]
        deeper = [region for region in inside if within and region.code != within.code]
        inside = provinces if within is None and provinces else deeper if len(deeper) == 1 else inside
        # 恩施 is the prefecture and a city in it: the one that holds all others is meant.
        inside = [region for region in inside if all(_inside(other, region) for other in inside)] or inside
    if len(inside) > 1:
        names = "、".join(region_name(region.code) or region.code for region in inside[:6])
        raise InvalidValue(f"several regions have that name: {names}", code="ambiguous", text=inside[0].name)
    return inside[0] if inside else None


def _by_name(name: str, within: Region | None) -> tuple[Region, tuple[str, ...]] | None:
    """Return the region of one name and notes on how it was found, None where it is no region's."""
    tables = _tables()
    if found := _choose(tables.by_name.get(name, ()), within, by_stem=False):
        return found, ()
    for scope, region, kind in tables.aliases.get(name, ()):
        if within is None or not scope or scope.startswith(within.prefix) or _inside(tables.by_code[scope], within):
            return region, () if kind == "short" else (f"{kind}-name",)
    if name in _NO_NAMES:
        return None
    if found := _choose(tables.by_stem.get(name, ()), within, by_stem=True):
        return found, ()
    stem = _stem(name)
    # 崇明县 became 崇明区, 余杭市 余杭区: the same stem under another suffix is the successor.
    if stem != name and (found := _choose(tables.by_stem.get(stem, ()), within, by_stem=True)):
        return (found, ("former-name",)) if found.level > 1 else None
    return None


def _walk(text: str, within: Region | None) -> tuple[Region, tuple[str, ...]] | None:
    """Read names from the left, each within the one before: 江苏省苏州市昆山市…, 嘉定区安亭镇…."""
    rest, scope, found = text, within, None
    while rest:
        step = None
        for length in range(min(len(rest), _tables().longest), 1, -1):
            piece = rest[:length]
            # A short name before more text (上海 in 上海路) is no region; alone it is.
            full = piece in _tables().by_name or piece in _tables().aliases or length == len(rest)
            if full and (step := _by_name(piece, scope)):
                rest = (
                    _SEPARATORS.sub("", rest[length:], count=1) if _SEPARATORS.match(rest[length:]) else rest[length:]
                )
                break
        if step is None:
            break
        # 上海市/市辖区/浦东新区: the city level of a municipality narrows nothing.
        found, scope = step, step[0]
    if found is None:
        return None
    return (found[0], (*found[1], "from-address")) if rest else found


def _by_code(code: str, within: Region | None, text: str) -> Parsed:
    six = code[:6].ljust(6, "0")
    notes: tuple[str, ...] = ("longer-code",) if len(code) > 6 else ()
    region = region_of(six)
    if region is None and six in _tables().aliases:
        region, notes = _tables().aliases[six][0][1], (*notes, "former-code")
    if region is None:
        raise InvalidValue(f"there is no region {code}", code="unknown", text=text)
    if not _inside(region, within):
        notes = (*notes, "outside")
    return Parsed(region.code, notes=notes, parts=(("name", region.name),))


def _short_pair(name: str) -> tuple[Region, tuple[str, ...]] | None:
    """Read two short names that make up the whole text: 浙江杭州, 杭州余杭."""
    for length in range(2, min(len(name) - 1, 5)):
        outer = [region for region in _tables().by_stem.get(name[:length], ()) if region.level < 3]
        if len(outer) == 1 and (inner := _by_name(name[length:], outer[0])):
            return inner
    return None


@lru_cache(4096)
def _lookup(name: str, within_code: str | None) -> tuple[Region, tuple[str, ...]] | None:
    within = region_of(within_code.ljust(6, "0")) if within_code else None
    if within is None and name in _NO_NAMES:
        return None
    found = _by_name(name, within) or _walk(name, within)
    return found or (_walk(name, None) if within else None) or _short_pair(name)


def parse_region(text: str, context: Context) -> Parsed:
    """Return the six digits of GB/T 2260 that a name or code stands for; part `name` is the region's name now.

    Names are looked up within `context.within`, then anywhere. Notes: `former-name`, `former-code`, `functional-name`
    (a development zone: the value is the region it lies in, part `area` its name), `from-address`, `outside`.
    Raises InvalidValue: `missing`, `unknown`, `ambiguous`.
    """
    plain = require_text(text, "region", as_key=True)
    if _CODE.fullmatch(plain):
        within = region_of(context.within.ljust(6, "0")) if context.within else None
        return _by_code(plain, within, text)
    name = simplified(plain).replace(" ", "")
    found = _lookup(name, context.within)
    if found is None:
        raise InvalidValue(f"{text!r} is no region known here", code="unknown", text=text)
    region, notes = found
    parts = [("name", region.name)]
    if "functional-name" in notes:
        parts.append(("area", name))
    if context.within and not region.code.startswith(context.within.rstrip("0")):
        notes = (*notes, "outside")
    return Parsed(region.code, notes=notes, parts=tuple(parts))


REGION = ValueType("region", parse_region)
