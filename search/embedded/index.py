"""Reading a tantivy folder: `open_index(path)` gives the `SearchIndex` that needs no server.

Any number of processes may read while one writes. A reader looks at the folder's `meta.json` before each
search and reloads when it changed, so a commit is seen by the next search of every process.

Cursors name the state (commit) they were made on. The searchers of the last `KEPT_STATES` states that a cursor
was given out for stay open, and the next page is read from the same one: nothing is skipped or repeated while
documents arrive. tantivy's files stay readable while a searcher holds them, also after a merge removed them.
"""

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import orjson
import tantivy

from ontology.errors import EngineFailed, EngineMisconfigured
from ontology.model import Document, EntityId
from search.cursor import Cursor, decode, encode
from search.digest import decode as decode_row
from search.digest import sum_digests
from search.embedded.compile import Compiler
from search.embedded.ranking import Place, page_of, stored_row
from search.embedded.schema import DIGEST_COLUMNS, FORMAT, build_schema, facet_value
from search.fields import MARKER, keyword
from search.highlight import highlights
from search.index import FacetCount, Hit, SearchAnswer, SearchRequest
from search.limits import MAX_FACET_VALUES, check_limits
from search.plan import Everything, Plan, plan

T = TypeVar("T")

ENGINE = "tantivy"
KEPT_STATES = 8
"""Searchers kept open for cursors. Each holds its segments' files; 8 commits of an ingest are about a minute."""


def open_index(path: Path) -> "TantivyIndex":
    """Return the search index in folder `path`, which is opened at the first use and made empty if there is none.

    Each use raises `EngineMisconfigured` for a folder of another format or a damaged one, until it was rebuilt, and
    `EngineFailed` for one that cannot be read.
    """
    return TantivyIndex(path)


