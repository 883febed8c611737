"""Reading one document in this process. Hostile input may take long here: `nlp.documents.reader` bounds the time."""

from nlp.documents.document import DEFAULT_LIMITS, DocumentText, Limits
from nlp.documents.form import form_of
from nlp.documents.letter import read_letter
from nlp.documents.pdf import read_pdf
from nlp.documents.plain import read_plain
from nlp.documents.web_page import read_page
from nlp.documents.word import read_word
from ontology.errors import SourceUnusable


def parse_document(data: bytes, *, name: str, charset: str = "", limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """Return the text of a document of any form; its form is told by its bytes, not by its name.

    `name` is how messages call it. `charset` is what a server said, empty where unknown; it is doubted.
    Raises SourceUnusable, with a remedy, for whatever cannot be read.
    """
    match form_of(data, name=name, limits=limits):
        case "pdf":
            document = read_pdf(data, name=name, limits=limits)
        case "docx":
            document = read_word(data, name=name)
        case "eml":
            document = read_letter(data, name=name, limits=limits)
        case "html":
            document = read_page(data, name=name, limits=limits, charset=charset)
        case "text":
            document = read_plain(data, name=name, charset=charset)
    if len(document.text) > limits.characters:
        raise SourceUnusable(
            f"{name} has {len(document.text):,} characters; texts up to {limits.characters:,} are read",
            source=name,
            remedy="Give a part of it.",
        )
    return document
