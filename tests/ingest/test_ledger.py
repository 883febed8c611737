"""The ledger is append-only, and its chain tells whoever altered it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.journal.connection import single_writer
from ingest.ledger import open_ledger
from ontology.errors import Conflict, EngineMisconfigured
from ontology.model import RecordId
from tests.ingest.home import SITE_HEADER, SITE_ROWS, SITES, Home, mappings_of, sites_csv, write_csv

ALTERATIONS = {
    "payload": ("UPDATE record SET payload = replace(payload, '闵行区', '松江区') WHERE seq = :record", "record"),
    "received": ("UPDATE record SET received_at = '2000-01-01T00:00:00.000000Z' WHERE seq = :record", "record"),
    "value": ("UPDATE statement SET value = '别的名字' WHERE claim = :claim AND value LIKE '上海%'", "statements"),
    "property": ("UPDATE statement SET property = property + 1 WHERE claim = :claim AND ordinal = 2", "statements"),
    "statement lost": ("DELETE FROM statement WHERE claim = :claim AND ordinal = 1", "statements"),
    "statement added": (
        "INSERT INTO statement (claim, ordinal, subject, property, value, kind)"
        " SELECT claim, 99, subject, property, 'x', 1 FROM statement WHERE claim = :claim AND ordinal = 0",
        "statements",
    ),
    "entity": ("UPDATE node SET entity = 'Site-00000000000000000000' WHERE id = 1", "statements"),
    "word": ("UPDATE term SET text = 'other' WHERE text = 'name'", "statements"),
    "record lost": ("DELETE FROM record WHERE seq = :record", "missing"),
    "claim lost": ("DELETE FROM claim WHERE seq = :claim", "missing"),
    "sighting moved": ("UPDATE sighting SET row = row + 1", "sighting"),
    "file renamed": ("UPDATE file SET name = 'other.csv'", "file"),
    "silently retracted": ("UPDATE claim SET retracted_by = 7777 WHERE seq = :claim", "no retraction says so"),
    "key": (
        "UPDATE node SET key = 'other' WHERE scheme IS NOT NULL AND id = (SELECT max(id) FROM node)",
        "natural key",
    ),
}


async def alter(home: Home, sql: str) -> None:
    """Change the database behind the ledger's back."""
    with home.services.ledger.database.begin() as connection:
        numbers = {
            "record": connection.execute(text("SELECT min(seq) FROM record")).scalar_one(),
            "claim": connection.execute(text("SELECT min(seq) FROM claim")).scalar_one(),
        }
        used = {name: value for name, value in numbers.items() if f":{name}" in sql}
        connection.execute(text(sql), used)


async def test_an_untouched_ledger_is_whole(home: Home, tmp_path: Path) -> None:
    assert (await home.services.ledger.verify()).fault is None
    await home.ingest(sites_csv(tmp_path))
    first = await home.services.ledger.verify()
    assert first.fault is None
    assert first.entries == await home.services.ledger.head() == 1 + 3 * 3
    await home.retract("file", "sites.csv")
    second = await home.services.ledger.verify()
    assert second.fault is None
    assert (second.entries, second.head == first.head) == (first.entries + 1, False)


@pytest.mark.parametrize("name", ALTERATIONS)
async def test_every_alteration_is_named(home: Home, tmp_path: Path, name: str) -> None:
    sql, expected = ALTERATIONS[name]
    await home.ingest(sites_csv(tmp_path))
    await alter(home, sql)
    fault = (await home.services.ledger.verify()).fault
    assert fault is not None
    assert expected in fault


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM retraction",
        "UPDATE retraction SET reason = 'another'",
        "UPDATE claim SET retracted_by = NULL",
        "UPDATE sighting SET retracted_by = NULL WHERE row = 2",
        "UPDATE file SET retracted_by = NULL",
    ],
)
async def test_a_retraction_cannot_be_undone_unseen(home: Home, tmp_path: Path, sql: str) -> None:
    await home.ingest(sites_csv(tmp_path))
    await home.retract("file", "sites.csv")
    await alter(home, sql)
    assert (await home.services.ledger.verify()).fault is not None


