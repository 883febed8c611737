"""Reading texts: the one place that puts the pipeline and the register's names together."""

import enum
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.components.recogniser import METHOD
from nlp.linking.linker import Linker
from nlp.mention import LEARNED_LABELS, Mention
from ontology.errors import InvalidInput, InvalidValue
from ontology.values.region import REGION

MAX_TEXT: Final = 100_000
"""Characters of one text that the API reads: a book's chapter, and some seven seconds of work on one core."""

Extract = Callable[[Sequence[str], date | None], Sequence[Sequence[Mention]]]
"""Finds what each of some texts names and measures, unlinked; the date is the one they were written on, None where
unknown. Several at once are recognised many times as fast as one after the other."""


class Kept(enum.StrEnum):
    """Which mentions are wanted: names a trained recogniser found, what rules and the register found, or both."""

    LEARNED = "learned"
    RULES = "rules"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with what was understood of it, in order of place."""

    text: str
    mentions: Sequence[Mention]


class Reader:
    """Reads texts one after the other; made once for a process, for any number of threads. Calls block.

    `linker` gives the linker of the register as it is now; `extract` is made at the first text.
    """

    def __init__(self, make_extract: Callable[[], Extract], linker: Callable[[], Linker]) -> None:
        self._make_extract = make_extract
        self._linker = linker
        self._extract: Extract | None = None
        self._lock = threading.Lock()

    def read(
        self, text: str, *, written: date | None = None, region: str | None = None, kept: Kept = Kept.ALL
    ) -> Reading:
        """Return what is understood of a text; `region` (six digits) is where it comes from, None where unknown."""
        return self.read_many([text], written=written, region=region, kept=kept)[0]

    def read_many(
        self, texts: Sequence[str], *, written: date | None = None, region: str | None = None, kept: Kept = Kept.ALL
    ) -> list[Reading]:
        """Return what is understood of each of some texts, in their order."""
        # spaCy's vocabulary is not made for two threads at once.
        with self._lock:
            found = self._extractor()(texts, written)
        linker = self._linker()
        readings = []
        for text, mentions in zip(texts, found, strict=True):
            wanted = [m for m in mentions if kept is Kept.ALL or is_learned(m) is (kept is Kept.LEARNED)]
            # Of learned names what was found is linked; what the register would add is not wanted.
            linked = linker.link(text, wanted, region=region, add=kept is not Kept.LEARNED)
            readings.append(Reading(text, linked))
        return readings

    def prepare(self) -> None:
        """Load models and names now, so that the first text is as fast as the others."""
        with self._lock:
            self._extractor()
        self._linker()

    def _extractor(self) -> Extract:
        if self._extract is None:
            self._extract = self._make_extract()
        return self._extract


def is_learned(mention: Mention) -> bool:
    """Tell whether a trained recogniser found a mention; the rest come from rules, the register or grammar."""
    return mention.label in LEARNED_LABELS and mention.method == METHOD


def region_code(text: str | None) -> str | None:
    """Return the six digits of a region given as code or name; raises `InvalidInput` for what is none."""
    if not text:
        return None
    try:
        return str(REGION.parse(text).value)
    except InvalidValue as error:
        raise InvalidInput(error.message, remedy="Write a region as 310000 or 上海市.") from error


def written_on(text: str | None) -> date | None:
    """Return a day written as 2024-07-01; raises `InvalidInput` for what is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no day", remedy="Write a day as 2024-07-01.") from error
