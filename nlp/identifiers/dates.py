"""Days and periods in running text, relative ones counted from the day the text was written (上月, 去年3月,
近三个月)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from nlp.identifiers.calendar import DAY, HOUR, MONTH, SPLIT, YEAR, Day, clock, days_from, months_from, narrowed, of
from nlp.identifiers.numerals import number_of
from nlp.identifiers.source import Source
from nlp.mention import Mention

if TYPE_CHECKING:
    from ontology.model import Value

_YEAR_WORDS: Final = {"去": -1, "上": -1, "今": 0, "本": 0, "前": -2, "明": 1, "次": 1, "大前": -3, "后": 2}
_DAY_WORDS: Final = {"昨": -1, "今": 0, "前": -2, "大前": -3, "明": 1, "后": 2}
_WEEKDAYS: Final = {
    name: number for number, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天末")) for name in names
}
# The look ahead turns most characters away at once.
_DATE: Final = re.compile(
    rf"(?=[\d一二三四五六七八九十民同当次翌大去今明上前本后这下昨隔第周星礼])(?:(?<![\d.])"
    rf"(?P<year>{YEAR})年(?P<month>{MONTH})月(?:份)?(?:(?P<day>{DAY})(?:日|号)(?!线|楼|机|炉|排|院|地|泵|线)|{SPLIT})?"
    rf"|(?<![\d.])(?P<short_year>[0-4]\d|[89]\d)年(?P<sy_month>{MONTH})月(?:份)?(?:(?P<sy_day>{DAY})[日号])?"
    rf"|(?<![\d.])(?P<year_only>{YEAR})年(?:度)?(?!第?\d{{1,6}}号){SPLIT.replace('part', 'year_part')}?"
    rf"|民国(?P<roc>\d{{2,3}}|[一二三四五六七八九十百零〇]{{1,6}})年(?:(?P<roc_month>{MONTH})月(?:"
    rf"(?P<roc_day>{DAY})日)?)?"
    r"|(?<![\w./-])(?P<iso_year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<iso_month>1[0-2]|0?[1-9])(?P=sep)"
    r"(?P<iso_day>3[01]|[12]\d|0?[1-9])"
    r"(?:t| )?(?=[^\w./-]|$|\d\d:)"
    r"|(?<![\w./-])(?P<dash_year>20\d{2})-(?P<dash_month>1[0-2]|0[1-9])(?![\w./-])"
    r"|(?<![\w./-])(?P<plain>(?:19[89]\d|20[0-3]\d)(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9]))(?![\w./#-])"
    rf"|(?P<this_year>同年|当年|次年|翌年|大前年|[去今明](?:年)|(?<!一)上一?年度?(?!度|月)|前年|本年度?|后年)(?:的)?"
    rf"(?:(?P<ty_month>{MONTH})月(?:份)?(?:(?P<ty_day>{DAY})[日号])?|度)?{SPLIT.replace('part', 'ty_part')}?"
    rf"|(?P<this_month>同月|当月|次月|翌月|上上个?月|(?<![以])上个?月|本月(?!内)|这个?月|下个?月)(?:的)?"
    rf"(?:份)?(?:(?P<tm_day>{DAY})[日号])?{SPLIT.replace('part', 'tm_part')}?"
    r"|(?P<this_day>大前天|[昨前明后](?:天|日)(?!之|内)|昨(?:晚|夜)|今(?:天|日|早|晚|晨)|当(?:日|天|晚|夜)"
    r"|同日|同一天|次日|翌日|第二天|隔天)"
    r"|(?P<week>上上?个?|这个?|本|下个?)?(?P<week_word>周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-6])"
    r"(?!期|边|刊|报|的?次|共|内|以|经|至|到|、|和|及)"
    r"|(?P<only_week>上上?个?|这个?|本|下个?)(?:周|星期|礼拜)(?![一二三四五六日天末边])"
    rf"|(?<![\d.年{'一二三四五六七八九十'}第每])(?P<md_month>{MONTH})月(?:份)?(?!龄|均|报|供|租|产|息|薪|饼"
    rf"|季|度|票|内)(?:(?P<md_day>{DAY})[日号](?!线|楼|机|炉|排|院|地))?{SPLIT.replace('part', 'md_part')}?)"
)
_TIME: Final = re.compile(HOUR)
_THROUGH: Final = re.compile(r"(?:起|开始)?(?:至|到|-|~|—|–|一直到){1,2}")
_DAY_ONLY: Final = re.compile(rf"(?P<day>{DAY})[日号]")
_AND_DAY: Final = re.compile(rf"(?:、|,|和|及)(?P<day>{DAY})[日号]")
_NOW: Final = re.compile(r"今|现在|目前|当前|如今")
_SINCE: Final = re.compile(r"(?:以来|至今|起至今|起(?=[,。;)施执实至正开])|以后|之后起|开始(?=[,。;]|至今))")
_HABIT: Final = frozenset("每逢至到、加和个双单")
"""每周三 and 周一至周五 are no days of the calendar."""
_FAR: Final = 2_000
"""Characters back that 同年 or a bare 3月5日 may look for the date it leans on."""


@dataclass(slots=True)
class _Reader:
    """Reads dates from left to right; `last` is the one named last, which 同年, 当日 and a day alone lean on."""

    source: Source
    written: Day
    last: Day
    last_end: int = -_FAR

    def near(self, at: int) -> Day:
        """Return the date named last where it is near, nothing otherwise."""
        return self.last if at - self.last_end <= _FAR else Day()


def find_dates(source: Source, *, written: date | None) -> Iterator[Mention]:
    """Yield days (`date`, `time`; `start` and `end` of a stretch such as 三季度) and periods from one to another.

    Where the year is neither named nor to be concluded, `month` and `day` stand alone (score 0.5). Relative ones
    without
    `written` have no `date`. Days the calendar lacks (2月30日) are not told.
    """
    reader = _Reader(source, Day() if written is None else of(written), Day())
    text, at = source.text, 0
    while found := _DATE.search(text, at):
        day = _meant(found, reader)
        end = found.end()
        if text[end - 1] == " " or (found["iso_year"] and text[end - 1] == "t" and not text[end : end + 1].isdigit()):
            end -= 1
        if day is None or not day.exists():
            at = max(end, found.start() + 1)
            continue
        mentions, at = _told(found, end, day, reader)
        yield from mentions


def _told(found: re.Match[str], end: int, day: Day, reader: _Reader) -> tuple[list[Mention], int]:
    """Return what a date and what follows it say: a period, or the date and days listed after it."""
    text, start = reader.source.text, found.start()
    _remember(reader, day, end)
    through = _THROUGH.match(text, end)
    if through and (until := _until(through.end(), day, reader)):
        last, stop = until
        return [_period(reader.source, start, stop, day.iso(), last)], stop
    if since := _SINCE.match(text, end):
        today = reader.written.iso() if since[0] in ("以来", "至今", "起至今") else None
        return [_period(reader.source, start, since.end(), day.iso(), today)], since.end()
    timed = _TIME.match(text, end) if day.day is not None and day.until is None else None
    time = clock(timed) if timed and timed.end() > end else None
    stop = timed.end() if timed and time else end
    mentions = [_mention(reader.source, start, stop, day, time)]
    while day.day is not None and (more := _AND_DAY.match(text, stop)):
        listed = replace(day, day=number_of(more["day"]), until=None)
        if listed.exists():
            mentions.append(_mention(reader.source, more.start("day"), more.end(), listed, None))
        stop = more.end()
    return mentions, stop


def _remember(reader: _Reader, day: Day, end: int) -> None:
    if day.year is not None:
        reader.last, reader.last_end = replace(day, until=None), end


def _until(at: int, first: Day, reader: _Reader) -> tuple[str | None, int] | None:
    """Return the end of a period that is read at `at`, and where it stops; None where no date stands there."""
    text = reader.source.text
    if now := _NOW.match(text, at):
        return reader.written.iso(), now.end()
    if first.day is not None and (only := _DAY_ONLY.match(text, at)):
        same_month = replace(first, day=number_of(only["day"]), until=None)
        return (same_month.iso(), only.end()) if same_month.exists() else None
    found = _DATE.match(text, at)
    if found is None:
        return None
    last: Day | None = None
    if found["md_month"] and first.year is not None:
        month = number_of(found["md_month"]) or 0
        year = first.year + (1 if month < (first.month or 0) else 0)
        last = narrowed(Day(year, month, number_of(found["md_day"]) if found["md_day"] else None), found["md_part"])
    last = last or _meant(found, reader)
    if last is None or not last.exists():
        return None
    end = found.end()
    timed = _TIME.match(text, end) if last.day is not None else None
    if timed and timed.end() > end and clock(timed):
        end = timed.end()
    _remember(reader, last, end)
    return last.last(), end


def _mention(source: Source, start: int, end: int, day: Day, time: str | None) -> Mention:
    if day.until is not None:
        return _period(source, start, end, day.iso(), day.until.iso())
    values: dict[str, Value] = {}
    if (iso := day.iso()) is not None:
        values["date"] = iso
    else:
        values |= {name: float(part) for name, part in (("month", day.month), ("day", day.day)) if part is not None}
    if time:
        values["time"] = time
    return source.mention(start, end, "date", values, score=1.0 if iso else 0.5)


def _period(source: Source, start: int, end: int, first: str | None, last: str | None) -> Mention:
    values: dict[str, Value] = {}
    if first:
        values["start"] = first
    if last:
        values["end"] = last
    if first and last and first[: min(len(first), len(last))] > last[: min(len(first), len(last))]:
        return source.mention(start, end, "period", {"fault": "order"}, score=0.3)
    return source.mention(start, end, "period", values, score=1.0 if first else 0.5)


def _meant(found: re.Match[str], reader: _Reader) -> Day | None:
    """Return the day a match stands for; None where its numbers stand for none."""
    for name, meaning in _MEANINGS:
        if found[name]:
            return meaning(found, reader)
    return None


def _named(found: re.Match[str], _reader: _Reader) -> Day | None:
    year = number_of(found["year"].lower().replace("o", "零"))
    day = number_of(found["day"]) if found["day"] else None
    return narrowed(Day(year, number_of(found["month"]), day), found["part"])


def _year(found: re.Match[str], _reader: _Reader) -> Day | None:
    return narrowed(Day(number_of(found["year_only"].lower().replace("o", "零"))), found["year_part"])


def _short_year(found: re.Match[str], _reader: _Reader) -> Day | None:
    short = int(found["short_year"])
    day = number_of(found["sy_day"]) if found["sy_day"] else None
    return Day((1900 if short >= 50 else 2000) + short, number_of(found["sy_month"]), day)


def _republic(found: re.Match[str], _reader: _Reader) -> Day | None:
    year = number_of(found["roc"])
    month, day = (number_of(found[name]) if found[name] else None for name in ("roc_month", "roc_day"))
    return None if year is None else Day(year + 1911, month, day)


def _iso(found: re.Match[str], _reader: _Reader) -> Day | None:
    return Day(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))


def _dashed(found: re.Match[str], _reader: _Reader) -> Day | None:
    return Day(int(found["dash_year"]), int(found["dash_month"]))


def _plain(found: re.Match[str], _reader: _Reader) -> Day | None:
    digits = found["plain"]
    return Day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _relative_year(found: re.Match[str], reader: _Reader) -> Day | None:
    word = found["this_year"]
    leaning = word in ("同年", "当年", "次年", "翌年")
    base = reader.near(found.start()).year if leaning else reader.written.year
    shift = 1 if word in ("次年", "翌年") else 0 if leaning else _YEAR_WORDS[word.split("年")[0].replace("一", "")]
    month, day = (number_of(found[name]) if found[name] else None for name in ("ty_month", "ty_day"))
    return narrowed(Day(None if base is None else base + shift, month, day), found["ty_part"])


def _relative_month(found: re.Match[str], reader: _Reader) -> Day | None:
    word = found["this_month"]
    leaning = word in ("同月", "当月", "次月", "翌月")
    base = reader.near(found.start()) if leaning else reader.written
    shift = {"上": -1, "下": 1, "次": 1, "翌": 1}.get(word[0], 0) * (2 if word.startswith("上上") else 1)
    month = months_from(base, shift)
    return narrowed(replace(month, day=number_of(found["tm_day"]) if found["tm_day"] else None), found["tm_part"])


def _relative_day(found: re.Match[str], reader: _Reader) -> Day | None:
    word = found["this_day"]
    if word[0] in "当同次翌隔第":
        # 第二天 leans on a day before it; with none it means any day.
        leaned = days_from(reader.near(found.start()), 1 if word[0] in "次翌隔第" else 0)
        return leaned if leaned.year is not None else None
    return days_from(reader.written, _DAY_WORDS[word[:2] if word.startswith("大") else word[0]])


def _relative_week(found: re.Match[str], reader: _Reader) -> Day | None:
    word = found["week"] or found["only_week"] or ""
    if (
        found["weekday"]
        and not word
        and (found["weekday"] == "末" or reader.source.text[max(0, found.start() - 1) : found.start()] in _HABIT)
    ):
        return None
    weeks = -2 if word.startswith("上上") else {"上": -1, "下": 1}.get(word[:1], 0)
    written = reader.written
    if written.year is None or written.month is None or written.day is None:
        return Day()
    monday = -date(written.year, written.month, written.day).weekday() + 7 * weeks
    if found["only_week"]:
        return replace(days_from(written, monday), until=days_from(written, monday + 6))
    name = found["weekday"]
    # 周三 alone, in a text of a Tuesday, is the one gone by.
    passed = -7 if not word and monday + _WEEKDAYS[name] > 0 else 0
    return days_from(written, monday + passed + _WEEKDAYS[name])


def _without_year(found: re.Match[str], reader: _Reader) -> Day | None:
    month = number_of(found["md_month"])
    day = number_of(found["md_day"]) if found["md_day"] else None
    near = reader.near(found.start()).year
    if near is None and reader.written.year is not None:
        # A month later than the text's own belongs to the year before: in January, 12月 is over.
        near = reader.written.year - (1 if (month or 0) > (reader.written.month or 12) else 0)
    return narrowed(Day(near, month, day), found["md_part"])


_MEANINGS: Final[tuple[tuple[str, Callable[[re.Match[str], _Reader], Day | None]], ...]] = (
    ("year", _named),
    ("short_year", _short_year),
    ("year_only", _year),
    ("roc", _republic),
    ("iso_year", _iso),
    ("dash_year", _dashed),
    ("plain", _plain),
    ("this_year", _relative_year),
    ("this_month", _relative_month),
    ("this_day", _relative_day),
    ("weekday", _relative_week),
    ("only_week", _relative_week),
    ("md_month", _without_year),
)
