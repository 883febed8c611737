"""Which form a document has, told by its bytes; a wrong file name or media type changes nothing."""

import io
import re
from typing import Final

from nlp.documents.container import container_entries
from nlp.documents.document import Format, Limits
from ontology.errors import SourceUnusable

_SCAN: Final = "Recognise its text first (OCR), for example with `ocrmypdf -l chi_sim`, and give the result."
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps, .msg)", "Open it and save it as .docx or PDF."),
    (b"{\\rtf", "a Rich Text file", "Open it and save it as .docx or PDF."),
    (b"\x89PNG", "a picture", _SCAN),
    (b"\xff\xd8\xff", "a picture", _SCAN),
    (b"GIF8", "a picture", _SCAN),
    (b"II*\x00", "a picture", _SCAN),
    (b"MM\x00*", "a picture", _SCAN),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first."),
    (b"ID3", "a sound file", "Only texts are read."),
    (b"SQLite format 3", "a database", "Export its texts first."),
)
_HTML: Final = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:head|body|meta|title|div|p|table|article|script|span|br)[\s/>]", re.IGNORECASE
)
_HEADER: Final = re.compile(
    rb"(?:received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|x-[\w-]+|content-type):[ \t]",
    re.IGNORECASE,
)
_HEADERS_NEEDED: Final = 2


def form_of(data: bytes, *, name: str, limits: Limits) -> Format:
    """Return the form of a document. Raises SourceUnusable, with a remedy, for what is no document read here."""
    if not data.strip():
        raise SourceUnusable(f"{name} is empty", source=name, remedy="Give a file with a text.")
    if len(data) > limits.size:
        raise SourceUnusable(
            f"{name} has {len(data):,} bytes; documents up to {limits.size:,} are read",
            source=name,
            remedy="Give a part of it; tables go in with `ecograph ingest`.",
        )
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise SourceUnusable(f"{name} is {what}, not a document that can be read", source=name, remedy=remedy)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped_form(data, name, limits)
    return _text_form(data)


def _zipped_form(data: bytes, name: str, limits: Limits) -> Format:
    entries = container_entries(io.BytesIO(data), name=name, largest=limits.unpacked)
    if "word/document.xml" in entries:
        return "docx"
    if any(entry.startswith("xl/workbook") for entry in entries):
        what, remedy = "a workbook", "Tables go in with `ecograph ingest`."
    elif any(entry.startswith("ppt/") for entry in entries):
        what, remedy = "a presentation", "Save it as PDF."
    elif "OFD.xml" in entries:
        what, remedy = "an OFD document (GB/T 33190)", "Export it as PDF from its reader."
    elif "mimetype" in entries and "content.xml" in entries:
        what, remedy = "an OpenDocument file", "Save it as .docx or PDF."
    else:
        what, remedy = "a zip archive", "Unpack it and give the documents one by one."
    raise SourceUnusable(f"{name} is {what}, not a document that can be read", source=name, remedy=remedy)


def _text_form(data: bytes) -> Format:
    # UTF-16 pages show their tags only without the zeros.
    head = data[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    lines = head[:8192].splitlines()
    if _headers(lines) >= _HEADERS_NEEDED:
        return "eml"
    return "html" if len(_HTML.findall(head[:65536])) >= 2 or _HTML.match(head) else "text"


def _headers(lines: list[bytes]) -> int:
    """Count the mail headers a text begins with, before its first line that is neither header nor continuation."""
    count = 0
    for line in lines[1:] if lines and lines[0].startswith(b"From ") else lines:
        if _HEADER.match(line):
            count += 1
        elif line[:1] not in (b" ", b"\t"):
            return count
        if count >= _HEADERS_NEEDED:
            return count
    return count
