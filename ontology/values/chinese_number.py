"""Chinese numerals in dates and amounts: 二〇一九, 十二, 三十一, 廿五."""

import re
from typing import Final

DIGITS: Final = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "廿": 20,
}
_RUN = re.compile(r"[〇○零一二两三四五六七八九十廿]+")


def numeral_value(text: str) -> int | None:
    """Return the number a run of numerals stands for, by place (`二〇一九`) or tens (`三十一`); None otherwise."""
    if "十" not in text and "廿" not in text:
        values = [DIGITS.get(character) for character in text]
        if not values or any(value is None for value in values):
            return None
        return int("".join(str(value) for value in values))
    match = re.fullmatch(r"([二两三四五六七八九一])?十([一二三四五六七八九])?|廿([一二三四五六七八九])?", text)
    if match is None:
        return None
    if text[0] == "廿":
        return 20 + (DIGITS[match[3]] if match[3] else 0)
    return (DIGITS[match[1]] if match[1] else 1) * 10 + (DIGITS[match[2]] if match[2] else 0)


def read_numerals(text: str) -> str:
    """Return `text` with every readable run of Chinese numerals in Arabic digits."""
    # 二O一九 and 二o一九: a letter stands for the round zero on most keyboards.
    rounded = re.sub(r"(?<=[一二三四五六七八九〇○零])[Oo0](?=[一二三四五六七八九〇○零Oo0年])", "〇", text)

    def arabic(match: re.Match[str]) -> str:
        value = numeral_value(match[0])
        return match[0] if value is None else str(value)

    return _RUN.sub(arabic, rounded)


_CAPITALS: Final = str.maketrans(
    "壹贰貳叁參弍肆伍陆陸柒捌玖拾佰仟萬億两〇○", "一二二三三二四五六六七八九十百千万亿二零零"
)
"""Capital numerals of bank notes and decisions, in everyday ones (票据法, 支付结算办法)."""
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10_000, "亿": 100_000_000}


def whole_number(text: str) -> int | None:
    """Return the whole number that numerals with 十, 百, 千, 万, 亿 stand for, everyday or capital; None otherwise.

    Reads 二十万, 贰拾万, 一百零三, 三千五 (3500), 十二亿, and digits by place (二〇一九).
    """
    plain = text.translate(_CAPITALS)
    if not plain or len(plain) > 40:
        return None
    if all(character in DIGITS and character not in "十廿" for character in plain):
        return numeral_value(plain)
    total, group, digit, last_unit = 0, 0, None, 0
    for character in plain:
        if character in _GROUPS:
            size = _GROUPS[character]
            group += digit or 0
            if group == 0 or (total % size and size == 10_000):
                return None
            total = (total + group) * size if size > 10_000 else total + group * size
            group, digit, last_unit = 0, None, size
        elif character in _SMALL:
            size = _SMALL[character]
            group += (1 if digit is None else digit) * size
            digit, last_unit = None, size
        elif character == "零":
            digit, last_unit = None, 1
        elif character in DIGITS and digit is None:
            digit = DIGITS[character]
        else:
            return None
    # 三千五 is 3,500 and 三万五 35,000; after 零 a digit is a unit.
    tail = 0 if digit is None else digit * (last_unit // 10 if last_unit >= 100 else 1)
    return total + group + tail
