"""The contract of a ledger's times, resuming, quarantine and changes, a mix-in like that of `ingest/contract.py`."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from ingest.contract_model import FIRST, SECOND, Book, Said, fault, site, sites
from ingest.journal.connection import translated
from ingest.journal.retract import Scope
from ingest.journal.write import Batch
from ingest.projection.worklist import Worklist
from ontology.errors import EngineFailed, InvalidQuery
from ontology.model import EntityId

DAYS = ("2019", "2020-02", "2020-02-10", "2020-03", "2021")
"""Beginnings and ends as registers know them: to the year, the month, the day."""


class LedgerTimesContract:
    """Tests for one database; the fixture `book` of `LedgerContract` gives an empty ledger with a writer."""

    # --- times ---

    async def test_a_changed_mapping_replaces_what_was_said(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b", "c"))
        then = book.clock.last
        changed = [replace(row, property="title") for row in sites("a", "b")]
        done = book.append("one.csv", *changed, fault(4), mapping=SECOND)
        assert (done.records, done.remapped) == (0, 2)
        assert [s.statement.property for s in await book.ledger.statements([site("a")])] == ["title", "locatedIn"]
        assert await book.names("c") == []
        old = await book.ledger.statements([site("a"), site("c")], recorded_as_of=then)
        assert [s.statement.property for s in old] == ["name", "locatedIn"] * 2
        assert all(s.retracted_at is not None for s in old)
        assert (await book.ledger.verify()).fault is None

    @pytest.mark.parametrize("start", [None, *DAYS])
    @pytest.mark.parametrize("end", [None, *DAYS])
    async def test_as_of_a_day_shows_what_held_then(self, book: Book, start: str | None, end: str | None) -> None:
        book.append("one.csv", Said("a", ["x"], start, end))
        for day in ("2018-12-31", "2019-06-01", "2020-02-09", "2020-02-10", "2020-02-29", "2020-03-31", "2022-01-01"):
            holds = (start is None or start <= day) and (end is None or end >= day[: len(end)])
            assert await book.names("a", as_of=day) == (["x"] if holds else [])
            assert len((await book.ledger.facts([site("a")], as_of=day)).facts) == holds

    async def test_recorded_as_of_shows_the_ledger_as_it_was(self, book: Book) -> None:
        moments, states = [], []
        for step in range(5):
            if step == 3:
                await book.ledger.retract(Scope.FILE, "1.csv", reason="wrong")
                book.anew()
            else:
                book.append(f"{step}.csv", Said("a", [f"value {step}"], payload=str(step)))
            moments.append(book.clock.last)
            states.append(await book.names("a"))
        assert states[3] == ["value 0", "value 2"]
        assert [await book.names("a", recorded_as_of=moment) for moment in moments] == states
        assert await book.names("a", recorded_as_of="2026-01-01T00:00:00.000000Z") == []
        facts = await book.ledger.facts([site("a")], recorded_as_of=moments[2])
        assert [fact.value for fact in facts.facts] == states[2]

    # --- resuming ---

    async def test_a_table_goes_on_where_it_broke_off(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b"), complete=False)
        book.anew()
        progress = book.open("one.csv")
        assert (progress.rows_done, progress.complete) == (3, False)
        book.append("one.csv", *sites("c"), first=4)
        assert book.open("one.csv").complete
        assert book.open("one.csv", dataset="another").rows_done == 0
        assert book.open("one.csv", mapping=SECOND) == replace(progress, rows_done=0)
        seen = [s for name in "abc" for s in await book.ledger.statements([site(name)])]
        assert len({s.record for s in seen}) == 3

    async def test_a_batch_that_fails_leaves_nothing(self, book: Book) -> None:
        book.append("one.csv", *sites("a"), complete=False)
        before = (await book.ledger.head(), await book.ledger.digest(), await book.ledger.counts())
        whole = Said("b").extract(3)
        nameless = (site("c"), "name", None, None, None, None, None, None)
        broken = replace(Said("c").extract(4), statements=[nameless])  # type: ignore[list-item]
        progress = book.open("one.csv")
        with pytest.raises(EngineFailed), translated():
            book.writer.append(progress, Batch(3, 4, [whole, broken]), mapping=FIRST)
        assert (await book.ledger.head(), await book.ledger.digest(), await book.ledger.counts()) == before
        book.anew()
        assert book.open("one.csv").rows_done == 2
        book.append("one.csv", *sites("b", "c"), first=3)
        assert (await book.ledger.verify()).fault is None

    # --- quarantine ---

    async def test_quarantine_is_paged_and_told_by_dataset_and_code(self, book: Book) -> None:
        book.append("one.csv", *[fault(row, "no-key" if row % 2 else "ragged-row") for row in range(2, 12)])
        book.append("two.csv", fault(2), dataset="another")
        rows: list[tuple[str, int]] = []
        cursor = None
        while True:
            page = await book.ledger.quarantine(limit=4, cursor=cursor)
            assert page.total == 11
            rows.extend((row.file, row.row) for row in page.items)
            cursor = page.next_cursor
            if cursor is None:
                break
        assert rows == [*(("one.csv", row) for row in range(2, 12)), ("two.csv", 2)]
        assert page.items[0].payload == {"site": "-"}
        assert (await book.ledger.quarantine(code="ragged-row")).total == 5
        assert (await book.ledger.quarantine(dataset="register", code="no-key")).total == 5
        assert (await book.ledger.counts()).quarantined == 11
        for limit, bad in ((0, None), (10_001, None), (5, "x"), (5, "9" * 30), (5, "-1"), (5, "\x00")):
            with pytest.raises(InvalidQuery):
                await book.ledger.quarantine(limit=limit, cursor=bad)

    async def test_rows_leave_quarantine_when_a_new_mapping_can_use_them(self, book: Book) -> None:
        book.append("one.csv", Said("a"), fault(3))
        (held,) = (await book.ledger.quarantine()).items
        book.writer.adopt(book.open("one.csv"), {held.id: Said("b").extract(3)}, mapping=FIRST)
        assert ((await book.ledger.quarantine()).total, await book.names("b")) == (0, ["b"])
        book.append("two.csv", fault(2))
        book.append("two.csv", Said("c"), mapping=SECOND)
        assert (await book.ledger.quarantine()).total == 0
        assert (await book.ledger.verify()).fault is None

    # --- changes ---

    async def test_changes_since_a_position_are_those_made_after_it(self, book: Book) -> None:
        book.append("one.csv", *sites("a", "b"))
        positions = [await book.ledger.head()]
        book.append("two.csv", *sites("b", "c"))
        positions.append(await book.ledger.head())
        await book.ledger.retract(Scope.FILE, "one.csv", reason="wrong")
        positions.append(await book.ledger.head())
        found = [self._changed(book, since) for since in (0, *positions)]
        assert found == [{site(name) for name in names} for names in ("abc", "ac", "a", "")]
        assert positions == sorted(set(positions))

    @staticmethod
    def _changed(book: Book, since: int) -> set[EntityId]:
        with book.database.begin() as connection:
            work = Worklist(connection, {"Site": 1, "Region": 0})
            work.fill(since)
            _, nodes = work.next(100)
            names = connection.execute(text("SELECT id, entity FROM node")).all()
            work.done(nodes)
        return {EntityId(entity) for number, entity in names if number in nodes}
