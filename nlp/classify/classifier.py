"""One reading of a text: its topic and urgency, and sentence by sentence stance, polarity and emotion with evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from typing import Final, Literal

from nlp.classify.linear import LinearModel, load_models
from nlp.classify.script import in_place
from nlp.classify.sentences import Sentence, sentences_of
from nlp.classify.stance import EmotionFound, Stance, StanceFound, emotion_of, stance_of
from nlp.classify.topic import TopicFound, TopicModel
from nlp.classify.topic_rules import Evidence
from nlp.classify.urgency import UrgencyFound, urgency_of
from nlp.mention import Mention
from ontology.errors import SourceUnusable

MODEL: Final = "classify.npz"
_OF_WORDS: Final = 0.3
Polarity = Literal["positive", "negative", "neutral"]

_TARGETS: Final = ("enterprise", "agency", "facility", "person")
_ROLE: Final = re.compile(
    r"开发商|物业(?:公司)?|业委会|居委会|村委会?|社区(?=不|没|工作|干部|居委)|街道办(?:事处)?|城管|交警|派出所|公安局?|法院|医院|学校|银行|中介|包工头|施工方|工地|搅拌[站厂]"
    r"|KTV|麻将馆|餐馆|饭店|夜宵[店摊]|商[家户]|店家|老板|书记|局长|校长"
    r"|[^\W\d的在对向由和与是被把让将于跟请恳求望呼吁盼意]{1,10}?(?:公司|集团|厂|局|政府|部门|中心|委员会)|企业|政府|部门"
)
_SURE: Final = 0.95
"""Probability from which on the words of a mere report or request are called positive or negative."""


@dataclass(frozen=True, slots=True)
class SentenceFound:
    """What a sentence does: `start` to `end` in the text; all evidence too counts from the beginning of the text.

    `polarity` goes from -1 (negative) to 1, towards `target` where the sentence names one: the mention or the role
    nearest before the words that blame or praise; None where it names none.
    """

    start: int
    end: int
    stance: Stance
    stance_score: float
    stance_evidence: Evidence | None
    polarity: float
    polarity_label: Polarity
    emotion: str
    emotion_evidence: Evidence | None
    target: Evidence | None


@dataclass(frozen=True, slots=True)
class Classified:
    """All that the classifier says of a text. `polarity` is that of the whole, -1 to 1."""

    topic: TopicFound
    urgency: UrgencyFound
    polarity: float
    sentences: tuple[SentenceFound, ...]

    @property
    def stances(self) -> tuple[Stance, ...]:
        """Return the stances of the sentences, most frequent first, without mere reports."""
        counts: dict[Stance, int] = {}
        for sentence in self.sentences:
            if sentence.stance != "reports":
                counts[sentence.stance] = counts.get(sentence.stance, 0) + 1
        return tuple(sorted(counts, key=lambda stance: (-counts[stance], stance)))


@dataclass(frozen=True)
class Classifier:
    """Reads texts one after another; made once, used from several threads."""

    topic: TopicModel
    words: LinearModel

    def classify(self, text: str, *, mentions: Sequence[Mention] = ()) -> Classified:
        """Return what a text is about and how it says it. `mentions` are names found in it, taken as targets.

        An empty text has no sentence, is about nothing, and is neutral.
        """
        found = tuple(self._sentence(sentence, mentions) for sentence in sentences_of(text))
        return Classified(self.topic.topic_of(text), urgency_of(text), self._whole(text, found), found)

    def _whole(self, text: str, sentences: Sequence[SentenceFound]) -> float:
        """Return the polarity of a text: mostly that of its sentences that blame or praise, else that of its words."""
        words = self.polarity_of(text) if sentences else 0.0
        judged = [each.polarity for each in sentences if each.stance in ("blames", "praises")]
        if judged:
            words = _OF_WORDS * words + (1 - _OF_WORDS) * sum(judged) / len(judged)
        return round(words, 4)

    def polarity_of(self, text: str) -> float:
        """Return the polarity of a text by its words alone, as of a review: -1 to 1."""
        return 2 * self.words.probability(text) - 1

    def _sentence(self, sentence: Sentence, mentions: Sequence[Mention]) -> SentenceFound:
        stance, emotion = stance_of(sentence.text), emotion_of(sentence.text)
        polarity = self._polarity(sentence.text, stance, emotion)
        label: Polarity = "positive" if polarity > 0 else "negative" if polarity < 0 else "neutral"
        return SentenceFound(
            start=sentence.start,
            end=sentence.end,
            stance=stance.stance,
            stance_score=stance.score,
            stance_evidence=_moved(stance.evidence, sentence.start),
            polarity=round(polarity, 4),
            polarity_label=label,
            emotion=emotion.emotion,
            emotion_evidence=_moved(emotion.evidence, sentence.start),
            target=_target(sentence, stance, mentions),
        )

    def _polarity(self, text: str, stance: StanceFound, emotion: EmotionFound) -> float:
        """Return the polarity of a sentence; what it does decides its sign, its words how strong it is.

        The words were learned from reviews: of a request or a report they are believed only where they are sure.
        """
        probability = self.words.probability(text)
        if stance.stance == "praises" or (emotion.emotion == "joy" and stance.stance == "reports"):
            return max(probability, stance.score)
        if stance.stance == "blames" or emotion.emotion in ("anger", "fear", "sadness"):
            return -max(1 - probability, stance.score)
        if stance.stance == "reports" and max(probability, 1 - probability) >= _SURE and len(text) <= 60:
            return 2 * probability - 1
        return 0.0


def _moved(evidence: Evidence | None, offset: int) -> Evidence | None:
    return replace(evidence, start=evidence.start + offset, end=evidence.end + offset) if evidence is not None else None


def _target(sentence: Sentence, stance: StanceFound, mentions: Sequence[Mention]) -> Evidence | None:
    if stance.stance == "reports":
        return None
    names = [
        Evidence(mention.start, mention.end, mention.text)
        for mention in mentions
        if mention.label in _TARGETS and sentence.start <= mention.start and mention.end <= sentence.end
    ]
    roles = [
        Evidence(sentence.start + found.start(), sentence.start + found.end(), found.group())
        for found in _ROLE.finditer(in_place(sentence.text))
    ]
    at = sentence.start + (stance.evidence.start if stance.evidence is not None else 0)
    for candidates in (names, roles):
        before = [each for each in candidates if each.start <= at]
        if before:
            return before[-1]
        if candidates:
            return candidates[0]
    return None


@cache
def load_classifier() -> Classifier:
    """Return the classifier that came with the package; raises SourceUnusable where its file is missing or damaged."""
    try:
        with as_file(files("nlp.models") / MODEL) as path:
            models, vectors = load_models(path)
        topic = TopicModel(models["topic-words"], vectors["topic-weights"])
        return Classifier(topic, models["polarity-words"])
    except (OSError, KeyError, ValueError) as error:
        raise SourceUnusable(
            f"the model {MODEL} cannot be loaded: {error}", source=MODEL, remedy="Install again, or run `make models`."
        ) from error
