"""By how much a limit was passed: 超标1.5倍, 超过排放标准2倍, 超标倍数为0.8, 超标率50%, 是标准限值的3.2倍."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from nlp.identifiers.numerals import CHINESE, DIGITS, decimal_of
from nlp.identifiers.source import HAN, Source
from nlp.mention import Mention

if TYPE_CHECKING:
    from ontology.model import Value

_NUMBER: Final = rf"(?:{DIGITS}|[{CHINESE}]{{1,6}}(?:点[{CHINESE}]{{1,3}})?)"
_WORDS: Final = (
    r"(?:(?:最大|最高|平均)?超标(?:倍数|率|幅度)?|(?:超过|超出|超)(?!标)[^。;,!?\n]{0,60}?"
    r"(?:标准|限值|限制|要求|浓度|限量|总量|指标|值|\)|量))"
)
_LINK: Final = r"(?:[^。;,\n]{0,16}?的)?(?:分别)?(?:为|达到?|达|约为?|近|的|高达|:|了|是)?"
_PASSED: Final = re.compile(
    rf"(?P<words>{_WORDS})(?P<link>{_LINK})(?P<number>{_NUMBER})(?P<about>余|多)?(?P<unit>倍(?:以上|左右)?|%|百分点)"
)
_TIMES_NUMBER: Final = re.compile(rf"超标倍数{_LINK}(?P<number>{DIGITS})(?![\d.倍%])")
_PERCENT: Final = re.compile(rf"(?:超标(?:率)?|超过[^。;,\n]{{0,20}}?(?:标准|限值)){_LINK}百分之(?P<number>{_NUMBER})")
_MULTIPLE_OF: Final = re.compile(
    rf"(?:是|为|达到?|相当于)(?:[{HAN}]{{0,10}})(?:标准|限值)(?:限值|值)?的(?P<number>{_NUMBER})倍"
)
_MORE: Final = re.compile(rf"(?:、|,|和|及)(?P<number>{_NUMBER})倍")


def find_exceedances(source: Source) -> Iterator[Mention]:
    """Yield by how much limits were passed; `times` is how far above the limit in multiples of it (50% is 0.5).

    超过标准限值50mg/L的1.2倍 holds its limit as a concentration of its own. 标准的3倍 is 2 times above, noted by
    `basis`.
    """
    text = source.text
    end = 0
    for found in _PASSED.finditer(text):
        times = _decimal(found["number"])
        if times is None or re.search(r"[^0-9]日|倍数.{4}", found["words"]):
            continue
        values: dict[str, Value] = {"times": float(times / 100 if found["unit"][0] in "%百" else times)}
        yield source.mention(*found.span(), "exceedance", values)
        end = found.end()
        while found["unit"].startswith("倍") and (more := _MORE.match(text, end)):
            times = _decimal(more["number"])
            if times is None:
                break
            yield source.mention(more.start("number"), more.end(), "exceedance", {"times": float(times)}, score=0.9)
            end = more.end()
    yield from _others(source)


def _others(source: Source) -> Iterator[Mention]:
    for found in _TIMES_NUMBER.finditer(source.text):
        yield source.mention(*found.span(), "exceedance", {"times": float(found["number"].replace(",", ""))}, score=0.9)
    for found in _PERCENT.finditer(source.text):
        if (times := _decimal(found["number"])) is not None:
            yield source.mention(*found.span(), "exceedance", {"times": float(times / 100)})
    for found in _MULTIPLE_OF.finditer(source.text):
        if (times := _decimal(found["number"])) is not None and times >= 1:
            values: dict[str, Value] = {"times": float(times - 1), "basis": "of the limit"}
            yield source.mention(*found.span(), "exceedance", values, score=0.8)


def _decimal(written: str) -> Decimal | None:
    whole, point, part = written.partition("点")
    number = decimal_of(whole)
    if not point or number is None:
        return number
    fraction = decimal_of(part)
    return None if fraction is None else number + fraction.scaleb(-len(part))
