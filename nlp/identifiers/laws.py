"""Titles of laws: the full title that a name in use stands for (固废法, 水污染防治法)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from nlp.segment import fold

_STATE: Final = "中华人民共和国"
_ENDS: Final = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|通则|解释|决定|决议|规程|章程|准则|公约|法律适用|裁量基准|裁量权基准|意见)"
    r"(?:\((?:试行|暂行|修订|修正|修订草案|\d{4}(?:年)?(?:修订|修正|修改|版)?|[^()《》]{1,12}(?:修正|修订)(?:案|本|版)?)\))*"
)
_MARKED: Final = re.compile(r"\((?:\d{4}|[^()]{0,10}修[正订])[^()]{0,10}\)$")


@dataclass(frozen=True, slots=True)
class Laws:
    """Known titles by their folded names in use; `words` matches any of them in folded text, longest first."""

    titles: dict[str, str]
    words: re.Pattern[str]

    def title(self, name: str) -> str | None:
        """Return the full title that a folded name stands for, also without the year of its version in brackets."""
        plain = _MARKED.sub("", name)
        return self.titles.get(name) or self.titles.get(plain)


@cache
def national_laws() -> Laws:
    """Return the statutes and rules of the bundled list."""
    return laws_of(_bundled())


def laws_of(rows: Iterable[tuple[str, ...]]) -> Laws:
    """Return known laws from rows of a full title and its other names; the first row that has a name keeps it."""
    titles: dict[str, str] = {}
    for title, *names in rows:
        for name in (title, title.removeprefix(_STATE), *names):
            titles.setdefault(fold(name), title)
    # 水法 and 刑法 stand within other words (废水法), so in running text names begin at four characters.
    long = sorted((name for name in titles if len(name) >= 4), key=lambda name: (-len(name), name))
    short = sorted((name for name in titles if len(name) < 4), key=lambda name: (-len(name), name))
    words = "|".join(map(re.escape, long))
    cited = "|".join(map(re.escape, short))
    before = r"(?:(?<![\u4e00-\u9fff])|(?<=[据照反了合和及与按依由对])|(?<=根据|依照|违反|按照))"
    pattern = f"(?:{words})(?![庭院律规制治学人医])" + (
        f"|{before}(?:{cited})(?=第[\\d一二三四五六七八九十百零〇]{{1,6}}条)" if cited else ""
    )
    first = "".join(sorted({name[0] for name in titles}))
    return Laws(titles, re.compile(f"(?=[{re.escape(first)}])(?:{pattern})" if titles else r"(?!)"))


def is_law_title(name: str) -> bool:
    """Tell whether what stands in book title marks is called as laws, rules and interpretations are."""
    return _ENDS.search(name) is not None and _ends_so(name)


def _ends_so(name: str) -> bool:
    return any(found.end() == len(name) for found in _ENDS.finditer(name))


def _bundled() -> list[tuple[str, ...]]:
    text = files("nlp.identifiers").joinpath("statutes.txt").read_text(encoding="utf-8")
    return [tuple(line.split(" ")) for line in text.splitlines() if line and not line.startswith("#")]
