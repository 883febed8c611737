"""Names of things as the ledger has them now, for whoever looks for them in texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, func, select

from ingest.journal.tables import CLAIM, NODE, RESOLUTION, STATEMENT, TERM
from ingest.journal.write import head_of
from ingest.projection.position import RESOLVED, position
from ontology.model import EntityId

NAME_PROPERTIES: Final = ("name", "also_named", "former_name", "short_name")
_LOCATED_IN: Final = "locatedIn"
_REGION_CODE: Final = "region_code"


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing by its canonical id with its names by property, those most records say first, and its region's code."""

    entity: EntityId
    class_name: str
    names: Mapping[str, tuple[str, ...]]
    region: str | None


def names_position(connection: Connection) -> str:
    """Return a text that changes whenever names, or what they belong to, may have: head and identities judged."""
    return f"{head_of(connection)[0]}-{position(connection, RESOLVED)}"


def named_things(connection: Connection, classes: Sequence[str]) -> Iterator[NamedThing]:
    """Yield everything of `classes` that has a name, each once, in order of its number in the ledger."""
    terms = {text: number for number, text in connection.execute(select(TERM.c.id, TERM.c.text))}
    wanted = {terms[name]: name for name in NAME_PROPERTIES if name in terms}
    kinds = {terms[name]: name for name in classes if name in terms}
    regions = _regions(connection, terms, list(kinds))
    rows = connection.execute(_query(list(wanted), list(kinds)), execution_options={"yield_per": 10_000})
    for (number, entity, kind), group in groupby(rows, key=lambda row: (row[0], row[1], row[2])):
        names: dict[str, list[tuple[int, str]]] = {}
        for row in group:
            names.setdefault(wanted[row.property], []).append((-row.support, row.value))
        ordered = {name: tuple(value for _, value in sorted(values)) for name, values in names.items()}
        yield NamedThing(EntityId(entity), kinds[kind], ordered, regions.get(number))


def texts_of(connection: Connection, class_name: str) -> Iterator[str]:
    """Yield the running texts (`text`) of everything of a class."""
    of, word = NODE.alias(), TERM.alias()
    query = (
        select(STATEMENT.c.value)
        .join(of, of.c.id == STATEMENT.c.subject)
        .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        .where(
            of.c["class"].in_(select(TERM.c.id).where(TERM.c.text == class_name)),
            STATEMENT.c.property.in_(select(word.c.id).where(word.c.text == "text")),
            CLAIM.c.retracted_by.is_(None),
        )
    )
    for row in connection.execute(query, execution_options={"yield_per": 1_000}):
        yield str(row[0])


def _query(properties: Sequence[int], classes: Sequence[int]):  # type: ignore[no-untyped-def]
    of, canonical = NODE.alias(), NODE.alias()
    number = func.coalesce(RESOLUTION.c.canonical, STATEMENT.c.subject)
    return (
        select(
            canonical.c.id,
            canonical.c.entity,
            canonical.c["class"],
            STATEMENT.c.property.label("property"),
            STATEMENT.c.value.label("value"),
            func.count().label("support"),
        )
        .select_from(STATEMENT)
        .join(of, of.c.id == STATEMENT.c.subject)
        .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        .outerjoin(RESOLUTION, RESOLUTION.c.node == STATEMENT.c.subject)
        .join(canonical, canonical.c.id == number)
        .where(
            STATEMENT.c.property.in_(properties),
            of.c["class"].in_(classes),
            CLAIM.c.retracted_by.is_(None),
            STATEMENT.c.value.is_not(None),
        )
        .group_by(canonical.c.id, canonical.c.entity, canonical.c["class"], STATEMENT.c.property, STATEMENT.c.value)
        .order_by(canonical.c.id, STATEMENT.c.property, STATEMENT.c.value)
    )


def _regions(connection: Connection, terms: Mapping[str, int], classes: Sequence[int]) -> dict[int, str]:
    """Return the region code of each thing that lies in a region, by its canonical number."""
    if _LOCATED_IN not in terms or _REGION_CODE not in terms:
        return {}
    of, to = NODE.alias(), NODE.alias()
    number = func.coalesce(RESOLUTION.c.canonical, STATEMENT.c.subject)
    rows = connection.execute(
        select(number, func.max(to.c.key))
        .select_from(STATEMENT)
        .join(of, of.c.id == STATEMENT.c.subject)
        .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        .join(to, to.c.id == STATEMENT.c.target)
        .outerjoin(RESOLUTION, RESOLUTION.c.node == STATEMENT.c.subject)
        .where(
            STATEMENT.c.property == terms[_LOCATED_IN],
            of.c["class"].in_(classes),
            to.c.scheme == terms[_REGION_CODE],
            CLAIM.c.retracted_by.is_(None),
        )
        .group_by(number)
    )
    return {int(node): str(code) for node, code in rows}
