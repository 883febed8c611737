"""What is special to the embedded engine: one writer, many readers, crashes, a folder of another format."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
import tantivy

from ontology.errors import Conflict, EngineFailed, EngineMisconfigured
from ontology.model import EntityId
from search.contracts.pair import SAMPLE, note
from search.embedded import schema
from search.embedded.index import KEPT_STATES, open_index
from search.embedded.writer import TantivyWriter, open_writer
from search.index import SearchBatch, SearchRequest
from search.query import All, Words


async def test_a_second_writer_is_a_conflict_until_the_first_closes(tmp_path: Path) -> None:
    first, second = open_writer(tmp_path), open_writer(tmp_path)
    await first.apply(SearchBatch(SAMPLE, checkpoint=1))
    with pytest.raises(Conflict):
        await second.apply(SearchBatch(SAMPLE, checkpoint=1))
    await first.close()
    await second.apply(SearchBatch(SAMPLE, checkpoint=1))
    await second.commit()
    await second.close()
    assert (await open_index(tmp_path).search(SearchRequest())).total == len(SAMPLE)


async def test_reading_works_beside_a_writer_and_sees_each_commit(tmp_path: Path) -> None:
    early = open_index(tmp_path)
    async with open_writer(tmp_path) as writer:
        for at in range(3):
            await writer.apply(SearchBatch((note(str(at), "异味"),), checkpoint=at))
            assert (await early.search(SearchRequest())).total == at
            await writer.commit()
            assert (await early.search(SearchRequest())).total == at + 1
            assert (await open_index(tmp_path).search(SearchRequest())).total == at + 1


async def test_closing_without_commit_loses_the_batch_only(tmp_path: Path) -> None:
    async with open_writer(tmp_path) as writer:
        await writer.apply(SearchBatch(SAMPLE[:2], checkpoint=1))
        await writer.commit()
        await writer.apply(SearchBatch(SAMPLE[2:], checkpoint=2))
    async with open_writer(tmp_path) as writer:
        assert await writer.checkpoint() == 1
    assert (await open_index(tmp_path).search(SearchRequest())).total == 2


async def test_a_folder_of_another_format_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_writer(tmp_path) as writer:
        await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
        await writer.commit()
    monkeypatch.setattr("search.embedded.index.FORMAT", schema.FORMAT + 1)
    with pytest.raises(EngineMisconfigured, match=str(tmp_path)) as caught:
        await open_index(tmp_path).counts()
    assert "rebuild" in caught.value.remedy


async def test_a_folder_with_another_schema_is_refused_until_it_is_rebuilt(tmp_path: Path) -> None:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("other")
    tantivy.Index(builder.build(), path=str(tmp_path))
    await assert_refused_until_rebuilt(tmp_path)


@pytest.mark.parametrize("damage", ["{", "", "null"])
async def test_a_damaged_folder_is_refused_until_it_is_rebuilt(tmp_path: Path, damage: str) -> None:
    await open_index(tmp_path).counts()
    (tmp_path / "meta.json").write_text(damage)
    await assert_refused_until_rebuilt(tmp_path)


async def assert_refused_until_rebuilt(folder: Path) -> None:
    index, writer = open_index(folder), open_writer(folder)
    with pytest.raises(EngineMisconfigured, match=str(folder)) as caught:
        await index.search(SearchRequest())
    assert "rebuild" in caught.value.remedy
    with pytest.raises(EngineMisconfigured):
        await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    await writer.clear()
    await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
    await writer.commit()
    await writer.close()
    assert (await index.search(SearchRequest())).total == len(SAMPLE)


async def test_a_folder_that_cannot_be_made_is_an_error_of_the_engine(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EngineFailed):
        await open_index(tmp_path / "file" / "search").counts()


async def test_paging_goes_on_after_its_state_is_no_longer_kept(tmp_path: Path) -> None:
    async with open_writer(tmp_path) as writer:
        await writer.apply(SearchBatch([note(f"{at:02}", "异味") for at in range(10)], checkpoint=1))
        await writer.commit()
        index = open_index(tmp_path)
        request = SearchRequest(Words("异味"), limit=4)
        first = await index.search(request)
        for at in range(KEPT_STATES + 1):
            await writer.apply(SearchBatch((note(f"0-{at}", "异味"),), checkpoint=2 + at))
            await writer.commit()
            await index.search(SearchRequest(All(), limit=1))
        second = await index.search(replace(request, limit=50, cursor=first.next_cursor))
        fresh = await open_index(tmp_path).search(replace(request, limit=50, cursor=first.next_cursor))
    ids = [hit.document.id for hit in second.hits]
    assert not {hit.document.id for hit in first.hits} & set(ids)
    assert [hit.document.id for hit in fresh.hits] == ids


async def test_many_readers_and_a_writer_at_once(tmp_path: Path) -> None:
    async with open_writer(tmp_path) as writer:
        await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
        await writer.commit()
        index = open_index(tmp_path)

        async def write() -> None:
            for at in range(10):
                await writer.apply(SearchBatch((note(f"w{at}", "异味"),), checkpoint=2 + at))
                await writer.commit()

        async def read() -> list[int]:
            return [(await index.search(SearchRequest(Words("异味")))).total for _ in range(30)]

        _, *read_totals = await asyncio.gather(write(), read(), read(), read())
    for totals in read_totals:
        assert totals == sorted(totals)
    assert (await index.search(SearchRequest(Words("异味")))).total == 10


async def test_a_commit_that_lost_a_document_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What tantivy did on number fields: a delete that deletes nothing leaves two documents of one id."""
    async with open_writer(tmp_path) as writer:
        await writer.apply(SearchBatch(SAMPLE, checkpoint=1))
        await writer.commit()
        monkeypatch.setattr(TantivyWriter, "_delete", lambda *_: None)
        await writer.apply(SearchBatch(SAMPLE, checkpoint=2))
        with pytest.raises(EngineFailed, match="18 documents stand where 9 should"):
            await writer.commit()


