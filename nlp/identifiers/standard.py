"""Standards by number or title, with table, grade and class: GB 18918-2002 表1一级A标准, DB31/199-2018, HJ/T
55-2000."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from nlp.identifiers.source import Source
from nlp.mention import Mention
from nlp.segment import fold
from ontology.model import Value
from ontology.values.placeholder import clean

_BODY: Final = (
    r"(?P<body>gbz|gbj|gbw|gb|hjt|hj|ghz|cjj|cj|ny|sl|aq|jt|qb|hg|ws|sz|tsg|iso|dz|ly|yd|dl|td|jgj|db ?\d{2}(?:\d{2})?)"
    r"(?P<kind> ?/ ?[tz](?![a-z]))?"
)
_NUMBER: Final = (
    rf"(?<![a-z0-9]){_BODY} ?[/ -]?(?P<number>\d{{1,5}}(?:\.\d{{1,2}}){{0,2}})(?: ?[-—–] ?"
    rf"(?P<year>(?:19|20)\d{{2}}|\d{{2}}))?(?![\da-z])"
)
_LEVEL: Final = (
    r"(?:\)|》|标准|中|的|,|、|规定的?){0,4}"
    r"(?:(?P<table>表 ?[a-z]?\.?\d{1,2}(?:-\d)?)(?:中|的|,|规定的?|执行|排放|限值|标准){0,4})?"
    r"(?P<grade>(?:(?:特别|一级|二级|三级|四级)(?:排放限值|[ab](?![a-z]))?|(?:[1-5]|[一二三四五]|iv|v"
    r"|i{1,3})[ab]?类|第?(?:[iv]{1,3}|[一二])时段))?"
)
_NUMBERED: Final = re.compile(_NUMBER + rf"(?:{_LEVEL})")
_TITLED: Final = re.compile(
    rf"《(?P<title>[^《》\n]{{2,60}}(?:标准|限值|技术规范|技术导则|导则|指南|测定[^《》\n]{{0,20}}|规范"
    rf"|通则|总则)(?:\((?:试行|暂行)\))?)》"
    rf"(?:\(?{_NUMBER}\)?)?(?:{_LEVEL})"
)


def find_standards(source: Source) -> Iterator[Mention]:
    """Yield standards: `standard_number` in the usual form (`GB 18918-2002`), `title`, `table`, `grade` where named.

    Of a title without a number the number comes from the bundled list, where it is there (score 0.8: local ones
    share titles).
    """
    taken: list[tuple[int, int]] = []
    for found in _TITLED.finditer(source.text):
        end = _end(found)
        values = _values(source, found) | {"title": _title(source, found)}
        number = values.get("standard_number")
        if number is None and (listed := _numbers().get(fold(found["title"]))):
            values["standard_number"] = listed
        taken.append((found.start(), end))
        yield source.mention(found.start(), end, "standard", values, score=1.0 if number else 0.8)
    starts = iter([*taken, (len(source.text) + 1, 0)])
    current = next(starts)
    for found in _NUMBERED.finditer(source.text):
        while current[1] and current[1] <= found.start():
            current = next(starts)
        if current[0] <= found.start() < current[1] or _no_standard(found):
            continue
        values = _values(source, found)
        if title := _titles().get(str(values["standard_number"])):
            values["title"] = title
        yield source.mention(found.start(), _end(found), "standard", values, score=1.0 if found["year"] else 0.8)


def _no_standard(found: re.Match[str]) -> bool:
    """Tell whether a number without a year is none: CJ 5 is anything, HJ 2025 a standard or a plate."""
    if found["year"]:
        return False
    return found["body"].replace(" ", "") not in ("gb", "hj", "hjt", "gbz") or len(found["number"]) < 2


def _end(found: re.Match[str]) -> int:
    """Return where a standard ends: after its grade, table or number, not after the words that would lead to them."""
    named = [found.end(name) for name in ("grade", "table") if found[name]]
    if named:
        return named[0]
    end = found.end("year") if found["year"] else found.end("number") if found["number"] else -1
    if "title" in found.re.groupindex:
        if end < 0:
            return found.start() + found[0].index("》") + 1
        return end + (found.string[end : end + 1] == ")")
    return end


def _values(source: Source, found: re.Match[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if found["number"]:
        values["standard_number"] = _number(found)
    for name in ("table", "grade"):
        if found[name]:
            values[name] = re.sub(r"\s", "", clean(source.written(*found.span(name))))
    return values


def _title(source: Source, found: re.Match[str]) -> str:
    return clean(source.written(*found.span("title")))


def _number(found: re.Match[str]) -> str:
    body = found["body"].replace(" ", "").upper()
    kind = (found["kind"] or "").replace(" ", "").upper()
    if body == "HJT":
        body, kind = "HJ", "/T"
    if body.startswith("DB"):
        kind = "/T" if kind else "/"
    year = found["year"]
    if year and len(year) == 2:
        year = ("19" if year > "49" else "20") + year
    number = f"{body}{kind}{'' if kind == '/' else ' '}{found['number']}"
    return f"{number}-{year}" if year else number


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    with files("nlp.identifiers").joinpath("standards.csv").open(encoding="utf-8") as stream:
        return tuple((row["number"], row["title"]) for row in csv.DictReader(stream))


@cache
def _titles() -> dict[str, str]:
    return dict(_rows())


@cache
def _numbers() -> dict[str, str]:
    numbers: dict[str, str] = {}
    for number, title in _rows():
        numbers.setdefault(fold(title), number)
    return numbers
