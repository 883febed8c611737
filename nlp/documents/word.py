"""DOCX: paragraphs and tables in the order of the document (python-docx)."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.document import DocumentText
from nlp.documents.imprint import closing_date, imprint_of, title_line
from ontology.errors import SourceUnusable

_FAULTS: Final = (
    OpcError, etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    RecursionError, NotImplementedError,
)  # fmt: skip
"""What python-docx raises for damaged files: it has few errors of its own."""
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE|<!ENTITY", re.I)
_DEEPEST: Final = 5
"""Tables within tables that are followed; forms nest two."""


def read_word(data: bytes, *, name: str) -> DocumentText:
    """Return the text of a DOCX, a line per paragraph, the cells of a row parted by tabs.

    The container must have been checked (`container_entries`). Raises SourceUnusable for a damaged file, for one
    with XML entities, and for one without text, such as scans pasted into Word.
    """
    try:
        _refuse_entities(data, name)
        document = docx.Document(io.BytesIO(data))
        text = clean_text("\n".join(_lines(document, 0)))
        stated = document.core_properties.title.strip()
        author = document.core_properties.author.strip()
        pictures = len(document.inline_shapes)
    except _FAULTS as error:
        raise SourceUnusable(
            f"{name} is a damaged Word document: {type(error).__name__}: {str(error)[:200]}",
            source=name,
            remedy="Open it and save it again as .docx.",
        ) from error
    if not text.strip():
        raise SourceUnusable(
            f"{name} has no text" + (f", only {pictures} pictures" if pictures else ""),
            source=name,
            remedy="Recognise the text of its pictures first (OCR)." if pictures else "Give a document with a text.",
        )
    imprint = imprint_of(text)
    return DocumentText(
        text=text,
        format="docx",
        title=_heading(document) or title_line(text) or stated,
        date=imprint.date or closing_date(text),
        source=imprint.source,
        author=imprint.author or ("" if author == "python-docx" else author),
        script=script_of(text),
    )


def _refuse_entities(data: bytes, name: str) -> None:
    """Office files have no document type; one that has expands entities on purpose."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for entry in container.namelist():
            if entry.endswith((".xml", ".rels")):
                with container.open(entry) as stream:
                    if _DOCTYPE.search(stream.read(4096)):
                        raise SourceUnusable(f"{name} declares XML entities", source=name, remedy="Save it again.")


def _lines(part: Document | docx.table._Cell, depth: int) -> Iterator[str]:
    for block in part.iter_inner_content():
        if not isinstance(block, Table):
            yield block.text
        elif depth < _DEEPEST:
            yield from _rows(block, depth)


def _rows(table: Table, depth: int) -> Iterator[str]:
    for row in table.rows:
        cells, seen = [], set()
        for cell in row.cells:
            # A merged cell is given once for every column it spans.
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append(" ".join(line for line in _lines(cell, depth + 1) if line.strip()))
        yield "\t".join(cells)


def _heading(document: Document) -> str:
    for paragraph in document.paragraphs[:20]:
        style = paragraph.style.name if paragraph.style is not None else ""
        if paragraph.text.strip() and style in ("Title", "Heading 1", "标题", "标题 1"):
            return " ".join(paragraph.text.split())[:200]
    return ""
