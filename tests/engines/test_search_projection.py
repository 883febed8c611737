"""A projection into a search server that dies or is busy ends as an undisturbed one on the embedded engine does."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from elasticsearch import AsyncElasticsearch

from api.services import open_services
from api.settings import Settings
from ingest.projector import Projector
from ontology.errors import EngineUnavailable
from search.contracts.pair import SAMPLE, SearchPair, note
from search.elastic.index import open_search
from search.embedded.index import open_index
from search.embedded.writer import open_writer
from search.index import SearchBatch, SearchRequest
from tests.api.register import fill
from tests.engines.servers import ElasticsearchServer
from tests.engines.test_search_engine import remove_indexes

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]
log = logging.getLogger(__name__)
MANY = tuple(note(f"{number:04}", f"夜间施工第{number}次") for number in range(3_000))


@pytest.fixture
async def alias(elasticsearch_server: ElasticsearchServer) -> AsyncIterator[str]:
    """A name of its own; what is made under it is removed."""
    name = f"failures-{uuid.uuid4().hex[:12]}"
    yield name
    elasticsearch_server.resume()
    elasticsearch_server.start()
    await remove_indexes(elasticsearch_server.url, name)


@pytest.fixture
async def pair(elasticsearch_server: ElasticsearchServer, alias: str) -> AsyncIterator[SearchPair]:
    """Index and writer that hold the sample documents, committed at 7."""
    index, writer = open_search(elasticsearch_server.url, alias=alias)
    pair = SearchPair(index, writer)
    await pair.fill(*SAMPLE, checkpoint=7)
    yield pair
    await index.close()


async def undisturbed_digest(folder: Path) -> str:
    """Return the digest of sample and many, written without any fault, by the embedded engine."""
    async with open_writer(folder / "undisturbed") as writer:
        await writer.apply(SearchBatch((*SAMPLE, *MANY), checkpoint=8))
        await writer.commit()
    return await open_index(folder / "undisturbed").digest()


async def test_a_rebuild_that_is_killed_leaves_the_old_content_until_the_next_one_ends(
    pair: SearchPair, alias: str, elasticsearch_server: ElasticsearchServer
) -> None:
    before = await pair.index.digest()
    await pair.writer.clear()
    await pair.writer.apply(SearchBatch(MANY[:50], checkpoint=1))
    elasticsearch_server.kill()
    elasticsearch_server.start()
    index, writer = open_search(elasticsearch_server.url, alias=alias)
    assert (await index.digest(), await writer.checkpoint()) == (before, 7)
    await writer.clear()
    await writer.apply(SearchBatch(MANY[:50], checkpoint=9))
    await writer.commit()
    assert ((await index.search(SearchRequest())).total, await writer.checkpoint()) == (50, 9)
    async with AsyncElasticsearch(elasticsearch_server.url) as client:
        left = await client.indices.get(index=f"{alias}-*")
    assert len(left.body) == 1
    await index.close()


async def refusals(client: AsyncElasticsearch) -> int:
    """Return how often the server has refused a request that would not fit into its memory."""
    nodes = (await client.nodes.stats(metric="breaker"))["nodes"].values()
    return sum(node["breakers"]["inflight_requests"]["tripped"] for node in nodes)


async def test_a_busy_server_is_asked_again(
    pair: SearchPair, elasticsearch_server: ElasticsearchServer, tmp_path: Path
) -> None:
    """The server refuses what would not fit into its memory, until it has more.

    It counts the whole body of a request only where it does not take it in piece by piece.
    """
    small = {"network.breaker.inflight_requests.limit": "20kb", "rest.incremental_bulk": False}
    async with AsyncElasticsearch(elasticsearch_server.url) as client:
        before = await refusals(client)
        await client.cluster.put_settings(persistent=small)
        applying = asyncio.create_task(pair.writer.apply(SearchBatch(MANY, checkpoint=8)))
        try:
            async with asyncio.timeout(30):
                while await refusals(client) == before:
                    await asyncio.sleep(0.05)
            assert not applying.done()
        finally:
            await client.cluster.put_settings(persistent=dict.fromkeys(small))
    await applying
    await pair.writer.commit()
    assert await pair.index.digest() == await undisturbed_digest(tmp_path)


@pytest.mark.parametrize("anew", [False, True], ids=["ingest", "rebuild"])
async def test_a_projection_cut_off_by_a_killed_server_ends_as_an_undisturbed_one(
    anew: bool,
    alias: str,
    elasticsearch_server: ElasticsearchServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("ingest.projector.CHUNK", 5)
    own = Settings(home=tmp_path)
    await fill(own)
    on_server = own.model_copy(update={"search": elasticsearch_server.url, "search_index": alias})
    steps = 0

    def kill_at_the_third_step(_entities: int) -> None:
        nonlocal steps
        steps += 1
        if steps == 3:
            elasticsearch_server.kill()

    async with open_services(on_server) as cut:
        projector = Projector(cut.ledger, cut.graph_writer, cut.search_writer, cut.schema, kill_at_the_third_step)
        work = projector.rebuild(graph=False) if anew else projector.catch_up()
        with pytest.raises(EngineUnavailable) as caught:
            await work
        assert caught.value.remedy
    elasticsearch_server.start()
    async with open_services(on_server) as again, open_services(own) as undisturbed:
        assert await again.search_writer.checkpoint() == 0
        await Projector(again.ledger, again.graph_writer, again.search_writer, again.schema).catch_up()
        assert await again.search_writer.checkpoint() == await undisturbed.search_writer.checkpoint()
        assert await again.search.counts() == await undisturbed.search.counts()
        digests = await again.search.digest(), await undisturbed.search.digest()
        log.info("digests after the kill and undisturbed: %s %s", *digests)
        assert digests[0] == digests[1]
