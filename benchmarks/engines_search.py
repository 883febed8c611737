"""Time Elasticsearch through our store and through its own client: `python -m benchmarks.engines_search`.

The same documents and queries as in `benchmarks/search.py`, in one run, the ways in turn query by query, so that what
else runs on the machine meets all of them alike. Without `--url` a server is started as the tests start theirs (needs
JDK 21 and Maven); `--url` takes one that runs, and removes what it wrote there.

*client* sends the same query, sorts, counts and page size to the index and reads the answer; it makes no
`Document`s and no highlights and reads no fixed state. *store* is `SearchIndex.search` without highlights, *answer*
with them, as the API asks. In loading, *client* sends what was segmented before the clock started, so *segmented* is
the part of the store's time that it does not have; both end with a refresh.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from elasticsearch import AsyncElasticsearch
from elasticsearch.helpers import async_streaming_bulk
from rich.console import Console
from rich.table import Table

from benchmarks.search import DISTRICTS, STATUTES, documents, vocabulary
from ontology.model import Document
from search.elastic.compile import query
from search.elastic.index import open_search
from search.elastic.mapping import document_source, index_mappings, index_settings
from search.elastic.writer import BULK_BYTES, BULK_DOCUMENTS
from search.embedded.index import open_index
from search.embedded.writer import open_writer
from search.fields import indexed_fields
from search.index import SearchBatch, SearchFilter, SearchIndex, SearchRequest, SearchWriter
from search.limits import MAX_FACET_VALUES
from search.plan import plan
from search.query import All, Phrase, Words
from tests.engines.servers import ElasticsearchServer

WAYS = ("client", "store", "answer", "embedded")
BATCH = 2_000
"""Documents a batch, as a projection writes them (`ingest/projector.py`)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One kind of request: medians in milliseconds by way, the 95th percentile of the store, and the ratio aimed at."""

    name: str
    p50: dict[str, float]
    store_p95: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Loading:
    """Seconds to load all documents: by the client, by the store, and of the store's what segmentation takes alone."""

    client: float
    store: float
    segmented: float
    embedded: float


@contextmanager
def server_at(url: str | None) -> Iterator[str]:
    """Yield the address of a running server; one of our own ends with the context."""
    if url is not None:
        yield url
        return
    server = ElasticsearchServer()
    server.compiler = ()
    try:
        server.start()
        yield server.url
    finally:
        server.close()


@asynccontextmanager
async def names(client: AsyncElasticsearch) -> AsyncIterator[tuple[str, str]]:
    """Yield an alias for the store and an index for the client, and remove what was made under both."""
    alias = f"bench-{uuid.uuid4().hex[:12]}"
    index = f"{alias}-raw"
    try:
        yield alias, index
    finally:
        for name in (await client.indices.get(index=f"{alias}*", allow_no_indices=True)).body:
            await client.indices.delete(index=name)


async def load_by_client(client: AsyncElasticsearch, index: str, sources: Sequence[dict[str, object]]) -> float:
    """Send sources that are ready, and return the seconds until they are visible."""
    await client.indices.delete(index=index, ignore_unavailable=True)
    await client.indices.create(index=index, settings=index_settings(shards=1), mappings=index_mappings())
    start = time.perf_counter()
    actions = ({"_op_type": "index", "_id": source["id"], **source} for source in sources)
    async for _ in async_streaming_bulk(
        client, actions, index=index, chunk_size=BULK_DOCUMENTS, max_chunk_bytes=BULK_BYTES
    ):
        pass
    await client.indices.refresh(index=index)
    return time.perf_counter() - start


async def load(writer: SearchWriter, content: Sequence[Document]) -> float:
    """Write all anew as a rebuild does, and return the seconds until they are visible."""
    start = time.perf_counter()
    await writer.clear()
    for at in range(0, len(content), BATCH):
        await writer.apply(SearchBatch(content[at : at + BATCH], checkpoint=at + 1))
    await writer.commit()
    return time.perf_counter() - start


def raw_body(request: SearchRequest) -> dict[str, object]:
    """Return the request as one would write it for the client."""
    wanted = plan(request.query, request.where)
    counted = {
        name: {"terms": {"field": f"facets.{name}", "size": request.facet_limit, "shard_size": MAX_FACET_VALUES}}
        for name in request.facets
    }
    ordered: list[object] = [{"_score": "desc"}, {"id": "asc"}] if wanted.ranks else [{"id": "asc"}]
    body: dict[str, object] = {"query": query(wanted.clause), "size": request.limit + 1, "_source": ["row"]}
    body |= {"sort": ordered, "track_total_hits": True, "track_scores": True}
    return body | ({"aggs": counted} if counted else {})


async def read(
    name: str,
    requests: Sequence[SearchRequest],
    ways: dict[str, Callable[[SearchRequest], Awaitable[object]]],
) -> Reading:
    """Ask every request every way, in turn, and return the medians."""
    for request in requests[:10]:
        for ask in ways.values():
            await ask(request)
    times: dict[str, list[float]] = {way: [] for way in ways}
    for at, request in enumerate(requests):
        order = list(ways.items())
        for way, ask in order[at % len(order) :] + order[: at % len(order)]:
            start = time.perf_counter()
            await ask(request)
            times[way].append((time.perf_counter() - start) * 1000)
    p50 = {way: float(np.median(found)) for way, found in times.items()}
    return Reading(name, p50, float(np.percentile(times["store"], 95)), p50["store"] / p50["client"])


