"""What the bytes of a file are: their hash, the kind of file, and the encoding of its text."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.documents.encoding import (
    SAMPLE,
    is_binary,
    legacy_encoding,
    lines_beyond_ascii,
    marked_encoding,
)
from ontology.errors import SourceUnusable

BLOCK: Final = 1 << 20

_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (.xls, .doc)", "Open it and save it as .xlsx or .csv."),
    (b"%PDF", "a PDF", "Tables in PDFs must be exported to .xlsx or .csv first."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first."),
    (b"\x89PNG", "a picture", "Tables in pictures must be typed or recognised first."),
    (b"\xff\xd8\xff", "a picture", "Tables in pictures must be typed or recognised first."),
    (b"SQLite format 3", "an SQLite database", "Export its tables to .csv first."),
    (b"PAR1", "a Parquet file", "Export it to .csv first."),
)


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes at a glance. `encoding` is empty for a zip container; `lossy`: some bytes fit no character."""

    sha256: str
    size: int
    zipped: bool
    encoding: str
    lossy: bool = False


def inspect_content(path: Path) -> Content:
    """Read a file once from end to end and say what it is.

    Raises SourceUnusable for what is no table in any form: missing, empty, foreign, binary, of unknown encoding.
    """
    name = path.name
    digest, size, head, utf8, rare = hashlib.sha256(), 0, b"", True, bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
                head = head or block
                if utf8 and not block.isascii():
                    utf8 = _decodes(decoder, block)
                if len(rare) < SAMPLE and not block.isascii():
                    rare += lines_beyond_ascii(block, SAMPLE - len(rare))
            utf8 = utf8 and _decodes(decoder, b"", final=True)
    except OSError as error:
        raise SourceUnusable(f"cannot read {name}: {error.strerror or error}", source=name) from error
    _refuse_foreign(name, head)
    if head.startswith(b"PK\x03\x04"):
        return Content(digest.hexdigest(), size, zipped=True, encoding="")
    encoding, lossy = _encoding(name, head, bytes(rare), utf8=utf8)
    return Content(digest.hexdigest(), size, zipped=False, encoding=encoding, lossy=lossy)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_foreign(name: str, head: bytes) -> None:
    if not head:
        raise SourceUnusable(f"{name} is empty", source=name)
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise SourceUnusable(f"{name} is {what}, not a table", source=name, remedy=remedy)


def _encoding(name: str, head: bytes, rare: bytes, *, utf8: bool) -> tuple[str, bool]:
    marked = marked_encoding(head)
    if marked:
        return marked, not utf8 and marked == "utf-8-sig"
    if is_binary(head[:SAMPLE]):
        raise SourceUnusable(f"{name} is binary, not a table", source=name, remedy="Give a .csv, .xlsx or .json file.")
    if utf8:
        return "utf-8", False
    found = legacy_encoding(rare)
    if found is not None:
        return found.name, found.lossy
    raise SourceUnusable(
        f"the text of {name} is in an encoding that is not known here (tried UTF-8, UTF-16, GB18030, Big5)",
        source=name,
        remedy="Save it as UTF-8: in Excel `CSV UTF-8`, in WPS `CSV（UTF-8）`.",
    )
