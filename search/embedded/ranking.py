"""Pages in a total order: score, then id; or a sort key that holds date and id.

tantivy orders hits of one score by where they are stored, which a merge changes. So hits of one score are ordered here
by id, read from number columns; only those runs of equal scores that touch the page are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, cast

import tantivy

from search.digest import decode
from search.embedded.schema import ID_COLUMNS
from search.index import Sort


class Found(Protocol):
    """tantivy's answer; its type stub forgets `count`."""

    hits: list[tuple[float, tantivy.DocAddress]]
    count: int


def found_by(searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, by: str | None = None) -> Found:
    """Return the first hits and the number of all, by score or ascending by a field."""
    order = tantivy.Order.Asc if by else tantivy.Order.Desc
    return cast("Found", searcher.search(query, limit, order_by_field=by, order=order))


_SPARE = 16
"""Hits asked for beyond the page, so that a short run of equal scores at its end is seen whole at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order: `key` is the score, or the text sorted by; `id` decides between equal scores."""

    key: float | str | None
    id: str


@dataclass(frozen=True, slots=True)
class RankedPage:
    """Addresses and scores of one page, its last place, whether more follow, and how many match in all."""

    hits: list[tuple[tantivy.DocAddress, float]]
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


def _by_text(
    searcher: tantivy.Searcher, query: tantivy.Query, *, field: str, after: Place | None, seen: int, limit: int
) -> RankedPage:
    """Return a page ordered by a text that no two documents share."""
    wanted = seen + limit + 1
    passed = after.key if after is not None and isinstance(after.key, str) else ""
    while True:
        found = found_by(searcher, query, wanted, by=field)
        rest = [hit for hit in cast("list[tuple[str, tantivy.DocAddress]]", found.hits) if hit[0] > passed]
        if len(rest) > limit or len(found.hits) < wanted:
            break
        wanted *= 2
    page = rest[:limit]
    last = Place(page[-1][0], "") if page else None
    return RankedPage([(address, 0.0) for _, address in page], last, len(rest) > limit, found.count)


def _by_score(
    searcher: tantivy.Searcher, query: tantivy.Query, *, after: Place | None, seen: int, limit: int
) -> RankedPage:
    wanted = seen + limit + 1 + _SPARE
    while True:
        found = found_by(searcher, query, wanted)
        whole = len(found.hits) < wanted
        hits = found.hits
        if not whole:
            lowest = hits[-1][0]
            hits = [hit for hit in hits if hit[0] > lowest]
        page = _after(searcher, hits, after, limit + 1)
        if whole or len(page) > limit:
            break
        wanted *= 2
    more = len(page) > limit
    page = page[:limit]
    last = Place(page[-1][0], page[-1][1]) if page else None
    return RankedPage([(address, score) for score, _, address in page], last, more, found.count)


def _after(
    searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]], after: Place | None, limit: int
) -> list[tuple[float, str, tantivy.DocAddress]]:
    """Return up to `limit` of the hits after a place, as (score, id, address)."""
    page: list[tuple[float, str, tantivy.DocAddress]] = []
    for score, run in groupby(hits, key=lambda hit: hit[0]):
        if after is not None and isinstance(after.key, float) and score > after.key:
            continue
        same = after is not None and score == after.key
        for identifier, address in _by_id(searcher, [address for _, address in run]):
            if same and after is not None and identifier <= after.id:
                continue
            page.append((score, identifier, address))
            if len(page) == limit:
                return page
    return page


def _by_id(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> Iterator[tuple[str, tantivy.DocAddress]]:
    """Yield the documents by id; stored rows are read only as far as the caller goes."""
    if len(addresses) == 1:
        yield _identifier(searcher, addresses[0]), addresses[0]
        return
    columns = [searcher.fast_field_values(name, addresses) for name in ID_COLUMNS]
    heads = list(zip(*columns, strict=True))
    for _, same in groupby(sorted(range(len(heads)), key=heads.__getitem__), key=heads.__getitem__):
        for identifier, at in sorted((_identifier(searcher, addresses[at]), at) for at in same):
            yield identifier, addresses[at]


def _identifier(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return decode(searcher.doc(address)["row"][0]).id
