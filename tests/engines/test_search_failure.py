"""What goes wrong with a search server: each fault says what it is, nothing is lost or doubled, work goes on."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from elasticsearch import AsyncElasticsearch

from ontology.errors import EngineFailed, EngineMisconfigured, EngineUnavailable
from ontology.model import Document
from search.contracts.pair import NIGHT, SAMPLE, SearchPair, note
from search.digest import encode, row_digest, sum_digests
from search.elastic.index import FRESH_SECONDS, open_search
from search.elastic.server import ElasticServer
from search.index import SearchBatch, SearchRequest
from search.query import All, Words
from tests.engines.servers import ElasticsearchServer
from tests.engines.test_search_engine import remove_indexes

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]


@dataclass(frozen=True, slots=True)
class Setting:
    """A server, an alias of our own on it, and a client of the test's own to do damage with."""

    server: ElasticsearchServer
    alias: str
    pair: SearchPair
    client: AsyncElasticsearch

    async def names(self) -> list[str]:
        """Return the indexes of the alias's family."""
        return list(await ElasticServer(self.client, alias=self.alias, shards=1).versions())


@pytest.fixture
async def setting(elasticsearch_server: ElasticsearchServer) -> AsyncIterator[Setting]:
    alias = f"failure-{uuid.uuid4().hex[:12]}"
    index, writer = open_search(elasticsearch_server.url, alias=alias)
    async with AsyncElasticsearch(elasticsearch_server.url, request_timeout=60) as client:
        yield Setting(elasticsearch_server, alias, SearchPair(index, writer), client)
        elasticsearch_server.start()
        await index.close()
        await remove_indexes(elasticsearch_server.url, alias)


STEPS = 30


def step(number: int) -> list[Document]:
    """Return the documents of one step; each step writes most of the one before again."""
    return [note(f"{each:03}", f"异味 {number} " * 200) for each in range(number * 10, number * 10 + 40)]


async def project(pair: SearchPair, disturb: Callable[[int], None]) -> None:
    """Write all steps as a projection does: from the checkpoint on, commit every third, again after each fault."""
    for _ in range(10):
        with suppress(EngineUnavailable):
            for number in range(await pair.writer.checkpoint() + 1, STEPS + 1):
                await pair.writer.apply(SearchBatch(step(number), checkpoint=number))
                await asyncio.to_thread(disturb, number)
                if number % 3 == 0 or number == STEPS:
                    await pair.writer.commit()
            return
    pytest.fail("the server did not come back")


def expected_digest() -> str:
    """Return the digest of what all steps leave behind."""
    left = {document.id: document for number in range(1, STEPS + 1) for document in step(number)}
    return sum_digests(row_digest(encode(document)) for document in left.values())


@pytest.mark.parametrize("blow", ["stop", "kill"])
async def test_a_server_that_goes_down_in_the_middle_loses_and_doubles_nothing(setting: Setting, blow: str) -> None:
    blows = iter([4, 11, 12, 29])
    due = next(blows)

    def disturb(number: int) -> None:
        nonlocal due
        if number == due:
            due = next(blows, -1)
            getattr(setting.server, blow)()
            setting.server.start()

    await project(setting.pair, disturb)
    assert await setting.pair.index.digest() == expected_digest()
    assert await setting.pair.writer.checkpoint() == STEPS


async def test_a_server_that_is_down_is_unavailable_and_comes_back(setting: Setting) -> None:
    await setting.pair.fill(*SAMPLE)
    page = await setting.pair.ask(All(), limit=4)
    setting.server.stop()
    for call in (setting.pair.index.counts, setting.pair.index.digest, setting.pair.writer.checkpoint):
        with pytest.raises(EngineUnavailable):
            await call()
    with pytest.raises(EngineUnavailable):
        await setting.pair.writer.apply(SearchBatch((NIGHT,), checkpoint=2))
    setting.server.start()
    rest = await setting.pair.index.search(SearchRequest(All(), limit=50, cursor=page.next_cursor))
    assert [hit.document.id for answer in (page, rest) for hit in answer.hits] == sorted(each.id for each in SAMPLE)


