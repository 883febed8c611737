"""Numbers as registers write them: full width, with thousands separators, 万 and 亿, a sign of comparison, a range."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_NUMBER: Final = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+"
_SIGN: Final = (
    r"<=|>=|=<|=>|<|>|≤|≥|≦|≧|不大于|不高于|不超过|小于等于|不小于|不低于|大于等于|小于|低于|大于|高于|超过|不足"
)
_MULTIPLES: Final = {"千": 3, "万": 4, "萬": 4, "百万": 6, "千万": 7, "亿": 8, "億": 8, "万亿": 12}
_AMOUNT = re.compile(
    rf"(?P<about>约|約|大约|近|~|≈)?\s*(?P<sign>{_SIGN})?\s*(?P<first>{_NUMBER})"
    rf"(?:\s*(?:~|-|–|—|－|―|〜|至|到)\s*(?P<second>{_NUMBER}))?\s*(?P<multiple>百万|千万|万亿|[千万萬亿億](?![瓦克米卡伏帕]))?\s*(?P<rest>.*)",
    re.DOTALL,
)
_COMPARATORS: Final = {
    **dict.fromkeys(("<=", "=<", "≤", "≦", "不大于", "不高于", "不超过", "小于等于"), "<="),
    **dict.fromkeys((">=", "=>", "≥", "≧", "不小于", "不低于", "大于等于"), ">="),
    **dict.fromkeys(("<", "小于", "低于", "不足"), "<"),
    **dict.fromkeys((">", "大于", "高于", "超过"), ">"),
}
_SUFFIXES: Final = {"以下": "<=", "以内": "<=", "以上": ">=", "及以上": ">=", "及以下": "<="}
_NOT_DETECTED: Final = frozenset({"nd", "n.d.", "未检出", "未檢出", "低于检出限", "<检出限", "<mdl", "bdl", "<lod"})
MAX_MAGNITUDE: Final = Decimal("1e18")
"""Beyond it a number of a register is a slip (or an identifier), and floats lose whole units from 2^53 on."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read off the front of a text. `low` is None but for a range; `rest` is what follows the number."""

    value: Decimal
    low: Decimal | None = None
    comparator: str | None = None
    approximate: bool = False
    rest: str = ""

    def notes(self) -> tuple[str, ...]:
        """Return what a reader should know of the number: `range`, `approximate`."""
        found = [("range", self.low is not None), ("approximate", self.approximate)]
        return tuple(note for note, applies in found if applies)


def plain_text(number: Decimal) -> str:
    """Return the shortest decimal notation that reads back to the same number."""
    return repr(float(number))


def _decimal(digits: str, exponent: int, text: str) -> Decimal:
    try:
        found = Decimal(digits.replace(",", "")).scaleb(exponent)
    except InvalidOperation as fault:
        raise InvalidValue(f"{text!r} is not a number", code="form", text=text) from fault
    if abs(found) > MAX_MAGNITUDE:
        raise InvalidValue(f"{text!r} is too large a number", code="out-of-range", text=text)
    return found


def read_amount(text: str) -> Amount:
    """Return the number a text begins with; raises InvalidValue `form`, `not-detected`, `out-of-range`, `order`."""
    if text.casefold().replace(" ", "") in _NOT_DETECTED:
        raise InvalidValue(f"{text!r}: nothing was detected", code="not-detected", text=text)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise InvalidValue(f"{text!r} is not a number", code="form", text=text)
    exponent = _MULTIPLES[match["multiple"]] if match["multiple"] else 0
    first = _decimal(match["first"], exponent, text)
    comparator = _COMPARATORS[match["sign"]] if match["sign"] else None
    rest = match["rest"].strip()
    for suffix, meant in _SUFFIXES.items():
        if rest.endswith(suffix) and comparator is None:
            rest, comparator = rest[: -len(suffix)].strip(), meant
            break
    if match["second"] is None:
        return Amount(first, None, comparator, match["about"] is not None, rest)
    second = _decimal(match["second"], exponent, text)
    if first > second:
        raise InvalidValue(f"{text!r} is a range that ends before it begins", code="order", text=text)
    return Amount(second, first, comparator, match["about"] is not None, rest)


def parse_number(text: str, _context: Context) -> Parsed:
    """Return the number as a float; of a range the upper end, with both ends in `start` and `end` (noted `range`).

    `<0.05` gives 0.05 with comparator `<`.
    Raises InvalidValue: `missing`, `form`, `not-detected`, `out-of-range`, `order`.
    """
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        number = math.nan
    if abs(number) <= 1e18:
        return Parsed(number + 0.0)
    amount = read_amount(require_text(text, "number"))
    if amount.rest not in ("", "个", "%"):
        raise InvalidValue(f"{text!r} has more than a number", code="form", text=text)
    if amount.low is None:
        return Parsed(float(amount.value) + 0.0, amount.notes(), comparator=amount.comparator)
    low, high = plain_text(amount.low), plain_text(amount.value)
    return Parsed(float(amount.value) + 0.0, amount.notes(), comparator=amount.comparator, start=low, end=high)


def parse_integer(text: str, context: Context) -> Parsed:
    """Return a whole number as a float without fraction; raises InvalidValue `fraction` and what numbers raise."""
    parsed = parse_number(text, context)
    if not float(parsed.value).is_integer():
        raise InvalidValue(f"{text!r} is not a whole number", code="fraction", text=text)
    return parsed


NUMBER = ValueType("number", parse_number)
INTEGER = ValueType("integer", parse_integer)
