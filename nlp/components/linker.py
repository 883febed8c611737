"""The pipe that links names to the register: `ecograph_linker`.

The register is no part of a pipeline's configuration, so it is handed over afterwards:

    nlp.add_pipe("ecograph_linker").use(linker)

A document is linked as a whole: 该公司 may stand far from the name. `nlp.pipeline.read` cuts long texts into pieces,
which is why whoever reads long texts links what it gives (`Linker.link(text, mentions)`) instead of adding this pipe.
"""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.linking.linker import Linker

NAME = "ecograph_linker"


@Language.factory(NAME)
def make_linker(nlp: Language, name: str) -> "LinkerPipe":
    """Return the pipe without a register."""
    del nlp, name
    return LinkerPipe()


class LinkerPipe:
    """Links `doc._.mentions`; without a register it leaves them as they are, not looked up."""

    def __init__(self) -> None:
        self._linker: Linker | None = None
        if not Doc.has_extension("mentions"):
            Doc.set_extension("mentions", default=None)

    def use(self, linker: Linker) -> "LinkerPipe":
        """Link by this register from now on."""
        self._linker = linker
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Link the mentions of one text, and add those that the register has."""
        if self._linker is not None:
            doc._.mentions = self._linker.link(doc.text, doc._.mentions or [])
        return doc