def ways_to_ask(
    client: AsyncElasticsearch, index: str, store: SearchIndex, embedded: SearchIndex
) -> dict[str, Callable[[SearchRequest], Awaitable[object]]]:
    """Return each way by its name."""

    async def by_client(request: SearchRequest) -> object:
        return (await client.search(index=index, body=raw_body(request))).body["hits"]

    return {
        "client": by_client,
        "store": lambda request: store.search(replace(request, highlight=False)),
        "answer": store.search,
        "embedded": embedded.search,
    }


def kinds(arguments: argparse.Namespace, sample: Sequence[Document]) -> dict[str, list[SearchRequest]]:
    """Return the requests of each kind."""
    words, runs = vocabulary(arguments.texts, arguments.seed), arguments.runs
    two = [SearchRequest(Words(" ".join(words.content_words(2)))) for _ in range(runs)]
    where, counted = SearchFilter({"region": DISTRICTS[:3]}, "2015-03", "2021"), ("class", "region", "year", "industry")
    chosen = [sample[at % len(sample)] for at in range(runs)]
    return {
        "one word": [SearchRequest(Words(word)) for word in words.content_words(runs)],
        "two words": two,
        "… filtered, with 4 facets": [replace(request, where=where, facets=counted) for request in two],
        "phrase": [SearchRequest(Phrase(document.text[40:45].strip("，。\n"))) for document in chosen],
        "name or title in full": [SearchRequest(Words(document.title)) for document in chosen],
        "everything, with 4 facets": [SearchRequest(All(), facets=counted)] * max(20, runs // 5),
    }


async def measure(url: str, folder: Path, arguments: argparse.Namespace) -> tuple[list[Loading], list[Reading]]:
    """Load and ask, and return both tables' lines."""
    content = list(documents(arguments.documents, vocabulary(arguments.texts, arguments.seed)))
    start = time.perf_counter()
    sources = [document_source(indexed_fields(document)) for document in content]
    segmented = time.perf_counter() - start
    async with AsyncElasticsearch(url, request_timeout=120) as client, names(client) as (alias, raw):
        store, writer = open_search(url, alias=alias)
        embedded = open_index(folder)
        async with open_writer(folder) as embedded_writer:
            loaded = [
                Loading(
                    client=await load_by_client(client, raw, sources),
                    store=await load(writer, content),
                    segmented=segmented,
                    embedded=await load(embedded_writer, content),
                )
                for _ in range(arguments.rounds)
            ]
        ways = ways_to_ask(client, raw, store, embedded)
        asked = kinds(arguments, content[: arguments.runs])
        found = [await read(name, requests, ways) for name, requests in asked.items()]
        await store.close()
        await embedded.close()
    return loaded, found


def reading_table(count: int, found: Sequence[Reading]) -> Table:
    """Return the medians as a table."""
    made = Table(title=f"Elasticsearch, {count:,} documents: p50 in ms (aim: store at most 1.15 of client)")
    made.add_column("search")
    for column in (*WAYS, "store p95", "store / client", "answer / client"):
        made.add_column(column, justify="right")
    for each in found:
        values = (*(each.p50[way] for way in WAYS), each.store_p95)
        ratios = (each.ratio, each.p50["answer"] / each.p50["client"])
        made.add_row(each.name, *(f"{value:.1f}" for value in values), *(f"{value:.2f}" for value in ratios))
    return made


def loading_table(count: int, found: Sequence[Loading]) -> Table:
    """Return the rates as a table."""
    made = Table(title="loading, documents per second (aim: store at least 0.8 of client)")
    for column in ("round", "client", "store", "of it segmenting, s", "embedded", "store / client", "less segmenting"):
        made.add_column(column, justify="right")
    for at, each in enumerate(found, start=1):
        rates = (f"{count / each.client:,.0f}", f"{count / each.store:,.0f}", f"{each.segmented:.1f}")
        sent = max(each.store - each.segmented, 1e-9)
        ratios = (f"{each.client / each.store:.2f}", f"{each.client / sent:.2f}")
        made.add_row(str(at), *rates, f"{count / each.embedded:,.0f}", *ratios)
    return made


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default=None, help="a running Elasticsearch 9; else one is started")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3, help="times everything is loaded")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, default=STATUTES, help="folder of Markdown texts for the vocabulary")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with server_at(arguments.url) as url, tempfile.TemporaryDirectory() as folder:
        loaded, found = asyncio.run(measure(url, Path(folder) / "search", arguments))
    if arguments.json:
        print(json.dumps({"loading": [asdict(each) for each in loaded], "reading": [asdict(each) for each in found]}))
        return 0
    console = Console(width=120)
    console.print(loading_table(arguments.documents, loaded))
    console.print(reading_table(arguments.documents, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
