"""Opaque cursors: where a page ended, tied to the request it belongs to."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

import orjson

from graph.store import RelationFilter
from ontology.errors import InvalidQuery


def request_mark(*parts: str | RelationFilter) -> str:
    """Return 16 hexadecimal digits that stand for a request, the same for equal requests in every run."""
    texts: list[object] = []
    for part in parts:
        if isinstance(part, RelationFilter):
            texts.extend((sorted(part.types), sorted(part.classes), part.direction.value, part.as_of))
            texts.extend((part.valid_from, part.valid_to, part.synthetic))
        else:
            texts.append(part)
    return hashlib.sha256(orjson.dumps(texts)).hexdigest()[:16]


def write_cursor(mark: str, position: Sequence[str]) -> str:
    """Return a cursor for the request `mark` after the item at `position`."""
    return base64.urlsafe_b64encode(orjson.dumps([mark, *position])).decode().rstrip("=")


def read_cursor(cursor: str | None, mark: str, length: int) -> tuple[str, ...] | None:
    """Return the position of a cursor, None for none; `InvalidQuery` if it is damaged or of another request."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        fields = orjson.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError) as exc:
        raise InvalidQuery("the cursor is damaged", remedy="Start again at the first page.") from exc
    if (
        not isinstance(fields, list)
        or len(fields) != length + 1
        or not all(isinstance(field, str) for field in fields)
        or fields[0] != mark
    ):
        raise InvalidQuery(
            "the cursor belongs to another request",
            remedy="Use a cursor only with the entity and filter it was given for.",
        )
    return tuple(fields[1:])
