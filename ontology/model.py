"""Plain frozen values that travel between the packages: statements, entities, relations, documents.

Dates in the world are ISO 8601 texts of the precision known (`2019`, `2019-07`, `2019-07-01`), because
registers often know no more than the year; they compare correctly as texts. Moments in the ledger are
UTC texts with microseconds (`2026-11-24T03:41:00.000000Z`).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NewType, TypeVar

EntityId = NewType("EntityId", str)
RecordId = NewType("RecordId", str)
T = TypeVar("T")

Value = str | float | bool
"""A literal as it is stored and shown; dates, codes and labels are texts, quantities floats."""


def entity_id(class_name: str, scheme: str, key: str) -> EntityId:
    """Return the id of the thing of `class_name` that identifier scheme `scheme` calls `key`.

    The id is `Class-` and 20 hexadecimal digits of SHA-256 over the natural key: the same key gives the
    same id in every run, on every machine; 80 bits make a collision at 10^9 entities less likely than 10^-6.
    """
    digest = hashlib.sha256(f"{class_name}\x1f{scheme}\x1f{key}".encode()).hexdigest()
    return EntityId(f"{class_name}-{digest[:20]}")


def class_of(identifier: EntityId) -> str:
    """Return the class name an entity id carries."""
    return identifier.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact of one record: `subject property value`, true in the world from `valid_from` to `valid_to`.

    Exactly one of `value` and `target` is set: a literal for a datatype property, an entity for an object
    property. `valid_to` is inclusive. `quote` is the piece of text that says so, where a text was read.
    """

    subject: EntityId
    property: str
    value: Value | None = None
    target: EntityId | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph with its merged facts, as projected from all live statements about it.

    `properties` maps a datatype property to its values in canonical order (sorted, no doubles).
    `datasets` names the datasets that say anything of it. `synthetic` marks invented demo things.
    """

    id: EntityId
    class_name: str
    label: str
    properties: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed link between two entities, with the records that say so.

    One relation per (source, type, target): `valid_from` is the earliest known start, `valid_to` the latest
    known end, None where open or unknown. `records` is sorted and holds at most `MAX_RELATION_RECORDS`
    of the `record_count` records behind it; the ledger has all of them.
    """

    source: EntityId
    type: str
    target: EntityId
    valid_from: str | None = None
    valid_to: str | None = None
    records: tuple[RecordId, ...] = ()
    record_count: int = 0


MAX_RELATION_RECORDS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """What full text search knows of one entity: every entity with a name or a text is a document.

    `id` is the entity's id. `names` are searched as names, `title` and `text` as running text. `dates` are
    ISO days or shorter; `date` is the one to sort and filter by. `facets` maps a facet name (`class`,
    `dataset`, `region`, `industry`, `kind`, `year`, `synthetic` …) to its values. `location` is
    (longitude, latitude) in WGS-84 degrees.
    """

    id: EntityId
    class_name: str
    title: str
    text: str = ""
    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    date: str | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    location: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a longer list. `total` counts all items; `next_cursor` is None on the last page."""

    items: Sequence[T]
    total: int
    next_cursor: str | None = None
