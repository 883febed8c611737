"""What of a document is searched, in which field: the same tokens for every engine.

| field | tokens | for |
|---|---|---|
| `words` | words of title, names and text | ranking |
| `pairs` | pairs of neighbouring units of the same, in order | phrases, and ranking |
| `units` | units of the same, and each identifier | single characters, numbers, codes |
| `names` | pairs and codes of the names | ranking what bears a name before what only mentions it |
| `exact` | title and each name as a whole, and each identifier | the thing named in full |
| `identifiers` | each identifier as a whole | codes typed from their start |

A scored field is never empty (`ABSENT` stands in), so that engines which count only documents that have the field and
engines which count all compute the same BM25.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.segment import BREAK, Segmented, comparison_key, segmented
from ontology.errors import InvalidInput
from ontology.model import Document, EntityId
from search.dates import period
from search.digest import encode

ABSENT = "∅"
MARKER = EntityId("#checkpoint")
"""Id of the one entry that is no document: it carries the checkpoint, and is written with the commit it belongs to."""

ANCHOR = EntityId("#anchor")
"""Id of the entry that stands in the marker's place in the statistics, where the marker is written again and again and
replaced entries go on counting (`search/elastic/mapping.py`)."""

RESERVED = frozenset({MARKER, ANCHOR})
"""Ids that no document can have."""

MAX_KEYWORD = 256
"""Characters of a key or facet value that are compared; engines refuse terms of more than 32 kB."""

MAX_ID_BYTES = 512
"""What Elasticsearch takes as an id."""

SCORED = ("words", "pairs", "units", "names")


@dataclass(frozen=True, slots=True)
class IndexedFields:
    """One document as an engine indexes it. `row` is its canonical row (`search/digest.py`)."""

    id: EntityId
    class_name: str
    words: list[str]
    pairs: list[str]
    units: list[str]
    names: list[str]
    exact: list[str]
    identifiers: list[str]
    facets: Mapping[str, list[str]]
    date: str | None
    days: tuple[int, int] | None
    row: bytes


def keyword(value: str) -> str:
    """Return the part of a key or facet value that is compared; a lone surrogate, which is no text, equals `?`."""
    return value[:MAX_KEYWORD].encode(errors="replace").decode()


def name_tokens(text: str) -> list[str]:
    """Return pairs and codes of a name, its only unit where it has one."""
    return _name_tokens(segmented(text))


def _name_tokens(name: Segmented) -> list[str]:
    codes = [unit for unit in name.units if len(unit) > 1] if len(name.units) > 1 else name.units
    return [token for token in name.pairs if token != BREAK] + codes


def checked_row(document: Document) -> bytes:
    """Return the canonical row of a document that may be indexed.

    Raises `InvalidInput` for an id or a facet name that cannot be one, or text that cannot be stored.
    """
    if not document.id or document.id in RESERVED or len(document.id.encode(errors="replace")) > MAX_ID_BYTES:
        raise InvalidInput(f"{document.id!r} cannot be the id of a document")
    for name in document.facets:
        if not name.isidentifier():
            raise InvalidInput(f"{name!r} cannot be the name of a facet", remedy="Use letters, digits and `_`.")
    return encode(document)


def indexed_fields(document: Document) -> IndexedFields:
    """Return the tokens of a document; raises what `checked_row` raises."""
    row = checked_row(document)
    titles = list(dict.fromkeys(text for text in (document.title, *document.names) if text))
    names = [segmented(text) for text in titles]
    parts = [*names, segmented(document.text)]
    keys = [key for text in document.identifiers if (key := keyword(comparison_key(text)))]
    wholes = [key for text in titles if (key := keyword(comparison_key(text)))]
    days = period(document.date)
    return IndexedFields(
        id=document.id,
        class_name=document.class_name,
        words=[word for part in parts for word in part.words] or [ABSENT],
        pairs=_joined([part.pairs for part in parts]) or [ABSENT],
        units=[unit for part in parts for unit in part.units] + keys or [ABSENT],
        names=[token for name in document.names for token in _name_tokens(segmented(name))] or [ABSENT],
        exact=list(dict.fromkeys(wholes + keys)),
        identifiers=list(dict.fromkeys(keys)),
        facets={name: [keyword(value) for value in values] for name, values in document.facets.items() if values},
        date=document.date if days else None,
        days=days,
        row=row,
    )


def _joined(parts: list[list[str]]) -> list[str]:
    """Return the pairs of several texts with a break between two of them."""
    found: list[str] = []
    for pairs in parts:
        if found and pairs:
            found.append(BREAK)
        found += pairs
    return found
