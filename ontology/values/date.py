"""Days, months and years as registers write them, kept at the precision given (ISO 8601, GB/T 7408)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.chinese_number import DIGITS, read_numerals
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = (
    r"(?:[ T]*(?P<time>[0-9]{1,2}(?::|时|點|点)[0-9]{1,2}(?:[:分秒.0-9]*)|[0-9]{1,2}时)"
    r"\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})(?:\s*(?P<sep>[-/.年])\s*(?P<month>[0-9]{1,2})"
    r"(?:\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*[日号號]?)?\s*月?)?\s*年?(?P<part>[底初末]|[上下]半年|第?[1-4一二三四]季度|[上中下]旬)?"
    + _CLOCK,
)
_ROC = re.compile(
    r"(?P<era>(?:中華)?民國|(?:中华)?民国)?\s*(?P<year>[0-9]{1,3})\s*[-/.年]\s*(?P<month>[0-9]{1,2})"
    r"(?:\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*日?)?\s*月?"
)
_ROC_YEAR = re.compile(r"(?:中華|中华)?(?:民國|民国)\s*(?P<year>[0-9]{1,3})\s*年?")
_SHORT_YEAR = re.compile(r"(?P<year>[0-9]{2})\s*年\s*(?P<month>[0-9]{1,2})\s*月(?:\s*(?P<day>[0-9]{1,2})\s*[日号])?")
_DAY_LAST = re.compile(r"(?P<first>[0-9]{1,2})[-/.](?P<second>[0-9]{1,2})[-/.](?P<year>[0-9]{4})" + _CLOCK)
_ENGLISH_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    r"(?:(?P<d1>[0-9]{1,2})(?:st|nd|rd|th)?[ -])?(?P<month>[A-Za-z]{3,9})\.?[ -]"
    r"(?:(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?,? )?(?P<year>[0-9]{4})"
)
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)
_EXCEL_SERIALS: Final = range(10_000, 73_051)
"""Five digits only (1927 to 2099): a shorter number in a date column is more likely a year or a slip."""
_ROC_OFFSET: Final = 1911
_DEFAULTS: Final = frozenset({"1900-01-01", "1900-01-00", "1899-12-30", "1899-12-31", "0001-01-01", "0000-00-00"})
"""What software writes into an empty date field."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is known; `time` is `HH:MM` or `HH:MM:SS`, None where the text names none."""

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None
    notes: tuple[str, ...] = ()

    def iso_day(self) -> str:
        """Return the ISO text of year, month and day, as far as known."""
        known = f"{self.year:04d}"
        if self.month is not None:
            known += f"-{self.month:02d}"
            if self.day is not None:
                known += f"-{self.day:02d}"
        return known


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _clock(text: str | None) -> str | None:
    """Return `HH:MM[:SS]` from a time of day, None where there is none or it is impossible."""
    if text is None:
        return None
    numbers = [int(piece) for piece in re.findall(r"[0-9]+", text)][:3]
    hour, minute, second = [*numbers, 0, 0][:3]
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if len(numbers) > 2 else "")


def _shifted(moment: Moment, zone: str | None, offset: int) -> Moment:
    """Return the moment on the register's clock where the text names its zone."""
    if not zone or moment.time is None or moment.month is None or moment.day is None:
        return moment
    minutes = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[-2:]))
    shift = timedelta(hours=offset, minutes=-minutes)
    try:
        local = datetime.fromisoformat(f"{moment.iso_day()}T{moment.time}") + shift
    except (ValueError, OverflowError):
        return moment
    time = local.strftime("%H:%M:%S" if moment.time.count(":") > 1 else "%H:%M")
    return Moment(local.year, local.month, local.day, time, moment.notes)


def _from_match(match: re.Match[str], offset: int, notes: tuple[str, ...] = ()) -> Moment:
    found = match.groupdict()
    moment = Moment(
        int(found["year"]), _number(found["month"]), _number(found["day"]), _clock(found.get("time")), notes
    )
    return _shifted(moment, found.get("zone"), offset)


def _day_last(match: re.Match[str], offset: int, text: str) -> Moment:
    """Read 25/07/2019 and 07/25/2019; where both orders are possible the text is refused, not guessed."""
    first, second = int(match["first"]), int(match["second"])
    if first <= 12 and second <= 12 and first != second:
        raise InvalidValue(f"{text!r} may be day or month first", code="ambiguous-order", text=text)
    day, month, note = (second, first, "month-first") if second > 12 else (first, second, "day-first")
    moment = Moment(int(match["year"]), month, day, _clock(match["time"]), (note,))
    return _shifted(moment, match["zone"], offset)


