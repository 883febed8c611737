"""Opening the ledger's database, and being the only one who writes to it."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ingest.journal.tables import FORMAT, META, METADATA, NAMED_AS_TERM, SAME_AS_TERM, TERM
from ingest.journal.values import NAMED_AS, SAME_AS
from ontology.errors import Conflict, EngineError, EngineFailed, EngineMisconfigured, EngineUnavailable

ENGINE: Final = "ledger"
_PG_LOCK: Final = 0x45434F47
"""Key of the PostgreSQL advisory lock: the letters ECOG."""

_REFUSALS: Final = (
    "authentication failed",
    "does not exist",
    "no password supplied",
    "permission denied",
    "no pg_hba.conf",
)
"""What PostgreSQL says to a wrong address, in a message that begins like that of a server that is away."""

Row = tuple[object, ...]


def open_database(url: str) -> Engine:
    """Return the database of the ledger, its tables made where they are missing.

    Raises `EngineMisconfigured` for an address or format that cannot be used, `EngineUnavailable` where the server
    does not answer.
    """
    with translated():
        engine = _engine_of(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
        try:
            with engine.begin() as connection:
                METADATA.create_all(connection)
                _check_format(connection)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _engine_of(url: str) -> Engine:
    try:
        address = make_url(url)
    except ValueError as error:  # a port that is no number
        message, remedy = f"the ledger's address cannot be read: {error}", "Check ECOGRAPH_LEDGER."
        raise EngineMisconfigured(message, engine=ENGINE, remedy=remedy) from error
    if address.get_backend_name() == "sqlite":
        return create_engine(address)
    if address.drivername in ("postgres", "postgresql"):
        # SQLAlchemy would take psycopg2, which is not what ecograph installs.
        address = address.set(drivername="postgresql+psycopg")
    try:
        return create_engine(address, paramstyle="format")
    except ImportError as error:
        remedy = "Install it with `pip install 'ecograph[postgres]'`, and begin the address with postgresql+psycopg://."
        message = f"the driver of the ledger's database is not installed: {error}"
        raise EngineMisconfigured(message, engine=ENGINE, remedy=remedy) from error


def _tune_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # NORMAL in WAL mode survives kill -9 of the process whole; after loss of power the last commits may be missing,
    # never damaged, and the next run of the same command brings them back.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "cache_size=-24576",
        "wal_autocheckpoint=8000",
        "temp_store=FILE",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _check_format(connection: Connection) -> None:
    found = connection.execute(select(META.c.value).where(META.c.key == "format")).scalar()
    if found is None:
        connection.execute(insert(META).values(key="format", value=str(FORMAT)))
        fixed = ((SAME_AS_TERM, SAME_AS), (NAMED_AS_TERM, NAMED_AS))
        connection.execute(insert(TERM), [{"id": number, "text": word} for number, word in fixed])
    elif int(found) != FORMAT:
        raise EngineMisconfigured(
            f"this ledger has format {found}, this version of ecograph reads {FORMAT}",
            engine=ENGINE,
            remedy="Use the version of ecograph that wrote it.",
        )


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all see one state of the ledger, however many a writer appends meanwhile."""
    with translated(), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Python's driver begins a transaction only before it writes.
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def storable(text: str) -> bool:
    """Tell whether a ledger can hold a text: PostgreSQL keeps no NUL, and half a surrogate pair is no UTF-8."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy and the drivers raise into errors of the project."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _translation(error) from error


def _translation(error: Exception) -> EngineError:
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    message = f"the ledger's database failed: {reason}"
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return EngineUnavailable(message, engine=ENGINE, remedy="Try again in a moment.")
    lowered = reason.lower()
    if any(words in lowered for words in _REFUSALS):
        return EngineMisconfigured(
            message, engine=ENGINE, remedy="Check user, password and database in ECOGRAPH_LEDGER."
        )
    if (
        "locked" in lowered
        or "connect" in lowered
        or "resolve" in lowered
        or "disk i/o" in lowered
        or "full" in lowered
    ):
        return EngineUnavailable(message, engine=ENGINE, remedy="Check that it runs, and that the disk has room.")
    if "not a database" in lowered or "unable to open" in lowered or "parse" in lowered or "can't load" in lowered:
        return EngineMisconfigured(message, engine=ENGINE, remedy="Check ECOGRAPH_HOME and ECOGRAPH_LEDGER.")
    return EngineFailed(message, engine=ENGINE)


@contextlib.contextmanager
def single_writer(engine: Engine) -> Iterator[None]:
    """Hold the right to write; raises `Conflict` at once when another process or thread has it.

    The lock dies with its process: an SQLite lock on a file beside the ledger, or an advisory lock in PostgreSQL.
    """
    busy = Conflict(
        "another process is writing to this ledger",
        remedy="Wait for the other `ecograph` command to end, or use another ECOGRAPH_HOME.",
    )
    if engine.dialect.name != "sqlite":
        with translated(), engine.connect() as connection:
            # No transaction is left open: a server that ends idle ones would end the lock with it.
            connection.execution_options(isolation_level="AUTOCOMMIT")
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _PG_LOCK}).scalar():
                raise busy
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _PG_LOCK})
        return
    database = engine.url.database
    if database is None or database == ":memory:":
        yield
        return
    lock = sqlite3.connect(
        Path(database).with_suffix(".lock"), timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as locked:
            raise busy from locked
        yield
    finally:
        lock.close()


Append = Callable[[Connection, Sequence[Row]], None]


def appender(engine: Engine, table: Table) -> Append:
    """Return a function that appends rows, given as tuples in the order of the table's columns.

    Core's own executemany builds a dictionary per row; for 400,000 statements plain tuples take a third of the time.
    """
    quote = engine.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(column.name) for column in table.columns)})"
    if engine.dialect.driver == "psycopg":
        return _copier(engine, f"COPY {into} FROM STDIN")
    marks = ", ".join(["?" if engine.dialect.paramstyle == "qmark" else "%s"] * len(table.columns))
    statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - names are our own tables

    def append(connection: Connection, rows: Sequence[Row]) -> None:
        if rows:
            connection.exec_driver_sql(statement, rows)

    return append


def _copier(engine: Engine, statement: str) -> Append:
    """Return a function that appends by COPY: a seventh of the processor time of INSERT, in client and server."""
    failures = engine.dialect.loaded_dbapi.Error

    def append(connection: Connection, rows: Sequence[Row]) -> None:
        if not rows:
            return
        driver = connection.connection.driver_connection
        if driver is None:
            raise InvalidRequestError("the connection is closed")
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except failures as error:
            # What goes past SQLAlchemy is not wrapped by it, and it has to be told of a lost connection.
            lost = engine.dialect.is_disconnect(error, driver, None)
            raise DBAPIError(statement, None, error, connection_invalidated=lost) from error

    return append
