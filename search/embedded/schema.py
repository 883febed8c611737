"""The tantivy schema, and the way from indexed fields to a tantivy document."""

import re

import orjson
import tantivy

from search.digest import row_digest
from search.fields import ABSENT, MARKER, SCORED, IndexedFields

FORMAT = 1
"""Raise it with any change of schema, segmentation or folding: an index of another format must be rebuilt."""

ID_COLUMNS = ("id_0", "id_1", "id_2", "id_3")
"""The first 32 bytes of the id, 8 a column: tantivy reads numbers of many hits at once, texts only one by one."""

DIGEST_COLUMNS = ("digest_0", "digest_1", "digest_2", "digest_3")
"""The SHA-256 of the row, 64 bits a column, so that a digest of the index needs no stored row."""

_TEXT = "\u200b"
_MOMENT = re.compile(rf"{_TEXT}|\d{{4}}-\d\d-\d\d[Tt ]")
_NEWEST_FIRST = str.maketrans("0123456789", "9876543210")


def build_schema() -> tantivy.Schema:
    """Return the schema. Only `pairs` keeps positions: phrases are found there."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "newest", "oldest"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in SCORED:
        option = "position" if name == "pairs" else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    for name in ("exact", "identifiers"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("class_name", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("first_day", "last_day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (*ID_COLUMNS, *DIGEST_COLUMNS):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("row", stored=True)
    return builder.build()


def id_columns(identifier: str) -> tuple[int, int, int, int]:
    """Return the first 32 bytes of an id as numbers that order as the id does."""
    raw = identifier.encode()[:32].ljust(32, b"\0")
    first, second, third, fourth = (int.from_bytes(raw[at : at + 8], "big") for at in range(0, 32, 8))
    return first, second, third, fourth


def newest_key(date: str | None, identifier: str) -> str:
    """Return a text whose ascending order is: date descending, none last, then id."""
    return f"{date.translate(_NEWEST_FIRST) if date else '~'}~{identifier}"


def oldest_key(date: str | None, identifier: str) -> str:
    """Return a text whose ascending order is: date ascending, none last, then id."""
    return f"{date or '~'} {identifier}"


def facet_term(value: str) -> str:
    """Return a facet value as it is indexed: tantivy would make a date of `2019-02-28T00:00:00Z` in a JSON field."""
    return _TEXT + value if _MOMENT.match(value) else value


def facet_value(term: str) -> str:
    """Return the facet value that was indexed as `term`."""
    return term.removeprefix(_TEXT)


def tantivy_document(fields: IndexedFields) -> tantivy.Document:
    """Return the document as tantivy takes it."""
    document = tantivy.Document()
    document.add_text("id", fields.id)
    document.add_text("newest", newest_key(fields.date, fields.id))
    document.add_text("oldest", oldest_key(fields.date, fields.id))
    document.add_text("words", " ".join(fields.words))
    document.add_text("pairs", " ".join(fields.pairs))
    document.add_text("units", " ".join(fields.units))
    document.add_text("names", " ".join(fields.names))
    for key in fields.exact:
        document.add_text("exact", key)
    for key in fields.identifiers:
        document.add_text("identifiers", key)
    document.add_text("class_name", fields.class_name)
    facets = {name: [facet_term(value) for value in values] for name, values in fields.facets.items()}
    document.add_json("facets", facets)
    if fields.days is not None:
        document.add_unsigned("first_day", fields.days[0])
        document.add_unsigned("last_day", fields.days[1])
    for name, value in zip(ID_COLUMNS, id_columns(fields.id), strict=True):
        document.add_unsigned(name, value)
    digest = row_digest(fields.row)
    for at, name in enumerate(DIGEST_COLUMNS):
        document.add_unsigned(name, (digest >> (192 - 64 * at)) & 0xFFFF_FFFF_FFFF_FFFF)
    document.add_bytes("row", fields.row)
    return document


def marker_document(checkpoint: int) -> tantivy.Document:
    """Return the entry that carries the checkpoint."""
    document = tantivy.Document()
    document.add_text("id", MARKER)
    for name in SCORED:
        document.add_text(name, ABSENT)
    document.add_bytes("row", orjson.dumps({"checkpoint": checkpoint, "format": FORMAT}))
    return document
