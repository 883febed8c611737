"""Numbers in running text, in digits or Chinese numerals, as the rules of this package write them in patterns."""

from decimal import Decimal, InvalidOperation
from typing import Final

from ontology.values.chinese_number import whole_number

CHINESE: Final = "〇○零一二两三四五六七八九十百千万亿廿壹贰叁肆伍陆柒捌玖拾佰仟"
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,8})?"
"""A number in digits, with or without thousands separators; bounded, so that a long run of digits costs no more."""
EITHER: Final = rf"(?:{DIGITS}|[{CHINESE}]{{1,16}})"


def decimal_of(text: str) -> Decimal | None:
    """Return the number that digits or numerals stand for, None where they stand for none."""
    plain = text.replace(",", "").replace(" ", "")
    if plain[:1].isascii():
        try:
            return Decimal(plain)
        except InvalidOperation:
            return None
    whole = whole_number(plain)
    return None if whole is None else Decimal(whole)


def number_of(text: str) -> int | None:
    """Return the whole number that digits or numerals stand for, None where they stand for none."""
    value = decimal_of(text)
    return None if value is None or value != int(value) else int(value)


def numeral(number: int) -> str:
    """Return a number from 1 to 9,999 in everyday numerals, as statutes number their articles: 八十三, 一百零二."""
    places = [(1000, "千"), (100, "百"), (10, "十"), (1, "")]
    written, gap = "", False
    for size, unit in places:
        digit, number = divmod(number, size)
        if digit == 0:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit
        gap = False
    return written.removeprefix("一") if written.startswith("一十") else written
