"""Nobody can tell from the answers which graph engine gave them: the same batches and questions, compared whole."""

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.graph import CLASSES as POWER_LAW_CLASSES
from benchmarks.graph import Shape, by_rank, entity_ids, synthetic_batches
from graph.contract_model import CLASSES, batches, filters
from graph.embedded.store import open_graph as open_embedded
from graph.neo4j.store import open_graph as open_neo4j
from graph.store import Direction, GraphBatch, GraphStore, GraphWriter, RelationFilter
from ontology.model import Entity, EntityId, Page, Relation
from tests.engines.servers import Neo4jServer

pytestmark = [pytest.mark.engines, pytest.mark.timeout(1800)]

Engines = list[tuple[GraphStore, GraphWriter]]
CONGRUENCE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
AWKWARD = (
    "",
    "\x00",
    "a",
    "a\x00",
    "a\x01",
    "A",
    "_a",
    "企",
    "\uff21",
    "🏭",
    "\U0010ffff",
    "'",
    '"',
    "`",
    "\\u0060",
    "}]",
)


@pytest.fixture
async def engines(neo4j_server: Neo4jServer, tmp_path: Path) -> AsyncIterator[Engines]:
    """An empty graph on each engine."""
    connected = await open_neo4j(
        neo4j_server.url, user=neo4j_server.user, password=neo4j_server.password, classes=POWER_LAW_CLASSES
    )
    with open_embedded(tmp_path / "graph.sqlite") as embedded:
        async with connected as server:
            await server.writer.clear()
            yield [(embedded.store, embedded.writer), (server.store, server.writer)]


async def fill(engines: Engines, made: list[GraphBatch]) -> None:
    for _, writer in engines:
        await writer.clear()
        for batch in made:
            await writer.apply(batch)


async def every_page(store: GraphStore, entity: EntityId, where: RelationFilter, limit: int) -> list[Page[object]]:
    """Return all pages, cursors included: a cursor of one engine must be good for the other."""
    pages: list[Page[object]] = []
    cursor = None
    while True:
        page = await store.neighbours(entity, where=where, limit=limit, cursor=cursor)
        pages.append(Page(list(page.items), page.total, page.next_cursor))
        cursor = page.next_cursor
        if cursor is None:
            return pages


def same(first: object, second: object) -> bool:
    """Compare answers whatever kind of sequence holds them."""
    return repr(first) == repr(second)


@CONGRUENCE
@given(made=batches(size=12), where=filters(), limit=st.integers(1, 4), depth=st.integers(1, 4), hops=st.integers(1, 8))
async def test_any_small_graph(
    engines: Engines, made: list[GraphBatch], where: RelationFilter, limit: int, depth: int, hops: int
) -> None:
    await fill(engines, made)
    ids = sorted({entity.id for batch in made for entity in batch.entities})
    answers = []
    for store, writer in engines:
        answer: list[object] = [await store.counts(), await store.digest(), await writer.checkpoint()]
        answer.append(list(await store.entities(ids)))
        for class_name in CLASSES:
            page = await store.listing(class_name, limit=limit)
            answer.append((list(page.items), page.total, page.next_cursor))
            answer += [list(await store.aggregate(class_name, name, limit=3)) for name in ("code", "area", "operating")]
        for one in ids:
            answer.append(list(await store.neighbour_counts(one, where=where)))
            answer.append(await every_page(store, one, where, limit))
            found = await store.expand([one, ids[0]], depth=depth, where=where, per_entity=limit, limit=7)
            answer.append((list(found.entities), list(found.relations), found.truncated, dict(found.omitted)))
        for penalty, hub_limit in ((0.5, 1000), (2.0, 4)):
            paths = await store.paths(
                ids[0], ids[-1], where=where, max_hops=hops, count=5, hub_penalty=penalty, hub_limit=hub_limit
            )
            shown = [(list(path.entities), list(path.relations), path.cost) for path in paths.paths]
            answer.append((shown, paths.truncated, list(paths.hubs_avoided)))
        answers.append(answer)
    for first, second in zip(*answers, strict=True):
        assert same(first, second)


async def test_awkward_texts_sort_alike(engines: Engines) -> None:
    things = [Entity(EntityId(text), text, text, {text: (text, 1.5)}, (text,)) for text in AWKWARD]
    centre = Entity(EntityId("centre"), "Site", "centre")
    links = [Relation(thing.id, text, centre.id) for thing, text in product(things, AWKWARD)]
    await fill(engines, [GraphBatch(entities=[*things, centre], relations=links)])
    answers = []
    for store, _ in engines:
        answer: list[object] = [await store.counts(), await store.digest()]
        answer += await every_page(store, centre.id, RelationFilter(), 7)
        for text in AWKWARD:
            answer.append(list((await store.listing(text)).items))
            answer.append(list(await store.aggregate(text, text)))
            answer.append(list(await store.neighbour_counts(EntityId(text))))
            one_type = RelationFilter(types=frozenset([text]), classes=frozenset(AWKWARD[:9]))
            answer += await every_page(store, centre.id, one_type, 5)
        answers.append(answer)
    for first, second in zip(*answers, strict=True):
        assert same(first, second)


async def test_a_power_law_graph(engines: Engines) -> None:
    shape = Shape(nodes=3000, edges=20_000, seed=5)
    ids = entity_ids(shape)
    await fill(engines, list(synthetic_batches(shape, ids, 700)))
    hub = ids[int(by_rank(shape)[0])]
    pairs = np.random.default_rng(3).integers(0, len(ids), (60, 2)).tolist()
    plain = RelationFilter()
    real_sites = replace(plain, classes=frozenset(["Site", "Region"]), synthetic=False)
    for where in (plain, real_sites, replace(plain, as_of="2010", direction=Direction.OUT)):
        for a, b in [(ids[a], ids[b]) for a, b in pairs] + [(hub, ids[7])]:
            answers = []
            for store, _ in engines:
                found = await store.expand([a], depth=2, where=where, per_entity=20, limit=200)
                paths = await store.paths(a, b, where=where, hub_limit=400)
                page = await store.neighbours(a, where=where, limit=20)
                shown = [(list(path.entities), list(path.relations), path.cost) for path in paths.paths]
                expanded = (list(found.entities), list(found.relations), found.truncated, dict(found.omitted))
                cut = (paths.truncated, list(paths.hubs_avoided))
                answers.append((expanded, shown, cut, list(page.items), page.total, page.next_cursor))
            assert same(*answers)
