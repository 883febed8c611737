"""Reading an Elasticsearch cluster: `open_search(url, …)` gives the `SearchIndex` and `SearchWriter` of one alias.

All reads go to a point in time of the last commit. It is opened once a commit and shared by all requests; before a
request it is asked, at most once in `FRESH_SECONDS`, whether there is a newer commit. Cursors carry the point in time,
so any process goes on in the same state, and pages neither skip nor repeat while documents arrive. The server keeps it
for `KEEP_ALIVE` after its last use; later, or after a rebuild, paging goes on as `search/cursor.py` says.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from elasticsearch import ApiError, AsyncElasticsearch, TransportError

from ontology.errors import EngineMisconfigured, EngineUnavailable
from ontology.model import Document, EntityId
from search.cursor import Cursor, decode, encode
from search.digest import decode as decode_row
from search.digest import sum_digests
from search.elastic.compile import Dsl, query
from search.elastic.faults import ENGINE, LOST_STATE, kind_of, translating
from search.elastic.server import READ_SECONDS, ElasticServer
from search.elastic.writer import ElasticWriter
from search.fields import RESERVED, keyword
from search.highlight import highlights
from search.index import FacetCount, Hit, SearchAnswer, SearchRequest, Sort
from search.limits import MAX_FACET_VALUES, check_limits
from search.plan import Everything, plan

KEEP_ALIVE = "5m"
FRESH_SECONDS = 0.5
"""How long another process's commit may go unseen; Elasticsearch's own default is a second."""

DIGESTS_AT_ONCE = 10_000
"""The most hits of one request that Elasticsearch gives by default."""


def open_search(
    url: str,
    *,
    alias: str = "ecograph",
    user: str | None = None,
    password: str | None = None,
    api_key: str | None = None,
    shards: int = 1,
    clock: Callable[[], float] = time.monotonic,
) -> tuple["ElasticIndex", ElasticWriter]:
    """Return index and writer of the documents under `alias`; connects at the first use, `close` the index at the end.

    `api_key` goes before `user` and `password`; what the address holds of them is not read. `shards` counts for indexes
    made from now on. Raises `EngineMisconfigured` for an address that cannot be one; each use raises
    `EngineUnavailable` while the server does not answer.
    """
    credentials = None if api_key or password is None else (user or "elastic", password)
    try:
        client = AsyncElasticsearch(
            _address(url),
            basic_auth=credentials,
            api_key=api_key,
            request_timeout=READ_SECONDS,
            retry_on_timeout=False,
            max_retries=1,
        )
    except ValueError as exc:
        raise EngineMisconfigured(
            f"the address of the search server cannot be used: {exc}",
            engine=ENGINE,
            remedy="Set ECOGRAPH_SEARCH to http(s)://HOST:PORT.",
        ) from exc
    server = ElasticServer(client, alias=alias, shards=shards)
    return ElasticIndex(server, clock=clock), ElasticWriter(server)


_Answer = Mapping[str, Any]
"""What the server sends; its shape is checked where it is read, by reading it."""

_ORDERS: Mapping[Sort, tuple[Dsl, ...]] = {
    Sort.RELEVANCE: ({"_score": "desc"}, {"id": "asc"}),
    Sort.NEWEST: ({"date": {"order": "desc", "missing": "_last"}}, {"id": "asc"}),
    Sort.OLDEST: ({"date": {"order": "asc", "missing": "_last"}}, {"id": "asc"}),
}


def _address(url: str) -> str:
    """Return the address with its port, 9200 or (https) 443 where it has none; raises ValueError for no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it is not of the form http(s)://HOST:PORT")
    port = parts.port or (443 if parts.scheme == "https" else 9200)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}{parts.path}"


@dataclass(frozen=True, slots=True)
class _State:
    """A point in time, the commit it shows, and when that was last known to be the newest."""

    pit: str
    index: str
    stamp: str
    checked: float
    commits: int
    in_cursors: bool = False


