"""How a sentence stands to what it speaks of: blames, praises, asks or reports; and the emotion it shows."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from nlp.classify.script import in_place
from nlp.classify.stance_words import (
    ASKS,
    BLAMES,
    EMOTIONS,
    NEGATED,
    NOT_YET,
    POLITE,
    PRAISES,
    Weighted,
)
from nlp.classify.topic_rules import Evidence

Stance = Literal["blames", "praises", "asks", "reports"]
Emotion = Literal["anger", "fear", "sadness", "joy", "none"]

_ENOUGH: Final = 1.15
"""Weight from which on a sentence is more than a report."""
_FELT: Final = 1.3
_LAW: Final = re.compile(r"第[一二三四五六七八九十百零\d]+条|《[^》]{4,}》.{0,6}(?:规定|第)")


@dataclass(frozen=True, slots=True)
class StanceFound:
    """A stance, how sure it is (0 to 1), and the words that say so; no words for a mere report."""

    stance: Stance
    score: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class EmotionFound:
    """An emotion with the words that show it; `none` has no words."""

    emotion: Emotion
    evidence: Evidence | None


def stance_of(text: str) -> StanceFound:
    """Return the stance of one sentence; offsets count from its beginning."""
    text = in_place(text)
    asks, asked = _weight(ASKS, text)
    blames, blamed = _weight(BLAMES, text, negations=False)
    praises, praised = _praise(text)
    if _LAW.search(text) and asks < _STRONG:
        # A statute that is quoted says must and prohibited without asking or blaming anybody.
        asks, blames = asks * 0.3, blames * 0.5
    strongest = max(asks, blames, praises)
    if strongest < _ENOUGH:
        return StanceFound("reports", round(1.0 - strongest / (2 * _ENOUGH), 3), None)
    share = round(strongest / (asks + blames + praises + _ENOUGH), 3)
    if praises == strongest:
        return StanceFound("praises", share, praised)
    # What somebody asks for is named by its wrong: 请查处违规排放 asks, however much it blames.
    if asks >= _STRONG or asks >= blames:
        return StanceFound("asks", share, asked)
    return StanceFound("blames", share, blamed)


_STRONG: Final = 2.5


def _weight(words: Weighted, text: str, *, negations: bool = False) -> tuple[float, Evidence | None]:
    total, best, evidence = 0.0, 0.0, None
    for pattern, weight in words:
        found = pattern.search(text)
        if found is None or (negations and NEGATED.search(text[: found.start()])):
            continue
        total += weight
        if weight > best:
            best, evidence = weight, Evidence(found.start(), found.end(), found.group())
    return total, evidence


def _praise(text: str) -> tuple[float, Evidence | None]:
    total, best, evidence = 0.0, 0.0, None
    plain = POLITE.sub(lambda found: "·" * len(found.group()), text)
    for pattern, weight in PRAISES:
        found = pattern.search(plain)
        if found is None or NEGATED.search(text[: found.start()]) or NOT_YET.search(text[: found.start()]):
            continue
        total += weight
        if weight > best:
            best, evidence = weight, Evidence(found.start(), found.end(), text[found.start() : found.end()])
    return total, evidence


def emotion_of(text: str) -> EmotionFound:
    """Return the emotion a sentence shows most; `none` where its words show none."""
    text = in_place(text)
    best, name, evidence = 0.0, "none", None
    for emotion, words in EMOTIONS.items():
        weight, shown = _weight(words, text, negations=True)
        if weight > max(best, _FELT - 1e-9):
            best, name, evidence = weight, emotion, shown
    return EmotionFound(name, evidence)  # type: ignore[arg-type]