def open_folder(path: Path) -> tantivy.Index:
    """Return tantivy's handle of a folder, made empty if there is none; raises as `open_index` says."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(build_schema(), path=str(path))
        index.config_reader("manual")
    except ValueError as exc:
        raise EngineMisconfigured(
            f"the search index in {path} cannot be used: {exc}",
            engine=ENGINE,
            remedy="Run `ecograph rebuild --search`.",
        ) from exc
    except OSError as exc:
        raise EngineFailed(f"the folder {path} cannot be read or made: {exc}", engine=ENGINE) from exc
    stored = marker_of(index)
    if stored is not None and stored["format"] != FORMAT:
        raise EngineMisconfigured(
            f"the search index in {path} has format {stored['format']}, this version needs {FORMAT}",
            engine=ENGINE,
            remedy="Run `ecograph rebuild --search`.",
        )
    return index


def marker_of(index: tantivy.Index) -> Mapping[str, int] | None:
    """Return checkpoint and format as last committed, None for an index that was never committed."""
    index.reload()
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.term_query(index.schema, "id", MARKER, "basic"), 1).hits
    if not found:
        return None
    stored: Mapping[str, int] = orjson.loads(searcher.doc(found[0][1])["row"][0])
    return stored


class TantivyIndex:
    """`SearchIndex` on a tantivy folder; see `open_index`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._meta = path / "meta.json"
        self._index: tantivy.Index | None = None
        self._compiler = Compiler(build_schema())
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._current: tuple[str, tantivy.Searcher] | None = None
        self._kept: OrderedDict[str, tantivy.Searcher] = OrderedDict()

    async def search(self, request: SearchRequest) -> SearchAnswer:
        """Return one page of documents that match, with facets and highlights as asked."""
        check_limits(request)
        cursor = decode(request.cursor, request) if request.cursor is not None else None
        return await _in_thread(lambda: self._search(request, cursor))

    async def document(self, document: EntityId) -> Document | None:
        """Return the document of an entity, None if it has none."""
        return await _in_thread(lambda: self._document(document))

    async def counts(self) -> Mapping[str, int]:
        """Return the number of documents by class, names sorted."""
        return await _in_thread(self._counts)

    async def digest(self) -> str:
        """Return the sum of the digests of all rows (`search/digest.py`)."""
        return await _in_thread(self._digest)

    async def close(self) -> None:
        """Let go of all files; the index is not used afterwards."""
        with self._lock:
            self._current, self._seen, self._index = None, None, None
            self._kept.clear()

    def _search(self, request: SearchRequest, cursor: Cursor | None) -> SearchAnswer:
        state, searcher = self._snapshot(cursor.state if cursor else None)
        wanted = plan(request.query, request.where)
        query = self._compiler.query(wanted.clause)
        after = None if cursor is None else Place(cursor.key, cursor.id)
        page = page_of(
            searcher,
            query,
            sort=request.sort,
            ranks=wanted.ranks,
            after=after,
            seen=cursor.seen if cursor else 0,
            limit=request.limit,
        )
        hits = []
        for row, score in page.hits:
            document = decode_row(row)
            shown = highlights(document, request.query) if request.highlight else ()
            hits.append(Hit(document, score, shown))
        following = None
        if page.last is not None and page.more:
            seen = (cursor.seen if cursor else 0) + len(hits)
            following = encode(Cursor(state, seen, page.last.key, page.last.id), request)
            self._keep(state, searcher)
        return SearchAnswer(hits, page.total, self._facets(searcher, wanted, request), following)

    def _facets(
        self, searcher: tantivy.Searcher, wanted: Plan, request: SearchRequest
    ) -> Mapping[str, list[FacetCount]]:
        """Return the most frequent values of each facet over all that matches; equal counts by value."""
        names = [name for name in dict.fromkeys(request.facets) if name.isidentifier()]
        found: dict[str, list[FacetCount]] = {name: [] for name in request.facets}
        if not names or searcher.num_docs == 0:
            return found
        asked = {
            name: {"terms": {"field": f"facets.{name}", "size": MAX_FACET_VALUES, "segment_size": MAX_FACET_VALUES}}
            for name in names
        }
        answer = searcher.aggregate(self._compiler.query(wanted.matching), asked)
        for name in names:
            counted = [FacetCount(facet_value(each["key"]), each["doc_count"]) for each in answer[name]["buckets"]]
            counted.sort(key=lambda each: (-each.count, each.value))
            found[name] = counted[: request.facet_limit]
        return found

    def _document(self, identifier: EntityId) -> Document | None:
        _, searcher = self._snapshot(None)
        query = tantivy.Query.term_query(self._compiler.schema, "id", keyword(identifier), "basic")
        found = searcher.search(query, 1, count=False).hits
        if not found or identifier == MARKER:
            return None
        return decode_row(stored_row(searcher, found[0][1]))

    def _counts(self) -> Mapping[str, int]:
        _, searcher = self._snapshot(None)
        if searcher.num_docs == 0:
            return {}
        asked = {"class": {"terms": {"field": "class_name", "size": MAX_FACET_VALUES}}}
        answer = searcher.aggregate(self._compiler.query(Everything()), asked)
        return {bucket["key"]: bucket["doc_count"] for bucket in sorted(answer["class"]["buckets"], key=_key)}

    def _digest(self) -> str:
        _, searcher = self._snapshot(None)
        query = self._compiler.query(Everything())
        found = searcher.search(query, max(1, searcher.num_docs), count=False).hits
        addresses = [address for _, address in found]
        columns = [searcher.fast_field_values(name, addresses) for name in DIGEST_COLUMNS]
        return sum_digests(
            (first << 192) | (second << 128) | (third << 64) | fourth
            for first, second, third, fourth in zip(*columns, strict=True)
        )

    def _snapshot(self, state: str | None) -> tuple[str, tantivy.Searcher]:
        """Return the searcher of a state a cursor names, that of the present state for None or one no longer kept."""
        with self._lock:
            if state is not None and state in self._kept:
                self._kept.move_to_end(state)
                return state, self._kept[state]
            if self._current is None or self._stamp() != self._seen:
                self._reload()
            assert self._current is not None  # noqa: S101  # _reload sets it
            return self._current

    def _stamp(self) -> tuple[int, int, int]:
        found = self._meta.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _reload(self) -> None:
        """Read the present state; again if a commit came between, so that its name and its searcher agree."""
        if self._index is None:
            self._index = open_folder(self._path)
        while True:
            self._seen = self._stamp()
            name = hashlib.sha256(self._meta.read_bytes()).hexdigest()[:16]
            self._index.reload()
            self._current = (name, self._index.searcher())
            if self._stamp() == self._seen:
                return

    def _keep(self, state: str, searcher: tantivy.Searcher) -> None:
        with self._lock:
            self._kept[state] = searcher
            self._kept.move_to_end(state)
            while len(self._kept) > KEPT_STATES:
                self._kept.popitem(last=False)


def _key(bucket: Mapping[str, str]) -> str:
    return bucket["key"]


async def _in_thread(work: Callable[[], T]) -> T:
    """Run blocking tantivy work in a thread; the one place where this engine does so.

    Raises `EngineFailed` for what tantivy reports.
    """
    try:
        return await asyncio.to_thread(work)
    except (ValueError, OSError) as exc:
        raise EngineFailed(f"tantivy failed: {exc}", engine=ENGINE) from exc
