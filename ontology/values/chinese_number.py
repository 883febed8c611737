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
