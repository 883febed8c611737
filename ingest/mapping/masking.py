"""Personal data is masked before anything is stored: in the columns a mapping calls personal, and where it is seen."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from ingest.mapping.cells import Invalid, all_of, bind_test, parse_text
from ingest.mapping.extract import source_columns
from ingest.mapping.model import EntitySpec, TableMapping, ValueSpec
from ontology.schema import Schema
from ontology.values.id_number import ID_NUMBER
from ontology.values.phone import PHONE
from ontology.values.registry import value_type
from ontology.values.value_type import NO_CONTEXT

HIDDEN: Final = "***"
"""Stands for a personal text of which not even the form is known."""

_ID_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")
_SUSPECT: Final = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[1-9]\d{5}(?:19|20)\d{9}")
"""One cheap look at a whole row tells that it holds neither."""

Masker = Callable[[Sequence[str]], list[str]]


def mask_text(text: str) -> str:
    """Return a text with identity card and mobile telephone numbers in it masked."""
    return _MOBILE.sub(_masked_mobile, _ID_NUMBER.sub(_masked_id, text))


def _masked_id(match: re.Match[str]) -> str:
    outcome = parse_text(ID_NUMBER, match[0], NO_CONTEXT)
    # A number with a false check character is a code of another kind, such as a USCC of digits only.
    return match[0] if outcome is None or isinstance(outcome, Invalid) else str(outcome.value)


def _masked_mobile(match: re.Match[str]) -> str:
    outcome = parse_text(PHONE, match[0], NO_CONTEXT)
    return HIDDEN if outcome is None or isinstance(outcome, Invalid) else str(outcome.value)


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
        if _SUSPECT.search("\x1f".join(cells)):
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
