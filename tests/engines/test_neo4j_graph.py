"""The Neo4j engine on a real server passes the contract of every graph engine."""

from collections.abc import AsyncIterator

import pytest

from graph.contract import Graph, GraphStoreContract
from graph.contract_model import CLASSES
from graph.contract_walks import GraphWalkContract
from graph.neo4j.store import Neo4jGraph, open_graph
from tests.engines.servers import Neo4jServer

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]


@pytest.fixture
async def opened(neo4j_server: Neo4jServer) -> AsyncIterator[Neo4jGraph]:
    """An empty graph on the session's server."""
    async with await open_graph(
        neo4j_server.url, user=neo4j_server.user, password=neo4j_server.password, classes=CLASSES
    ) as graph:
        await graph.writer.clear()
        yield graph


class TestNeo4jGraph(GraphStoreContract, GraphWalkContract):
    @pytest.fixture
    def graph(self, opened: Neo4jGraph) -> Graph:
        return opened.store, opened.writer
