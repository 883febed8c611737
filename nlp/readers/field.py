"""What a structured reader gives for each field: its value, where it stands, and the sentence that says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.model import Value
from ontology.values.personal_text import mask_text

_SENTENCE_END: Final = re.compile(r"[。;!?\n]+[”\"』」)]?")
LONGEST_QUOTE: Final = 600
"""Characters of a quote at most; a sentence of a decision is rarely longer, and its beginning tells enough."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a text says. `start` and `end` are its place in the original, `quote` the sentence around it.

    `value` is in normal form (an ISO date, yuan, a masked name); `detail` holds more of it, such as an article's law.
    """

    value: Value
    start: int
    end: int
    quote: str
    detail: tuple[tuple[str, Value], ...] = ()

    def part(self, name: str) -> Value | None:
        """Return the named detail, None where there is none of that name."""
        return dict(self.detail).get(name)


@dataclass(frozen=True, slots=True)
class Page:
    """A text being read into fields: as rules read it, with its sentences and the identifiers found in it."""

    source: Source
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    persons: tuple[tuple[str, str], ...] = ()
    """Names of natural persons and what is shown for them, in every value and quote."""

    @property
    def text(self) -> str:
        """Return the folded text, in which patterns are looked for."""
        return self.source.text

    def field(self, start: int, end: int, value: Value | None = None, **detail: Value) -> Field:
        """Return the field for a span of the folded text; its value is the text as written where none is given."""
        first, last = self.source.span(start, end)
        written = self.shown(first, last)
        return Field(written if value is None else value, first, last, self.quote(start), tuple(detail.items()))

    def quote(self, place: int) -> str:
        """Return the sentence around a place of the folded text, as written, cut where it is very long."""
        start, end = self.sentence(place)
        return self.shown(*self.source.span(start, end))[:LONGEST_QUOTE] if end > start else ""

    def shown(self, start: int, end: int) -> str:
        """Return a stretch of the original as it may be shown: tidy, persons and their numbers masked."""
        text = tidy(self.source.original[start:end])
        for name, mask in self.persons:
            text = text.replace(name, mask)
        return mask_text(text)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the span of the sentence around a place of the folded text."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle][1] <= place:
                low = middle + 1
            else:
                high = middle
        return self.sentences[low] if low < len(self.sentences) else (place, place)

    def of_mention(self, mention: Mention, value: Value, **detail: Value) -> Field:
        """Return the field for a mention."""
        quote = self.quote(self.place(mention.start))
        return Field(value, mention.start, mention.end, quote, tuple(detail.items()))

    def place(self, original: int) -> int:
        """Return where a place of the original stands in the folded text, or the next one that does."""
        starts = self.source.starts
        if starts is None:
            return original
        low, high = 0, len(starts)
        while low < high:
            middle = (low + high) // 2
            if starts[middle] < original:
                low = middle + 1
            else:
                high = middle
        return low

    def labelled(self, label: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """Yield the mentions of one kind that begin within a span of the folded text."""
        stop = len(self.text) if end is None else end
        for mention in self.mentions:
            if mention.label == label and start <= self.place(mention.start) < stop:
                yield mention


def read_page(source: Source, mentions: Sequence[Mention], *, persons: Sequence[tuple[str, str]] = ()) -> Page:
    """Return a text ready to be read into fields; `persons` are names to mask and what is shown for each."""
    longest_first = tuple(sorted(persons, key=lambda each: -len(each[0])))
    return Page(source, tuple(_sentences(source.text)), tuple(mentions), longest_first)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if text[start : found.start()].strip():
            blank = len(text[start : found.end()]) - len(text[start : found.end()].lstrip())
            yield start + blank, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def tidy(text: str) -> str:
    """Return a piece of text without line breaks, doubled blanks and blanks between Chinese characters."""
    joined = re.sub(r"\s*\n\s*", "", text)
    spaced = re.sub(r"[ \t\u3000\xa0]+", " ", joined).strip()
    return re.sub(
        r"(?<=[\u3400-\u9fff，。；：、（）《》〔〕]) (?=[\u3400-\u9fff，。；：、（）《》〔〕\d])|(?<=\d) "
        r"(?=[\u3400-\u9fff])",
        "",
        spaced,
    )