_INGEST = textwrap.dedent(
    """
    import asyncio, sys
    from pathlib import Path
    from search.contracts.pair import note
    from search.embedded.writer import open_writer
    from search.index import SearchBatch

    async def main() -> None:
        async with open_writer(Path(sys.argv[1])) as writer:
            for step in range(await writer.checkpoint() + 1, 41):
                documents = [note(f"{each:03}", f"异味 {step}") for each in range(step, step + 5)]
                await writer.apply(SearchBatch(documents, checkpoint=step))
                if step % 2 == 0:
                    await writer.commit()
                    print(step, flush=True)

    asyncio.run(main())
    """
)


async def test_killed_at_any_moment_and_run_again_it_holds_the_same(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    subprocess.run([sys.executable, "-c", _INGEST, str(undisturbed)], check=True, capture_output=True)
    expected = await open_index(undisturbed).digest()
    dice = random.Random(20)
    # Of eight segments tantivy makes one: the eighth and the fifteenth commit are when a merge is cut off.
    for at, commits in enumerate((8, 15, 8, 15, *(dice.randrange(1, 18) for _ in range(4)))):
        folder = tmp_path / str(at)
        with subprocess.Popen([sys.executable, "-c", _INGEST, str(folder)], stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            reached = [int(run.stdout.readline()) for _ in range(commits)]
            await asyncio.sleep(dice.random() * 0.03 * (at > 3))
            os.kill(run.pid, signal.SIGKILL)
        async with open_writer(folder) as writer:
            assert await writer.checkpoint() >= reached[-1]
        subprocess.run([sys.executable, "-c", _INGEST, str(folder)], check=True, capture_output=True)
        assert await open_index(folder).digest() == expected


def test_ids_order_as_their_columns_do() -> None:
    ids = ["Site-ab", "Site-b", "Site-" + "x" * 40, "Enterprise-ff", "厂", "é"]
    columns = sorted(ids, key=lambda each: (schema.id_columns(each), each))
    assert columns == sorted(ids)


async def test_many_equal_scores_are_ordered_by_id_over_pages(tmp_path: Path) -> None:
    """More equal scores than a page holds, in several segments, with ids that only differ far behind."""
    documents = [replace(note("x", "异味"), id=EntityId(f"{'n' * 40}{at:03}")) for at in range(150)]
    random.Random(1).shuffle(documents)
    async with open_writer(tmp_path) as writer:
        for start in range(0, 150, 50):
            await writer.apply(SearchBatch(documents[start : start + 50], checkpoint=start))
            await writer.commit()
    index, request, seen = open_index(tmp_path), SearchRequest(Words("异味"), limit=7), []
    while True:
        answer = await index.search(request)
        seen += [hit.document.id for hit in answer.hits]
        if answer.next_cursor is None:
            break
        request = replace(request, cursor=answer.next_cursor)
    assert seen == sorted(document.id for document in documents)
