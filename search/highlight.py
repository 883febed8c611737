"""Highlights: where a query matched in the original text, and the passage that shows it best.

Texts are searched again when they are shown, a page at a time; nothing is stored for it, so both engines show the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.segment import fold_with_places, is_amount, phrases, plain_words, unit_texts, word_texts
from ontology.model import Document
from search.index import Highlight
from search.plan import FUNCTION_WORDS, MAX_WORDS
from search.query import And, Or, Phrase, Query, Words

PASSAGE = 120
"""Characters of a passage: two lines on a page, one on a wide one."""

MAX_NAMES = 3
"""Names shown of a document; a thing with a hundred names matched in most of them."""

_LEAD = 30
"""Characters before the first match that a passage may start at, to start with a sentence."""

_SENTENCE_END = re.compile(r"[。！？!?；;\n]\s*")
_SOFT_END = re.compile(r"[，,、：:\s]\s*")
_BETWEEN = r"[^\w。！？!?；;，,、：:…|\n]{0,3}"
"""What may stand between neighbouring units: brackets, hyphens, spaces (see `nlp/segment.py`)."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One thing to find in folded text; longer ones weigh more."""

    regex: re.Pattern[str]
    weight: int


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a pattern was found in the original text."""

    start: int
    end: int
    weight: int
    pattern: int


def highlights(document: Document, query: Query) -> tuple[Highlight, ...]:
    """Return title, names and best passage of the text, those in which the query matched; none without words."""
    patterns = _patterns(query)
    if not patterns:
        return ()
    found: list[Highlight] = []
    for name in dict.fromkeys((document.title, *document.names)):
        if len(found) > MAX_NAMES:
            break
        spans = _spans(name, patterns)
        if spans:
            found.append(Highlight("title" if name == document.title else "names", name, _merged(spans)))
    spans = _spans(document.text, patterns)
    if spans:
        found.append(_passage(document.text, spans))
    return tuple(found)


@lru_cache(maxsize=256)
def _patterns(query: Query) -> tuple[_Pattern, ...]:
    """Return what to look for: phrases as they are; of words the whole, each word, and the words in long ones.

    Single characters are shown only where all words are such: they stand everywhere and mean nothing apart.
    """
    texts: dict[str, None] = {}
    for part in _texts(query):
        texts.update(dict.fromkeys(" ".join(stretch) for stretch in phrases(part.text)))
        if isinstance(part, Phrase):
            continue
        words = [token.text for token in plain_words(part.text)][:MAX_WORDS]
        meant = [word for word in words if word not in FUNCTION_WORDS] or words
        longer = [word for word in meant if len(word) > 1]
        texts.update(dict.fromkeys(longer or meant))
        inner = (each for word in longer if not is_amount(word) for each in word_texts(word) if len(each) > 1)
        texts.update(dict.fromkeys(inner))
    return tuple(pattern for text in texts if (pattern := _pattern(text)) is not None)


def _texts(query: Query) -> list[Words | Phrase]:
    """Return the parts of a query that documents may show; what is excluded is not among them."""
    match query:
        case Words() | Phrase():
            return [query]
        case And(parts) | Or(parts):
            return [text for part in parts for text in _texts(part)]
        case _:
            return []


def _pattern(text: str) -> _Pattern | None:
    """Return what finds these units in a row, and not within a longer number or Latin word; None for no units."""
    found = unit_texts(text)
    if not found:
        return None
    before = r"(?<!\d)(?<!\d\.)" if found[0][0].isdigit() else r"(?<![a-z])" if found[0].isascii() else ""
    after = r"(?!\d)(?!\.\d)" if found[-1][-1].isdigit() else r"(?![a-z])" if found[-1].isascii() else ""
    return _Pattern(re.compile(before + _BETWEEN.join(map(re.escape, found)) + after), len(found))


def _spans(text: str, patterns: Sequence[_Pattern]) -> list[_Span]:
    """Return where the patterns stand in the text, by place; of spans within one another the longest."""
    folded = fold_with_places(text)
    found = [
        _Span(*folded.span(*match.span()), pattern.weight, number)
        for number, pattern in enumerate(patterns)
        for match in pattern.regex.finditer(folded.text)
    ]
    found.sort(key=lambda span: (span.start, -span.end))
    kept: list[_Span] = []
    for span in found:
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _merged(spans: Sequence[_Span], *, offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the spans as (start, end) from `offset`, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        start, end = span.start - offset, span.end - offset
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _passage(text: str, spans: Sequence[_Span]) -> Highlight:
    """Return the stretch of the text that shows most different and longest matches, the first of equals."""
    first = max(range(len(spans)), key=lambda at: (_worth(spans, at), -at))
    start = _start(text, spans[first].start)
    end = max(spans[first].end, min(len(text), start + PASSAGE))
    shown = [span for span in spans if span.start >= start and span.end <= end]
    return Highlight("text", text[start:end], _merged(shown, offset=start))


def _worth(spans: Sequence[_Span], at: int) -> float:
    """Return the weight of what a passage from this span on shows; a match counts a tenth when it comes again."""
    worth, seen = 0.0, set[int]()
    for span in spans[at:]:
        if span.end > spans[at].start + PASSAGE - _LEAD:
            break
        worth += span.weight**1.5 * (0.1 if span.pattern in seen else 1.0)
        seen.add(span.pattern)
    return worth


def _start(text: str, match_start: int) -> int:
    """Return where a passage begins: at the sentence, else after a comma, else `_LEAD` characters before the match."""
    if match_start <= _LEAD:
        return 0
    lead = match_start - _LEAD
    for ends in (_SENTENCE_END, _SOFT_END):
        found = list(ends.finditer(text, lead, match_start))
        if found:
            return found[0].end() if ends is _SOFT_END else found[-1].end()
    return lead