def _digits_only(text: str, offset: int) -> Moment | None:
    """Read digits by their count: 4 year, 5 Excel serial, 6 month, 7 ROC day, 8 day, 10/13 epoch, 12/14 moment."""
    length, number = len(text), int(text)
    if length == 4:
        return Moment(number)
    if length == 5 and number in _EXCEL_SERIALS:
        found = _EXCEL_EPOCH + timedelta(days=number)
        return Moment(found.year, found.month, found.day, notes=("excel-serial",))
    if length == 6:
        return Moment(int(text[:4]), int(text[4:]))
    if length == 7:
        return Moment(int(text[:3]) + _ROC_OFFSET, int(text[3:5]), int(text[5:]), notes=("roc-year",))
    if length in (8, 12, 14):
        clock = _clock(":".join(re.findall("..", text[8:]))) if length > 8 else None
        return Moment(int(text[:4]), int(text[4:6]), int(text[6:8]), clock)
    if length in (10, 13):
        seconds = number if length == 10 else number // 1000
        local = datetime.fromtimestamp(seconds, UTC) + timedelta(hours=offset)
        return Moment(local.year, local.month, local.day, f"{local:%H:%M:%S}", ("epoch",))
    return None


def _english(match: re.Match[str]) -> Moment | None:
    name = match["month"].lower()[:3]
    if name not in _ENGLISH_MONTHS:
        return None
    return Moment(int(match["year"]), _ENGLISH_MONTHS.index(name) + 1, _number(match["d1"] or match["d2"]))


def _read(text: str, offset: int) -> Moment | None:
    """Return what a cleaned text says, unchecked; None where it is no date."""
    if text.isdigit() and text.isascii():
        return _digits_only(text, offset)
    if match := _YEAR_FIRST.fullmatch(text):
        return _from_match(match, offset, ("imprecise",) if match["part"] else ())
    if match := _DAY_LAST.fullmatch(text):
        return _day_last(match, offset, text)
    if (match := _SHORT_YEAR.fullmatch(text)) and not match["year"].startswith("0"):
        short = int(match["year"])
        century = 1900 if short >= 50 else 2000
        return Moment(century + short, int(match["month"]), _number(match["day"]), notes=("two-digit-year",))
    if (match := _ROC.fullmatch(text)) and (match["era"] or len(match["year"]) == 3):
        year = int(match["year"]) + _ROC_OFFSET
        return Moment(year, int(match["month"]), _number(match["day"]), notes=("roc-year",))
    if match := _ROC_YEAR.fullmatch(text):
        return Moment(int(match["year"]) + _ROC_OFFSET, notes=("roc-year",))
    if match := _ENGLISH.fullmatch(text):
        return _english(match)
    if match := re.fullmatch(r"([0-9]{5})\.[0-9]+", text):
        return _digits_only(match[1], offset)
    return None


def read_moment(text: str, context: Context) -> Moment:
    """Return the checked moment a text names; raises InvalidValue as parse_date does."""
    plain = require_text(text, "date")
    if any(character in DIGITS for character in plain):
        plain = read_numerals(plain)
    moment = _read(plain, context.utc_offset)
    if moment is None:
        raise InvalidValue(f"{text!r} is not a date", code="form", text=text)
    if moment.iso_day() in _DEFAULTS:
        raise InvalidValue(f"{text!r} is what software writes for no date", code="missing", text=text)
    if moment.month is not None:
        try:
            date(moment.year, moment.month, moment.day or 1)
        except ValueError as impossible:
            raise InvalidValue(f"there is no day {text!r}", code="impossible", text=text) from impossible
    if not context.earliest <= moment.year <= context.latest:
        raise InvalidValue(
            f"{text!r} is outside {context.earliest} to {context.latest}", code="out-of-range", text=text
        )
    return moment


def parse_date(text: str, context: Context) -> Parsed:
    """Return the day, month or year as ISO text (`2019-07-01`, `2019-07`, `2019`); a time of day is left out.

    Reads 2019/7/1, 20190701, 2019年7月1日, 二〇一九年七月一日, 2019.7, Excel serials of five digits, epoch seconds and
    milliseconds (on the register's clock), years of the Republic of China, 25/07/2019. Raises InvalidValue: `missing`,
    `form`, `impossible` (2019-02-30), `out-of-range`, `ambiguous-order` (07/01/2019).
    """
    if (match := _ISO_DAY.fullmatch(text)) and context.earliest <= int(match[1]) <= context.latest:
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError as impossible:
            raise InvalidValue(f"there is no day {text!r}", code="impossible", text=text) from impossible
        if text not in _DEFAULTS:
            return Parsed(text)
    moment = read_moment(text, context)
    return Parsed(moment.iso_day(), notes=moment.notes)


def parse_datetime(text: str, context: Context) -> Parsed:
    """Return the moment as `2020-08-12T14:00` on the register's clock, or only the date where no time is given."""
    moment = read_moment(text, context)
    day = moment.iso_day()
    if moment.time is None or moment.day is None:
        return Parsed(day, notes=(*moment.notes, "no-time"))
    return Parsed(f"{day}T{moment.time}", notes=moment.notes)


DATE = ValueType("date", parse_date)
DATETIME = ValueType("datetime", parse_datetime)
