"""Statutes in Markdown, as the national database of laws is republished: one row for each article.

    # 排污许可管理条例                                   the title
    2021年1月24日 中华人民共和国国务院令第736号公布       what happened when, a line each
    2021年3月1日 施行
    <!-- INFO END -->
    ## 第一章 总则                                       parts, chapters, sections
    第一条 为了加强排污许可管理，…                        articles, each with the paragraphs that follow it

A date in brackets at the end of the file's name is that of the version; else the last date before the text is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from ingest.sources.content import Content
from ingest.sources.table import PREVIEW_ROWS, RawRow, SourceTable
from ontology.errors import SourceUnusable

COLUMNS: Final = ("法规名称", "法规简称", "法规级别", "版本日期", "施行日期", "章节", "条", "条文", "序言")

_DAY: Final = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_DATED: Final = re.compile(_DAY)
_IN_FORCE: Final = re.compile(rf"自{_DAY}起施行|^{_DAY}\s*起?施行", re.MULTILINE)
_VERSION: Final = re.compile(r"[(（](\d{4}-\d{2}-\d{2})[)）]$")
_ARTICLE: Final = re.compile(r"(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[\s　]+(.*)")
_HEADING: Final = re.compile(r"(#{2,6})\s+(.*)")
_INFO_END: Final = "<!-- INFO END -->"


@dataclass(slots=True)
class _Article:
    """An article while it is being read: the line it starts on, and its paragraphs."""

    line: int
    chapter: str
    number: str
    paragraphs: list[str] = field(default_factory=list)


def statute_tables(path: Path, content: Content) -> Iterator[SourceTable]:
    """Yield the one table of a statute, its columns `COLUMNS`; a row's number is the line its article starts on.

    A statute without articles is one row with all its text under `序言`. Raises SourceUnusable for Markdown without a
    title in its first line or with neither articles nor dates: it is no statute.
    """
    text = path.read_text(content.encoding, errors="replace")
    rows = list(_rows(text, path))
    yield SourceTable(
        part="",
        encoding=content.encoding,
        preview=list(islice(rows, PREVIEW_ROWS)),
        rows=lambda: iter(rows),
        headed=True,
    )


def _rows(text: str, path: Path) -> Iterator[RawRow]:
    lines = text.splitlines()
    title = lines[0].lstrip("\ufeff# ").strip() if lines and lines[0].lstrip("\ufeff").startswith("# ") else ""
    start = lines.index(_INFO_END) + 1 if _INFO_END in lines else 1
    preamble, articles = _articles(lines, start)
    information = "\n".join(lines[1:start])
    if not title or not (articles or _DATED.search(information)):
        raise SourceUnusable(
            f"{path.name} is no statute",
            source=path.name,
            remedy="A statute has a first line `# TITLE` and articles (第一条 …); tables come as .csv, .xlsx or .json.",
        )
    law = _law(title, information, "\n".join(lines[start:]), path)
    yield RawRow(1, COLUMNS)
    if preamble or not articles:
        yield _row(law | {"序言": preamble}, 1)
    for article in articles:
        texts = {"章节": article.chapter, "条": article.number, "条文": "\n".join(article.paragraphs).strip()}
        yield _row(law | texts, article.line)


def _row(cells: Mapping[str, str], number: int) -> RawRow:
    return RawRow(number, tuple(cells.get(column, "") for column in COLUMNS))


def _articles(lines: list[str], start: int) -> tuple[str, list[_Article]]:
    """Return the text before the first article, and the articles."""
    found: list[_Article] = []
    before: list[str] = []
    headings: dict[int, str] = {}
    for number, line in enumerate(lines[start:], start=start + 1):
        if heading := _HEADING.match(line):
            depth = len(heading.group(1))
            headings = {each: name for each, name in headings.items() if each < depth} | {
                depth: heading.group(2).strip()
            }
        elif article := _ARTICLE.match(line):
            found.append(_Article(number, " ".join(headings.values()), article.group(1), [article.group(2).strip()]))
        elif found:
            found[-1].paragraphs.append(line.strip())
        else:
            before.append(line.strip())
    for each in found:
        each.paragraphs = [paragraph for paragraph in each.paragraphs if paragraph]
    return "\n".join(line for line in before if line), found


def _law(title: str, information: str, body: str, path: Path) -> dict[str, str]:
    """Return what every row says of the statute."""
    named = _VERSION.search(path.stem)
    dates = [_iso(match.groups()) for match in _DATED.finditer(information)]
    version = named.group(1) if named else (dates[-1] if dates else "")
    stated = [
        _iso(tuple(part for part in match.groups() if part)) for match in _IN_FORCE.finditer(information + "\n" + body)
    ]
    # An amended version keeps the words by which the first one came into force; they say nothing of the amendment.
    in_force = [date for date in stated if date >= version]
    short = title.removeprefix("中华人民共和国")
    return {
        "法规名称": title,
        "法规简称": short if short != title else "",
        "法规级别": _level(title, information),
        "版本日期": version,
        "施行日期": in_force[0] if in_force else "",
    }


def _iso(parts: tuple[str | None, ...]) -> str:
    year, month, day = (int(part) for part in parts if part)
    return f"{year:04}-{month:02}-{day:02}"


def _level(title: str, information: str) -> str:
    """Return the level in the hierarchy of the Legislation Law (立法法), empty where title and dates do not tell."""
    if title.startswith(("最高人民法院", "最高人民检察院")):
        return "司法解释"
    if title.endswith("法"):
        return "法律"
    if "国务院" in information and "中共中央" not in information:
        return "行政法规"
    return ""
