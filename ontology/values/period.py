"""Spans of time with a first and a last day, either of which may be open (ISO 8601-2: `2020-07-27/..`)."""

import re
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.chinese_number import read_numerals
from ontology.values.date import parse_date
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_DATE = re.compile(
    r"(?:中?[華华]?民[國国])?[0-9]{3,4}\s*年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*[日号])?|[0-9]{4}\s*年(?!\s*[0-9])"
    r"|[0-9]{4}(?P<sep>[-/.])[0-9]{1,2}(?:(?P=sep)[0-9]{1,2})?(?![0-9])|[0-9]{13}|[0-9]{8}|[0-9]{4}(?![0-9])"
)
_SHORT_END = re.compile(r"(?:(?P<month>[0-9]{1,2})\s*[-/.月]\s*)(?P<day>[0-9]{1,2})\s*[日号]?$")
_TIME = re.compile(r"[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?")
_CONNECTOR = re.compile(
    r"(?:至|到|~|-|–|—|－|―|〜|to|until|[,;/、 ]|起|止|自|从|有效期|期限|为|:|（|）|\(|\)|日)*", re.IGNORECASE
)
_PERMANENT = frozenset(
    {"长期", "長期", "永久", "长期有效", "永久有效", "无期限", "无固定期限", "不限", "长久", "permanent"}
)
_FAR: Final = re.compile(r"(?:9999|2999|3000|2099)(?:[-/.年]?12[-/.月]?31日?)?")
_OPEN_END = re.compile(r"(?:至今|至长期|至長期|至永久|至无固定期限|~?长期|-?长期|--|起|以后|后)$")


def _interval(start: str | None, end: str | None, notes: tuple[str, ...], text: str) -> Parsed:
    if start and end:
        # Of two precisions the shorter decides: 2019 to 2019-07 is in order.
        shared = min(len(start), len(end))
        if start[:shared] > end[:shared]:
            raise InvalidValue(f"{text!r} ends before it begins", code="order", text=text)
    return Parsed(f"{start or '..'}/{end or '..'}", notes=notes, start=start, end=end)


def _own_form(text: str, context: Context) -> Parsed:
    """Read what parse_period wrote where a side is open."""
    sides = [None if side == ".." else str(parse_date(side, context).value) for side in text.strip().split("/")]
    return _interval(sides[0], sides[1], () if any(sides) else ("permanent",), text)


def _single(found: str, before: str, after: str, context: Context, text: str) -> Parsed:
    """Read a text with one date: valid until it, unless a word says from it on."""
    day = str(parse_date(found, context).value)
    if (
        _OPEN_END.search(after.strip())
        or after.strip() in ("至", "到", "~")
        or (before.strip() in ("自", "从") and not after.strip())
    ):
        return _interval(day, None, (), text)
    return _interval(None, day, () if before.strip() in ("至", "到") else ("end-only",), text)


def parse_period(text: str, context: Context) -> Parsed:
    """Return `start/end` in ISO days with `..` for an open side; `start` and `end` carry them singly.

    Reads 至, 到, ~, -, — and `to` between the dates, a second date without its year, 长期 (both open: `permanent`)
    and 9999-12-31 as an open end. One date alone is the end (noted `end-only`), as registers print validity.
    Raises InvalidValue: `missing`, `form`, `order`, and what dates raise.
    """
    if text.count("/") == 1 and ".." in text:
        return _own_form(text, context)
    plain = read_numerals(_TIME.sub("", require_text(text, "period")))
    if plain.casefold().strip("()") in _PERMANENT:
        return Parsed("../..", notes=("permanent",))
    matches = list(_DATE.finditer(plain))
    if not matches or len(matches) > 2:
        raise InvalidValue(f"{text!r} is not a period", code="form", text=text)
    first = matches[0]
    before, after = plain[: first.start()], plain[first.end() :]
    if len(matches) == 2:
        second = matches[1]
        between, rest = plain[first.end() : second.start()], plain[second.end() :]
        if not all(_CONNECTOR.fullmatch(piece) for piece in (before, between, rest)):
            raise InvalidValue(f"{text!r} is not a period", code="form", text=text)
        start = str(parse_date(first[0], context).value)
        end = None if _FAR.fullmatch(second[0]) else str(parse_date(second[0], context).value)
        return _interval(start, end, (), text)
    short = _SHORT_END.search(after)
    if short and _CONNECTOR.fullmatch(after[: short.start()]) and after[: short.start()].strip():
        start = str(parse_date(first[0], context).value)
        until = parse_date(f"{start[:4]}-{short['month']}-{short['day']}", context).value
        return _interval(start, str(until), ("end-year-inherited",), text)
    if not _CONNECTOR.fullmatch(before) or not (_CONNECTOR.fullmatch(after) or _OPEN_END.search(after)):
        raise InvalidValue(f"{text!r} is not a period", code="form", text=text)
    if _FAR.fullmatch(first[0]):
        return Parsed("../..", notes=("permanent",))
    return _single(first[0], before, after, context, text)


PERIOD = ValueType("period", parse_period)
