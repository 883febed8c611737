"""The pipe that finds identifiers and quantities by rule: `ecograph_identifiers`."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.identifiers.find import find_identifiers

NAME = "ecograph_identifiers"


@Language.factory(NAME)
def make_identifiers(nlp: Language, name: str) -> "IdentifiersPipe":
    """Return the pipe; it has no settings."""
    del nlp, name
    return IdentifiersPipe()


class IdentifiersPipe:
    """Adds the identifiers of a text to `doc._.mentions`; relative dates are counted from `doc._.written`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the identifiers of one text."""
        doc._.mentions = [*(doc._.mentions or []), *find_identifiers(doc.text, written=doc._.written)]
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Find the identifiers of many texts, one after the other."""
        del batch_size
        for doc in stream:
            yield self(doc)