class ElasticIndex:
    """`SearchIndex` on an Elasticsearch cluster; see `open_search`."""

    def __init__(self, server: ElasticServer, *, clock: Callable[[], float]) -> None:
        self._server = server
        self._clock = clock
        self._state: _State | None = None
        self._lock = asyncio.Lock()

    async def search(self, request: SearchRequest) -> SearchAnswer:
        """Return one page of documents that match, with facets and highlights as asked."""
        check_limits(request)
        cursor = decode(request.cursor, request) if request.cursor is not None else None
        body = _body(request, cursor)
        with translating():
            found, pit = await self._ask(body, pit=cursor.state if cursor else None)
        raw = found["hits"]["hits"]
        hits = await asyncio.to_thread(_hits, raw[: request.limit], request)
        following = None
        if len(raw) > request.limit:
            key, seen = raw[request.limit - 1]["sort"][0], (cursor.seen if cursor else 0) + len(hits)
            following = encode(Cursor(pit, seen, key, hits[-1].document.id), request)
            if self._state is not None and self._state.pit == pit:
                self._state = replace(self._state, in_cursors=True)
        return SearchAnswer(hits, found["hits"]["total"]["value"], _facets(request, found), following)

    async def document(self, document: EntityId) -> Document | None:
        """Return the document of an entity, None if it has none."""
        body: Dsl = {"query": {"ids": {"values": [keyword(document)]}}, "size": 1, "_source": ["row"]}
        with translating():
            found, _ = await self._ask(body)
        hits = found["hits"]["hits"]
        return decode_row(hits[0]["_source"]["row"]) if hits and document not in RESERVED else None

    async def counts(self) -> Mapping[str, int]:
        """Return the number of documents by class, names sorted."""
        asked = {"terms": {"field": "class_name", "size": MAX_FACET_VALUES, "order": {"_key": "asc"}}}
        body: Dsl = {"query": query(Everything()), "size": 0, "aggs": {"class": asked}}
        with translating():
            found, _ = await self._ask(body)
        return {bucket["key"]: bucket["doc_count"] for bucket in found["aggregations"]["class"]["buckets"]}

    async def digest(self) -> str:
        """Return the sum of the digests of all rows (`search/digest.py`), read in steps from one point in time."""
        body: Dsl = {
            "query": query(Everything()),
            "size": DIGESTS_AT_ONCE,
            "_source": False,
            "docvalue_fields": ["digest"],
            "sort": ["_shard_doc"],
            "track_total_hits": False,
        }
        digests: list[int] = []
        with translating():
            found, pit = await self._ask(body)
            while hits := found["hits"]["hits"]:
                digests += [int(hit["fields"]["digest"][0], 16) for hit in hits]
                found = await self._run(body | {"search_after": hits[-1]["sort"]}, pit)
        return sum_digests(digests)

    async def close(self) -> None:
        """Let go of the point in time and close the connections of index and writer."""
        if self._state is not None and not self._state.in_cursors:
            await self._release(self._state.pit)
        await self._server.close()

    async def _ask(self, body: Dsl, *, pit: str | None = None) -> tuple[_Answer, str]:
        """Run a search on a point in time; for None, or one the server no longer has, on that of the last commit.

        Returns the answer and the point in time it is from.
        """
        await self._server.prepare()
        for attempts_left in (2, 1, 0):
            used = pit or (await self._present()).pit
            try:
                return await self._run(body, used), used
            except ApiError as exc:
                if not attempts_left or kind_of(exc.body) not in LOST_STATE:
                    raise
            # Unused for long, or the server restarted, or its index was replaced.
            if self._state is not None and self._state.pit == used:
                self._state = None
            pit = None
        raise AssertionError("unreachable")

    async def _run(self, body: Dsl, pit: str) -> _Answer:
        found = await self._server.client.search(
            body=body | {"pit": {"id": pit, "keep_alive": KEEP_ALIVE}},
            allow_partial_search_results=False,
            search_type="dfs_query_then_fetch" if self._server.shards > 1 else None,
        )
        if found["timed_out"]:
            raise EngineUnavailable("the search server ran out of time", engine=ENGINE, remedy="Try again later.")
        answer: _Answer = found.body
        return answer

    async def _present(self) -> _State:
        """Return the point in time of the last commit."""
        async with self._lock:
            state, now = self._state, self._clock()
            if state is not None and state.commits == self._server.commits and now - state.checked < FRESH_SECONDS:
                return state
            commits = self._server.commits
            marker = await self._server.marker(committed=True)
            if state is not None and marker.stamp == state.stamp:
                self._state = replace(state, checked=now, commits=commits)
                return self._state
            if state is None or marker.index != state.index:
                await self._server.check_format(marker.index)
            opened = await self._server.client.open_point_in_time(index=marker.index, keep_alive=KEEP_ALIVE)
            self._state = _State(opened["id"], marker.index, marker.stamp, now, commits)
            if state is not None and not state.in_cursors:
                await self._release(state.pit)
            return self._state

    async def _release(self, pit: str) -> None:
        with suppress(ApiError, TransportError):  # it has gone already, or will go by itself
            await self._server.client.close_point_in_time(id=pit)


def _body(request: SearchRequest, cursor: Cursor | None) -> Dsl:
    """Return the request as the server takes it; one hit more than asked tells whether there is another page."""
    wanted = plan(request.query, request.where)
    by_id = request.sort is Sort.RELEVANCE and not wanted.ranks
    body: Dsl = {
        "query": query(wanted.clause),
        "size": request.limit + 1,
        "_source": ["row"],
        "track_total_hits": True,
        "track_scores": True,
        "sort": [{"id": "asc"}] if by_id else list(_ORDERS[request.sort]),
    }
    if cursor is not None:
        body["search_after"] = [cursor.id] if by_id else [cursor.key, cursor.id]
    facets = {
        name: {
            "terms": {
                "field": f"facets.{name}",
                "size": request.facet_limit,
                "shard_size": MAX_FACET_VALUES,
                "order": [{"_count": "desc"}, {"_key": "asc"}],
            }
        }
        for name in dict.fromkeys(request.facets)
        if name.isidentifier()
    }
    return body | {"aggs": facets} if facets else body


def _hits(raw: list[_Answer], request: SearchRequest) -> list[Hit]:
    hits: list[Hit] = []
    ranks = request.sort is Sort.RELEVANCE
    for each in raw:
        document = decode_row(each["_source"]["row"])
        shown = highlights(document, request.query) if request.highlight else ()
        hits.append(Hit(document, float(each["_score"] or 0.0) if ranks else 0.0, shown))
    return hits


def _facets(request: SearchRequest, found: _Answer) -> Mapping[str, list[FacetCount]]:
    facets: dict[str, list[FacetCount]] = {name: [] for name in request.facets}
    for name, counted in found.get("aggregations", {}).items():
        facets[name] = [FacetCount(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"]]
    return facets
