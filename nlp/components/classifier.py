"""The pipe that says what a text is about and how it says it: `ecograph_classifier`.

It sets on a document `doc._.classified` (`nlp.classify.classifier.Classified`), `doc._.environmental` (probability),
`doc._.topic_kinds` (`air/odour` …), `doc._.urgency`, `doc._.polarity`; and a span per sentence in
`doc.spans["ecograph_sentences"]`, labelled with the stance, with `span._.stance`, `span._.polarity`, `span._.emotion`,
`span._.stance_evidence` and `span._.target` (spans, None where there is none). Names in `doc._.mentions` are targets.

A document is classified as a whole. `nlp.pipeline.read` cuts long texts into pieces, so it has no such pipe: whoever
reads long texts calls `load_classifier().classify(text, mentions=…)`.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.classify.classifier import Classifier, SentenceFound, load_classifier
from nlp.classify.topic_rules import Evidence

NAME = "ecograph_classifier"
SENTENCES = "ecograph_sentences"
OF_DOC = ("classified", "environmental", "topic_kinds", "urgency", "polarity")
OF_SPAN = ("stance", "polarity", "emotion", "stance_evidence", "emotion_evidence", "target")


@Language.factory(NAME, assigns=["doc._.classified", "doc._.environmental", "doc._.urgency", "doc._.polarity"])
def make_classifier(nlp: Language, name: str) -> "ClassifierPipe":
    """Return the pipe with the shipped model."""
    del nlp, name
    return ClassifierPipe(load_classifier())


class ClassifierPipe:
    """Classifies a document and its sentences."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        for field in OF_DOC:
            if not Doc.has_extension(field):
                Doc.set_extension(field, default=None)
        for field in OF_SPAN:
            if not Span.has_extension(field):
                Span.set_extension(field, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Classify one document."""
        mentions = (doc._.mentions or []) if Doc.has_extension("mentions") else []
        found = self._classifier.classify(doc.text, mentions=mentions)
        doc._.classified = found
        doc._.environmental = found.topic.environmental
        doc._.topic_kinds = tuple(kind.kind for kind in found.topic.kinds)
        doc._.urgency = found.urgency.urgency
        doc._.polarity = found.polarity
        doc.spans[SENTENCES] = [span for span in (_span(doc, each) for each in found.sentences) if span is not None]
        return doc


def _span(doc: Doc, found: SentenceFound) -> Span | None:
    span = doc.char_span(found.start, found.end, label=found.stance, alignment_mode="expand")
    if span is None:
        return None
    span._.stance = found.stance
    span._.polarity = found.polarity
    span._.emotion = found.emotion
    span._.stance_evidence = _evidence(doc, found.stance_evidence)
    span._.emotion_evidence = _evidence(doc, found.emotion_evidence)
    span._.target = _evidence(doc, found.target)
    return span


def _evidence(doc: Doc, evidence: Evidence | None) -> Span | None:
    if evidence is None:
        return None
    return doc.char_span(evidence.start, evidence.end, alignment_mode="expand")
