"""Words that stand for an enterprise named before: 该公司, 上述企业, 当事人."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp.mention import Mention

_STANDS_FOR: Final = re.compile(
    r"(?P<party>当事人|你(?:公司|单位|厂)|被处罚(?:人|单位)|被举报(?:公司|单位|企业|人))"
    r"|(?:该|上述|前述|涉事|涉案|此)(?:家)?(?:公司|企业|单位|厂区|厂|集团|排污单位|建设单位)"
)
_NAMED_PARTY: Final = re.compile(
    r"(?:当事人|被处罚(?:人|单位)|行政相对人|被举报(?:公司|单位|企业))(?:名称)?\s*[:：]\s*"
)
FARTHEST: Final = 1_000
"""Characters back that a word may point: measured on decisions, the name is rarely farther than a few paragraphs."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A word at `start` to `end` that stands for `named`, a mention of an enterprise."""

    start: int
    end: int
    named: Mention


def references(text: str, enterprises: Sequence[Mention]) -> list[Reference]:
    """Return the words that stand for one of `enterprises`, which are in order of place.

    当事人 and 你单位 mean the party of a decision where one is so named, else, like 该公司, what was named last.
    A word with no enterprise before it is left alone.
    """
    ends = [mention.end for mention in enterprises]
    party = _party(text, enterprises)
    found: list[Reference] = []
    for match in _STANDS_FOR.finditer(text) if enterprises else ():
        last = bisect.bisect_right(ends, match.start()) - 1
        named = party if match["party"] and party else enterprises[last] if last >= 0 else None
        if named is None or _NAMED_PARTY.match(text, match.start()):
            continue
        if named is not party and match.start() - named.end > FARTHEST:
            continue
        near = enterprises[max(0, last) : last + 3]
        if not any(mention.start < match.end() and match.start() < mention.end for mention in near):
            found.append(Reference(match.start(), match.end(), named))
    return found


def _party(text: str, enterprises: Sequence[Mention]) -> Mention | None:
    """Return the enterprise that the text itself calls the party (当事人：…), None where it calls none so."""
    for match in _NAMED_PARTY.finditer(text):
        for mention in enterprises:
            if abs(mention.start - match.end()) <= 1:
                return mention
    return None
