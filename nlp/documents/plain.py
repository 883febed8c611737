"""Plain text, in whatever encoding a Chinese office wrote it."""

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.document import DocumentText
from nlp.documents.encoding import find_encoding
from nlp.documents.imprint import closing_date, imprint_of, title_line
from ontology.errors import SourceUnusable


def read_plain(data: bytes, *, name: str, charset: str = "") -> DocumentText:
    """Return a text file as it is. `charset` is what its container said, empty where unknown.

    Raises SourceUnusable for bytes that are no text in any known encoding, and for one without a visible character.
    """
    encoding = find_encoding(data, declared=charset)
    if encoding is None:
        raise SourceUnusable(
            f"{name} is no text in an encoding known here (tried UTF-8, UTF-16, GB18030, Big5)",
            source=name,
            remedy="Save it as UTF-8 text; PDF, DOCX, HTML and EML are read as they are.",
        )
    text = clean_text(data.decode(encoding.name, "replace"))
    if not text.strip():
        raise SourceUnusable(f"{name} has no text", source=name, remedy="Give a file with a text.")
    imprint = imprint_of(text)
    return DocumentText(
        text=text,
        format="text",
        title=title_line(text),
        date=imprint.date or closing_date(text),
        source=imprint.source,
        author=imprint.author,
        encoding=encoding.name,
        script=script_of(text),
        notes=("some bytes fit no character",) if encoding.lossy else (),
    )
