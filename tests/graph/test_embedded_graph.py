"""What only the embedded engine has: a file, processes that die, tallies of hubs, SQLite's errors."""

import asyncio
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.contract_model import ReferenceGraph, star
from graph.digest import digest_of
from graph.embedded.connections import translated
from graph.embedded.schema import HUB_ROWS
from graph.embedded.store import EmbeddedGraph, open_graph
from graph.store import GraphBatch
from ontology.errors import Conflict, EngineError, EngineMisconfigured, EngineUnavailable
from ontology.model import EntityId

KILLED_WRITER = """
import asyncio, os, sys
from pathlib import Path
from dataclasses import replace
from graph.contract_model import star
from graph.embedded.store import open_graph

path, steps = Path(sys.argv[1]), int(sys.argv[2])
graph = open_graph(path)
batch = replace(star(800, class_name="Permit")[2], checkpoint=2)
# SQLite calls back every so many instructions of its machine: dying there is dying half-way through a statement.
graph.connections._writing.set_progress_handler(lambda: os._exit(9), steps)
asyncio.run(graph.writer.apply(batch))
os._exit(0)
"""


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[EmbeddedGraph]:
    with open_graph(tmp_path / "graph.sqlite") as opened:
        yield opened


async def state(path: Path) -> tuple[str, int]:
    with open_graph(path) as graph:
        return await graph.store.digest(), await graph.writer.checkpoint()


async def test_a_writer_that_dies_leaves_the_batch_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    first = star(300)[2]
    with open_graph(path) as graph:
        await graph.writer.apply(GraphBatch(entities=first.entities, relations=first.relations, checkpoint=1))
    before = await state(path)
    reference = ReferenceGraph()
    reference.apply(first)
    reference.apply(star(800, class_name="Permit")[2])
    after = (digest_of(reference.entities.values(), reference.relations.values()), 2)
    fates: Counter[int] = Counter()
    for steps in random.Random(4).sample(range(1, 60_000), 8):
        ended = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(path), str(steps)], check=False)
        fates[ended.returncode] += 1
        assert await state(path) == (after if ended.returncode == 0 else before)
        if ended.returncode == 0:
            break
    assert fates[9] > 0


async def test_tallies_of_hubs_are_what_the_rows_say(graph: EmbeddedGraph) -> None:
    hub, leaves, batch = star(HUB_ROWS + 50)
    await graph.writer.apply(batch)
    await graph.writer.apply(GraphBatch(removed=[leaf.id for leaf in leaves[:20]]))
    await graph.writer.apply(GraphBatch(removed=[hub.id]))
    await graph.writer.apply(GraphBatch(entities=[hub]))

    def compare(connection: sqlite3.Connection) -> tuple[list[object], list[object]]:
        kept = connection.execute("SELECT * FROM graph_hub ORDER BY 1, 2, 3, 4").fetchall()
        counted = connection.execute(
            """SELECT node, direction, type, kind, count(*) FROM graph_adjacency
               WHERE node = ? GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
            (hub.id,),
        ).fetchall()
        return kept, counted

    kept, counted = await graph.connections.read(compare)
    assert kept == counted != []


async def test_counting_a_hub_does_not_read_its_rows(graph: EmbeddedGraph) -> None:
    hub, _, batch = star(HUB_ROWS + 50)
    await graph.writer.apply(batch)
    await graph.connections.write(lambda connection: connection.execute("DELETE FROM graph_adjacency"))
    assert [count.count for count in await graph.store.neighbour_counts(hub.id)] == [HUB_ROWS + 50]


async def test_readers_work_beside_a_writer(graph: EmbeddedGraph) -> None:
    hub, _, batch = star(400)
    await graph.writer.apply(batch)
    writing = asyncio.create_task(graph.writer.apply(star(2000, class_name="Permit")[2]))
    totals = {(await graph.store.neighbours(hub.id)).total for _ in range(50)}
    await writing
    assert totals <= {400, 2400}
    assert (await graph.store.neighbours(hub.id)).total == 2400


async def test_the_file_may_hold_other_tables(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    with open_graph(path) as graph:
        await graph.writer.apply(star(3)[2])
        await graph.writer.clear()
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM mine").fetchone() == (0,)
    other.close()


def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(EngineMisconfigured) as caught:
        open_graph(path)
    assert caught.value.remedy


def test_a_missing_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(EngineMisconfigured):
        open_graph(tmp_path / "absent" / "graph.sqlite")


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    open_graph(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE graph_meta SET value = '0' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(EngineMisconfigured, match="layout"):
        open_graph(path)


async def test_another_process_that_writes_is_a_conflict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.embedded.connections.BUSY_MS", 50)
    path = tmp_path / "graph.sqlite"
    with open_graph(path) as graph:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict):
            await graph.writer.apply(star(1)[2])
        other.execute("ROLLBACK")
        other.close()
        await graph.writer.apply(star(1)[2])


async def test_a_closed_graph_is_unavailable(graph: EmbeddedGraph) -> None:
    graph.close()
    graph.close()
    with pytest.raises(EngineUnavailable):
        await graph.store.entity(EntityId("Site-a"))


@pytest.mark.parametrize(
    "kind", [sqlite3.Error, *sqlite3.Error.__subclasses__(), *sqlite3.DatabaseError.__subclasses__()]
)
def test_every_sqlite_error_has_a_place(kind: type[sqlite3.Error]) -> None:
    assert isinstance(translated(kind("fault")), EngineError)
