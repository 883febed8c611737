"""PDF: the text layer, page by page (pypdf). A scan says so; nothing is recognised here."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Final

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.document import DocumentText, Limits
from nlp.documents.imprint import closing_date, imprint_of, title_line
from ontology.errors import SourceUnusable

_OCR: Final = "Recognise its text first (OCR), for example with `ocrmypdf -l chi_sim in.pdf out.pdf`."
_UNREADABLE: Final = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)|/(?:g|uni|C|G)[0-9A-F]{2,6}\b")
_FULL_LINE: Final = 0.9
"""Share of the widest line from which on a line was broken by the margin, not by the writer."""
_NO_BREAK_AFTER: Final = tuple("。！？!?：:；;")
_FAULTS: Final = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError,
    NotImplementedError, ArithmeticError, AssertionError,
)  # fmt: skip
"""What pypdf raises for damaged files: besides its own errors, whatever the broken object leads to."""


def read_pdf(data: bytes, *, name: str, limits: Limits) -> DocumentText:
    """Return the text layer of a PDF with the offset of each page.

    Raises SourceUnusable for a damaged or encrypted file, for too many pages, for a scan, and for fonts that do not
    say which characters they draw. Single pages without text are told in `notes`.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _opened(data, name, limits)
    texts, broken = [], 0
    for page in _pages(reader, name):
        text = _page_text(page)
        broken += text is None
        texts.append(_joined(clean_text(text or "")))
    if broken == len(texts):
        raise SourceUnusable(f"no page of {name} can be read", source=name, remedy="Print it to a new PDF.")
    _refuse_scan(texts, name)
    text, starts = _together(texts)
    imprint = imprint_of(text)
    return DocumentText(
        text=text,
        format="pdf",
        title=_title(reader, text),
        date=imprint.date or closing_date(text),
        source=imprint.source,
        author=imprint.author,
        script=script_of(text),
        pages=starts,
        notes=_notes(texts, broken),
    )


def _opened(data: bytes, name: str, limits: Limits) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceUnusable(
                f"{name} is encrypted", source=name, remedy="Open it with its password and save it without one."
            )
        count = len(reader.pages)
    except _FAULTS as error:
        raise _damaged(name, error) from error
    if not count:
        raise SourceUnusable(f"{name} has no pages", source=name)
    if count > limits.pages:
        raise SourceUnusable(
            f"{name} has {count:,} pages; up to {limits.pages:,} are read", source=name, remedy="Split it."
        )
    return reader


def _damaged(name: str, error: Exception) -> SourceUnusable:
    return SourceUnusable(
        f"{name} is a damaged PDF: {type(error).__name__}: {str(error)[:200]}",
        source=name,
        remedy="Get it again, or open it and print it to a new PDF.",
    )


def _pages(reader: pypdf.PdfReader, name: str) -> Iterator[pypdf.PageObject]:
    try:
        yield from reader.pages
    except _FAULTS as error:
        raise _damaged(name, error) from error


def _page_text(page: pypdf.PageObject) -> str | None:
    try:
        return page.extract_text() or ""
    except _FAULTS:
        return None


def _joined(page: str) -> str:
    """Return a page with the lines joined that only the margin broke: names run over line ends."""
    lines = [line.strip() for line in page.split("\n")]
    widest = max((_width(line) for line in lines), default=0)
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        pieces.append(line)
        runs_on = _width(line) >= _FULL_LINE * widest > 24 and not line.endswith(_NO_BREAK_AFTER) and following != ""
        latin = line[-1:].isascii() and following[:1].isascii() and line[-1:] != "-"
        pieces.append((" " if latin else "") if runs_on else "\n")
    return "".join(pieces).strip("\n")


def _width(line: str) -> int:
    """Return the width of a line in half characters: Chinese ones are twice as wide as Latin letters and digits."""
    return sum(1 if character < "\u1100" else 2 for character in line)


def _refuse_scan(texts: list[str], name: str) -> None:
    characters = sum(len("".join(text.split())) for text in texts)
    if characters < 8 * len(texts):
        raise SourceUnusable(
            f"{name} is a scan: {len(texts)} pages hold {characters} characters of text", source=name, remedy=_OCR
        )
    unreadable = sum(len(found.group()) for text in texts for found in _UNREADABLE.finditer(text))
    if unreadable * 5 > characters:
        raise SourceUnusable(
            f"the fonts of {name} do not say which characters they draw ({unreadable} of {characters} are unknown)",
            source=name,
            remedy=_OCR,
        )


def _together(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    starts, length = [], 0
    for text in texts:
        starts.append(length)
        length += len(text) + 1
    return "\n".join(texts), tuple(starts)


def _notes(texts: list[str], broken: int) -> tuple[str, ...]:
    empty = sum(not text for text in texts) - broken
    notes = []
    if empty > 0:
        notes.append(f"{empty} of {len(texts)} pages have no text: probably scanned")
    if broken:
        notes.append(f"{broken} of {len(texts)} pages could not be read")
    return tuple(notes)


def _title(reader: pypdf.PdfReader, text: str) -> str:
    try:
        stated = str((reader.metadata.title if reader.metadata else "") or "").strip()
    except _FAULTS:
        stated = ""
    # Printers write `Microsoft Word - 文件1.doc` where the title belongs; the first line says more.
    named = stated and not re.search(r"Microsoft Word|\.docx?$|\.wps$|^无标题|^untitled|^\W*$|\ufffd", stated, re.I)
    return title_line(text) or (stated[:200] if named else "")
