"""HTML: the main text of a page (trafilatura), and its title, date, source and author, without any network."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Final

import trafilatura
from lxml import etree, html

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.document import DocumentText, Limits
from nlp.documents.encoding import find_encoding
from nlp.documents.imprint import Imprint, closing_date, imprint_of, read_day
from ontology.errors import SourceUnusable

_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.I
)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tr", "ul", "title",
})  # fmt: skip
_UNREAD: Final = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "textarea", "head"]
)
_CHROME: Final = frozenset(["nav", "header", "footer", "aside", "form"])
_META: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("articletitle", "og:title"),
    "date": ("pubdate", "publishdate", "article:published_time", "dcterms.date", "date"),
    "source": ("contentsource", "og:article:source", "source"),
    "author": ("article:author", "author"),
    "site": ("sitename", "og:site_name"),
}
"""Names of meta tags, the pages of Chinese governments first (国办发〔2017〕47号, annex 3)."""
_CONTENT: Final = (
    "ucap-content", "trs_editor", "trs_ueditor", "zoom", "custom_unionstyle", "pages_content", "article-content",
    "article_content", "arc_cont", "news_content", "detail-content", "xxgk-content",
)  # fmt: skip
"""Ids and classes that the content systems of Chinese authorities (TRS, 大汉, UCAP) give to the text of an article."""
_LISTS: Final = ("div", "ul", "ol", "nav", "table", "p", "section", "dl")
_LINKED: Final = 0.6
"""Share of a block's characters within links from which on it leads elsewhere and says nothing itself."""
_MOST_WEIGHED: Final = 50_000
"""Tags of a page whose main text is looked for: up to 120 microseconds each, and real pages have a few thousand."""
_SHORT: Final = 40
"""Characters of main text below which a page is looked at by the second method too."""
_DATES: Final = {"extensive_search": False, "original_date": True, "max_date": "2100-12-31", "outputformat": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class _Extracted:
    text: str = ""
    title: str = ""
    date: str = ""
    author: str = ""
    site: str = ""
    note: str = ""


def read_page(data: bytes, *, name: str, limits: Limits, charset: str = "") -> DocumentText:
    """Return what an HTML page says. `charset` is what the server said, empty where unknown.

    Raises SourceUnusable for an unknown encoding, too many tags, and for a page without any text.
    """
    declared = _CHARSET.search(data[:4096])
    encoding = find_encoding(data, declared=charset or (declared.group(1).decode("ascii") if declared else ""))
    if encoding is None:
        raise SourceUnusable(f"the encoding of {name} is not known here", source=name, remedy="Save it as UTF-8.")
    source = _DECLARATION.sub("", data.decode(encoding.name, "replace").replace("\0", "").lstrip("\ufeff"))
    notes = ["some bytes fit no character"] if encoding.lossy else []
    tree = _tree(source, name, limits)
    whole = page_text(tree) or _without_tags(source)
    found = _main_text(tree) if source.count("<") <= _MOST_WEIGHED else _Extracted(note="the whole page was taken")
    if len(found.text) < _SHORT < len(whole):
        body = page_text(tree, without=_CHROME)
        found = _Extracted(body or whole, found.title, found.date, found.author, found.site, "the whole page was taken")
    notes += [found.note] if found.note else []
    text = clean_text(found.text or whole)
    if not text:
        raise SourceUnusable(
            f"{name} has no text",
            source=name,
            remedy="The page is probably drawn by scripts: open it in a browser and save it, or copy its text.",
        )
    meta, imprint = _meta(tree), imprint_of(_near(whole, text))
    return DocumentText(
        text=text,
        format="html",
        title=_title(tree, meta, found.title),
        date=_date(meta, imprint, found, text),
        source=imprint.source or meta.get("source", "") or meta.get("site", "") or found.site,
        author=imprint.author or meta.get("author", "") or found.author,
        encoding=encoding.name,
        script=script_of(text),
        notes=tuple(notes),
    )


def _tree(source: str, name: str, limits: Limits) -> html.HtmlElement:
    tags = source.count("<")
    if tags > limits.tags:
        raise SourceUnusable(
            f"{name} has {tags:,} tags; pages up to {limits.tags:,} are read", source=name, remedy="Give its text."
        )
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceUnusable(f"{name} is no readable HTML: {error}", source=name, remedy="Give its text.") from error
    return tree


def _content_block(tree: html.HtmlElement) -> str:
    """Return the text of the block that the page itself marks as its content; empty where it marks none."""
    for element in tree.iter("div", "td", "article", "section"):
        marks = [element.get("id") or "", *(element.get("class") or "").split()]
        if any(mark.lower() in _CONTENT for mark in marks):
            text = page_text(element)
            if len(text) >= _SHORT:
                return text
    return ""


def _without_link_lists(tree: html.HtmlElement) -> html.HtmlElement:
    """Return a copy of the page without its menus: blocks of three links or more that hold hardly anything else."""
    pruned = copy.deepcopy(tree)
    for element in list(pruned.iter(*_LISTS)):
        links = element.findall(".//a")
        if len(links) < 3 or element.getparent() is None:
            continue
        whole = len("".join("".join(element.itertext()).split()))
        linked = sum(len("".join("".join(link.itertext()).split())) for link in links)
        if linked >= _LINKED * whole:
            element.drop_tree()
    return pruned if len(page_text(pruned)) >= _SHORT else tree


def _main_text(tree: html.HtmlElement) -> _Extracted:
    try:
        found = trafilatura.bare_extraction(
            _without_link_lists(tree), include_comments=False, include_tables=True, favor_recall=True,
            with_metadata=True, deduplicate=False, date_extraction_params=dict(_DATES),
        )  # fmt: skip
    except Exception:  # noqa: BLE001 - a hostile page makes lxml, htmldate or justext fail in ways of their own
        return _Extracted(note="the main text could not be told from the rest")
    if found is None or isinstance(found, dict):
        return _Extracted()
    return _Extracted(
        _content_block(tree) or found.text or "",
        found.title or "",
        found.date or "",
        _chinese(found.author or ""),
        found.sitename or "",
    )


def _chinese(author: str) -> str:
    return author if re.search(r"[\u3400-\u9fff]", author) or len(author) > 3 else ""


def page_text(tree: html.HtmlElement, *, without: frozenset[str] = frozenset()) -> str:
    """Return all text of a page, a line per block, without scripts, and without the elements named `without`."""
    pieces: list[str] = []
    skipped: html.HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipped is None:
            if tag in _UNREAD or tag in without or not tag:
                skipped = element
                continue
            pieces.append("\n" if tag in _BLOCKS else " " if tag in ("td", "th") else "")
            pieces.append(_one_line(element.text))
        elif event == "end":
            if skipped is not None and element is not skipped:
                continue
            skipped = None
            pieces.append("\n" if tag in _BLOCKS else "")
            pieces.append(_one_line(element.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Collector(HTMLParser):
    """Collects text whatever the nesting; lxml drops what is deeper than 256 elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unread += tag in _UNREAD and tag != "head"
        self.pieces.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(self._unread - (tag in _UNREAD and tag != "head"), 0)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(_one_line(data))


def _without_tags(source: str) -> str:
    collector = _Collector()
    try:
        collector.feed(source)
        collector.close()
    except (AssertionError, ValueError, RecursionError):
        return ""
    lines = (line.strip() for line in "".join(collector.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _one_line(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\xa0]+", " ", text) if text else ""


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    contents: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("name") or element.get("property") or "").strip().lower()
        contents.setdefault(key, " ".join((element.get("content") or "").split())[:200])
    found = {name: next((contents[key] for key in keys if contents.get(key)), "") for name, keys in _META.items()}
    return {name: value for name, value in found.items() if value}


def _near(whole: str, text: str) -> str:
    """Return the page's text from shortly before the main text on: where the imprint stands."""
    start = whole.find(text[:12])
    return whole[max(start - 400, 0) : start + 300] if start >= 0 else whole


def _title(tree: html.HtmlElement, meta: Mapping[str, str], extracted: str) -> str:
    heading = next((" ".join(h.text_content().split()) for h in tree.iter("h1") if h.text_content().strip()), "")
    shown = next((" ".join(t.text_content().split()) for t in tree.iter("title")), "")
    # A title of the window ends with the names of section and site: 关于…的决定_行政处罚_某某市生态环境局.
    own = re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s*|\s*[-–—]{2,}\s*", shown)[0]
    return (meta.get("title") or (heading if len(heading) > 3 else "") or extracted or own)[:200]


def _date(meta: Mapping[str, str], imprint: Imprint, found: _Extracted, text: str) -> date | None:
    stated = read_day(meta["date"][:10]) if "date" in meta else None
    return stated or imprint.date or closing_date(text) or (read_day(found.date) if found.date else None)
