"""Citations of laws: 《中华人民共和国水污染防治法》第八十三条第（二）项, 同法第九十九条, 前款, lists of articles.

Each article, paragraph or item is a mention of its own. The first of a list holds the title too; the others hold their
number alone (第八十二条、第八十三条), with the law and article they belong to in their values.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from nlp.identifiers.laws import Laws, is_law_title
from nlp.identifiers.numerals import number_of, numeral
from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.model import Value
from ontology.values.placeholder import clean

_N: Final = r"(?:\d{1,4}|[〇○零一二两三四五六七八九十百千]{1,9})"
_ARTICLE: Final = rf"(?:第(?P<article>{_N})|(?P<bare_article>\d{{1,4}}))条(?:之(?P<inserted>[一二三四五六七八九十]))?"
_PARAGRAPH: Final = rf"第(?P<paragraph>{_N})款"
_ITEM: Final = rf"(?:第?\((?P<item>{_N})\)项|第\((?P<loose_item>{_N})\)|第(?P<bare_item>{_N})项)"
_POINT: Final = rf"(?:第(?P<point>{_N})目)?"
_PROVISION: Final = re.compile(rf"{_ARTICLE}(?:{_PARAGRAPH})?(?:{_ITEM})?(?:第(?P<late_paragraph>{_N})款)?{_POINT}")
"""Decisions also write the item before its paragraph: 第八十三条第（二）项第一款."""
_PART: Final = re.compile(rf"(?:{_PARAGRAPH})(?:{_ITEM})?{_POINT}")
_ITEM_ONLY: Final = re.compile(rf"{_ITEM}{_POINT}")
_JOIN: Final = re.compile(r"(?:、|,|和|及|与|或者?|以及|并|还有){1,2}(?:其)?")
_RANGE: Final = re.compile(r"至|到|-|~|—")
_TITLE: Final = r"《(?P<title>[^《》\n]{2,80}(?:《[^《》\n]{2,40}》[^《》\n]{0,30})?)》"
_SAME: Final = r"(?:同法|该法|前法|上述法律|前述法律|该条例|同条例|该办法|同办法|该规定)"
_OWN: Final = r"(?:本法|本条例|本办法|本规定|本细则|本解释)"
_AFTER: Final = re.compile(
    rf"(?:\([^()\n]{{1,60}}\)|〔[^〔〕\n]{{1,20}}〕)?(?:的(?:有关|相关)?规定)?(?:中|之|的|规定的?|项下)?(?:,)?(?:(?:中的?)?第{_N}[编章](?:第{_N}节)?(?:的)?,?)?(?=第|\d{{1,4}}条)"
)
_BACK: Final = re.compile(r"前(?P<many>[一二三四两])?(?P<unit>款|条|项)(?!件|例|目)|本条(?=第)")
_HEADING: Final = re.compile(rf"(?:^|\n) {{0,4}}第(?P<number>{_N})条")
_ABBREVIATED: Final = re.compile(
    r"\((?:以下|下)?(?:简称|称)(?:为)?:?[《“\"'‘]*(?P<short>[^()《》“”\"'’]{1,24})[》”\"'’]*\)"
)
TITLE_WITHIN: Final = 10
"""Characters before which a text's own title begins, after marks such as `# `."""
NEAR: Final = 400
"""Characters back that a bare 第八十三条 may look for its law."""


@dataclass(frozen=True, slots=True)
class Provision:
    """What is cited; numbers are 0 where that level is not named."""

    law: str = ""
    article: int = 0
    inserted: int = 0
    paragraph: int = 0
    item: int = 0
    point: int = 0

    def values(self) -> dict[str, Value]:
        """Return the levels named: `law` and `article` as texts (第八十三条), the rest as numbers."""
        found: dict[str, Value] = {"law": self.law} if self.law else {}
        if self.article:
            inserted = f"之{numeral(self.inserted)}" if self.inserted else ""
            found["article"] = f"第{numeral(self.article)}条{inserted}"
        for name, number in (("paragraph", self.paragraph), ("item", self.item), ("point", self.point)):
            if number:
                found[name] = float(number)
        return found


@dataclass(slots=True)
class _State:
    """What later citations lean on while a text is read from left to right."""

    laws: Laws
    own: str = ""
    last: Provision = field(default_factory=Provision)
    last_end: int = -NEAR
    short: dict[str, str] = field(default_factory=dict)
    heads: list[tuple[int, int]] = field(default_factory=list)
    """Places of the lines that begin an article, and its number."""


def find_law_articles(source: Source, *, laws: Laws) -> Iterator[Mention]:
    """Yield the citations of laws; `law`, `article`, `paragraph`, `item` where they are named or follow from the text.

    Titles in book title marks are told without an article too. Names without marks need to be among `laws`. A bare
    第八十三条 belongs to the law cited before it (score 0.7); with none before it has no law (score 0.5).
    """
    text = source.text
    state = _State(laws)
    state.heads = [(head.start(), number_of(head["number"]) or 0) for head in _HEADING.finditer(text)]
    anchors = re.compile(
        rf"(?=[《同该前上本第])(?:{_TITLE}|(?P<same>{_SAME})|(?P<own>{_OWN})|(?P<bare>第{_N}条)|(?P<back>{_BACK.pattern}))"
        rf"|(?P<known>{laws.words.pattern})"
    )
    at = 0
    while found := anchors.search(text, at):
        mentions, at = _anchored(source, found, state)
        yield from mentions
        at = max(at, found.start() + 1)


