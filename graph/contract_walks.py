"""The contract of expansion and paths, a mix-in like that of `graph/contract.py`."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.contract import SAME_FIXTURE, Graph, fill
from graph.contract_model import ReferenceGraph, batches, entity, filters, identifiers, relation, star
from graph.store import Direction, GraphBatch, RelationFilter, Subgraph
from graph.walk import RelationKey
from ontology.model import Entity, EntityId


def expected_expansion(
    reference: ReferenceGraph, seed: EntityId, depth: int, where: RelationFilter
) -> tuple[list[EntityId], list[RelationKey]]:
    """Return ids and relation keys of an expansion that no limit cuts."""
    seen, layer = {seed}, {seed}
    keys: set[RelationKey] = set()
    for _ in range(depth):
        steps = [(origin, step) for origin in layer for step in reference.steps(origin, where)]
        keys.update(step.key(origin) for origin, step in steps)
        layer = {step.other for _, step in steps} - seen
        seen |= layer
    return sorted(seen), sorted(keys)


def keys_of(found: Subgraph) -> list[RelationKey]:
    """Return the keys of a subgraph's relations."""
    return [RelationKey(one.type, one.source, one.target) for one in found.relations]


def layers(count: int) -> tuple[Entity, Entity, GraphBatch]:
    """Return the ends and the batch of `count` layers of 40 sites, each joined with all of the next layer.

    The target hangs on one site of the last layer, so that the shortest path has `count` relations.
    """
    rows = [[entity(f"{row}x{column:02}") for column in range(40)] for row in range(count)]
    links = [relation(a, "near", b) for upper, lower in pairwise(rows) for a in upper for b in lower]
    target = entity("target")
    links.append(relation(rows[-1][0], "near", target))
    return rows[0][0], target, GraphBatch(entities=[target, *(one for row in rows for one in row)], relations=links)


