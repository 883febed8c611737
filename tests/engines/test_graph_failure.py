"""What the Neo4j engine does when the server is absent, refuses, dies or was left half cleared; and guarded Cypher."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import replace

import pytest

from graph.contract_model import ReferenceGraph, entity, relation, star
from graph.cypher import Cell, CypherTable
from graph.digest import digest_of
from graph.neo4j.names import PROJECTION
from graph.neo4j.store import Neo4jGraph, open_graph
from graph.store import GraphBatch
from ontology.errors import EcographError, EngineMisconfigured, EngineUnavailable, InvalidQuery
from tests.engines.servers import Neo4jServer, free_port

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]
log = logging.getLogger(__name__)


async def opened(server: Neo4jServer) -> Neo4jGraph:
    return await open_graph(server.url, user=server.user, password=server.password, retry_seconds=3)


@pytest.fixture
async def graph(neo4j_server: Neo4jServer) -> AsyncIterator[Neo4jGraph]:
    async with await opened(neo4j_server) as made:
        await made.writer.clear()
        yield made


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(EngineUnavailable) as caught:
        await open_graph(f"bolt://127.0.0.1:{free_port()}", user="neo4j", password="x", retry_seconds=0.5)
    assert caught.value.remedy


async def test_a_wrong_password_is_told_as_such(neo4j_server: Neo4jServer) -> None:
    with pytest.raises(EngineMisconfigured, match="nauthor"):
        await open_graph(neo4j_server.url, user=neo4j_server.user, password="wrong", retry_seconds=0.5)


async def test_a_database_that_does_not_exist_is_told_as_such(neo4j_server: Neo4jServer) -> None:
    with pytest.raises(EngineMisconfigured):
        await open_graph(
            neo4j_server.url,
            user=neo4j_server.user,
            password=neo4j_server.password,
            database="absent",
            retry_seconds=0.5,
        )


@pytest.mark.parametrize("url", ["http://127.0.0.1:7687", "nonsense", ""])
async def test_an_address_of_no_server_is_an_error_of_ours(url: str) -> None:
    with pytest.raises(EcographError):
        await open_graph(url, user="neo4j", password="x", retry_seconds=0.5)


async def test_a_server_killed_in_the_middle_of_a_batch(graph: Neo4jGraph, neo4j_server: Neo4jServer) -> None:
    first = replace(star(100)[2], checkpoint=1)
    second = replace(star(4000, class_name="Permit")[2], checkpoint=2)
    await graph.writer.apply(first)
    before = await graph.store.digest()
    writing = asyncio.create_task(graph.writer.apply(second))
    await asyncio.sleep(0.4)
    await asyncio.to_thread(neo4j_server.kill)
    with suppress(EngineUnavailable):
        await writing
    with pytest.raises(EngineUnavailable):
        await graph.store.digest()
    await asyncio.to_thread(neo4j_server.start)
    async with await opened(neo4j_server) as again:
        reference = ReferenceGraph()
        for batch in (first, second):
            reference.apply(batch)
        whole = digest_of(reference.entities.values(), reference.relations.values())
        assert (await again.store.digest(), await again.writer.checkpoint()) in {(before, 1), (whole, 2)}
        await again.writer.apply(second)
        log.info("digests after the kill and undisturbed: %s %s", await again.store.digest(), whole)
        assert (await again.store.digest(), await again.writer.checkpoint()) == (whole, 2)


async def test_the_same_connection_works_again_once_the_server_does(
    graph: Neo4jGraph, neo4j_server: Neo4jServer
) -> None:
    await graph.writer.apply(star(3)[2])
    digest = await graph.store.digest()
    await asyncio.to_thread(neo4j_server.stop)
    with pytest.raises(EngineUnavailable):
        await graph.writer.apply(star(4)[2])
    await asyncio.to_thread(neo4j_server.start)
    assert await graph.store.digest() == digest


async def test_clearing_that_was_cut_off_is_finished_by_the_next_batch(graph: Neo4jGraph) -> None:
    await graph.writer.apply(replace(star(10)[2], checkpoint=5))
    await graph.server.run(f"MATCH (p:{PROJECTION}) SET p.clearing = true")
    assert await graph.writer.checkpoint() == 0
    one = entity("one")
    await graph.writer.apply(GraphBatch(entities=[one], checkpoint=1))
    assert (await graph.store.counts()).entities == {"Site": 1}
    assert await graph.store.digest() == digest_of([one], [])


async def test_reads_beside_writes_see_whole_batches(graph: Neo4jGraph) -> None:
    hub, _, batch = star(200)
    await graph.writer.apply(batch)
    writing = asyncio.create_task(graph.writer.apply(star(3000, class_name="Permit")[2]))
    seen = set()
    while not writing.done():
        found = await graph.store.expand([hub.id], per_entity=1000, limit=10_000)
        seen.add(found.omitted.get(hub.id, 0) + len(found.relations))
    await writing
    assert seen <= {200, 3200}


# --- Cypher ---


async def ask(graph: Neo4jGraph, query: str, **parameters: Cell) -> CypherTable:
    return await graph.cypher.run(query, parameters=parameters, limit=3, seconds=5)


async def test_cypher_reads_rows_up_to_the_limit(graph: Neo4jGraph) -> None:
    await graph.writer.apply(star(5)[2])
    table = await ask(graph, "MATCH (s:Site) RETURN s.id AS id, $x AS x ORDER BY id", x="y")
    assert (list(table.columns), list(table.rows[0]), len(table.rows), table.truncated) == (
        ["id", "x"],
        ["Site-00000", "y"],
        3,
        True,
    )


async def test_cypher_gives_nodes_and_relationships_as_maps(graph: Neo4jGraph) -> None:
    site, region = entity("s"), entity("r", "Region")
    await graph.writer.apply(GraphBatch(entities=[site, region], relations=[relation(site, "locatedIn", region)]))
    ((node, link, path),) = (await ask(graph, "MATCH p = (s:Site)-[r]->() RETURN s, r, p")).rows
    assert isinstance(node, Mapping)
    assert isinstance(link, Mapping)
    assert isinstance(path, Mapping)
    assert isinstance(node["properties"], Mapping)
    assert (node["properties"]["id"], link["type"]) == (site.id, "locatedIn")
    assert path["relationships"] == [link]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Site)",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.x = 1 RETURN n",
        "CREATE INDEX FOR (n:Site) ON (n.x)",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "CALL dbms.listConfig() YIELD name RETURN name",
        "CALL db.clearQueryCaches()",
        "SHOW DATABASES",
        "SHOW SETTINGS",
        "TERMINATE TRANSACTIONS 'x'",
        "RETURN",
        "RETURN 1; CREATE (:Site)",
        "MATCH (n:Site RETURN n",
        "RETURN $absent",
        "MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS RETURN 1",
        "",
    ],
)
async def test_cypher_that_writes_reaches_outside_or_is_faulty_is_refused(graph: Neo4jGraph, query: str) -> None:
    await graph.writer.apply(star(1)[2])
    digest = await graph.store.digest()
    with pytest.raises(InvalidQuery):
        await ask(graph, query)
    assert await graph.store.digest() == digest


async def test_cypher_that_takes_too_long_is_ended(graph: Neo4jGraph) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(DISTINCT a * b)"
    with pytest.raises(EngineUnavailable, match="longer than"):
        await graph.cypher.run(slow, parameters={}, limit=1, seconds=0.5)


@pytest.mark.parametrize("query", ["CALL db.labels()", "CYPHER 5 MATCH (n) RETURN count(n)", "RETURN date() AS d"])
async def test_cypher_that_only_reads_is_answered(graph: Neo4jGraph, query: str) -> None:
    await graph.writer.apply(star(1)[2])
    assert (await ask(graph, query)).rows
