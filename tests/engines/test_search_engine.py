"""Elasticsearch keeps the contract of search."""

import uuid
from collections.abc import AsyncIterator

import pytest
from elasticsearch import AsyncElasticsearch

from search.contract import SearchIndexContract
from search.contracts.pair import SearchPair
from search.elastic.index import open_search
from search.elastic.server import ElasticServer
from tests.engines.servers import ElasticsearchServer

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]


async def remove_indexes(url: str, alias: str) -> None:
    """Remove what a test wrote: a node takes a thousand shards."""
    async with AsyncElasticsearch(url) as client:
        for name in await ElasticServer(client, alias=alias, shards=1).versions():
            await client.indices.delete(index=name)


class TestElasticsearch(SearchIndexContract):
    @pytest.fixture
    async def pair(self, elasticsearch_server: ElasticsearchServer) -> AsyncIterator[SearchPair]:
        alias = f"contract-{uuid.uuid4().hex[:12]}"
        index, writer = open_search(elasticsearch_server.url, alias=alias)
        yield SearchPair(index, writer)
        await index.close()
        await remove_indexes(elasticsearch_server.url, alias)
