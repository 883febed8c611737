"""Title, date, source and author as Chinese texts state them: the line under a headline, the date under a letter."""

import datetime
import re
from dataclasses import dataclass
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.date import DATE
from ontology.values.value_type import NO_CONTEXT

_STOP: Final = (
    r"(?=[\s|｜丨　]|作者|编辑|編輯|责编|記者|记者|发布|發布|发表|時間|时间|日期|浏览|阅读|点击|字体|字号|来源|來源|$)"
)
_SOURCE: Final = re.compile(
    rf"(?:信息来源|文章来源|稿件来源|新闻来源|来\s{{0,4}}源|來\s{{0,4}}源|发布机构|发布单位|供稿单位)\s{{0,4}}[:：]\s{{0,4}}([^\s|｜丨:：]{{2,30}}?){_STOP}"
)
_AUTHOR: Final = re.compile(
    rf"(?:作\s{{0,4}}者|记者|記者|撰稿|文/图|文)\s{{0,4}}[:：]\s{{0,4}}([^\s|｜丨:：]{{2,20}}?){_STOP}"
)
_NUMERAL: Final = "[一二三四五六七八九十]"
_DAY: Final = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号號]?"
    rf"|[〇○零一二三四五六七八九]{{4}}年{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}[日号號]"
    r"|(?:中華)?民國\s?\d{2,3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
)
_PUBLISHED: Final = re.compile(
    rf"(?:发布时间|发布日期|发文日期|成文日期|公开日期|发表时间|更新时间|时间|日期|發布日期|發佈日期|張貼日期|日\s?期)\s{{0,4}}[:：]?\s{{0,4}}({_DAY})"
)
_CLOSING: Final = re.compile(rf"\s*({_DAY})\s*(?:[（(]?(?:印章|盖章|公章)[）)]?)?\s*")
_ANY_DAY: Final = re.compile(_DAY)
_HEAD: Final = 1_500
"""Characters at the beginning among which an imprint stands."""
_LONGEST_TITLE: Final = 80
_NO_TITLE_END: Final = tuple("。；;，,：:、！!")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a text says of itself; empty or None where it does not."""

    date: datetime.date | None = None
    source: str = ""
    author: str = ""


def read_day(text: str) -> datetime.date | None:
    """Return the day a date text names; None where it names none, or only a month or year."""
    try:
        return datetime.date.fromisoformat(str(DATE.parse(text.strip(), NO_CONTEXT).value)[:10])
    except (InvalidValue, ValueError):
        return None


def imprint_of(head: str) -> Imprint:
    """Return the imprint in the first lines of a page: 发布时间：2024-03-05 来源：市生态环境局 作者：…."""
    head = head[:_HEAD]
    published = _PUBLISHED.search(head)
    source = _SOURCE.search(head)
    author = _AUTHOR.search(head)
    day = read_day(published.group(1)) if published else None
    if day is None and (source or author):
        # 2024-03-05 来源：… : a date without a word beside a named source is the date of publication.
        place = source or author
        assert place is not None  # noqa: S101
        beside = _ANY_DAY.search(head, max(place.start() - 60, 0), min(place.end() + 60, len(head)))
        day = read_day(beside.group()) if beside else None
    return Imprint(day, source.group(1) if source else "", author.group(1) if author else "")


def closing_date(text: str) -> datetime.date | None:
    """Return the date that stands alone on one of the last lines, as under a decision or a letter (GB/T 9704-2012)."""
    lines = [line for line in text[-3_000:].split("\n") if line.strip()]
    for line in reversed(lines[-12:]):
        found = _CLOSING.fullmatch(line) if len(line) < 60 else None
        if found:
            return read_day(found.group(1))
    return None


def title_line(text: str) -> str:
    """Return the first line where it has the form of a title: short, without a stop at its end; empty otherwise.

    A title in two lines (name of the agency, kind of the decision) is joined.
    """
    lines = [" ".join(line.split()) for line in text[:_HEAD].split("\n")]
    lines = [line for line in lines if line][:2]
    if not lines or not _may_be_title(lines[0]) or (len(lines) == 1 and len(lines[0]) > 40):
        return ""
    if (
        len(lines) > 1
        and lines[0].endswith(("局", "厅", "廳", "部", "政府", "委员会"))
        and lines[1].endswith(("书", "書", "定", "告", "函", "知", "复", "複", "见"))
    ):
        return f"{lines[0]}{lines[1]}"[:_LONGEST_TITLE]
    return lines[0]


def _may_be_title(line: str) -> bool:
    return 3 < len(line) <= _LONGEST_TITLE and not line.endswith(_NO_TITLE_END)