async def test_a_record_names_every_place_it_was_seen(home: Home, tmp_path: Path) -> None:
    twice = [*SITE_ROWS, SITE_ROWS[0]]
    await home.ingest(sites_csv(tmp_path, rows=twice), sites_csv(tmp_path, "again.csv"))
    site = next(s for s in await home.listing("Site") if s.properties["source_code"] == ("607431616001",))
    statements = await home.services.ledger.statements([site.id])
    (record_id,) = {s.record for s in statements}
    record = await home.services.ledger.record(record_id)
    assert record is not None
    assert record.payload["企业名称"] == "上海甲化工有限公司"
    assert [(s.file, s.row) for s in record.sightings] == [("sites.csv", 2), ("sites.csv", 5), ("again.csv", 2)]
    assert await home.services.ledger.record(RecordId("no such id")) is None


async def test_columns_in_another_order_make_the_same_records(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path))
    before = await home.projections()
    turned = write_csv(tmp_path / "turned.csv", SITE_HEADER[::-1], [row[::-1] for row in SITE_ROWS])
    report = await home.ingest(turned)
    assert (report.total("records"), report.total("duplicates")) == (0, 3)
    assert await home.projections() == before


async def test_a_changed_mapping_replaces_what_was_said(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    await home.ingest(path)
    changed = mappings_of(SITES.replace("name: 企业名称\n      location", "address: 企业名称\n      location"))
    report = await home.ingest(path, mappings=changed)
    assert (report.total("records"), report.total("remapped")) == (0, 3)
    assert all("name" not in site.properties for site in await home.listing("Site"))
    assert (await home.services.ledger.verify()).fault is None
    live = await home.services.ledger.counts()
    assert live.records == 3
    # A home that never knew the first mapping holds the same.
    now = await home.content()
    again = await home.ingest(path, mappings=changed)
    assert again.tables[0].state == "unchanged"
    assert await home.content() == now


async def test_rows_that_a_new_mapping_leaves_out_go(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    await home.ingest(path)
    narrower = SITES.replace("require: [site]", "use: {where: [{column: 区, in: [闵行区]}]}\nrequire: [site]")
    report = await home.ingest(path, mappings=mappings_of(narrower))
    assert report.total("filtered") == 2
    assert len(await home.listing("Site")) == 1
    assert (await home.services.ledger.verify()).fault is None


async def test_as_of_shows_the_ledger_as_it_was(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path))
    site = (await home.listing("Site"))[0]
    said = await home.services.ledger.statements([site.id])
    moment = max(s.recorded_at for s in said)
    await home.retract("dataset", "test-register")
    assert await home.services.ledger.statements([site.id]) == []
    then = await home.services.ledger.statements([site.id], recorded_as_of=moment)
    assert [s.statement for s in then] == [s.statement for s in said]
    assert all(s.retracted_at is not None for s in then)


async def test_datasets_tell_what_they_hold(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path))
    (dataset,) = await home.services.ledger.datasets()
    assert (dataset.id, dataset.records, dataset.files, dataset.quarantined) == ("test-register", 3, 1, 0)
    assert dataset.first_received == dataset.last_received
    assert dataset.description["publisher"] == {"en": "Test", "zh": "测试"}


async def test_one_writer_at_a_time(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    with single_writer(home.services.ledger.database), pytest.raises(Conflict, match="another process"):
        await home.ingest(path)
    await home.ingest(path)


async def test_a_ledger_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'l.sqlite'}"
    async with open_ledger(url) as ledger:
        with ledger.database.begin() as connection:
            connection.execute(text("UPDATE meta SET value = '999' WHERE key = 'format'"))
    with pytest.raises(EngineMisconfigured, match="format 999"):
        async with open_ledger(url):
            pass


def garbage(path: Path) -> None:
    """A file that is no database."""
    path.write_bytes(b"this is no database at all, but long enough to look like one" * 100)


@pytest.mark.parametrize("make", [garbage, Path.mkdir])
async def test_a_file_that_is_no_database_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "l.sqlite"
    make(path)
    with pytest.raises(EngineMisconfigured, match="ledger"):
        async with open_ledger(f"sqlite:///{path}"):
            pass
