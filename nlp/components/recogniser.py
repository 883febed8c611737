"""The pipe that finds names: `ecograph_recogniser`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from nlp.mention import Mention
from nlp.recognise.model import Name, Recogniser, shipped

NAME = "ecograph_recogniser"
METHOD = "recogniser"

LABELS = {
    "company": "enterprise",
    "government": "agency",
    "organization": "agency",
    "name": "person",
    "address": "place",
    "scene": "place",
}
"""From the labels of the training corpus (CLUENER) to ours. Its positions, books, games and films are recognised, so
that they are taken for nothing else, and left out."""


@Language.factory(NAME, default_config={"corpus_labels": False})
def make_recogniser(nlp: Language, name: str, corpus_labels: bool) -> "RecogniserPipe":
    """Return the pipe with the shipped model; `corpus_labels` keeps all labels as the training corpus has them."""
    del nlp, name
    return RecogniserPipe(shipped(), corpus_labels=corpus_labels)


class RecogniserPipe:
    """Adds the names of a text to `doc._.mentions`."""

    def __init__(self, recogniser: Recogniser, *, corpus_labels: bool = False) -> None:
        self._recogniser = recogniser
        self._corpus_labels = corpus_labels

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of one text."""
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Find the names of many texts, some at once."""
        running = iter(stream)
        while docs := list(islice(running, batch_size)):
            for doc, names in zip(docs, self._recogniser.names([doc.text for doc in docs]), strict=True):
                doc._.mentions = [*(doc._.mentions or []), *self._mentions(doc.text, names)]
                yield doc

    def _mentions(self, text: str, names: Sequence[Name]) -> Iterator[Mention]:
        for name in names:
            label = name.label if self._corpus_labels else LABELS.get(name.label)
            if label is not None:
                yield Mention(
                    start=name.start,
                    end=name.end,
                    label=label,
                    text=text[name.start : name.end],
                    method=METHOD,
                    score=name.score,
                )
