"""Units of environmental registers, with the canonical unit of each dimension.

Amounts per hour, day, month and year are dimensions of their own: a plant does not run 8,760 hours a year, so a
capacity in kg/h must never be turned into t/a. For the same reason mg/m³ (gas) and mg/L (water) stay apart.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import clean, require_text
from ontology.values.value_type import Context, Parsed, ValueType


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` canonical ones make one of it. An unlisted unit is its own canonical one, `known` False."""

    canonical: str
    factor: Decimal = Decimal(1)
    known: bool = True


def _table(rows: str) -> dict[str, tuple[str, Decimal]]:
    """Read lines `canonical: spelling=factor spelling=factor …` (a missing factor is 1)."""
    found: dict[str, tuple[str, Decimal]] = {}
    for line in rows.strip().splitlines():
        canonical, _, spellings = line.strip().partition(": ")
        for entry in spellings.split(" "):
            spelling, _, factor = entry.partition("=")
            above, _, below = (factor or "1").partition("/")
            found[spelling] = (canonical, Decimal(above) / Decimal(below or "1"))
    return found


_MASS: Final = _table(
    """
    t: t 吨 公吨 噸 公噸 ton tons kg=0.001 公斤=0.001 千克=0.001 g=1e-6 克=1e-6 mg=1e-9 毫克=1e-9
    t: ug=1e-12 μg=1e-12 微克=1e-12 ng=1e-15 纳克=1e-15 pg=1e-18
    """
)
_VOLUME: Final = _table(
    """
    m3: m3 nm3 立方 立方米 标立方 标立方米 标准立方米 标方 方 立米 kl l=0.001 升=0.001 公升=0.001 ml=1e-6 毫升=1e-6
    """
)
_TIMES: Final = _table(
    """
    h: h hr hour 时 小时 s=1/3600 秒=1/3600 sec=1/3600 min=1/60 分钟=1/60 分=1/60
    d: d day 日 天
    mo: mo month 月 个月
    a: a y yr year 年 季=0.25 季度=0.25 半年=0.5
    """
)
_PLAIN: Final = _table(
    """
    m2: m2 平方米 平方 平米 ha=10000 公顷=10000 公頃=10000 hm2=10000 亩=2000/3 km2=1e6 平方公里=1e6 平方千米=1e6
    m: m 米 km=1000 公里=1000 千米=1000 cm=0.01 厘米=0.01 mm=0.001 毫米=0.001
    kW: kw 千瓦 w=0.001 瓦=0.001 mw=1000 兆瓦=1000 gw=1e6 马力=0.73549875 匹=0.73549875
    kWh: kwh kw.h kw·h 度 千瓦时 千瓦小时 mwh=1000 gwh=1e6
    GJ: gj 吉焦 mj=0.001 tj=1000
    dB(A): db(a) dba db 分贝 分贝(a)
    °C: °c ℃ 摄氏度 度c
    %: % 百分比
    ‰: ‰
    times: 倍 稀释倍数 (稀释倍数)
    grade: 级 林格曼级 级(林格曼)
    1: 无量纲 無量綱 (无量纲) ph ph值 无单位
    kPa: kpa pa=0.001 mpa=1000 千帕 帕=0.001
    CNY: 元 人民币 rmb cny 千元=1000 万元=10000 亿元=1e8
    Bq: bq 贝可
    ppm: ppm
    ppb: ppb
    μS/cm: us/cm μs/cm
    pcs: 个 只 台 件 套 根 条 支 片 块 辆 台套 台(套) 张
    cells: cells 细胞
    MPN: mpn
    """
)
_COUNT_PER_VOLUME: Final = {"个": "pcs/L", "mpn": "MPN/L", "cells": "cells/L", "cfu": "CFU/L"}
_MULTIPLES: Final = {
    "万": Decimal(10_000),
    "萬": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "千": Decimal(1000),
    "百万": Decimal(1_000_000),
}
_PER: Final = re.compile(r"\s*(?:/|每|per|·(?=[a-z0-9]+-1$))\s*")
_NEGATIVE_POWER = re.compile(r"[·.]?([a-z]+?)-([13])$")


