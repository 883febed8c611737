"""Cursors: where the next page goes on, in a form that callers pass back untouched.

A cursor holds the sort key of the last hit (score or date, and id), a name of the state of the index it was made
on, and a fingerprint of the request. Engines keep that state for a while (`search/embedded/index.py`,
`search/elastic/index.py`), and on it pages neither skip nor repeat. Once it is gone, paging goes on after the last
key in the present state: by id or by date that still neither skips nor repeats a document that was there all
along; by relevance it does so only where a score changed meanwhile.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

import orjson

from ontology.errors import InvalidQuery
from search.index import SearchRequest

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """`state` names the state of the index, `seen` counts the hits before, `key` and `id` are those of the last."""

    state: str
    seen: int
    key: float | str | None
    id: str


def fingerprint(request: SearchRequest) -> str:
    """Return what must not change between pages: query, filter and sort."""
    where = request.where
    facets = sorted((name, list(values)) for name, values in where.facets.items())
    asked = repr((request.query, facets, where.date_from, where.date_to, request.sort.value))
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def encode(cursor: Cursor, request: SearchRequest) -> str:
    """Return the cursor as text."""
    body = orjson.dumps([_VERSION, fingerprint(request), cursor.state, cursor.seen, cursor.key, cursor.id])
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()[:6] + body).decode().rstrip("=")


def decode(text: str, request: SearchRequest) -> Cursor:
    """Return the cursor. Raises `InvalidQuery` for a text that is none, or one of another request."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        check, body = raw[:6], raw[6:]
        if hashlib.sha256(body).digest()[:6] != check:
            raise ValueError("check digits differ")
        version, asked, state, seen, key, identifier = orjson.loads(body)
    except (ValueError, binascii.Error) as exc:
        raise InvalidQuery("the cursor is not one of ours", remedy="Ask for the first page again.") from exc
    if version != _VERSION or asked != fingerprint(request):
        raise InvalidQuery(
            "the cursor belongs to another query, filter or order", remedy="Ask for the first page again."
        )
    return Cursor(state, seen, key, identifier)
