"""Pages in a total order: score, then id; or a sort key that holds date and id.

tantivy orders hits of one score by where they are stored, which a merge changes. So hits of one score are ordered here
by id, read from number columns; only those runs of equal scores that touch the page are.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Protocol, cast

import tantivy

from search.digest import decode
from search.embedded.schema import ID_COLUMNS
from search.index import Sort


class Found(Protocol):
    """tantivy's answer; its type stub forgets `count`."""

    hits: list[tuple[float, tantivy.DocAddress]]
    count: int


def found_by(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, offset: int = 0, by: str | None = None
) -> Found:
    """Return `limit` hits after `offset` and the number of all, by score or ascending by a field."""
    order = tantivy.Order.Asc if by else tantivy.Order.Desc
    return cast("Found", searcher.search(query, limit, offset=offset, order_by_field=by, order=order))


_SPARE = 16
"""Hits asked for on both sides of the page, so that short runs of equal scores at its ends are seen whole at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order: `key` is the score, or the text sorted by; `id` decides between equal scores."""

    key: float | str | None
    id: str


@dataclass(frozen=True, slots=True)
class RankedPage:
    """Stored rows and scores of one page, its last place, whether more follow, and how many match in all."""

    hits: list[tuple[bytes, float]]
    last: Place | None
    more: bool
    total: int


def page_of(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    *,
    sort: Sort,
    ranks: bool,
    after: Place | None,
    seen: int,
    limit: int,
) -> RankedPage:
    """Return the `limit` hits after a place. `seen` hits are expected before it; a wrong guess only costs time."""
    if sort is Sort.RELEVANCE and ranks:
        return _by_score(searcher, query, after=after, seen=seen, limit=limit)
    field = "id" if sort is Sort.RELEVANCE else sort.value
    return _by_text(searcher, query, field=field, after=after, seen=seen, limit=limit)


def stored_row(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
    """Return the canonical row of a hit."""
    row: bytes = searcher.doc(address)["row"][0]
    return row


def _by_text(
    searcher: tantivy.Searcher, query: tantivy.Query, *, field: str, after: Place | None, seen: int, limit: int
) -> RankedPage:
    """Return a page ordered by a text that no two documents share."""
    start, end = max(0, seen - 1), seen + limit + 1
    passed = after.key if after is not None and isinstance(after.key, str) else ""
    while True:
        found = found_by(searcher, query, end - start, offset=start, by=field)
        hits = cast("list[tuple[str, tantivy.DocAddress]]", found.hits)
        if start > 0 and not (hits and hits[0][0] <= passed):  # documents before the place have gone
            start = max(0, 2 * start - end)
            continue
        rest = hits[bisect_right(hits, passed, key=itemgetter(0)) :]
        if len(rest) > limit or len(hits) < end - start:
            break
        end += 3 * (end - start)
    page = rest[:limit]
    last = Place(page[-1][0], "") if page else None
    rows = [(stored_row(searcher, address), 0.0) for _, address in page]
    return RankedPage(rows, last, len(rest) > limit, found.count)


def _by_score(
    searcher: tantivy.Searcher, query: tantivy.Query, *, after: Place | None, seen: int, limit: int
) -> RankedPage:
    """Return a page ordered by score, then id: the window of hits grows until it holds whole runs of equal scores."""
    start, end = max(0, seen - _SPARE), seen + limit + 1 + _SPARE
    passed = after.key if after is not None and isinstance(after.key, float) else math.inf
    while True:
        found = found_by(searcher, query, end - start, offset=start)
        hits = found.hits
        if start > 0 and not (hits and hits[0][0] > passed):
            start = max(0, 2 * start - end)
            continue
        whole = len(hits) < end - start
        if not whole:
            hits = hits[: bisect_left(hits, -hits[-1][0], key=_falling)]
        page = _after(searcher, hits, after, limit + 1)
        if whole or len(page) > limit:
            break
        end += 3 * (end - start)
    more = len(page) > limit
    page = page[:limit]
    last = Place(page[-1][0], page[-1][1]) if page else None
    return RankedPage([(row, score) for score, _, row in page], last, more, found.count)


def _falling(hit: tuple[float, tantivy.DocAddress]) -> float:
    return -hit[0]


def _after(
    searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]], after: Place | None, limit: int
) -> list[tuple[float, str, bytes]]:
    """Return up to `limit` of the hits after a place, as (score, id, row)."""
    page: list[tuple[float, str, bytes]] = []
    passed = after.key if after is not None and isinstance(after.key, float) else None
    first = 0 if passed is None else bisect_left(hits, -passed, key=_falling)
    for score, run in groupby(hits[first:], key=itemgetter(0)):
        for identifier, row in _by_id(searcher, [address for _, address in run]):
            if after is not None and score == passed and identifier <= after.id:
                continue
            page.append((score, identifier, row))
            if len(page) == limit:
                return page
    return page


def _by_id(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> Iterator[tuple[str, bytes]]:
    """Yield ids and rows by id; stored rows are read only as far as the caller goes."""
    if len(addresses) == 1:
        row = stored_row(searcher, addresses[0])
        yield decode(row).id, row
        return
    columns = [searcher.fast_field_values(name, addresses) for name in ID_COLUMNS]
    heads = list(zip(*columns, strict=True))
    for _, same in groupby(sorted(range(len(heads)), key=heads.__getitem__), key=heads.__getitem__):
        rows = [stored_row(searcher, addresses[at]) for at in same]
        yield from sorted((decode(row).id, row) for row in rows)
