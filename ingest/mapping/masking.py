"""Personal data is masked before anything is stored: in the columns a mapping calls personal, and where it is seen."""

from collections.abc import Callable, Sequence

from ingest.mapping.cells import Invalid, all_of, bind_test, parse_text
from ingest.mapping.extract import source_columns
from ingest.mapping.model import EntitySpec, TableMapping, ValueSpec
from ontology.schema import Schema
from ontology.values.personal_text import HIDDEN, SUSPECT, mask_text
from ontology.values.registry import value_type
from ontology.values.value_type import NO_CONTEXT

Masker = Callable[[Sequence[str]], list[str]]


def compile_masker(mapping: TableMapping, header: Sequence[str], *, schema: Schema) -> Masker:
    """Return a function that masks a row: whole cells of personal columns, numbers seen in all others but keys."""
    personal = _personal_columns(mapping, schema)
    keys = {name for entity in mapping.entities for key in entity.keys for name in source_columns(key.value)}
    whole = [(at, personal[name]) for at, name in enumerate(header) if name in personal]
    at_times = _conditional(mapping, header)
    looked_at = [at for at, name in enumerate(header) if name not in personal and name not in keys]

    def mask(row: Sequence[str]) -> list[str]:
        cells = list(row)
        # The tests see the row as it came, so that masking one cell does not hide what another depends on.
        for at, kind in [(at, kind) for at, kind, holds in at_times if holds(row)]:
            cells[at] = _mask_cell(kind, cells[at])
        for at, kind in whole:
            cells[at] = _mask_cell(kind, cells[at])
        if SUSPECT.search("\x1f".join(cells)):
            for at in looked_at:
                cells[at] = mask_text(cells[at])
        return cells

    return mask


def _conditional(
    mapping: TableMapping, header: Sequence[str]
) -> list[tuple[int, str, Callable[[Sequence[str]], bool]]]:
    """Return place, type and test of the columns that are personal in some rows only."""
    place = {name: at for at, name in enumerate(header)}
    return [
        (place[column.column], column.type, all_of([bind_test(test, place.get) for test in column.when]))
        for column in mapping.personal
        if column.when and column.column in place
    ]


def _mask_cell(kind: str, text: str) -> str:
    outcome = parse_text(value_type(kind), text, NO_CONTEXT)
    if outcome is None:
        return ""
    return HIDDEN if isinstance(outcome, Invalid) else str(outcome.value)


def _personal_columns(mapping: TableMapping, schema: Schema) -> dict[str, str]:
    """Return the columns that hold persons, telephones or identity numbers, with their value type."""
    found = {column.column: column.type for column in mapping.personal if not column.when}
    for entity in mapping.entities:
        for prop, value in _values(entity):
            definition = schema.properties.get(prop)
            kind = value.type or ("text" if definition is None else definition.value_type)
            if value_type(kind).personal or (definition is not None and definition.personal):
                found.update(dict.fromkeys(source_columns(value), kind if value_type(kind).personal else "person"))
    return found


def _values(entity: EntitySpec) -> list[tuple[str, ValueSpec]]:
    of_properties = [(spec.name, value) for spec in entity.properties for value in spec.values]
    return [*of_properties, *((key.scheme, key.value) for key in entity.keys)]
