"""Rows mapped in a process beside: the same as here, in order, whatever ends early."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

import psutil
import pytest

from ingest.aside import Aside
from ingest.mapping.load import inspect_mappings
from ingest.reading import Reading, Recipe
from ingest.sources.table import RawRow
from ontology.errors import EngineFailed, SourceUnusable
from ontology.schema import load_schema
from tests.ingest.home import SITES

HEADER = ("企业名称", "信用代码", "污染源编码", "区")


def recipe() -> Recipe:
    """Return how the sites of the test register are read."""
    (mapping,), _ = inspect_mappings(SITES, file="sites.yml", schema=load_schema())
    return Recipe(mapping, HEADER, HEADER, fills=False)


def runs(count: int, size: int = 200) -> list[list[RawRow]]:
    """Return runs of rows, every seventh of which has no key and every eleventh is ragged."""
    numbers = iter(range(count * size))
    return [
        [
            RawRow(
                n, ["上海某厂", "-", "-" if n % 7 == 0 else f"6072007{n % 90 + 10}001", "闵行区"][: 4 - (n % 11 == 0)]
            )
            for n in (next(numbers) for _ in range(size))
        ]
        for _ in range(count)
    ]


def test_it_gives_what_reading_here_gives() -> None:
    reading = Reading.prepare(recipe(), schema=load_schema())
    given = runs(12)
    with Aside() as aside:
        beside = list(aside.read(recipe(), given))
    assert [rows for rows, _ in beside] == given
    assert [done for _, done in beside] == [reading.read(rows) for rows in given]
    assert any(done.rejected for _, done in beside)


def test_a_source_that_fails_on_the_way_leaves_the_next_table_whole() -> None:
    def failing() -> Iterator[Sequence[RawRow]]:
        yield from runs(5)
        raise SourceUnusable("cut off", source="a.csv")

    with Aside() as aside:
        with pytest.raises(SourceUnusable):
            list(aside.read(recipe(), failing()))
        assert len(list(aside.read(recipe(), runs(4)))) == 4


def test_a_process_that_was_killed_is_an_error_with_a_remedy() -> None:
    with Aside() as aside:
        answers = aside.read(recipe(), runs(40))
        next(answers)
        for child in psutil.Process().children():
            if "ingest.aside" in child.cmdline():
                child.kill()
        with pytest.raises(EngineFailed, match="ended") as caught:
            list(answers)
    assert "again" in caught.value.remedy


def test_it_ends_with_its_parent() -> None:
    code = "import time; from ingest.aside import Aside; a = Aside(); print(a._process.pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    for _ in range(100):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("the process beside outlived its parent")
