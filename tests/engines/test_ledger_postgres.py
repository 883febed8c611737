"""The ledger keeps its contract on a real PostgreSQL, and a home with its ledger there holds what any other holds."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from api.services import open_services
from api.settings import Settings
from ingest.contract import LedgerContract
from ingest.contract_times import LedgerTimesContract
from ingest.ingestion import built_in_mappings, ingest
from ingest.journal.connection import open_database
from ingest.report import TableReport
from ontology.errors import EngineError, EngineMisconfigured, EngineUnavailable
from ontology.schema import load_schema
from tests.engines.postgres import PostgresServer
from tests.ingest.home import Home, open_home

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]
NUMBERS = count(1)
REGISTER = Path(__file__).parents[2] / "demo" / "shanghai"
MAPPINGS = built_in_mappings(load_schema())
OpenHome = Callable[[], AbstractAsyncContextManager[Home]]


@pytest.fixture(scope="session")
def database(postgres_server: PostgresServer) -> str:
    """A database that sorts texts by the rules of a language, as most do that were not made for ecograph."""
    with psycopg.connect(postgres_server.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE ledgers TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh'"
        )
    return postgres_server.url.removesuffix("/postgres") + "/ledgers"


@pytest.fixture
def address(database: str, postgres_server: PostgresServer) -> Iterator[str]:
    """An empty ledger: a schema of its own."""
    name = f"ledger_{next(NUMBERS)}"
    server = database.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    yield f"{database}?options=-csearch_path%3D{name}"
    postgres_server.start()  # a test may have stopped it
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


class TestPostgres(LedgerContract, LedgerTimesContract):
    """The contract; `address` is the fixture of this module."""


@pytest.fixture
def open_remote(address: str, tmp_path: Path) -> OpenHome:
    """Opens one home with its ledger on the server, as often as asked."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Home]:
        async with open_services(Settings(home=tmp_path / "remote", ledger=address)) as services:
            yield Home(services)

    return opened


async def test_a_home_with_its_ledger_on_the_server_holds_what_any_other_holds(
    open_remote: OpenHome, tmp_path: Path
) -> None:
    async with open_home(tmp_path / "local") as local, open_remote() as remote:
        homes = (local, remote)
        for home in homes:
            report = await home.ingest(REGISTER, mappings=MAPPINGS)
            assert (report.total("records") > 500, report.unusable) == (True, [])
        assert await remote.content() == await local.content()
        for home in homes:
            await home.retract("file", "enterprise_detail.csv")
        assert await remote.content() == await local.content()
        for home in homes:
            assert (await home.ingest(REGISTER, mappings=MAPPINGS)).total("records") == 0
        assert await remote.content() == await local.content()
        before = await remote.content()
        await remote.projector.rebuild()
        assert await remote.content() == before
        assert (await remote.services.ledger.verify()).fault is None


async def test_an_ingestion_goes_on_after_the_server_was_killed_under_it(
    open_remote: OpenHome, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    def kill_midway(report: TableReport) -> None:
        if report.table == "outlet_limits" or report.records > 300:
            postgres_server.kill()

    async with open_home(tmp_path / "local") as local:
        await local.ingest(REGISTER, mappings=MAPPINGS)
        undisturbed = await local.content()
    async with open_remote() as remote:
        with pytest.raises(EngineUnavailable):
            await ingest(
                [REGISTER],
                ledger=remote.services.ledger,
                projector=remote.projector,
                mappings=MAPPINGS,
                progress=kill_midway,
            )
        with pytest.raises(EngineUnavailable):
            await remote.services.ledger.counts()
        postgres_server.start()
        assert (await remote.services.ledger.counts()).records > 0
        await remote.ingest(REGISTER, mappings=MAPPINGS)
        assert await remote.content() == undisturbed
        assert (await remote.services.ledger.verify()).fault is None


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("ecograph:", "nobody:", EngineMisconfigured),
        ("@", "x@", EngineMisconfigured),
        ("/ledgers", "/elsewhere", EngineMisconfigured),
        ("127.0.0.1", "nowhere.invalid", EngineUnavailable),
        ("+psycopg:", "+nothing:", EngineMisconfigured),
        ("127.0.0.1:", "127.0.0.1:x", EngineMisconfigured),
    ],
)
def test_a_wrong_address_is_told_from_a_server_that_is_away(
    address: str, old: str, new: str, kind: type[EngineError]
) -> None:
    with pytest.raises(kind) as caught:
        open_database(address.replace(old, new, 1))
    assert caught.value.remedy
    assert address.split(":")[2].split("@")[0] not in caught.value.message


def test_an_address_without_a_driver_is_read(address: str) -> None:
    database = open_database(address.replace("+psycopg", ""))
    assert database.dialect.driver == "psycopg"
    database.dispose()
