"""What the ledger must do on every database: a mix-in of tests, one property each.

A test class of a database inherits `LedgerContract` and `LedgerTimesContract` and has a fixture `address`: the
SQLAlchemy URL of an empty ledger.
Needs pytest, pytest-asyncio and hypothesis.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ingest.contract_model import ALTERATIONS, SECOND, ZONE, Book, Clock, Said, fault, site, sites
from ingest.journal.connection import open_database, single_writer
from ingest.journal.retract import Retracted, Scope
from ingest.ledger import open_ledger
from ontology.errors import Conflict, EngineMisconfigured, NotFound
from ontology.model import EntityId, RecordId, Value

EMPTY_DIGEST = "0" * 64
SAME_FIXTURE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
HOLD_LOCK = """
import sys, time
from ingest.journal.connection import open_database, single_writer
with single_writer(open_database(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
VALUES = st.lists(st.one_of(TEXTS, st.booleans(), st.floats(allow_nan=False)), min_size=1, max_size=4)


class LedgerContract:
    """Tests for one database; the fixture `address` gives the URL of an empty ledger."""

    @pytest.fixture
    async def book(self, address: str) -> AsyncIterator[Book]:
        """An empty ledger with a writer."""
        clock = Clock()
        async with open_ledger(address, now=clock) as ledger:
            yield Book(ledger, clock)

    # --- records ---

    async def test_an_empty_ledger_answers_with_nothing(self, book: Book) -> None:
        ledger = book.ledger
        assert (await ledger.head(), await ledger.digest()) == (0, EMPTY_DIGEST)
        counts = await ledger.counts()
        assert (counts.records, counts.statements, counts.quarantined, counts.datasets) == (0, 0, 0, {})
        assert await ledger.record(RecordId("00" * 32)) is None
        assert await ledger.statements([site("a")]) == []
        assert (await ledger.facts([site("a")])).facts == []
        assert (await ledger.datasets(), await ledger.conflicts()) == ([], [])
        assert (await ledger.canonical([site("a")]), await ledger.members(site("a"))) == (
            {site("a"): site("a")},
            [site("a")],
        )
        assert (await ledger.quarantine()).total == 0
        verified = await ledger.verify()
        assert (verified.entries, verified.fault) == (0, None)

    async def test_a_record_is_appended_once_and_names_each_place_it_was_seen(self, book: Book) -> None:
        first = book.append("one.csv", Said("a"), Said("b"), Said("a"))
        again = book.append("two.csv", Said("b"))
        assert (first.records, first.duplicates, again.records, again.duplicates) == (2, 1, 0, 1)
        assert (first.statements, again.statements) == (4, 0)
        (a,), (b,) = [{s.record for s in await book.ledger.statements([site(name)])} for name in "ab"]
        seen = await book.ledger.sightings([a, b])
        assert [(s.file, s.row) for s in seen[a]] == [("one.csv", 2), ("one.csv", 4)]
        assert [(s.file, s.row) for s in seen[b]] == [("one.csv", 3), ("two.csv", 2)]
        record = await book.ledger.record(b)
        assert record is not None
        assert (record.dataset, record.payload) == ("register", {"site": "b", "note": ""})
        assert list(record.sightings) == seen[b]

    async def test_equal_rows_of_two_datasets_are_two_records(self, book: Book) -> None:
        book.append("one.csv", Said("a"))
        book.append("one.csv", Said("a"), dataset="another")
        assert (await book.ledger.counts()).datasets == {"another": 1, "register": 1}

    async def test_statements_come_as_they_were_said(self, book: Book) -> None:
        values: list[Value] = ["甲", 1.5, True, "1.5", False, 1e-300]
        book.append("one.csv", Said("a", values, "2020-02", "2021"))
        found = await book.ledger.statements([site("a"), site("unknown")])
        assert [s.statement.value for s in found] == [*values, None]
        assert [type(s.statement.value) for s in found[:-1]] == [type(value) for value in values]
        assert {(s.statement.valid_from, s.statement.valid_to) for s in found} == {("2020-02", "2021")}
        assert found[-1].statement.target == ZONE
        assert {(s.dataset, s.retracted_at) for s in found} == {("register", None)}

    @SAME_FIXTURE
    @given(values=VALUES, name=TEXTS, payload=TEXTS)
    async def test_any_values_come_back_equal(self, book: Book, values: list[Value], name: str, payload: str) -> None:
        row = Said(name, values, payload=payload)
        book.append(f"{name}.csv", row, dataset=f"set {name}")
        found = await book.ledger.statements([site(name)])
        (record,) = {s.record for s in found if s.dataset == f"set {name}"}
        assert [s.statement.value for s in found if s.record == record][:-1] == values
        stored = await book.ledger.record(record)
        assert stored is not None
        assert stored.payload == {"site": name, "note": payload}
        assert (await book.ledger.verify()).fault is None
        await book.ledger.retract(Scope.DATASET, f"set {name}", reason="next example")
        book.anew()

    async def test_facts_are_statements_with_equal_ones_together(self, book: Book) -> None:
        book.append("one.csv", Said("a", ["x"]), Said("a", ["x", 2.0], payload="another"))
        said = await book.ledger.facts([site("a")], records=1)
        assert [(fact.value, fact.count, len(fact.records)) for fact in said.facts] == [("x", 2, 1), (2.0, 1, 1)]
        assert not said.truncated

    async def test_more_ids_than_one_statement_takes(self, book: Book) -> None:
        names = [f"{number:05}" for number in range(6_000)]
        book.append("one.csv", *sites(*names))
        assert len(await book.ledger.statements([site(name) for name in names])) == 2 * len(names)
        assert (await book.ledger.canonical([site(name) for name in names]))[site("00007")] == site("00007")

    @pytest.mark.parametrize("hostile", ["\x00", "a\x00b", "'; DROP TABLE record; --", "\ud800", "%s", "中" * 5000])
    async def test_hostile_texts_name_nothing(self, book: Book, hostile: str) -> None:
        book.append("one.csv", Said("a"))
        ledger = book.ledger
        assert await ledger.statements([EntityId(hostile)]) == []
        assert (await ledger.facts([EntityId(hostile)])).facts == []
        assert await ledger.members(EntityId(hostile)) == [hostile]
        assert await ledger.record(RecordId(hostile)) is None
        assert (await ledger.quarantine(dataset=hostile)).total == 0
        assert (await ledger.quarantine(code=hostile)).total == 0
        for scope in Scope:
            with pytest.raises(NotFound):
                await ledger.retract(scope, hostile, reason="test")
        assert (await ledger.counts()).records == 1

    # --- taking back ---

    async def test_a_record_is_taken_back(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b", "a"))
        (record,) = {s.record for s in await book.ledger.statements([site("a")])}
        assert await book.ledger.retract(Scope.RECORD, record[:12], reason="wrong") == Retracted(2, 1)
        assert (await book.names("a"), await book.names("b")) == ([], ["b"])
        assert (await book.ledger.counts()).records == 1
        kept = await book.ledger.record(record)
        assert kept is not None
        assert all(seen.retracted_at is not None for seen in kept.sightings)
        assert (await book.ledger.verify()).fault is None

    @pytest.mark.parametrize("how", ["name", "digest"])
    async def test_a_file_is_taken_back_with_what_only_it_said(self, book: Book, how: str) -> None:
        book.append("one.csv", *sites("a", "b"), fault(4))
        book.append("two.csv", *sites("b", "c"))
        what = "one.csv" if how == "name" else b"one.csv".hex().upper()
        assert await book.ledger.retract(Scope.FILE, what, reason="wrong") == Retracted(2, 1)
        assert [await book.names(name) for name in "abc"] == [[], ["b"], ["c"]]
        assert (await book.ledger.counts()).quarantined == 0
        assert await book.ledger.retract(Scope.FILE, "two.csv", reason="wrong") == Retracted(2, 2)
        assert await book.ledger.digest() == EMPTY_DIGEST
        assert (await book.ledger.verify()).fault is None

    async def test_a_dataset_is_taken_back_whole_and_may_come_again(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b"))
        book.append("two.csv", *sites("b"))
        book.append("other.csv", *sites("a"), dataset="another")
        before = await book.ledger.digest()
        assert await book.ledger.retract(Scope.DATASET, "register", reason="wrong") == Retracted(3, 2)
        assert (await book.ledger.counts()).datasets == {"another": 1}
        book.anew()
        again = book.append("one.csv", *sites("a", "b"))
        assert (again.records, again.statements) == (0, 4)
        assert await book.ledger.digest() == before
        assert (await book.ledger.verify()).fault is None

    async def test_what_is_not_there_cannot_be_taken_back(self, book: Book) -> None:
        book.append("one.csv", *sites("a"))
        head = await book.ledger.head()
        for scope, what in ((Scope.RECORD, "00" * 32), (Scope.FILE, "%.csv"), (Scope.DATASET, "reg"), (Scope.FILE, "")):
            with pytest.raises(NotFound):
                await book.ledger.retract(scope, what, reason="wrong")
        assert await book.ledger.head() == head

    # --- chain and digest ---

    async def test_the_chain_of_everything_that_can_happen_is_whole(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b"), fault(4))
        book.append("one.csv", *sites("a", "b", "d"), mapping=SECOND)
        book.append("two.csv", *sites("b", "c"))
        before = await book.ledger.verify()
        await book.ledger.retract(Scope.FILE, "two.csv", reason="wrong")
        after = await book.ledger.verify()
        assert (before.fault, after.fault) == (None, None)
        assert after.entries == await book.ledger.head() == before.entries + 1
        assert after.head != before.head

    @pytest.mark.parametrize("name", ALTERATIONS)
    async def test_whoever_alters_the_ledger_is_found_out(self, book: Book, name: str) -> None:
        book.append("one.csv", *sites("a", "b"))
        book.append("two.csv", *sites("c"))
        await book.ledger.retract(Scope.FILE, "two.csv", reason="wrong")
        assert (await book.ledger.verify()).fault is None
        sql, expected = ALTERATIONS[name]
        with book.database.begin() as connection:
            record = connection.execute(text("SELECT min(seq) FROM record")).scalar_one()
            claim = connection.execute(text("SELECT min(seq) FROM claim")).scalar_one()
            assert connection.execute(text(sql.format(record=record, claim=claim))).rowcount > 0
        found = (await book.ledger.verify()).fault
        assert found is not None
        assert expected in found

    @SAME_FIXTURE
    @given(order=st.permutations(range(6)), cuts=st.sets(st.integers(1, 5)), names=st.lists(st.sampled_from("abcd")))
    async def test_the_digest_is_that_of_the_content_whatever_the_order_and_the_time(
        self, book: Book, order: Sequence[int], cuts: set[int], names: list[str]
    ) -> None:
        rows = [Said("abc"[index % 3], [float(index)], payload=str(index)) for index in range(6)]
        book.append("all.csv", *rows, *sites(*names))
        expected = (await book.ledger.digest(), (await book.ledger.counts()).statements)
        await book.ledger.retract(Scope.DATASET, "register", reason="another order")
        book.anew()
        assert await book.ledger.digest() == EMPTY_DIGEST
        ends = [*sorted(cuts), 6]
        for start, end in zip([0, *ends], ends, strict=False):
            book.append(f"{start}.csv", *[rows[index] for index in order[start:end]])
        book.append("more.csv", *sites(*reversed(names)))
        assert (await book.ledger.digest(), (await book.ledger.counts()).statements) == expected
        await book.ledger.retract(Scope.DATASET, "register", reason="next example")
        book.anew()

    # --- several at once ---

    async def test_readers_beside_a_writer_see_whole_batches(self, book: Book) -> None:
        seen: list[tuple[int, int]] = []
        batches, size = 20, 50

        async def read(task: "asyncio.Task[None]") -> None:
            while not task.done():
                counts = await book.ledger.counts()
                seen.append((counts.records, counts.statements))

        def write() -> None:
            for start in range(0, batches * size, size):
                book.append(f"{start}.csv", *sites(*(f"{number}" for number in range(start, start + size))))

        writing = asyncio.create_task(asyncio.to_thread(write))
        await asyncio.gather(writing, *(read(writing) for _ in range(4)))
        assert [pair for pair in seen if pair[0] % size or pair[1] != 2 * pair[0]] == []
        assert (await book.ledger.counts()).records == batches * size

    async def test_only_one_may_write(self, book: Book, address: str) -> None:
        other = open_database(address)
        try:
            with single_writer(book.database):
                with pytest.raises(Conflict), single_writer(other):
                    pass
                with pytest.raises(Conflict):
                    await book.ledger.retract(Scope.DATASET, "register", reason="test")
                assert (await book.ledger.counts()).records == 0
            with single_writer(other):
                pass
        finally:
            other.dispose()

    async def test_the_right_to_write_dies_with_its_process(self, book: Book, address: str) -> None:
        holder = subprocess.Popen([sys.executable, "-c", HOLD_LOCK, address], stdout=subprocess.PIPE)  # noqa: S603
        with holder:
            try:
                assert holder.stdout is not None
                assert await asyncio.to_thread(holder.stdout.readline) == b"held\n"
                with pytest.raises(Conflict), single_writer(book.database):
                    pass
            finally:
                holder.kill()
        for _ in range(100):
            try:
                with single_writer(book.database):
                    return
            except Conflict:
                await asyncio.sleep(0.05)
        pytest.fail("the lock outlived its process")

    async def test_a_ledger_of_another_format_is_refused(self, book: Book, address: str) -> None:
        with book.database.begin() as connection:
            connection.execute(text("UPDATE meta SET value = '999' WHERE key = 'format'"))
        with pytest.raises(EngineMisconfigured):
            open_database(address)
