"""Batches, commits, checkpoints, digests."""

from dataclasses import replace

import pytest

from ontology.errors import InvalidInput
from ontology.model import EntityId
from search.contracts.pair import (
    ABB,
    NIGHT,
    PLATER,
    SAMPLE,
    SearchPair,
)
from search.index import FacetCount, SearchBatch, SearchRequest
from search.query import All


class WritingContract:
    """Batches, commits, checkpoints, digests."""

    async def test_a_document_replaces_the_one_of_its_id(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, ABB)
        await pair.fill(replace(NIGHT, title="", text="废水", facets={"kind": ("水",)}))
        assert await pair.ids("噪音") == []
        assert await pair.ids("废水") == [NIGHT.id]
        answer = await pair.index.search(SearchRequest(All(), facets=("kind",)))
        assert (answer.total, list(answer.facets["kind"])) == (2, [FacetCount("水", 1)])

    async def test_the_last_of_one_id_in_a_batch_stays(self, pair: SearchPair) -> None:
        await pair.fill(replace(NIGHT, title="", text="甲"), replace(NIGHT, title="", text="乙"))
        assert [hit.document.text for hit in (await pair.ask(All())).hits] == ["乙"]

    async def test_batches_before_one_commit_add_up(self, pair: SearchPair) -> None:
        await pair.writer.apply(SearchBatch((NIGHT, ABB), checkpoint=1))
        await pair.writer.apply(SearchBatch((replace(NIGHT, title="新"),), removed=(ABB.id,), checkpoint=2))
        await pair.writer.apply(SearchBatch((PLATER,), checkpoint=3))
        await pair.writer.commit()
        assert await pair.ids(All()) == [NIGHT.id, PLATER.id]
        assert await pair.ids("新") == [NIGHT.id]
        assert await pair.writer.checkpoint() == 3

    async def test_removed_documents_are_gone(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, ABB)
        await pair.writer.apply(SearchBatch(removed=(NIGHT.id, EntityId("no-such")), checkpoint=2))
        await pair.writer.commit()
        assert await pair.ids(All()) == [ABB.id]
        assert await pair.index.document(NIGHT.id) is None
        assert await pair.index.counts() == {"Enterprise": 1}

    async def test_a_batch_twice_is_the_batch_once(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        before = (await pair.index.digest(), await pair.index.counts())
        await pair.fill(*SAMPLE)
        assert (await pair.index.digest(), await pair.index.counts()) == before

    async def test_the_checkpoint_moves_with_the_commit(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, checkpoint=7)
        await pair.writer.apply(SearchBatch((ABB,), checkpoint=9))
        assert await pair.writer.checkpoint() == 7
        await pair.writer.commit()
        assert await pair.writer.checkpoint() == 9

    async def test_a_commit_without_batches_keeps_the_checkpoint(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, checkpoint=7)
        await pair.writer.commit()
        assert await pair.writer.checkpoint() == 7
        assert await pair.ids(All()) == [NIGHT.id]

    async def test_clear_and_commit_removes_everything(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE, checkpoint=7)
        await pair.writer.clear()
        assert await pair.writer.checkpoint() == 0
        await pair.writer.commit()
        assert (await pair.ask(All())).total == 0
        assert (await pair.writer.checkpoint(), await pair.index.digest()) == (0, "0" * 64)
        await pair.fill(NIGHT, checkpoint=1)
        assert await pair.ids(All()) == [NIGHT.id]

    async def test_a_rebuild_leaves_no_gap(self, pair: SearchPair) -> None:
        """From `clear` to the commit that ends it, readers find what was there before."""
        await pair.fill(*SAMPLE, checkpoint=7)
        before = await pair.index.digest()
        await pair.writer.clear()
        for at, document in enumerate(SAMPLE[1:]):
            await pair.writer.apply(SearchBatch((document,), checkpoint=at))
            assert len(await pair.ids(All())) == len(SAMPLE)
        assert (await pair.index.digest(), await pair.writer.checkpoint()) == (before, 0)
        await pair.writer.commit()
        assert await pair.ids(All()) == sorted(document.id for document in SAMPLE[1:])
        assert await pair.writer.checkpoint() == len(SAMPLE) - 2

    async def test_paging_goes_on_over_a_rebuild(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        first = await pair.ask(All(), limit=4)
        await pair.writer.clear()
        await pair.fill(*SAMPLE)
        rest = await pair.index.search(SearchRequest(All(), limit=50, cursor=first.next_cursor))
        seen = [hit.document.id for answer in (first, rest) for hit in answer.hits]
        assert seen == sorted(document.id for document in SAMPLE)

    @pytest.mark.parametrize("name", ["", "a b", "x.y", "类-别"])
    async def test_a_facet_name_that_is_none_is_refused(self, pair: SearchPair, name: str) -> None:
        with pytest.raises(InvalidInput):
            await pair.fill(replace(NIGHT, facets={name: ("x",)}))

    async def test_a_refused_batch_leaves_nothing_behind(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, checkpoint=1)
        with pytest.raises(InvalidInput):
            await pair.writer.apply(
                SearchBatch((ABB, replace(PLATER, facets={"a b": ()})), removed=(NIGHT.id,), checkpoint=2)
            )
        await pair.writer.commit()
        assert await pair.ids(All()) == [NIGHT.id]
        assert await pair.writer.checkpoint() == 1

    async def test_the_digest_does_not_depend_on_the_order_written(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        forward = await pair.index.digest()
        await pair.writer.clear()
        for document in reversed(SAMPLE):
            await pair.fill(replace(document, title="früher"))
            await pair.fill(document)
        assert await pair.index.digest() == forward

    async def test_the_digest_tells_contents_apart(self, pair: SearchPair) -> None:
        digests = set()
        for document in (
            NIGHT,
            replace(NIGHT, text="x"),
            replace(NIGHT, names=("a", "b")),
            replace(NIGHT, names=("b", "a")),
            replace(NIGHT, location=(1.0, 2.0)),
            replace(NIGHT, date=None),
        ):
            await pair.fill(document)
            digests.add(await pair.index.digest())
        assert len(digests) == 6

    async def test_the_digest_is_that_of_the_canonical_rows(self, pair: SearchPair) -> None:
        """A fixed value: any engine, any release of this format."""
        await pair.fill(ABB)
        assert await pair.index.digest() == "3459b0801c7c923acbb73f7c3f3eba68e14ec45ac204d86a86cca375c3df527d"

    async def test_counts_are_by_class_with_names_sorted(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        assert list((await pair.index.counts()).items()) == [("Complaint", 5), ("Enterprise", 4)]
