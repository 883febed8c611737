"""How far each derived thing beside the ledger has come, and upserts that both databases understand."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from ingest.journal.tables import META

RESOLVED: Final = "resolved"
"""The position up to which identities are judged."""


def position(connection: Connection, name: str) -> int:
    """Return the ledger position reached, 0 at the beginning."""
    return int(connection.execute(select(META.c.value).where(META.c.key == name)).scalar() or 0)


def set_position(connection: Connection, name: str, value: int) -> None:
    """Note the ledger position reached."""
    connection.execute(delete(META).where(META.c.key == name))
    connection.execute(insert(META).values(key=name, value=str(value)))


def among(column: ColumnElement[int], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Tell whether a column holds one of these numbers, which stand in the statement itself.

    They are our own integers; as parameters thousands of them cost more than the query.
    """
    return column.in_(bindparam(None, list(numbers), expanding=True, literal_execute=True))


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows, replacing those with the same primary key."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if column.name not in keys]
    dialect = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    fresh = dialect(table)
    if others:
        changed = {name: fresh.excluded[name] for name in others}
        connection.execute(fresh.on_conflict_do_update(index_elements=keys, set_=changed), rows)
    else:
        connection.execute(fresh.on_conflict_do_nothing(), rows)
