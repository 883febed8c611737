"""Reading what is said of a thing with equal statements together, up to a limit.

A pollutant or a standard is named by thousands of records in the same words: reading those with all that belongs to
each statement takes four times as long as grouping bare rows first. A nation's pollutant is named by millions: hence
the limit, which reaches the SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from ingest.journal.facts import SaidFact, SaidFacts
from ingest.journal.interning import CHUNK
from ingest.journal.tables import CLAIM, NODE, RECORD, RETRACTION, STATEMENT, TERM
from ingest.journal.values import value_from_text
from ontology.model import EntityId, RecordId

MAX_STATEMENTS: Final = 5_000
"""Literal statements read of one thing, the earliest. The busiest site of a city's register has 2,700."""


class _Said(NamedTuple):
    """What makes two statements of one thing equal."""

    property: int
    kind: int
    value: str
    valid_from: str | None
    valid_to: str | None
    quote: str | None


def facts_about(
    connection: Connection, ids: Sequence[EntityId], *, as_of: str | None, recorded_as_of: str | None, records: int
) -> SaidFacts:
    """Return the literal facts of the thing that all of `ids` name, each with its first `records` records.

    `as_of` and `recorded_as_of` as in `statements_about`. The order is that in which facts were first recorded.
    """
    numbers = connection.execute(select(NODE.c.id).where(NODE.c.entity.in_(ids[:CHUNK]))).scalars().all()
    rows: list[tuple[int, int, _Said]] = []
    truncated = len(ids) > CHUNK
    for number in numbers:
        query = _said(number, as_of=as_of, recorded_as_of=recorded_as_of).limit(MAX_STATEMENTS + 1 - len(rows))
        rows.extend((row[0], row[1], _Said(*row[2:])) for row in connection.execute(query))
        if len(rows) > MAX_STATEMENTS:
            truncated = True
            break
    rows.sort(key=lambda row: row[0])
    grouped: dict[_Said, dict[int, None]] = {}
    for _, record, said in rows[:MAX_STATEMENTS]:
        grouped.setdefault(said, {})[record] = None
    shown = {said: list(found)[:records] for said, found in grouped.items()}
    digests = _digests(connection, {record for found in shown.values() for record in found})
    words = _words(connection, {said.property for said in grouped})
    facts = [
        SaidFact(
            property=words[said.property],
            value=value_from_text(said.kind, said.value),
            valid_from=said.valid_from,
            valid_to=said.valid_to,
            quote=said.quote,
            count=len(grouped[said]),
            records=tuple(digests[record] for record in found),
        )
        for said, found in shown.items()
    ]
    return SaidFacts(facts, truncated)


def _said(number: int, *, as_of: str | None, recorded_as_of: str | None) -> Select[*tuple[Any, ...]]:
    """Return the query of one id's literal statements, earliest first: the order of the index, so a limit ends it."""
    query = (
        select(
            STATEMENT.c.claim,
            CLAIM.c.record,
            STATEMENT.c.property,
            STATEMENT.c.kind,
            STATEMENT.c.value,
            STATEMENT.c.valid_from,
            STATEMENT.c.valid_to,
            STATEMENT.c.quote,
        )
        .select_from(STATEMENT)
        .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        .where(STATEMENT.c.subject == number, STATEMENT.c.value.is_not(None))
        .order_by(STATEMENT.c.claim, STATEMENT.c.ordinal)
    )
    if as_of is not None:
        query = query.where(*_holds_on(as_of))
    if recorded_as_of is None:
        return query.where(CLAIM.c.retracted_by.is_(None))
    query = query.outerjoin(RETRACTION, RETRACTION.c.seq == CLAIM.c.retracted_by)
    later = RETRACTION.c.recorded_at > recorded_as_of
    return query.where(CLAIM.c.recorded_at <= recorded_as_of, or_(CLAIM.c.retracted_by.is_(None), later))


def _holds_on(day: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that a statement held at some time of a day, month or year.

    A beginning or end known to the month covers all its days, so each is compared at the shorter precision of the two.
    """
    begins = func.substr(STATEMENT.c.valid_from, 1, len(day)) <= day
    ends = STATEMENT.c.valid_to >= func.substr(day, 1, func.length(STATEMENT.c.valid_to))
    return or_(STATEMENT.c.valid_from.is_(None), begins), or_(STATEMENT.c.valid_to.is_(None), ends)


def _digests(connection: Connection, numbers: Iterable[int]) -> Mapping[int, RecordId]:
    wanted, found = sorted(numbers), {}
    for start in range(0, len(wanted), CHUNK):
        query = select(RECORD.c.seq, RECORD.c.record).where(RECORD.c.seq.in_(wanted[start : start + CHUNK]))
        found.update({seq: RecordId(bytes(digest).hex()) for seq, digest in connection.execute(query)})
    return found


def _words(connection: Connection, numbers: Iterable[int]) -> Mapping[int, str]:
    query = select(TERM.c.id, TERM.c.text).where(TERM.c.id.in_(sorted(numbers)))
    return {row[0]: row[1] for row in connection.execute(query)}
