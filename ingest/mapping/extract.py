"""A mapping compiled for one table's header: a function from a row to statements, keys and notes.

Reserved properties, which no graph shows: `sameAs` (two ids are one thing), `namedAs` (a thing carries the name that
the other id is made of) and `exists` (a row speaks of a thing and says nothing of it).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.journal.values import (
    BOOLEAN,
    EXISTS,
    NAMED_AS,
    PART_MARK,
    REFERENCE,
    TARGET,
    value_to_text,
)
from ingest.mapping.cells import REMEMBERED, Invalid, Outcome, Place, Reader, Row, bind_test, bind_value
from ingest.mapping.model import EntitySpec, KeySpec, RelationSpec, TableMapping, ValueSpec
from ontology.errors import RecordRejected
from ontology.model import EntityId, entity_id
from ontology.schema import SAME_AS, KeyScheme, Schema
from ontology.values.placeholder import clean
from ontology.values.value_type import Context

if TYPE_CHECKING:
    from ingest.journal.chain import StatementFields

NATIONAL_NAMES: Final = frozenset({"Enterprise", "Pollutant", "Chemical", "Industry", "Standard", "Law"})
"""Classes whose names mean the same thing in every region. A company's registered name holds its place; that of an
office (区环保局) or a site does not, so those are looked for within the dataset's region only."""

Notes = Counter[tuple[str, str]]
"""How often a column had a value that could not be used, or was mended, by (column, code)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One id of a thing: scheme, normalised key and the facts that the scheme carries."""

    entity: EntityId
    scheme: KeyScheme
    key: str
    value: str | None


class Extraction:
    """What is being read from one row."""

    __slots__ = ("ids", "keys", "notes", "statements")

    def __init__(self, notes: Notes) -> None:
        self.ids: dict[str, EntityId] = {}
        self.keys: dict[str, tuple[str, str]] = {}
        self.statements: list[StatementFields] = []
        self.notes = notes

    def say(self, subject: str, name: str, value: str | float | bool, quote: str | None = None) -> None:
        """Add a statement with a literal, and the sentence that says it where a text was read."""
        kind, text = value_to_text(value)
        self.statements.append((subject, name, None, text, kind, None, None, quote))

    def link(
        self,
        subject: str,
        name: str,
        target: str,
        start: str | None = None,
        end: str | None = None,
        quote: str | None = None,
    ) -> None:
        """Add a statement with an entity as its value, and the sentence that says it where a text was read."""
        self.statements.append((subject, name, target, None, TARGET, start, end, quote))


Step = Callable[[Row, Extraction], None]


@dataclass(frozen=True, slots=True)
class Extractor:
    """A mapping bound to a header. `used` tells whether the filter keeps a row; `extract` reads one that is kept."""

    mapping: TableMapping
    _filters: tuple[Callable[[Row], bool], ...]
    _identify: tuple[Step, ...]
    _describe: tuple[Step, ...]

    def used(self, row: Row) -> bool:
        """Tell whether the mapping's filter lets the row pass."""
        return all(test(row) for test in self._filters)

    def extract(self, row: Row, notes: Notes) -> Extraction:
        """Return what the row says; counts what could not be used in `notes`.

        Raises RecordRejected: `no-key` where a required entity has no valid key, `value-invalid` where a value that is
        not optional is missing or invalid.
        """
        found = Extraction(notes)
        for step in self._identify:
            step(row, found)
        missing = [name for name in self.mapping.require if name not in found.ids]
        if missing:
            raise RecordRejected(self._why(missing), code="no-key")
        for step in self._describe:
            step(row, found)
        return found

    def _why(self, missing: Sequence[str]) -> str:
        reasons = []
        for name in missing:
            entity = self.mapping.entity(name)
            tried = " or ".join(f"{key.scheme} ({', '.join(source_columns(key.value))})" for key in entity.keys)
            reasons.append(f"no valid key for {name}: needs {tried}")
        return "; ".join(reasons)


def compile_mapping(mapping: TableMapping, header: Sequence[str], *, schema: Schema) -> Extractor:
    """Return the extractor for a table whose header is given in the mapping's own column names."""
    positions = {name: at for at, name in enumerate(header)}
    binder = _Binder(mapping, positions.get, schema)
    entities = _in_key_order(mapping.entities)
    return Extractor(
        mapping=mapping,
        _filters=tuple(bind_test(test, positions.get) for test in mapping.where),
        _identify=tuple(binder.identify(entity) for entity in entities),
        _describe=tuple(binder.describe(entity) for entity in mapping.entities),
    )


