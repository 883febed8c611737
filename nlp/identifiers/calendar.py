"""Days, months and years in words, with what they mean beside the day a text was written."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from nlp.identifiers.numerals import number_of

_CN: Final = "一二三四五六七八九十"
YEAR: Final = r"(?:(?:19|20)\d{2}|[一二][〇○零oO0九][〇○零o0一二三四五六七八九]{2})"
MONTH: Final = rf"(?:1[0-2]|0?[1-9]|十[一二]|[{_CN}])"
DAY: Final = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[{_CN}]?|廿[{_CN}]?|十[{_CN}]?|[{_CN}])"
HOUR: Final = (
    r"(?:[ ,]?(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|半夜|午后|晚|早)?"
    rf"(?P<hour>2[0-4]|1\d|0?\d|[{_CN}]{{1,2}})(?:时|点钟?|:)(?P<minute>[0-5]?\d(?=分|[^\d.:])分?|半|许"
    rf"|整)?(?::[0-5]\d)?(?:左右|许)?)?"
)
_EVENING: Final = frozenset({"下午", "傍晚", "晚上", "晚间", "夜间", "夜里", "深夜", "晚", "午后"})
SPLIT: Final = (
    r"(?P<part>上旬|中旬|下旬|上半年|下半年|第?[一二三四1-4]季度|[春夏秋冬][季天]|年初|年底|年末|年中|初|底|末)"
)
_PARTS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_SEASONS: Final = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11)}


@dataclass(frozen=True, slots=True)
class Day:
    """A year, month and day as far as they are known; `until` is the last one of a stretch (上旬, 三季度)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: "Day | None" = None

    def exists(self) -> bool:
        """Tell whether the calendar has it."""
        if self.month is None:
            return True
        days = 29 if self.year is None or calendar.isleap(self.year) else 28
        longest = days if self.month == 2 else 30 if self.month in (4, 6, 9, 11) else 31
        return 1 <= self.month <= 12 and 1 <= (self.day or 1) <= longest

    def iso(self) -> str | None:
        """Return the ISO text at the precision known, None where the year is not."""
        if self.year is None:
            return None
        return f"{self.year:04d}" + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    def last(self) -> str | None:
        """Return the ISO text of its end: itself, or the last of the stretch."""
        return self.until.iso() if self.until else self.iso()


def of(day: date) -> Day:
    """Return a day of the calendar."""
    return Day(day.year, day.month, day.day)


def months_from(day: Day, months: int) -> Day:
    """Return the month so many months later, without its day."""
    if day.year is None or day.month is None:
        return Day()
    count = day.year * 12 + day.month - 1 + months
    return Day(count // 12, count % 12 + 1)


def days_from(day: Day, days: int) -> Day:
    """Return the day so many days later; of a day not fully known nothing."""
    if day.year is None or day.month is None or day.day is None:
        return Day()
    try:
        return of(date(day.year, day.month, day.day) + timedelta(days=days))
    except (ValueError, OverflowError):
        return Day()


def narrowed(day: Day, part: str | None) -> Day:
    """Return the stretch of a year or month that a word names: 2023年上半年, 3月上旬, 去年底; the day itself for
    none."""
    if not part:
        return day
    if day.month is not None:
        first, last = _PARTS.get(part, (None, None))
        if first is None or last is None or day.year is None:
            return day
        last = min(last, calendar.monthrange(day.year, day.month)[1])
        return replace(day, day=first, until=replace(day, day=last))
    months = _months(part)
    if months is None or day.year is None:
        return day
    first_month, last_month = months
    if first_month == last_month:
        return replace(day, month=first_month)
    return replace(day, month=first_month, until=replace(day, month=last_month))


def _months(part: str) -> tuple[int, int] | None:
    if part in ("上半年", "下半年"):
        return (1, 6) if part == "上半年" else (7, 12)
    if part.endswith("季度"):
        quarter = number_of(part.removeprefix("第").removesuffix("季度")) or 1
        return quarter * 3 - 2, quarter * 3
    if part in ("年初", "初", "年底", "年末", "底", "末"):
        return (1, 1) if part.endswith("初") else (12, 12)
    return _SEASONS.get(part[0])


def clock(match: re.Match[str]) -> str | None:
    """Return the time of day of a match of HOUR as `HH:MM`, None where there is none or it is impossible."""
    groups = match.groupdict()
    if not groups.get("hour"):
        return None
    hour = number_of(groups["hour"])
    minute_text = (groups.get("minute") or "").rstrip("分许整")
    minute = 30 if minute_text == "半" else number_of(minute_text) if minute_text else 0
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    # 晚上1点 is an hour after midnight, 下午1点 after noon.
    night = str(groups.get("half") or "")[:1] in ("晚", "夜", "深")
    if groups.get("half") in _EVENING and (5 if night else 1) <= hour < 12:
        hour += 12
    if (night or groups.get("half") in ("凌晨", "半夜")) and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}"
