"""What a mapping file says, as frozen values: the format of docs/mappings.md after checking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ontology.model import Value


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on one cell; all that are given must hold. A missing cell is an empty text."""

    column: str
    present: bool | None = None
    among: frozenset[str] | None = None
    not_among: frozenset[str] | None = None
    matches: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a composite key: another entity of the mapping, or a value."""

    entity: str | None = None
    value: "ValueSpec | None" = None


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """Where a value comes from and how it is read, in this order: join, split, pattern, values, type.

    `type` is None where the property decides. `values` maps a text to a text or to a finished value.
    """

    columns: tuple[str, ...] = ()
    constant: Value | None = None
    parts: tuple[Part, ...] = ()
    join: str = " "
    type: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    strict: bool = False
    split: re.Pattern[str] | None = None
    item: int | None = None
    """Which piece of a split cell is taken, from 1; None for all."""
    part: str | None = None
    """Which of the values that the type read along the way is taken in place of the value."""
    pattern: re.Pattern[str] | None = None
    unit: str | None = None
    unit_column: str | None = None
    datum: str | None = None
    default: Value | None = None
    optional: bool = True
    quote: str | None = None
    """The column that holds the sentence a text says it in; None for tables, which have no sentences."""


@dataclass(frozen=True, slots=True)
class KeySpec:
    """One way to identify an entity: a scheme of the ontology and where its value comes from."""

    scheme: str
    value: ValueSpec


@dataclass(frozen=True, slots=True)
class PropertySpec:
    """A property and the sources of its values."""

    name: str
    values: tuple[ValueSpec, ...]


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """A relation to another entity of the mapping, with the dates of its validity where the table has them."""

    name: str
    to: str
    start: ValueSpec | None = None
    end: ValueSpec | None = None
    period: ValueSpec | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class EntitySpec:
    """One thing that a row speaks of. It exists for rows that pass all of `when` and have a valid key."""

    name: str
    class_name: str
    keys: tuple[KeySpec, ...]
    properties: tuple[PropertySpec, ...] = ()
    relations: tuple[RelationSpec, ...] = ()
    when: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A column of personal data: the value type that masks it, and the tests of the row for which it is personal."""

    column: str
    type: str
    when: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A checked mapping of one kind of table. `version` changes with anything that changes what is read from a row."""

    dataset: str
    table: str
    title: Mapping[str, str]
    publisher: Mapping[str, str]
    license: str
    region: str | None
    synthetic: bool
    required: tuple[str, ...]
    optional: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]]
    personal: tuple[PersonalColumn, ...]
    where: tuple[Test, ...]
    require: tuple[str, ...]
    entities: tuple[EntitySpec, ...]
    version: str
    file: str

    def entity(self, name: str) -> EntitySpec:
        """Return the entity of this name, which checking has proved to exist."""
        return next(entity for entity in self.entities if entity.name == name)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a mapping file: its line (from 1), what is wrong, and what was probably meant."""

    line: int
    message: str
    remedy: str = ""
