"""A text as rules read it: folded, without the blanks and line breaks that scanning and printing put into it.

Folding is that of the search (`nlp.segment`): half width, small letters, simplified characters. A blank between two
letters or digits stays, since it parts `DW001 2023`; other blanks of up to three go (罚款 20 万元). A line break within
a sentence goes where the line is long enough to have been broken by a margin. Places lead back to the original text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.mention import Mention
from nlp.segment import fold_with_places
from ontology.model import Value

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_BREAK: Final = re.compile(r" {1,3}|\r?\n")
_KEPT_AFTER: Final = frozenset(",;!?")
"""After these a blank parts: `100, 200` is no number with a thousands separator."""
_LIST_NUMBER: Final = re.compile(r"(?:^|\n)\s{0,4}\d{1,2}\.$")
WRAPPED_FROM: Final = 25
"""Characters of a line from which a margin, not the author, may have ended it."""
_RUNS_ON: Final = re.compile(rf"[{HAN}0-9a-z、,《〔(]\n[{HAN}0-9)》〕]")
_OWN_LINE: Final = re.compile(
    rf"[{HAN}()/ ]{{2,20}}[:]|(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[、.)]|第[{HAN}\d]{{1,6}}[条章节]"
)
"""How a line begins that no margin made: a label, an item, an article."""


@dataclass(frozen=True, slots=True)
class Source:
    """`text[i]` comes from the original's characters `starts[i]` to `ends[i]`; both None where places are the same."""

    original: str
    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the non-empty span of `text` comes from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """Return the original text of a span of `text`."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def mention(self, start: int, end: int, label: str, values: Mapping[str, Value], *, score: float = 1.0) -> Mention:
        """Return the mention of a span of `text`, with its place and wording in the original."""
        first, last = self.span(start, end)
        return Mention(first, last, label, self.original[first:last], f"rule-{label}", score, dict(values))


def read_source(original: str) -> Source:
    """Return a text as rules read it; an empty one gives an empty one."""
    folded = fold_with_places(original)
    text = folded.text
    dropped = [each for each in _BREAK.finditer(text) if _goes(text, each.start(), each.end())]
    if not dropped:
        return Source(original, text, folded.starts, folded.ends)
    kept: list[int] = []
    pieces: list[str] = []
    last = 0
    for each in dropped:
        pieces.append(text[last : each.start()])
        kept.extend(range(last, each.start()))
        last = each.end()
    pieces.append(text[last:])
    kept.extend(range(last, len(text)))
    if folded.starts is None or folded.ends is None:
        return Source(original, "".join(pieces), kept, [place + 1 for place in kept])
    starts = [folded.starts[place] for place in kept]
    return Source(original, "".join(pieces), starts, [folded.ends[place] for place in kept])


def _goes(text: str, start: int, end: int) -> bool:
    """Tell whether the blanks or the line break from `start` to `end` part nothing."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after:
        return False
    if text[end - 1] == "\n":
        return _wrapped(text, start, end)
    if before in " \n\t" or after in " \n\t":
        return False
    if (_code(before) or before in _KEPT_AFTER) and _code(after):
        return False
    if before == ".":
        return after.isdigit() and _LIST_NUMBER.search(text, max(0, start - 8), start) is None
    return True


def _code(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _wrapped(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", max(0, start - WRAPPED_FROM), start)
    if line >= 0 or start < WRAPPED_FROM:
        return False
    before, after = text[start - 1], text[end]
    if (before.isdigit() and after.isdigit()) or before in "书定复函知" or _OWN_LINE.match(text, end):
        return False
    return _RUNS_ON.fullmatch(f"{before}\n{after}") is not None
