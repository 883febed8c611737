"""The seam to full text search: `SearchIndex` reads, `SearchWriter` writes.

Semantics are those of the contract in `search/contract.py`, not of an engine. Equal scores are ordered by
document id, so that paging neither skips nor repeats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from ontology.model import Document, EntityId
from search.query import All, Query


class Sort(StrEnum):
    """The order of hits; documents without a date come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What hits must also be. Values of one facet are alternatives, facets add up.

    `date_from`/`date_to` are ISO days or shorter, both inclusive: `2024-02` as `date_to` includes 29 February.
    A document without a date fails a date filter.
    """

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None


NO_FILTER = SearchFilter()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One request. `facets` names the facets to count over the *whole* result, most frequent first.

    `limit` is 1 to 200. `cursor` continues an earlier answer to the same query, filter and sort.
    """

    query: Query = field(default_factory=All)
    where: SearchFilter = NO_FILTER
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()
    facet_limit: int = 20
    limit: int = 20
    cursor: str | None = None
    highlight: bool = True


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage of the *original* text of `field` (`title`, `text` or `names`), and where it matched.

    `spans` are (start, end) in characters of `passage`, ascending, not overlapping.
    """

    field: str
    passage: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches. `score` is comparable within one answer only."""

    document: Document
    score: float
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet and the number of matching documents that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of hits. `total` and `facets` are over the whole result, exact."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    next_cursor: str | None = None


class SearchIndex(Protocol):
    """Read access. Raises `InvalidQuery` for a cursor or limit that makes no sense, `EngineError` on engine faults."""

    async def search(self, request: SearchRequest) -> SearchAnswer:
        """Return one page of documents that match, with facets and highlights as asked."""
        ...

    async def document(self, document: EntityId) -> Document | None:
        """Return the document of an entity, None if it has none."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """Return the number of documents by class, names sorted."""
        ...

    async def digest(self) -> str:
        """Return 64 hexadecimal digits that are equal for equal content, whatever the engine or the order written."""
        ...


@dataclass(frozen=True, slots=True)
class SearchBatch:
    """One step of a projection, applied whole: each document replaces what was there under its id."""

    documents: Sequence[Document] = ()
    removed: Sequence[EntityId] = ()
    checkpoint: int = 0


class SearchWriter(Protocol):
    """Write access for projections. Applying a batch twice is applying it once."""

    async def apply(self, batch: SearchBatch) -> None:
        """Apply one batch; it may become visible and durable only at the next `commit`."""
        ...

    async def commit(self) -> None:
        """Make all applied batches visible and durable, together with the last checkpoint."""
        ...

    async def checkpoint(self) -> int:
        """Return the ledger position of the last commit, 0 for an empty index."""
        ...

    async def clear(self) -> None:
        """Begin anew: the next `commit` replaces everything by what is applied from now on; `checkpoint` is 0 at once.

        Readers see the old content until that commit, so that a rebuild leaves no gap. An index that cannot be used
        (another format, damaged) is made anew as well.
        """
        ...