def _plain_spelling(text: str) -> str:
    plain = clean(text).casefold().replace("^", "").replace("µ", "μ").replace("***", "")
    plain = re.sub(r"\s+", "", plain).replace("m³", "m3").replace("／", "/").replace("mg/nm3", "mg/m3")
    # 立方米/时 and m3每小时 are one; mg·L-1 is mg/L.
    return _NEGATIVE_POWER.sub(lambda match: "/" + match[1] + ("3" if match[2] == "3" else ""), plain)


def _scaled(spelling: str, table: dict[str, tuple[str, Decimal]]) -> tuple[str, Decimal] | None:
    """Look a spelling up, with a leading 万 or 亿 taken as a factor."""
    if spelling in table:
        return table[spelling]
    for multiple, factor in _MULTIPLES.items():
        if spelling.startswith(multiple) and spelling[len(multiple) :] in table:
            canonical, own = table[spelling[len(multiple) :]]
            return canonical, own * factor
    return None


def _per_time(numerator: str, denominator: str) -> Unit | None:
    time = _TIMES.get(denominator)
    if time is None:
        return None
    basis, length = time
    if mass := _scaled(numerator, _MASS):
        # Hourly rates are given in kg/h throughout the field's standards, longer ones in tonnes.
        return Unit("kg/h", mass[1] * 1000 / length) if basis == "h" else Unit(f"t/{basis}", mass[1] / length)
    if (found := _scaled(numerator, _VOLUME)) or (found := _scaled(numerator, _PLAIN)):
        if found[0] == "m" and basis == "h":
            return Unit("m/s", found[1] / length / 3600)
        return Unit(f"{found[0]}/{basis}", found[1] / length)
    return None


def _per_amount(numerator: str, denominator: str) -> Unit | None:
    toxic = re.fullmatch(r"(ng|pg|ug|μg|mg)[-·]?(?:i-?)?teq|(?:ng|pg)i-?teq", numerator)
    mass = _MASS.get(toxic[1] or numerator[:2] if toxic else numerator)
    mark = " TEQ" if toxic else ""
    volume, solid = _VOLUME.get(denominator), _MASS.get(denominator)
    if mass and volume:
        litre = denominator in ("l", "升", "公升", "ml", "毫升")
        if toxic:
            return Unit("ng TEQ/m3", mass[1] * Decimal("1e15") / volume[1])
        factor = mass[1] * Decimal("1e9") / volume[1]
        return Unit("mg/L", factor / 1000) if litre else Unit("mg/m3", factor)
    if mass and solid:
        return Unit(f"mg{mark}/kg", mass[1] * Decimal("1e9") / (solid[1] * 1000))
    if denominator in ("l", "升", "100ml", "ml") and numerator in _COUNT_PER_VOLUME:
        return Unit(
            _COUNT_PER_VOLUME[numerator], {"100ml": Decimal(10), "ml": Decimal(1000)}.get(denominator, Decimal(1))
        )
    if numerator == "bq" and volume:
        return Unit("Bq/L", Decimal("0.001") / volume[1])
    return None


@lru_cache(4096)
def read_unit(text: str) -> Unit:
    """Return what a unit's spelling means; an unlisted one keeps its spelling (`known` False)."""
    spelling = _plain_spelling(text)
    for table in (_MASS, _VOLUME, _PLAIN):
        if simple := _scaled(spelling, table):
            return Unit(*simple)
    if spelling in _TIMES:
        return Unit(*_TIMES[spelling])
    pieces = [piece.strip("()") for piece in _PER.split(spelling)]
    if len(pieces) == 2 and all(pieces) and (found := _per_time(*pieces) or _per_amount(*pieces)):
        return found
    return Unit(clean(text), known=False)


_CANONICAL_OWN = re.compile(r"[^\d*+=<>≤≥,;，；。]{1,24}|.*m[23].*|1")


def parse_unit(text: str, _context: Context) -> Parsed:
    """Return the canonical unit (`ug/L` -> `mg/L`), part `factor`; an unlisted one as written (`unit-unknown`)."""
    plain = require_text(text, "unit")
    unit = read_unit(plain)
    if not unit.known and not (_CANONICAL_OWN.fullmatch(plain) and len(plain) <= 24):
        raise InvalidValue(f"{text!r} is not a unit", code="form", text=text)
    notes = () if unit.known else ("unit-unknown",)
    return Parsed(unit.canonical, notes=notes, unit=unit.canonical, parts=(("factor", str(float(unit.factor))),))


UNIT = ValueType("unit", parse_unit)
