"""Measured values and limits: 0.85mg/L, 20～30毫克/立方米, 昼间65dB(A), 1.2kg/h, pH值9.8."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.numerals import DIGITS
from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.errors import InvalidValue
from ontology.model import Value
from ontology.values.quantity import QUANTITY
from ontology.values.value_type import Parsed

_MASS: Final = r"(?:mg|μg|ug|ng|pg|kg|g|毫克|微克|纳克|克|千克)"
_VOLUME: Final = r"(?:n?m3|n?m\^3|l|升|标准立方米|标立方米|立方米|kg|千克)"
_UNIT: Final = (
    rf"{_MASS}(?:[-·]?(?:i-?)?teq)? ?(?:/|每|·) ?{_VOLUME}(?:-1|-3)?|(?:kg|千克|公斤|g|克|吨|t) ?(?:/|每) ?"
    rf"(?:h|小时|时)"
    r"|db ?\(a\)|dba?(?![a-z])|分贝(?:\(a\))?|ppm(?![a-z])|ppb(?![a-z])|(?:mpn|个|cfu) ?/ ?l|bq ?/ ?(?:l"
    r"|m3)|\(?无量纲\)?"
)
_SIGN: Final = r"(?:≤|≥|<=|>=|<|>|≦|≧|不大于|不高于|不超过|不得(?:大于|高于|超过|小于|低于)|小于|低于|大于|高于)"
_VALUE: Final = re.compile(
    rf"(?=[\d≤≥<>≦≧不小低大高])(?P<sign>{_SIGN})? ?(?<![\d.a-z])(?P<first>{DIGITS}(?:(?:×|x)10-?\d{{1,2}})?)"
    rf"(?: ?(?:{_UNIT})? ?(?:-|~|—|–|至|到) ?(?P<second>{DIGITS}))? ?(?P<unit>{_UNIT})(?![a-z])"
)
_PH: Final = re.compile(
    r"ph(?:值)?(?:\(无量纲\))?(?:监测|检测|测定|测量)?(?:值|结果|浓度)?(?:分别)?(?:为|是|达到?|:|=|在)?"
    r"(?P<value>(?<![\d.])1?\d(?:\.\d{1,2})?(?:[-~—至](?P<high>1?\d(?:\.\d{1,2})?))?)(?![\d.%]|mg|月|日|年|次|个|号)"
)
_POWER: Final = re.compile(r"(?:×|x)10(-?\d{1,2})$")


def find_concentrations(source: Source) -> Iterator[Mention]:
    """Yield measured values with their unit: `value` and `unit` in canonical form, `low` of a range, `comparator`.

    `mg/L` is for water, `mg/m3` for air, `dB(A)` for noise, `kg/h` a rate; `pH` for the number after pH值.
    """
    for found in _VALUE.finditer(source.text):
        if values := _values(found):
            yield source.mention(*found.span(), "concentration", values)
    for found in _PH.finditer(source.text):
        if (mention := _acidity(source, found)) is not None:
            yield mention


def _values(found: re.Match[str]) -> dict[str, Value] | None:
    number, unit = found["first"], re.sub(r"^\(|\)$", "", found["unit"]) if "无量纲" in found["unit"] else found["unit"]
    power = _POWER.search(number)
    if power:
        number = _POWER.sub("", number) + f"e{power[1]}"
    if found["second"]:
        number += f"-{found['second']}"
    try:
        parsed = QUANTITY.parse(f"{(found['sign'] or '').replace('不得', '不')}{number}{unit}")
    except InvalidValue:
        return None
    return _quantity(parsed)


def _quantity(parsed: Parsed) -> dict[str, Value]:
    values: dict[str, Value] = {"value": parsed.value, "unit": parsed.unit or ""}
    if parsed.start is not None:
        values["low"] = float(parsed.start)
    if parsed.comparator:
        values["comparator"] = parsed.comparator
    return values


def _acidity(source: Source, found: re.Match[str]) -> Mention | None:
    high = found["high"]
    first = float(re.split(r"[-~—至]", found["value"])[0])
    last = float(high) if high else first
    if not 0 <= first <= last <= 14:
        return None
    values: dict[str, Value] = {"value": last, "unit": "pH"}
    if high:
        values["low"] = first
    return source.mention(*found.span("value"), "concentration", values)