class GraphWalkContract:
    """Tests of `expand` and `paths`; the fixture `graph` gives an empty (store, writer)."""

    # --- expand ---

    @SAME_FIXTURE
    @given(made=batches(), where=filters(), depth=st.integers(1, 4))
    async def test_expansion_without_cuts_is_that_of_the_reference(
        self, graph: Graph, made: list[GraphBatch], where: RelationFilter, depth: int
    ) -> None:
        reference = await fill(graph, made)
        for seed in reference.entities:
            found = await graph[0].expand([seed], depth=depth, where=where, per_entity=1000)
            ids, keys = expected_expansion(reference, seed, depth, where)
            assert [one.id for one in found.entities] == ids
            assert keys_of(found) == keys
            assert (found.truncated, dict(found.omitted)) == (False, {})

    @SAME_FIXTURE
    @given(made=batches(), where=filters(), per_entity=st.integers(1, 3), limit=st.integers(1, 5))
    async def test_a_cut_expansion_says_so_and_what_it_left(
        self, graph: Graph, made: list[GraphBatch], where: RelationFilter, per_entity: int, limit: int
    ) -> None:
        reference = await fill(graph, made)
        for seed in reference.entities:
            found = await graph[0].expand([seed], where=where, per_entity=per_entity, limit=limit)
            steps = reference.steps(seed, where)
            assert len(found.entities) <= limit
            shown = {step for step in steps[:per_entity] if step.other in {one.id for one in found.entities}}
            assert set(keys_of(found)) == {step.key(seed) for step in shown}
            assert found.truncated == (len(shown) < len(steps))
            if steps and all(step.other != seed for step in steps):
                assert found.omitted.get(seed, 0) == len(steps) - len(shown)

    async def test_a_hub_is_cut_in_the_contract_order(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(700)
        permits = [entity(f"{index:05}", "Permit", synthetic=index % 2 == 1) for index in range(700)]
        links = [relation(one, "locatedIn", hub) for one in permits]
        await writer.apply(replace(batch, entities=[*batch.entities, *permits], relations=[*batch.relations, *links]))
        found = await store.expand([hub.id], per_entity=10)
        assert [one.id for one in found.entities] == [one.id for one in permits[:10]] + [hub.id]
        assert (found.truncated, found.omitted) == (True, {hub.id: 1390})
        real = RelationFilter(synthetic=False)
        found = await store.expand([hub.id], where=real, per_entity=351)
        assert [one.id for one in found.entities] == sorted(
            [hub.id, leaves[0].id, *(one.id for one in permits if not one.synthetic)]
        )
        assert (await store.neighbours(hub.id, where=real)).total == 1050

    async def test_seeds_need_not_pass_the_filter_and_unknown_ones_are_left_out(self, graph: Graph) -> None:
        store, writer = graph
        a, b = entity("a"), entity("b", "Permit")
        await writer.apply(GraphBatch(entities=[a, b], relations=[relation(a, "holds", b)]))
        only = RelationFilter(classes=frozenset(["Permit"]))
        found = await store.expand([EntityId("Site-x"), a.id], depth=2, where=only)
        assert [one.id for one in found.entities] == [b.id, a.id]

    async def test_more_seeds_than_the_limit_are_cut(self, graph: Graph) -> None:
        store, writer = graph
        made = [entity(f"{index}") for index in range(5)]
        await writer.apply(GraphBatch(entities=made))
        found = await store.expand([one.id for one in made], limit=3)
        assert ([one.id for one in found.entities], found.truncated) == ([one.id for one in made[:3]], True)

    # --- paths ---

    @SAME_FIXTURE
    @given(
        made=batches(size=8),
        where=filters(),
        max_hops=st.integers(1, 6),
        count=st.integers(1, 6),
        hub_penalty=st.sampled_from((0.0, 0.5, 2.0)),
        hub_limit=st.sampled_from((2, 4, 6, 1000)),
    )
    async def test_paths_are_the_cheapest_of_all_simple_paths(
        self,
        graph: Graph,
        made: list[GraphBatch],
        where: RelationFilter,
        max_hops: int,
        count: int,
        hub_penalty: float,
        hub_limit: int,
    ) -> None:
        reference = await fill(graph, made)
        ids = sorted(reference.entities)
        for source, target in zip(ids, ids[1:] + ids[:1], strict=True):
            if source == target:
                continue
            costs = reference.path_costs(
                source, target, max_hops=max_hops, where=where, hub_penalty=hub_penalty, hub_limit=hub_limit
            )
            found = await graph[0].paths(
                source,
                target,
                max_hops=max_hops,
                count=count,
                where=where,
                hub_penalty=hub_penalty,
                hub_limit=hub_limit,
            )
            walks = [tuple(one.id for one in path.entities) for path in found.paths]
            assert len(set(walks)) == len(walks)
            assert [path.cost for path in found.paths] == pytest.approx([costs[walk] for walk in walks], abs=1e-5)
            assert [path.cost for path in found.paths] == pytest.approx(sorted(costs.values())[:count], abs=1e-5)
            assert not found.truncated

    @SAME_FIXTURE
    @given(made=batches(), where=filters())
    async def test_the_relations_of_a_path_join_its_entities_and_pass(
        self, graph: Graph, made: list[GraphBatch], where: RelationFilter
    ) -> None:
        reference = await fill(graph, made)
        ids = sorted(reference.entities)
        for path in (await graph[0].paths(ids[0], ids[-1], where=where, count=10)).paths:
            walk = [one.id for one in path.entities]
            assert (walk[0], walk[-1]) == (ids[0], ids[-1])
            for here, there, link in zip(walk, walk[1:], path.relations, strict=False):
                steps = reference.steps(here, where, frozenset((ids[0], ids[-1])))
                between = sorted(step.key(here) for step in steps if step.other == there)
                assert RelationKey(link.type, link.source, link.target) == between[0]
                assert reference.relations[between[0]] == link

    async def test_a_hub_costs_more_than_a_longer_way(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(300)
        a, b, c = leaves[0], leaves[1], entity("c", "Agency")
        links = [*batch.relations, relation(a, "near", c), relation(b, "near", c)]
        await writer.apply(replace(batch, entities=[*batch.entities, c], relations=links))
        found = await store.paths(a.id, b.id, count=2)
        assert [path.entities[1] for path in found.paths] == [c, hub]
        assert (await store.paths(a.id, b.id, count=2, hub_penalty=0.0)).paths[0].cost == 2

    async def test_a_hub_over_the_limit_is_avoided_and_named(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(1200)
        await writer.apply(batch)
        found = await store.paths(leaves[0].id, leaves[1].id)
        assert (list(found.paths), list(found.hubs_avoided)) == ([], [hub.id])
        assert len((await store.paths(leaves[0].id, leaves[1].id, hub_limit=1200)).paths) == 1

    async def test_an_end_may_be_a_hub(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(1200)
        await writer.apply(batch)
        for source, target in ((hub.id, leaves[7].id), (leaves[7].id, hub.id)):
            found = await store.paths(source, target)
            assert [[one.id for one in path.entities] for path in found.paths] == [[source, target]]

    async def test_two_hubs_meet_in_what_they_share(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(1500)
        other = entity("other", "Industry")
        links = [*batch.relations, *(relation(leaf, "near", other) for leaf in leaves[:1400])]
        await writer.apply(replace(batch, entities=[*batch.entities, other], relations=links))
        found = await store.paths(hub.id, other.id, count=2)
        assert [[one.class_name for one in path.entities] for path in found.paths] == [
            ["Region", "Site", "Industry"]
        ] * 2

    async def test_direction_is_that_along_the_path(self, graph: Graph) -> None:
        store, writer = graph
        a, b, c = entity("a"), entity("b"), entity("c")
        await writer.apply(GraphBatch(entities=[a, b, c], relations=[relation(a, "near", b), relation(b, "near", c)]))
        for direction, forth, back in ((Direction.OUT, 1, 0), (Direction.IN, 0, 1), (Direction.BOTH, 1, 1)):
            where = RelationFilter(direction=direction)
            assert len((await store.paths(a.id, c.id, where=where)).paths) == forth
            assert len((await store.paths(c.id, a.id, where=where)).paths) == back

    async def test_an_entity_and_itself_are_joined_by_the_empty_path(self, graph: Graph) -> None:
        store, writer = graph
        a = entity("a")
        await writer.apply(GraphBatch(entities=[a]))
        (path,) = (await store.paths(a.id, a.id)).paths
        assert (list(path.entities), list(path.relations), path.cost) == ([a], [], 0)

    async def test_equal_paths_in_great_number_are_no_trouble(self, graph: Graph) -> None:
        store, writer = graph
        source, target, batch = layers(6)
        await writer.apply(batch)
        found = await store.paths(source.id, target.id, count=100)
        assert [len(path.entities) for path in found.paths] == [7] * 100
        assert len({path.cost for path in found.paths}) == 1
        assert not found.truncated

    async def test_that_no_path_is_short_enough_is_known_for_certain(self, graph: Graph) -> None:
        store, writer = graph
        source, target, batch = layers(8)
        await writer.apply(batch)
        found = await store.paths(source.id, target.id, max_hops=7)
        assert (list(found.paths), found.truncated) == ([], False)

    async def test_a_search_too_large_ends_and_says_so(self, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("graph.meeting.WORK_LIMIT", 1000)
        monkeypatch.setattr("graph.paths.WORK_LIMIT", 1000)
        store, writer = graph
        source, target, batch = layers(6)
        await writer.apply(batch)
        assert (await store.paths(source.id, target.id)).truncated

    async def test_hostile_ids_lie_on_paths(self, graph: Graph) -> None:
        store, writer = graph
        made = [replace(entity("x"), id=identifier) for identifier in identifiers(8)]
        links = [relation(a, "near", b) for a, b in pairwise(made)]
        await writer.apply(GraphBatch(entities=made, relations=links))
        (path,) = (await store.paths(made[0].id, made[-1].id, max_hops=7)).paths
        assert list(path.entities) == made
