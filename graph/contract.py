"""What every graph engine must do: a mix-in of tests, one property each.

A test class of an engine inherits `GraphStoreContract` and has a fixture `graph` that gives an empty
`(GraphStore, GraphWriter)`. Needs pytest, pytest-asyncio and hypothesis.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.contract_model import ReferenceGraph, batches, entity, filters, identifiers, relation, star
from graph.digest import digest_of
from graph.store import (
    EVERYTHING,
    Direction,
    GraphBatch,
    GraphStore,
    GraphWriter,
    Neighbour,
    PropertyGroup,
    RelationFilter,
)
from ontology.errors import Conflict, InvalidQuery
from ontology.model import Entity, EntityId, RecordId, Relation

Graph = tuple[GraphStore, GraphWriter]
SAME_FIXTURE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
EMPTY_DIGEST = "0" * 64


async def fill(graph: Graph, made: Sequence[GraphBatch]) -> ReferenceGraph:
    """Empty the graph, apply the batches to it and to a reference."""
    _, writer = graph
    await writer.clear()
    reference = ReferenceGraph()
    for batch in made:
        await writer.apply(batch)
        reference.apply(batch)
    return reference


class GraphStoreContract:
    """Tests for one engine; the fixture `graph` gives an empty (store, writer)."""

    # --- reading ---

    async def test_unknown_ids_answer_with_nothing(self, graph: Graph) -> None:
        store, _ = graph
        unknown = EntityId("Site-unknown")
        assert await store.entity(unknown) is None
        assert list(await store.entities([unknown])) == []
        assert list(await store.neighbour_counts(unknown)) == []
        page = await store.neighbours(unknown)
        assert (list(page.items), page.total, page.next_cursor) == ([], 0, None)
        assert list((await store.expand([unknown])).entities) == []
        assert list((await store.paths(unknown, unknown)).paths) == []
        assert list((await store.listing("Nothing")).items) == []
        assert list(await store.aggregate("Nothing", "name")) == []

    async def test_a_missing_id_with_relations_pointing_to_it_answers_with_nothing(self, graph: Graph) -> None:
        store, writer = graph
        site, region = entity("s"), entity("r", "Region")
        await writer.apply(GraphBatch(entities=[site], relations=[relation(site, "locatedIn", region)]))
        assert list(await store.neighbour_counts(region.id)) == []
        assert (await store.neighbours(region.id)).total == 0
        assert list((await store.expand([region.id])).entities) == []
        assert list((await store.paths(region.id, site.id)).paths) == []

    async def test_entities_come_in_the_order_asked_for_without_doubles(self, graph: Graph) -> None:
        store, writer = graph
        a, b = entity("a"), entity("b")
        await writer.apply(GraphBatch(entities=[a, b]))
        assert list(await store.entities([b.id, EntityId("Site-x"), a.id, b.id])) == [b, a]

    async def test_more_ids_than_one_statement_takes(self, graph: Graph) -> None:
        store, writer = graph
        many = [entity(f"{index:05}") for index in range(1500)]
        await writer.apply(GraphBatch(entities=many))
        assert list(await store.entities([one.id for one in reversed(many)])) == many[::-1]

    async def test_every_field_survives(self, graph: Graph) -> None:
        store, writer = graph
        whole = Entity(
            id=EntityId("Site-a"),
            class_name="Site",
            label="上海 '\"`\\ 🏭 \x00 \n厂",
            properties={"area": (1.5, 2.0), "name": ("a", "b"), "operating": (True,), "empty": ()},
            datasets=("one", "two"),
            synthetic=True,
        )
        link = replace(relation(whole, "near", whole, valid_from="2019", valid_to="2020-02"), record_count=7)
        await writer.apply(GraphBatch(entities=[whole], relations=[link]))
        assert await store.entity(whole.id) == whole
        assert [item.relation for item in (await store.neighbours(whole.id)).items] == [link, link]

    async def test_numbers_and_booleans_keep_their_type(self, graph: Graph) -> None:
        store, writer = graph
        await writer.apply(GraphBatch(entities=[replace(entity("a"), properties={"p": (1.0, True, "1")})]))
        found = await store.entity(EntityId("Site-a"))
        assert found is not None
        assert [type(value) for value in found.properties["p"]] == [float, bool, str]

    @pytest.mark.parametrize("text", identifiers(4))
    async def test_hostile_texts_are_only_texts(self, graph: Graph, text: str) -> None:
        store, writer = graph
        odd = Entity(EntityId(text), text, text, {text: (text,)}, (text,))
        plain = entity("plain")
        link = Relation(odd.id, text, plain.id, records=(RecordId(text),), record_count=1)
        await writer.apply(GraphBatch(entities=[odd, plain], relations=[link]))
        where = RelationFilter(types=frozenset([text]), classes=frozenset([text]))
        assert await store.entity(odd.id) == odd
        assert [item.relation for item in (await store.neighbours(plain.id, where=where)).items] == [link]
        assert [step.entities[0] for step in (await store.paths(odd.id, plain.id)).paths] == [odd]
        assert list((await store.expand([plain.id], where=where)).relations) == [link]
        assert list(await store.aggregate(text, text)) == [PropertyGroup(text, 1)]
        assert list((await store.listing(text)).items) == [odd]
        assert (await store.counts()).relations == {text: 1}

    async def test_aggregate_counts_entities_by_value(self, graph: Graph) -> None:
        store, writer = graph
        values: list[tuple[str | float | bool, ...]] = [("b", "a"), ("a",), (3.0, 1.5), (True,), ()]
        made = [replace(entity(str(index)), properties={"p": value}) for index, value in enumerate(values)]
        await writer.apply(GraphBatch(entities=[*made, replace(entity("x", "Permit"), properties={"p": ("a",)})]))
        groups = [(group.value, group.count) for group in await store.aggregate("Site", "p")]
        assert groups == [("a", 2), ("1.5", 1), ("3", 1), ("b", 1), ("true", 1)]
        assert len(await store.aggregate("Site", "p", limit=2)) == 2

    # --- writing ---

    async def test_relations_of_a_written_entity_are_replaced(self, graph: Graph) -> None:
        store, writer = graph
        a, b, c = entity("a"), entity("b"), entity("c")
        await writer.apply(GraphBatch(entities=[a, b, c], relations=[relation(a, "near", b), relation(b, "near", c)]))
        await writer.apply(GraphBatch(entities=[a], relations=[relation(a, "near", c)]))
        assert [item.entity for item in (await store.neighbours(a.id)).items] == [c]
        assert [item.entity for item in (await store.neighbours(b.id)).items] == [c]

    async def test_a_relation_is_seen_once_its_end_exists_and_while_it_does(self, graph: Graph) -> None:
        store, writer = graph
        a, b = entity("a"), entity("b", "Region")
        await writer.apply(GraphBatch(entities=[a], relations=[relation(a, "locatedIn", b)]))
        assert (await store.neighbours(a.id)).total == 0
        assert (await store.counts()).relations == {}
        await writer.apply(GraphBatch(entities=[b]))
        assert [item.degree for item in (await store.neighbours(a.id)).items] == [1]
        assert (await store.counts()).relations == {"locatedIn": 1}
        await writer.apply(GraphBatch(removed=[b.id]))
        assert (await store.neighbours(a.id)).total == 0
        await writer.apply(GraphBatch(entities=[b]))
        assert (await store.neighbours(a.id)).total == 1

    async def test_a_removed_entity_takes_its_outgoing_relations(self, graph: Graph) -> None:
        store, writer = graph
        a, b = entity("a"), entity("b")
        await writer.apply(GraphBatch(entities=[a, b], relations=[relation(a, "near", b)]))
        await writer.apply(GraphBatch(removed=[a.id]))
        await writer.apply(GraphBatch(entities=[a]))
        assert (await store.neighbours(b.id)).total == 0

    async def test_a_changed_class_or_mark_is_seen_by_filters_at_once(self, graph: Graph) -> None:
        store, writer = graph
        a, b = entity("a"), entity("b")
        await writer.apply(GraphBatch(entities=[a, b], relations=[relation(a, "near", b)]))
        await writer.apply(GraphBatch(entities=[replace(b, class_name="Permit", synthetic=True)]))
        assert (await store.neighbours(a.id, where=RelationFilter(classes=frozenset(["Site"])))).total == 0
        assert (await store.neighbours(a.id, where=RelationFilter(synthetic=False))).total == 0
        assert [count.class_name for count in await store.neighbour_counts(a.id)] == ["Permit"]

    async def test_checkpoint_goes_with_the_batch_and_clear(self, graph: Graph) -> None:
        store, writer = graph
        assert await writer.checkpoint() == 0
        await writer.apply(GraphBatch(entities=[entity("a")], checkpoint=7))
        assert await writer.checkpoint() == 7
        await writer.clear()
        assert await writer.checkpoint() == 0
        assert await store.digest() == EMPTY_DIGEST
        assert (await store.counts()).entities == {}

    async def test_a_batch_older_than_the_graph_is_refused(self, graph: Graph) -> None:
        _, writer = graph
        await writer.apply(GraphBatch(entities=[entity("a")], checkpoint=7))
        with pytest.raises(Conflict):
            await writer.apply(GraphBatch(removed=[entity("a").id], checkpoint=6))

    @pytest.mark.parametrize(
        "batch",
        [
            GraphBatch(entities=[entity("a"), entity("a")]),
            GraphBatch(entities=[entity("a")], removed=[entity("a").id]),
            GraphBatch(entities=[entity("a")], relations=[relation(entity("b"), "near", entity("a"))]),
            GraphBatch(entities=[entity("a")], relations=[relation(entity("a"), "near", entity("a"))] * 2),
            GraphBatch(entities=[entity("b"), replace(entity("a"), label="\ud800")]),
            GraphBatch(entities=[entity("b"), replace(entity("a"), properties={"p": (float("nan"),)})]),
            GraphBatch(entities=[entity("b")], checkpoint=-1),
        ],
    )
    async def test_a_batch_that_makes_no_sense_changes_nothing(self, graph: Graph, batch: GraphBatch) -> None:
        store, writer = graph
        with pytest.raises(InvalidQuery):
            await writer.apply(batch)
        assert (await store.digest(), await writer.checkpoint()) == (EMPTY_DIGEST, 0)

    async def test_an_apply_that_is_cancelled_is_there_whole_or_not_at_all(self, graph: Graph) -> None:
        store, writer = graph
        first = star(50)[2]
        second = replace(star(3000, class_name="Permit")[2], checkpoint=1)
        await writer.apply(first)
        before = await store.digest()
        outcomes = {(before, 0)}
        reference = ReferenceGraph()
        reference.apply(first)
        reference.apply(second)
        outcomes.add((digest_of(reference.entities.values(), reference.relations.values()), 1))
        for milliseconds in (0, 5, 20, 80):
            task = asyncio.create_task(writer.apply(second))
            await asyncio.sleep(milliseconds / 1000)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await writer.apply(GraphBatch(checkpoint=await settled_checkpoint(graph)))
            assert (await store.digest(), await writer.checkpoint()) in outcomes

    # --- digest ---

    @SAME_FIXTURE
    @given(made=batches())
    async def test_the_digest_is_that_of_the_content(self, graph: Graph, made: list[GraphBatch]) -> None:
        reference = await fill(graph, made)
        assert await graph[0].digest() == digest_of(reference.entities.values(), reference.relations.values())

    @SAME_FIXTURE
    @given(made=batches(), data=st.data())
    async def test_order_and_size_of_batches_do_not_matter(
        self, graph: Graph, made: list[GraphBatch], data: st.DataObject
    ) -> None:
        store, writer = graph
        reference = await fill(graph, made)
        whole = (await store.digest(), await store.counts())
        await writer.clear()
        for one in data.draw(st.permutations(list(reference.entities.values()))):
            outgoing = [link for link in reference.relations.values() if link.source == one.id]
            await writer.apply(GraphBatch(entities=[one], relations=outgoing))
        assert (await store.digest(), await store.counts()) == whole

    @SAME_FIXTURE
    @given(made=batches())
    async def test_applying_twice_is_applying_once(self, graph: Graph, made: list[GraphBatch]) -> None:
        store, writer = graph
        await fill(graph, made)
        once = (await store.digest(), await store.counts())
        await writer.apply(made[-1])
        assert (await store.digest(), await store.counts()) == once

    # --- neighbours ---

    @SAME_FIXTURE
    @given(made=batches(), where=filters())
    async def test_neighbours_counts_and_totals_are_those_of_the_reference(
        self, graph: Graph, made: list[GraphBatch], where: RelationFilter
    ) -> None:
        store, _ = graph
        reference = await fill(graph, made)
        for one in reference.entities:
            page = await store.neighbours(one, where=where)
            assert [(i.relation.type, i.direction, i.entity.id) for i in page.items] == reference.steps(one, where)
            assert page.total == len(page.items)
            assert all(item.entity == reference.entities[item.entity.id] for item in page.items)
            assert all(item.degree == reference.degree(item.entity.id) for item in page.items)
            assert list(await store.neighbour_counts(one, where=where)) == reference.neighbour_counts(one, where)

    async def test_pages_join_to_the_whole(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(25)
        extra = [entity(f"p{index}", "Permit", synthetic=index % 2 == 0) for index in range(12)]
        links = [relation(one, type_name, hub) for one in extra for type_name in ("holds", "locatedIn", "near")]
        await writer.apply(replace(batch, entities=[*batch.entities, *extra], relations=[*batch.relations, *links]))
        whole = list((await store.neighbours(hub.id, limit=1000)).items)
        assert len(whole) == len(leaves) + len(links)
        for limit in (1, 7, 60, 61):
            items: list[Neighbour] = []
            cursor = None
            while True:
                page = await store.neighbours(hub.id, limit=limit, cursor=cursor)
                assert page.total == len(whole)
                items.extend(page.items)
                cursor = page.next_cursor
                if cursor is None:
                    break
            assert items == whole

    async def test_paging_neither_skips_nor_repeats_what_stays_while_others_write(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(40)
        await writer.apply(batch)
        seen: list[EntityId] = []
        cursor = None
        for turn in range(100):
            page = await store.neighbours(hub.id, limit=5, cursor=cursor)
            seen.extend(item.entity.id for item in page.items)
            cursor = page.next_cursor
            if cursor is None:
                break
            newcomer = entity(f"{turn:05}x")
            await writer.apply(GraphBatch(entities=[newcomer], relations=[relation(newcomer, "locatedIn", hub)]))
            await writer.apply(GraphBatch(removed=[leaves[39 - turn].id]))
        assert cursor is None
        assert len(seen) == len(set(seen))
        assert {leaf.id for leaf in leaves[:30]} <= set(seen)

    async def test_listing_pages_by_id(self, graph: Graph) -> None:
        store, writer = graph
        made = [entity(f"{index:02}", synthetic=index % 3 == 0) for index in range(20)]
        await writer.apply(GraphBatch(entities=[*made, entity("x", "Permit")]))
        found: list[Entity] = []
        cursor = None
        while True:
            page = await store.listing("Site", limit=6, cursor=cursor)
            assert page.total == 20
            found.extend(page.items)
            cursor = page.next_cursor
            if cursor is None:
                break
        assert found == made

    async def test_a_foreign_or_damaged_cursor_is_refused(self, graph: Graph) -> None:
        store, writer = graph
        hub, leaves, batch = star(5)
        await writer.apply(batch)
        cursor = (await store.neighbours(hub.id, limit=2)).next_cursor
        listed = (await store.listing("Site", limit=2)).next_cursor
        assert cursor is not None
        only_in = RelationFilter(direction=Direction.IN)
        for where, text in ((only_in, cursor), (EVERYTHING, listed), (EVERYTHING, cursor[:-2]), (EVERYTHING, "中")):
            with pytest.raises(InvalidQuery):
                await store.neighbours(hub.id, where=where, cursor=text)
        with pytest.raises(InvalidQuery):
            await store.neighbours(leaves[0].id, cursor=cursor)
        with pytest.raises(InvalidQuery):
            await store.listing("Site", cursor=cursor)

    async def test_limits_that_make_no_sense_are_refused(self, graph: Graph) -> None:
        store, _ = graph
        a, b = EntityId("Site-a"), EntityId("Site-b")
        for call in (
            store.neighbours(a, limit=0),
            store.neighbours(a, limit=1001),
            store.neighbours(a, where=RelationFilter(as_of="yesterday")),
            store.neighbour_counts(a, where=RelationFilter(valid_to="2019-7-1")),
            store.listing("Site", limit=-1),
            store.aggregate("Site", "p", limit=0),
            store.expand([a], depth=0),
            store.expand([a], depth=5),
            store.expand([a], per_entity=0),
            store.expand([a], limit=0),
            store.paths(a, b, max_hops=0),
            store.paths(a, b, max_hops=9),
            store.paths(a, b, count=0),
            store.paths(a, b, hub_penalty=-1.0),
            store.paths(a, b, hub_penalty=float("nan")),
            store.paths(a, b, hub_limit=0),
        ):
            with pytest.raises(InvalidQuery):
                await call


async def settled_checkpoint(graph: Graph) -> int:
    """Return the checkpoint once writes under way have ended: an empty batch at it is accepted."""
    while True:
        reached = await graph[1].checkpoint()
        try:
            await graph[1].apply(GraphBatch(checkpoint=reached))
        except Conflict:
            continue
        return reached
