"""Lengths of time: 十五日内, 近三个月, 连续10天, 两年以来; relative ones end on the day the text was written."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from nlp.identifiers.calendar import Day, months_from, of
from nlp.identifiers.numerals import number_of
from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.model import Value

_NUMBER: Final = r"(?P<number>\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)"
_UNIT: Final = r"(?:个)?(?P<unit>工作日|自然日|小时|钟头|星期|礼拜|周|日|天|月|年|季度)(?![、\d])"
_RECENT: Final = re.compile(
    rf"(?:最近|(?<![将接附])近|过去|此前)(?:的)?{_NUMBER}(?:多)?{_UNIT}(?:以来|来|内|里|间|之内)?(?!的)"
)
_SINCE: Final = re.compile(
    rf"(?=[\d一二两三四五六七八九十百半])(?<![第\d年月]){_NUMBER}(?:多)?{_UNIT}(?:以来|来(?!自|源|到|看))"
)
_WITHIN: Final = re.compile(
    rf"(?=[\d一二两三四五六七八九十百半])(?<![第\d.年月一二三四五六七八九十]){_NUMBER}{_UNIT}(?:之内|以内|内)"
)
_LASTING: Final = re.compile(
    rf"(?:持续|连续|长达|为期|历时|累计|已有|已经|有效期(?:为)?|停产整治|期限(?:为)?)(?:了|约|近)?"
    rf"(?P<span>{_NUMBER}(?:多)?{_UNIT})"
)
_LETTERS: Final = {"小时": "H", "钟头": "H", "日": "D", "天": "D", "工作日": "D", "自然日": "D", "月": "M", "年": "Y"}
_WEEKS: Final = frozenset({"周", "星期", "礼拜"})


def find_durations(source: Source, *, written: date | None) -> Iterator[Mention]:
    """Yield lengths of time: `duration` in ISO 8601 (`P15D`, `PT2H`), `working_days` for 工作日, `start` and `end`
    of 近三个月."""
    seen: set[int] = set()
    for pattern, recent in ((_RECENT, True), (_SINCE, True), (_WITHIN, False), (_LASTING, False)):
        for found in pattern.finditer(source.text):
            name: str | int = "span" if "span" in pattern.groupindex else 0
            values = _values(found, written if recent else None)
            # One length of time is told once, by the first pattern that knows most of it.
            if values is None or found.start("unit") in seen:
                continue
            seen.add(found.start("unit"))
            yield source.mention(*found.span(name), "period", values)


def _values(found: re.Match[str], written: date | None) -> dict[str, Value] | None:
    unit = found["unit"]
    half = found["number"] == "半"
    number = 1 if half else number_of(found["number"])
    if not number:
        return None
    if unit in _WEEKS:
        number, unit = number * 7, "天"
    if unit == "季度":
        number, unit = number * 3, "月"
    if half:
        if unit not in ("年", "月"):
            return None
        number, unit = (6, "月") if unit == "年" else (15, "天")
    if unit == "日" and number > 366:
        return None
    letter = _LETTERS[unit]
    values: dict[str, Value] = {"duration": f"P{'T' if letter == 'H' else ''}{number}{letter}"}
    if unit == "工作日":
        values["working_days"] = True
    if written is not None and (start := _before(written, number, letter)):
        values |= {"start": start, "end": written.isoformat()}
    return values


def _before(written: date, number: int, letter: str) -> str | None:
    """Return the ISO day, or month, so long before a day; None where the calendar ends before."""
    if letter == "H":
        return None
    if letter == "D":
        try:
            return (written - timedelta(days=number)).isoformat()
        except OverflowError:
            return None
    month = months_from(of(written), -number * (12 if letter == "Y" else 1))
    if month.year is None or month.year < 1:
        return None
    same = Day(month.year, month.month, written.day)
    return same.iso() if same.exists() else month.iso()
