"""Names of public bodies taken apart: where, and what. 市环保局 and 上海市生态环境局 may be one."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.linking.places import region_read
from ontology.values.region import region_of, region_prefixes

ENVIRONMENT: Final = "生态环境"
_KINDS: Final[dict[str, str]] = {
    "生态环境": ENVIRONMENT,
    "环境保护": ENVIRONMENT,
    "环保": ENVIRONMENT,
    "环境监察": ENVIRONMENT,
    "水务": "水务",
    "水利": "水利",
    "应急管理": "应急管理",
    "安全生产监督管理": "应急管理",
    "安监": "应急管理",
    "城市管理行政执法": "城市管理",
    "城管执法": "城市管理",
    "城市管理": "城市管理",
    "城管": "城市管理",
    "市场监督管理": "市场监督管理",
    "市场监管": "市场监督管理",
    "规划和自然资源": "自然资源",
    "自然资源和规划": "自然资源",
    "自然资源": "自然资源",
    "国土资源": "自然资源",
    "农业农村": "农业农村",
    "林业": "林业",
    "公安": "公安",
    "交通运输": "交通运输",
    "卫生健康": "卫生健康",
    "海洋": "海洋",
}
"""What a body is in charge of, by the words of its name now and before the reforms of 2008 and 2018."""
_WORDS = "|".join(sorted(_KINDS, key=lambda word: (-len(word), word)))
_BODY: Final = re.compile(
    rf"(?P<kind>{_WORDS})(?P<rank>总局|局|厅|部|委员会)(?![长门面])(?P<unit>[^,，。、;；:：\s]{{2,8}}?(?:总队|支队|大队|分局))?"
)
_LEVELS: Final = {"省": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3}
_FULLS: Final = tuple(sorted({len(name) for name in region_prefixes()}, reverse=True))


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A body named at `start` to `end` of a folded text. `where` is its region as written, empty where none is."""

    start: int
    end: int
    where: str
    level: int | None
    kind: str
    unit: str


def agency_names(folded: str) -> list[AgencyName]:
    """Return the public bodies a folded text names with a region or at least a level (市环保局)."""
    found = []
    for match in _BODY.finditer(folded):
        start, where, level = _where_before(folded, match.start())
        if match["rank"] in ("部", "总局") and not where:
            start, where, level = match.start(), "", 0
            start -= 2 if folded[max(0, start - 2) : start] == "国家" else 0
        elif not where and level is None:
            continue
        found.append(AgencyName(start, match.end(), where, level, _KINDS[match["kind"]], match["unit"] or ""))
    return found


def _where_before(folded: str, end: int) -> tuple[int, str, int | None]:
    """Return where the names of regions right before a place begin, their text, and the level a lone 市 or 区 says."""
    start = end
    for _ in range(3):
        length = next((n for n in _FULLS if start >= n and folded[start - n : start] in region_prefixes()), 0)
        if not length:
            break
        start -= length
    if start < end:
        return start, folded[start:end], None
    level = _LEVELS.get(folded[end - 1 : end])
    return (end - 1, "", level) if level else (end, "", None)


@cache
def code_of(where: str, level: int | None, within: str | None) -> str | None:
    """Return the region of a body: what its name says, else the one of that level around the text's own region."""
    if where:
        read = region_read(where, within)
        return read[0].code if read else None
    if level == 0:
        return "000000"
    if level is None or within is None:
        return None
    # A municipality is its own city: 市环保局 in Shanghai is of 310000.
    wanted = within[: level * 2].ljust(6, "0")
    region = region_of(wanted)
    if level == 2 and within[:2] in ("11", "12", "31", "50"):
        return f"{within[:2]}0000"
    return wanted if region is not None and region.level == level else None
