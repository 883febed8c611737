"""An entity's facts from the ledger: which are shown, in what order, with their sources."""

from collections.abc import Mapping, Sequence

from api.presentation import Sources, property_label
from api.schemas.common import SourceShape
from api.schemas.entities import FactShape
from ingest.journal.facts import SaidFact
from ingest.journal.values import EXISTS, NAMED_AS
from ontology.model import RecordId
from ontology.schema import SAME_AS, Schema

FACTS = 1_000
"""Facts an answer holds at most: beyond, the entity is a region or an industry, and nobody reads them as a table."""
SOURCES_PER_FACT = 20


RESERVED = frozenset({SAME_AS, NAMED_AS, EXISTS})


def shown_facts(said: Sequence[SaidFact], *, schema: Schema, class_name: str) -> list[SaidFact]:
    """Return the facts to show: the label's property first, then identifiers, then by name and value.

    Keys that are made of other keys, and claims of identity, are no facts to show.
    """
    first = schema.label_properties(class_name) if class_name in schema.classes else ()
    facts = [fact for fact in said if fact.property not in RESERVED and not _is_internal(schema, fact.property)]
    return sorted(facts, key=lambda fact: _order(fact, schema=schema, first=first))


def label_of(facts: Sequence[SaidFact], *, schema: Schema, class_name: str) -> str | None:
    """Return the label the facts give: the value of the first label property that most records say, None if none."""
    names = schema.label_properties(class_name) if class_name in schema.classes else ()
    for name in names:
        values = [fact for fact in facts if fact.property == name]
        if values:
            return str(min(values, key=lambda fact: (-fact.count, str(fact.value))).value)
    return None


def records_of(facts: Sequence[SaidFact]) -> set[RecordId]:
    """Return the records to look up for these facts."""
    return {record for fact in facts for record in fact.records}


def fact_shape(fact: SaidFact, *, schema: Schema, sources: Sources) -> FactShape:
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
        source_count=fact.count,
        sources=first_rows(fact.records, sources=sources),
    )


def first_rows(
    records: Sequence[RecordId], *, sources: Mapping[RecordId, Sequence[SourceShape]]
) -> tuple[SourceShape, ...]:
    """Return the first row of each record; a record that is in no live file gives none."""
    return tuple(row for record in records for row in sources.get(record, ())[:1])


def _is_internal(schema: Schema, name: str) -> bool:
    found = schema.properties.get(name)
    return found is not None and found.key is not None and found.key.internal


def _order(fact: SaidFact, *, schema: Schema, first: tuple[str, ...]) -> tuple[int, int, str, str, str]:
    found = schema.properties.get(fact.property)
    rank = first.index(fact.property) if fact.property in first else len(first)
    identifies = found is not None and found.key is not None
    return rank, 0 if identifies else 1, fact.property, str(fact.value), fact.valid_from or ""