async def test_a_server_that_hangs_is_unavailable_in_time(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    await setting.pair.fill(*SAMPLE)
    monkeypatch.setattr("search.elastic.index.READ_SECONDS", 1.0)
    index, _ = open_search(setting.server.url, alias=setting.alias)
    assert (await index.search(SearchRequest())).total == len(SAMPLE)
    setting.server.pause()
    start = asyncio.get_running_loop().time()
    with pytest.raises(EngineUnavailable):
        await index.search(SearchRequest())
    assert asyncio.get_running_loop().time() - start < 5
    setting.server.resume()
    assert (await index.search(SearchRequest())).total == len(SAMPLE)
    await index.close()


async def test_a_full_disk_makes_writing_wait(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server puts this block on every index when its disk is full to 95%, and takes it off by itself.

    It does so within half a minute, here before a writer would give up; so this one gives up at once.
    """
    monkeypatch.setattr("search.elastic.writer.ATTEMPTS", 0)
    await setting.pair.fill(*SAMPLE, checkpoint=5)
    (name,) = await setting.names()
    await setting.client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(EngineUnavailable) as caught:
        await setting.pair.fill(replace(NIGHT, text="new"), checkpoint=6)
    assert "disk" in caught.value.remedy
    assert (await setting.pair.writer.checkpoint(), len(await setting.pair.ids(All()))) == (5, len(SAMPLE))
    await setting.client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": None})
    await setting.pair.fill(replace(NIGHT, text="new"), checkpoint=6)
    assert await setting.pair.ids("new") == [NIGHT.id]


async def test_an_index_that_was_removed_is_named_until_it_is_rebuilt(setting: Setting) -> None:
    await setting.pair.fill(*SAMPLE)
    (name,) = await setting.names()
    await setting.client.indices.delete(index=name)
    await asyncio.sleep(FRESH_SECONDS)
    for call in (setting.pair.index.counts, setting.pair.writer.checkpoint):
        with pytest.raises(EngineMisconfigured) as caught:
            await call()
        assert "rebuild" in caught.value.remedy
    with pytest.raises(EngineMisconfigured):
        await setting.pair.writer.apply(SearchBatch((NIGHT,), checkpoint=2))
    assert await setting.names() == []
    await setting.pair.writer.clear()
    await setting.pair.fill(*SAMPLE)
    assert len(await setting.pair.ids(All())) == len(SAMPLE)


async def test_an_index_removed_in_the_middle_of_a_batch_is_not_made_by_the_server(setting: Setting) -> None:
    """A bulk request to a missing index would make one, with mappings that the server guesses."""
    await setting.pair.writer.clear()
    await setting.pair.writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    await setting.client.indices.delete(index=(await setting.names())[-1])
    before = await setting.names()
    with pytest.raises(EngineMisconfigured):
        await setting.pair.writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    assert await setting.names() == before


async def test_an_index_of_another_format_is_refused_until_it_is_rebuilt(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    await setting.pair.fill(*SAMPLE)
    monkeypatch.setattr("search.elastic.server.FORMAT", 99)
    monkeypatch.setattr("search.elastic.mapping.FORMAT", 99)
    index, writer = open_search(setting.server.url, alias=setting.alias)
    with pytest.raises(EngineMisconfigured, match="format 1"):
        await index.search(SearchRequest())
    with pytest.raises(EngineMisconfigured, match="format 1"):
        await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    await writer.clear()
    await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    await writer.commit()
    assert (await index.search(SearchRequest())).total == len(SAMPLE)
    await index.close()


async def test_a_name_that_is_taken_by_an_index_is_refused(setting: Setting) -> None:
    name = f"taken-{uuid.uuid4().hex[:12]}"
    await setting.client.indices.create(index=name)
    index, _ = open_search(setting.server.url, alias=name)
    with pytest.raises(EngineMisconfigured, match="not an alias"):
        await index.search(SearchRequest())
    await index.close()
    await setting.client.indices.delete(index=name)


async def test_documents_that_the_server_refuses_are_named(setting: Setting) -> None:
    """An index takes 1,000 fields, and each name of a facet is one."""
    odd = replace(NIGHT, facets={f"facet_{number}": ("x",) for number in range(1_100)})
    with pytest.raises(EngineFailed, match=f"refused 1 documents: {NIGHT.id}: .*1000"):
        await setting.pair.writer.apply(SearchBatch((odd, *SAMPLE[:2]), checkpoint=1))
    await setting.pair.writer.commit()
    assert set(await setting.pair.ids(All())) == {document.id for document in SAMPLE[:2]}
    assert await setting.pair.writer.checkpoint() == 0


async def test_what_an_interrupted_rebuild_left_is_removed_by_the_next(setting: Setting) -> None:
    await setting.pair.fill(*SAMPLE, checkpoint=1)
    connection, interrupted = open_search(setting.server.url, alias=setting.alias)
    await interrupted.clear()
    await interrupted.apply(SearchBatch((NIGHT,), checkpoint=1))
    await connection.close()
    await setting.pair.writer.clear()
    assert len(await setting.names()) == 2
    await setting.pair.fill(*SAMPLE, checkpoint=2)
    assert await setting.names() == [f"{setting.alias}-000003"]
    assert len(await setting.pair.ids(All())) == len(SAMPLE)


async def test_another_process_sees_a_commit_soon(setting: Setting) -> None:
    other, _ = open_search(setting.server.url, alias=setting.alias)
    assert (await other.search(SearchRequest())).total == 0
    await setting.pair.fill(*SAMPLE)
    await asyncio.sleep(FRESH_SECONDS)
    assert (await other.search(SearchRequest())).total == len(SAMPLE)
    await other.close()


async def test_a_cursor_goes_on_in_another_process_in_the_same_state(setting: Setting) -> None:
    await setting.pair.fill(*SAMPLE)
    first = await setting.pair.ask(All(), limit=4)
    await setting.pair.fill(note("00", "came later"))
    other, _ = open_search(setting.server.url, alias=setting.alias)
    rest = await other.search(SearchRequest(All(), limit=50, cursor=first.next_cursor))
    assert rest.total == len(SAMPLE)
    assert [hit.document.id for answer in (first, rest) for hit in answer.hits] == sorted(each.id for each in SAMPLE)
    await other.close()


async def test_states_that_no_cursor_names_are_let_go(setting: Setting) -> None:
    for number in range(5):
        await setting.pair.fill(note(str(number), "异味"))
        await setting.pair.ask(Words("异味"))
    stats = await setting.client.nodes.stats(metric="indices", index_metric="search")
    (node,) = stats.body["nodes"].values()
    assert node["indices"]["search"]["open_contexts"] <= 2
