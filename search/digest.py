"""The canonical row of a document and the digest of a whole index, the same for every engine.

A row is JSON with sorted names and no spaces, UTF-8: what is stored is what is digested. The digest of an index is the
sum modulo 2^256 of the SHA-256 of its rows, so it depends neither on the order of writing nor on the engine.
"""

import hashlib
from collections.abc import Iterable

import orjson

from ontology.errors import InvalidInput
from ontology.model import Document, EntityId

_MODULUS = 1 << 256


def encode(document: Document) -> bytes:
    """Return the canonical row. Raises `InvalidInput` for text that is not Unicode (a lone surrogate)."""
    row = {
        "id": document.id,
        "class": document.class_name,
        "title": document.title,
        "text": document.text,
        "names": document.names,
        "identifiers": document.identifiers,
        "date": document.date,
        "facets": {name: document.facets[name] for name in sorted(document.facets)},
        "location": document.location,
    }
    try:
        return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
    except TypeError as exc:
        raise InvalidInput(f"document {document.id!r} holds text that cannot be stored: {exc}") from exc


def decode(row: bytes) -> Document:
    """Return the document of a canonical row."""
    fields = orjson.loads(row)
    location = fields["location"]
    return Document(
        id=EntityId(fields["id"]),
        class_name=fields["class"],
        title=fields["title"],
        text=fields["text"],
        names=tuple(fields["names"]),
        identifiers=tuple(fields["identifiers"]),
        date=fields["date"],
        facets={name: tuple(values) for name, values in fields["facets"].items()},
        location=(location[0], location[1]) if location else None,
    )


def row_digest(row: bytes) -> int:
    """Return the SHA-256 of a row as a number."""
    return int.from_bytes(hashlib.sha256(row).digest(), "big")


def sum_digests(digests: Iterable[int]) -> str:
    """Return the digest of an index from those of its rows; 64 zeros for none."""
    return format(sum(digests) % _MODULUS, "064x")