def source_columns(spec: ValueSpec) -> tuple[str, ...]:
    """Return the columns a value is read from, those of its parts too."""
    inner = (source_columns(part.value) for part in spec.parts if part.value is not None)
    return (*spec.columns, *(name for names in inner for name in names))


def _in_key_order(entities: Sequence[EntitySpec]) -> list[EntitySpec]:
    """Return the entities so that one whose key is made of another comes after it."""
    ordered: list[EntitySpec] = []
    waiting = list(entities)
    while waiting:
        done = {entity.name for entity in ordered}
        ready = [entity for entity in waiting if _needs(entity) <= done]
        ordered.extend(ready)
        waiting = [entity for entity in waiting if entity not in ready]
    return ordered


def _needs(entity: EntitySpec) -> set[str]:
    return {part.entity for key in entity.keys for part in key.value.parts if part.entity is not None}


class _Binder:
    """Makes the steps of one mapping for one header."""

    def __init__(self, mapping: TableMapping, place: Place, schema: Schema) -> None:
        self._mapping = mapping
        self._place = place
        self._schema = schema

    def identify(self, entity: EntitySpec) -> Step:
        """Return the step that gives an entity its id and says which other ids it has."""
        tests = [bind_test(test, self._place) for test in entity.when]
        readers = [self._key_reader(entity, key) for key in entity.keys]
        quotes = {key.scheme: self._quoted(key.value.quote) for key in entity.keys}
        name = entity.name

        def step(row: Row, found: Extraction) -> None:
            if not all(test(row) for test in tests):
                return
            identities = [identity for reader in readers for identity in reader(row, found)]
            if not identities:
                return
            first, *others = identities
            found.ids[name] = first.entity
            for identity in identities:
                found.keys[identity.entity] = (identity.scheme.name, identity.key)
                if identity.value is not None:
                    quote = quotes[identity.scheme.name](row)
                    found.say(first.entity, identity.scheme.name, identity.value, quote)
            for other in others:
                if other.entity != first.entity:
                    found.link(first.entity, SAME_AS if other.scheme.strong else NAMED_AS, other.entity)

        return step

    def _key_reader(self, entity: EntitySpec, key: KeySpec) -> Callable[[Row, Extraction], Sequence[Identity]]:
        scheme = self._schema.key_scheme(key.scheme)
        class_name = entity.class_name
        prefix = self._prefix(class_name, scheme)
        shown = scheme.strong and not scheme.internal
        if key.value.parts:
            return self._composite_reader(entity, key, scheme, prefix)
        column = "+".join(key.value.columns)
        read = self._reader(key.value, key.scheme, as_key=True)
        known: dict[str, Identity] = {}
        free = self._kind(key.value, key.scheme) == "text"

        def identities(row: Row, found: Extraction) -> Sequence[Identity]:
            result = []
            for outcome in read(row):
                if isinstance(outcome, Invalid):
                    found.notes[column, outcome.code] += 1
                    continue
                for note in outcome.notes:
                    found.notes[column, note] += 1
                identity = known.get(outcome.key)
                if identity is None:
                    full = prefix + (clean(outcome.key) if free else outcome.key)
                    value = str(outcome.value) if shown else None
                    identity = Identity(entity_id(class_name, scheme.name, full), scheme, full, value)
                    if len(known) >= REMEMBERED:
                        known.clear()
                    known[outcome.key] = identity
                result.append(identity)
            return result

        return identities

    def _composite_reader(
        self, entity: EntitySpec, key: KeySpec, scheme: KeyScheme, prefix: str
    ) -> Callable[[Row, Extraction], Sequence[Identity]]:
        parts: list[tuple[str | None, Reader | None]] = []
        for part in key.value.parts:
            reader = None if part.value is None else self._reader(part.value, "text", as_key=False, is_type=True)
            parts.append((part.entity, reader))
        class_name = entity.class_name

        def identities(row: Row, found: Extraction) -> Sequence[Identity]:
            texts, told = [], False
            for name, reader in parts:
                if reader is None:
                    part_id = found.ids.get(name or "")
                    if part_id is None:
                        return ()
                    texts.append(REFERENCE + part_id)
                    continue
                valid = [clean(outcome.key) for outcome in reader(row) if not isinstance(outcome, Invalid)]
                told = told or bool(valid)
                texts.append("|".join(valid))
            # Entities alone do not tell one thing of theirs from another, unless the mapping names nothing else.
            if not told and any(reader is not None for _, reader in parts):
                return ()
            full = prefix + PART_MARK.join(texts)
            return (Identity(entity_id(class_name, scheme.name, full), scheme, full, None),)

        return identities

    def _prefix(self, class_name: str, scheme: KeyScheme) -> str:
        if scheme.scoped:
            return self._mapping.dataset + PART_MARK
        if not scheme.strong and class_name not in NATIONAL_NAMES:
            return (self._mapping.region or "") + PART_MARK
        return ""

    def describe(self, entity: EntitySpec) -> Step:
        """Return the step that says an entity's properties and relations."""
        properties = [
            (
                spec.name,
                "+".join(value.columns),
                self._reader(value, spec.name),
                value.optional,
                self._quoted(value.quote),
            )
            for spec in entity.properties
            for value in spec.values
        ]
        relations = [self._relation(relation) for relation in entity.relations]
        name = entity.name

        def step(row: Row, found: Extraction) -> None:
            subject = found.ids.get(name)
            if subject is None:
                return
            for prop, column, read, optional, quoted in properties:
                outcomes = read(row)
                if not optional and not any(not isinstance(outcome, Invalid) for outcome in outcomes):
                    raise RecordRejected(_invalid(prop, column, outcomes), code="value-invalid")
                for outcome in outcomes:
                    _say(found, subject, prop, column, outcome, quoted(row))
            for relate in relations:
                relate(row, found, subject)
            if not any(fields[0] == subject for fields in found.statements):
                found.statements.append((subject, EXISTS, None, "true", BOOLEAN, None, None, None))

        return step

    def _relation(self, spec: RelationSpec) -> Callable[[Row, Extraction, EntityId], None]:
        start = None if spec.start is None else self._reader(spec.start, "date", is_type=True)
        end = None if spec.end is None else self._reader(spec.end, "date", is_type=True)
        period = None if spec.period is None else self._reader(spec.period, "period", is_type=True)
        name, to = spec.name, spec.to
        dated = start is not None or end is not None or period is not None
        quoted = self._quoted(spec.quote)

        def relate(row: Row, found: Extraction, subject: EntityId) -> None:
            target = found.ids.get(to)
            if target is None or target == subject:
                return
            if not dated:
                found.link(subject, name, target, quote=quoted(row))
                return
            since, until = _first_text(start, row), _first_text(end, row)
            for outcome in () if period is None else period(row):
                if not isinstance(outcome, Invalid):
                    since, until = outcome.start or since, outcome.end or until
            found.link(subject, name, target, since, until, quoted(row))

        return relate

    def _quoted(self, column: str | None) -> Callable[[Row], str | None]:
        """Return the reader of a quote; no quote where no column is named or the cell is empty."""
        at = None if column is None else self._place(column)
        return (lambda _row: None) if at is None else (lambda row: row[at] or None)

    def _reader(self, spec: ValueSpec, of: str, *, as_key: bool = False, is_type: bool = False) -> Reader:
        kind = self._kind(spec, of) if not is_type else spec.type or of
        context = Context(within=self._mapping.region, unit=spec.unit, datum=spec.datum)
        return bind_value(spec, kind, self._place, context, as_key=as_key)

    def _kind(self, spec: ValueSpec, property_name: str) -> str:
        return spec.type or self._schema.property_def(property_name).value_type


def _say(found: Extraction, subject: str, prop: str, column: str, outcome: Outcome, quote: str | None) -> None:
    if isinstance(outcome, Invalid):
        found.notes[column, outcome.code] += 1
        return
    for note in outcome.notes:
        found.notes[column, note] += 1
    found.say(subject, prop, outcome.value, quote)


def _invalid(prop: str, column: str, outcomes: Sequence[Outcome]) -> str:
    reasons = [outcome.reason for outcome in outcomes if isinstance(outcome, Invalid)]
    return f"{prop} ({column}) is required: {'; '.join(reasons) or 'missing'}"


def _first_text(read: Reader | None, row: Row) -> str | None:
    if read is None:
        return None
    return next((str(outcome.value) for outcome in read(row) if not isinstance(outcome, Invalid)), None)
