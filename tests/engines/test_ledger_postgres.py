"""The ledger keeps its contract on a real PostgreSQL, and a home with its ledger there holds what any other holds."""

from collections.abc import Iterator
from itertools import count

import psycopg
import pytest

from ingest.contract import LedgerContract
from ingest.contract_times import LedgerTimesContract
from tests.engines.postgres import PostgresServer

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def database(postgres_server: PostgresServer) -> str:
    """A database that sorts texts by the rules of a language, as most do that were not made for ecograph."""
    with psycopg.connect(postgres_server.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE ledgers TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh'"
        )
    return postgres_server.url.removesuffix("/postgres") + "/ledgers"


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """An empty ledger: a schema of its own."""
    name = f"ledger_{next(NUMBERS)}"
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        yield f"{database}?options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


class TestPostgres(LedgerContract, LedgerTimesContract):
    """The contract; `address` is the fixture of this module."""
