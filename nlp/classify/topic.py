"""Whether a text is about harm to the environment, and of which kinds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp.classify.linear import LinearModel, probability_of
from nlp.classify.topic_rules import KindFound, kinds_in

ENVIRONMENTAL: Final = 0.5
_AT_ONCE: Final = 40
_SUBJECT: Final = 25
"""Characters of a subject line: harm named there is what a letter is about, whatever else it says."""
_EARLY: Final = 120
"""Characters within which a letter says what it is about: its subject line, its first sentences."""


@dataclass(frozen=True, slots=True)
class TopicFound:
    """The probability that a text is about harm to the environment, and the kinds it speaks of.

    `kinds` are empty where the text is about something else; most often named first. `media` are their first halves.
    """

    environmental: float
    kinds: tuple[KindFound, ...]

    @property
    def media(self) -> tuple[str, ...]:
        """Return the media (`air`, `noise`, `water` …) in the order of `kinds`, each once."""
        return tuple(dict.fromkeys(kind.kind.partition("/")[0] for kind in self.kinds))


def features_of(text: str, kinds: Sequence[KindFound]) -> tuple[float, ...]:
    """Return what the rules tell of a text: how often, how densely and how early it speaks of harm, and its length."""
    sure = [kind for kind in kinds if kind.surely]
    count = sum(kind.count for kind in sure)
    first = min((kind.evidence.start for kind in sure), default=1_000_000)
    return (
        min(count, 10) / 10,
        count / math.sqrt(len(text) / 100 + 1),
        float(first < _AT_ONCE),
        float(first < _EARLY),
        float(bool(sure)),
        math.log(max(len(text), 1)) / 5,
    )


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Words (a linear model trained on what rules are sure of) and rules together; `weights` of a small regression.

    `weights` has one for the words' score, one for each of `features_of`, and a constant.
    """

    words: LinearModel
    weights: tuple[float, ...]

    def topic_of(self, text: str) -> TopicFound:
        """Return what a text is about."""
        kinds = kinds_in(text)
        # A closed or compensated plant: the authority in the first words, and no harm named.
        sure = tuple(kind for kind in kinds if kind.surely)
        official = tuple(kind for kind in kinds if not kind.surely and kind.evidence.start < _AT_ONCE)
        features = (self.words.score(text), *features_of(text, kinds))
        score = sum(weight * value for weight, value in zip(self.weights, (*features, 1.0), strict=True))
        subject = any(kind.evidence.end <= _SUBJECT for kind in sure)
        probability = max(probability_of(score), 0.6 if official or subject else 0.0)
        return TopicFound(round(probability, 4), (sure or official) if probability >= ENVIRONMENTAL else ())
