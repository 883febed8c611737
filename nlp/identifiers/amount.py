"""Amounts of money in all spellings: 罚款人民币贰拾万元整, 20万元, 200,000元, 十万元以上一百万元以下, ¥200,000.00."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from nlp.identifiers.numerals import CHINESE, DIGITS, decimal_of
from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.model import Value
from ontology.values.number import MAX_MAGNITUDE

_CURRENCIES: Final = {"人民币": "元", "rmb": "元", "cny": "元", "¥": "元", "美元": "美元", "usd": "美元", "$": "美元"}
_MULTIPLES: Final = {"千": 3, "百": 2, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_MULTIPLE: Final = r"(?:万亿|十万|百万|千万|[千百万亿])"
_NUMBER: Final = (
    rf"(?:(?<![\d.]){DIGITS} ?{_MULTIPLE}?(?:\d{{1,4}}千)?|[{CHINESE}]{{1,16}}(?:点[{CHINESE}]{{1,4}}[万亿])?)"
)
_YUAN: Final = r"(?:元|圆|块钱|(?<=\d)块)(?:人民币)?(?:整|正)?(?!素|件|器|宵|旦|月|化|宇宙|老)"
_FOREIGN: Final = r"(?:美元|欧元|港元|港币|日元|新台币|台币)"
_SIGN: Final = r"(?:人民币|rmb|cny|¥|us\$|\$)(?:\(大写\)|大写)?"
_ABOUT: Final = r"(?:余|多|左右)?"
# The look ahead turns most characters away at once: without it the search is three times slower.
_MONEY: Final = re.compile(
    rf"(?=[\d{CHINESE}人rcu¥$])(?:(?P<sign>{_SIGN})?[:(]?\s?(?P<low>{_NUMBER})(?P<unit_low>{_YUAN})?"
    rf"(?P<above>以上|至|到|-|~|—|–|、不?超过)(?:{_SIGN})?"
    rf"(?P<high>{_NUMBER}){_ABOUT}(?P<unit>{_YUAN}|{_FOREIGN})(?P<below>以下|以内)?"
    rf"|(?P<sign_one>{_SIGN})?[:(]?\s?(?P<one>{_NUMBER}){_ABOUT}(?P<unit_one>{_YUAN}|{_FOREIGN})(?:"
    rf"(?P<jiao>[{CHINESE}\d]角)?(?P<fen>[{CHINESE}\d]分)?(?:整|正)?)"
    rf"(?P<bound>以上|以下|以内)?"
    rf"|(?P<sign_only>{_SIGN})\s?(?P<only>{DIGITS})(?P<only_multiple> ?{_MULTIPLE})?(?![\d.%])"
    rf"|(?<=罚款)(?P<fined>{DIGITS} ?万|[{CHINESE}]{{1,8}}万)(?![\d元圆{CHINESE}吨千]))"
)
_BOUNDS: Final = {"以上": ">=", "以下": "<=", "以内": "<="}


def find_amounts(source: Source) -> Iterator[Mention]:
    """Yield the amounts of money of a text: `value` and `unit` (元 where it is yuan), `low` of a range.

    十万元以上一百万元以下 is one amount with `low` and `value` (the upper end). `comparator` is the sign of a
    one-sided bound.
    """
    for found in _MONEY.finditer(source.text):
        values = _range(found) if found["low"] else _single(found)
        if values is None:
            continue
        start = _first_place(found)
        yield source.mention(start, found.end(), "amount", values)


def _first_place(found: re.Match[str]) -> int:
    """Return where the amount begins: its currency's sign, else its number; an opening bracket before it is not of
    it."""
    groups = ("sign", "low", "sign_one", "one", "sign_only", "fined")
    return min(found.start(name) for name in groups if found[name])


def money(text: str) -> Decimal | None:
    """Return the number an amount without its unit stands for: `20万`, `贰拾万`, `200,000.00`; None where it is
    none."""
    plain = text.replace(" ", "")
    match = re.fullmatch(rf"({DIGITS})({_MULTIPLE})?(?:(\d{{1,4}})千)?|([{CHINESE}]+)点([{CHINESE}]+)([万亿])", plain)
    if match is None:
        value = decimal_of(plain)
    elif match[1]:
        value = Decimal(match[1].replace(",", "")).scaleb(_MULTIPLES[match[2]] if match[2] else 0)
        value += Decimal(match[3]) * 1000 if match[3] else 0
    else:
        whole, part = decimal_of(match[4]), decimal_of(match[5])
        value = None
        if whole is not None and part is not None:
            value = (whole + part.scaleb(-len(match[5]))).scaleb(_MULTIPLES[match[6]])
    return value if value is not None and value <= MAX_MAGNITUDE else None


def _unit(sign: str | None, written: str) -> str:
    if written and re.fullmatch(_FOREIGN, written):
        return "港元" if written == "港币" else written
    plain = (sign or "").replace("大写", "").strip("()").removeprefix("us")
    return _CURRENCIES.get(plain, "元")


def _range(found: re.Match[str]) -> dict[str, Value] | None:
    low, high = money(found["low"]), money(found["high"])
    if low is None or high is None:
        return None
    multiple = re.search(rf"{_MULTIPLE}$", found["high"])
    if multiple and not found["unit_low"] and low < high and not re.search(r"[千百万亿]$", found["low"]):
        # 10-20万元: the unit of the upper end is meant for both.
        low = low.scaleb(_MULTIPLES[multiple[0]])
    if low > high:
        return None
    return {"value": float(high), "low": float(low), "unit": _unit(found["sign"], found["unit"])}


def _single(found: re.Match[str]) -> dict[str, Value] | None:
    written = found["one"] or found["fined"] or (found["only"] or "") + (found["only_multiple"] or "")
    value = money(written)
    if value is None:
        return None
    for name, size in (("jiao", "0.1"), ("fen", "0.01")):
        if found[name]:
            value += (decimal_of(found[name][:-1]) or 0) * Decimal(size)
    values: dict[str, Value] = {
        "value": float(value),
        "unit": _unit(found["sign_one"] or found["sign_only"], found["unit_one"] or ""),
    }
    if bound := _BOUNDS.get(found["bound"] or ""):
        values["comparator"] = bound
    return values