def _anchored(source: Source, found: re.Match[str], state: _State) -> tuple[list[Mention], int]:
    """Return the mentions that begin at an anchor, and where to read on."""
    text, start, end = source.text, found.start(), found.end()
    if found["back"]:
        return _backward(source, found, state)
    if found["bare"]:
        near = start - state.last_end <= NEAR
        heading = _begins_line(text, start)
        law = state.own if heading else state.last.law if near else ""
        return _provisions(source, start, start, Provision(law), state, score=0.7 if law else 0.5)
    score = 1.0
    if found["same"] or found["own"]:
        law = state.last.law if found["same"] else state.own or state.last.law
        score = 0.9 if law else 0.6
    else:
        named = _named(source, found, state)
        if named is None:
            return [], found.start() + 1 if "《" in (found["title"] or "") else end
        law = named
    after = _AFTER.match(text, end)
    if after and _PROVISION.match(text, after.end()):
        return _provisions(source, start, after.end(), Provision(law), state, score=score)
    if found["same"] or found["own"]:
        return [], end
    state.last, state.last_end = Provision(law), end
    return [source.mention(start, end, "law_article", {"law": law}, score=score)], end


def _begins_line(text: str, start: int) -> bool:
    line = text.rfind("\n", max(0, start - 6), start) + 1
    if line == 0 and start >= 6:
        return False
    return not text[line:start].strip(" *#")


def _named(source: Source, found: re.Match[str], state: _State) -> str | None:
    """Return the full title of the law named at an anchor, None where it names no law; learns abbreviations."""
    text = source.text
    if found["known"]:
        law = state.laws.title(found["known"]) or found["known"]
        if not state.own and found.start() <= TITLE_WITHIN and _alone_in_line(text, found):
            state.own = law
        return law
    title = found["title"]
    known = state.short.get(title) or state.laws.title(title)
    if known is None and not is_law_title(title):
        return None
    law = known or clean(source.written(found.start("title"), found.end("title")))
    if abbreviated := _ABBREVIATED.match(text, found.end()):
        state.short[abbreviated["short"]] = law
    return law


def _alone_in_line(text: str, found: re.Match[str]) -> bool:
    return not text[: found.start()].strip(" #*") and text[found.end() : found.end() + 1] in ("", "\n", "(")


def _provisions(
    source: Source, start: int, at: int, base: Provision, state: _State, *, score: float
) -> tuple[list[Mention], int]:
    """Return the mentions of a list of provisions that begins at `at`; the first one's span begins at `start`."""
    text = source.text
    first = _PROVISION.match(text, at)
    if first is None:
        return [], at + 1
    current = _read(first, base)
    found = [(start, first.end(), current, 0)]
    end = first.end()
    while following := _following(text, end, current):
        match, current, joined = following
        if joined:
            begun, _, opened, _ = found.pop()
            found.append((begun, match.end(), opened, current.article or current.paragraph or current.item))
        else:
            found.append((match.start(), match.end(), current, 0))
        end = match.end()
    state.last, state.last_end = current, end
    return [_mention(source, *each, score=score) for each in found], end


def _mention(source: Source, start: int, end: int, cited: Provision, to: int, *, score: float) -> Mention:
    values = cited.values()
    if to:
        values["to"] = float(to)
    return source.mention(start, end, "law_article", values, score=score)


def _following(text: str, end: int, current: Provision) -> tuple[re.Match[str], Provision, bool] | None:
    """Return the next provision of a list after `end`, what it cites, and whether it closes a range (至)."""
    joined = _JOIN.match(text, end)
    through = None if joined else _RANGE.match(text, end)
    gap = joined or through
    if gap is None:
        return None
    article = replace(current, article=0, inserted=0, paragraph=0, item=0, point=0)
    for pattern, base in (
        (_PROVISION, article),
        (_PART, replace(current, paragraph=0, item=0, point=0)),
        (_ITEM_ONLY, replace(current, item=0, point=0)),
    ):
        if match := pattern.match(text, gap.end()):
            return match, _read(match, base), through is not None
    return None


def _read(match: re.Match[str], base: Provision) -> Provision:
    groups = match.groupdict()

    def level(*names: str) -> int:
        written = next((groups[name] for name in names if groups.get(name)), None)
        return (number_of(written) or 0) if written else 0

    return Provision(
        law=base.law,
        article=level("article", "bare_article") or base.article,
        inserted=level("inserted") if groups.get("article") or groups.get("bare_article") else base.inserted,
        paragraph=level("paragraph", "late_paragraph") or base.paragraph,
        item=level("item", "loose_item", "bare_item") or base.item,
        point=level("point"),
    )


def _backward(source: Source, found: re.Match[str], state: _State) -> tuple[list[Mention], int]:
    """Return 前款, 前条 or 本条第一款, with the article that the line it stands in belongs to."""
    text, start, end = source.text, found.start(), found.end()
    own = _article_of_line(state, start)
    if found[0] == "本条":
        if match := _PART.match(text, end):
            cited = _read(match, Provision(state.own, own))
            return [_mention(source, start, match.end(), cited, 0, score=0.9 if own else 0.6)], match.end()
        return [], end
    values = Provision(state.own).values() | {"reference": found[0]}
    if found["unit"] == "条" and own > 1:
        many = number_of(found["many"] or "一") or 1
        values = Provision(state.own, max(1, own - many)).values() | {"reference": found[0]}
    elif own:
        values = Provision(state.own, own).values() | {"reference": found[0]}
    if match := _ITEM_ONLY.match(text, end):
        item = _read(match, Provision()).item
        return [
            source.mention(start, match.end(), "law_article", values | {"item": float(item)}, score=0.8)
        ], match.end()
    return [source.mention(start, end, "law_article", values, score=0.8)], end


def _article_of_line(state: _State, start: int) -> int:
    """Return the number of the article that the place is in, as statutes are printed; 0 where there is none."""
    before = bisect.bisect_right(state.heads, (start, 0)) - 1
    return state.heads[before][1] if before >= 0 else 0
