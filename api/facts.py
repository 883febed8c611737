"""An entity's facts from the ledger: statements of all its ids, equal ones together, each with its sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.presentation import Sources, property_label
from api.schemas.common import SourceShape
from api.schemas.entities import FactShape
from ingest.journal.facts import StoredStatement
from ontology.model import RecordId, Value
from ontology.schema import SAME_AS, Schema

FACTS = 1_000
"""Facts an answer holds at most: beyond, the entity is a region or an industry, and nobody reads them as a table."""
SOURCES_PER_FACT = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property in one period, and the records that say so, in the order they were recorded."""

    property: str
    value: Value
    valid_from: str | None
    valid_to: str | None
    quote: str | None
    records: tuple[RecordId, ...]


def facts_of(statements: Sequence[StoredStatement], *, schema: Schema, class_name: str) -> list[Fact]:
    """Return the literal facts of statements: the label's property first, then identifiers, then by name and value.

    Keys that are made of other keys, and claims of identity, are no facts to show.
    """
    grouped: dict[tuple[str, str, Value, str | None, str | None, str | None], list[RecordId]] = {}
    for stored in statements:
        said = stored.statement
        if said.value is None or said.property == SAME_AS or _is_internal(schema, said.property):
            continue
        kind = type(said.value).__name__
        key = (said.property, kind, said.value, said.valid_from, said.valid_to, said.quote)
        grouped.setdefault(key, []).append(stored.record)
    facts = [
        Fact(name, value, valid_from, valid_to, quote, tuple(dict.fromkeys(records)))
        for (name, _, value, valid_from, valid_to, quote), records in grouped.items()
    ]
    first = schema.label_properties(class_name) if class_name in schema.classes else ()
    return sorted(facts, key=lambda fact: _order(fact, schema=schema, first=first))


def label_of(facts: Sequence[Fact], *, schema: Schema, class_name: str) -> str | None:
    """Return the label the facts give: the value of the first label property that most records say, None if none."""
    names = schema.label_properties(class_name) if class_name in schema.classes else ()
    for name in names:
        values = [fact for fact in facts if fact.property == name]
        if values:
            return str(min(values, key=lambda fact: (-len(fact.records), str(fact.value))).value)
    return None


def records_of(facts: Sequence[Fact]) -> set[RecordId]:
    """Return the records to look up for these facts: no more per fact than are shown."""
    return {record for fact in facts for record in fact.records[:SOURCES_PER_FACT]}


def fact_shape(fact: Fact, *, schema: Schema, sources: Sources) -> FactShape:
    """Return a fact as it is sent."""
    found = schema.properties.get(fact.property)
    return FactShape(
        property=fact.property,
        label=property_label(schema, fact.property),
        value=fact.value,
        type="text" if found is None else found.value_type,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        quote=fact.quote,
        source_count=len(fact.records),
        sources=first_rows(fact.records[:SOURCES_PER_FACT], sources=sources),
    )


def first_rows(
    records: Sequence[RecordId], *, sources: Mapping[RecordId, Sequence[SourceShape]]
) -> tuple[SourceShape, ...]:
    """Return the first row of each record; a record that is in no live file gives none."""
    return tuple(row for record in records for row in sources.get(record, ())[:1])


def _is_internal(schema: Schema, name: str) -> bool:
    found = schema.properties.get(name)
    return found is not None and found.key is not None and found.key.internal


def _order(fact: Fact, *, schema: Schema, first: tuple[str, ...]) -> tuple[int, int, str, str, str]:
    found = schema.properties.get(fact.property)
    rank = first.index(fact.property) if fact.property in first else len(first)
    identifies = found is not None and found.key is not None
    return rank, 0 if identifies else 1, fact.property, str(fact.value), fact.valid_from or ""
