"""Sentences of Chinese running text, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;…”』」）)]*")
_LONGEST: Final = 500
"""Characters after which a sentence without a stop is cut: OCR and forms have lines without end."""
_WHITE: Final = " \t\u3000\xa0\r"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in its text; `text` is exactly that stretch."""

    start: int
    end: int
    text: str


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences that say something, without white space at their ends, in order."""
    for found in _SENTENCE.finditer(text):
        for start in range(found.start(), found.end(), _LONGEST):
            piece = text[start : min(start + _LONGEST, found.end())]
            begin = start + len(piece) - len(piece.lstrip(_WHITE))
            stripped = piece.strip(_WHITE)
            if any(character.isalnum() for character in stripped):
                yield Sentence(begin, begin + len(stripped), stripped)
