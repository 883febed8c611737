"""Getting the text behind what a person names: a file, an address, or standard input."""

from pathlib import Path
from typing import BinaryIO, Final

from api.fetching import Fetcher
from nlp.documents.document import DEFAULT_LIMITS, DocumentText
from nlp.documents.reader import read_document
from ontology.errors import SourceUnusable

STANDARD_INPUT: Final = "-"
_ADDRESS: Final = ("http://", "https://")
PUBLIC_WEB: Final = Fetcher()


def document_from(source: str, *, standard_input: BinaryIO, fetcher: Fetcher = PUBLIC_WEB) -> DocumentText:
    """Return the document in a file, at an `http(s)` address, or in standard input (`-`). Blocks.

    Raises `SourceUnusable` where it cannot be had or has no text, `InvalidInput` for an address that is not fetched.
    """
    # One byte more than is read: the reader then says that it is too large, and how large it may be.
    most = DEFAULT_LIMITS.size + 1
    if source == STANDARD_INPUT:
        return read_document(standard_input.read(most), name="standard input")
    if source.lower().startswith(_ADDRESS):
        fetched = fetcher.fetch(source)
        return read_document(fetched.content, name=fetched.address, charset=fetched.charset)
    try:
        with Path(source).open("rb") as stream:
            data = stream.read(most)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise SourceUnusable(f"{source} cannot be read: {why}", source=source, remedy="Check the path.") from error
    return read_document(data, name=source)
