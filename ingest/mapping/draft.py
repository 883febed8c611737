"""Proposing a mapping for a table: columns are understood by known words, and by their values."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from ruamel.yaml import YAML

from ingest.mapping.cells import Invalid, parse_text
from ingest.mapping.columns import column_key
from ingest.mapping.model import TableMapping, ValueSpec
from ingest.mapping.recognise import header_of
from ingest.sources.table import SourceTable
from ontology.errors import InvalidInput
from ontology.schema import Schema
from ontology.values.registry import VALUE_TYPES
from ontology.values.value_type import NO_CONTEXT

SAMPLE_ROWS: Final = 200
_TELLING: Final = (
    "uscc",
    "permit_number",
    "id_number",
    "coordinate",
    "date",
    "datetime",
    "period",
    "url",
    "phone",
    "region",
)
"""Types whose values are hardly ever another's, most telling first."""


@dataclass(frozen=True, slots=True, order=True)
class _Use:
    """What a column is used for: a class, and a key scheme or property of it."""

    class_name: str
    is_key: bool
    name: str


@dataclass(slots=True)
class _Draft:
    """An entity being drafted."""

    class_name: str
    keys: list[tuple[str, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def draft_mapping(
    table: SourceTable, *, name: str, dataset: str, mappings: Sequence[TableMapping], schema: Schema
) -> str:
    """Return the YAML text of a mapping for a table, to be looked through by a person.

    Raises InvalidInput where no column could identify anything.
    """
    header, at = header_of(table)
    columns = [" ".join(cell.split()) for cell in header]
    samples = _samples(table, at, len(columns))
    uses = _vocabulary(mappings, schema)
    understood: dict[str, list[_Use]] = {}
    for place, column in enumerate(columns):
        if column:
            found = _understand(column, [row[place] for row in samples], uses, schema)
            if found:
                understood[column] = found
    drafts = _assemble(understood, schema)
    if not drafts:
        raise InvalidInput(
            f"no column of {name} could identify anything: {', '.join(filter(None, columns))}",
            remedy="A mapping needs a code or a name that tells one thing from another; see docs/mappings.md.",
        )
    named = [column for column in columns if column]
    return _write(drafts, understood, named, name=name, dataset=dataset, schema=schema)


def _samples(table: SourceTable, header_row: int, width: int) -> list[Sequence[str]]:
    rows = (row for row in table.rows() if row.number > header_row and any(row.cells))
    return [[*row.cells[:width], *[""] * (width - len(row.cells))] for row in islice(rows, SAMPLE_ROWS)]


def _vocabulary(mappings: Sequence[TableMapping], schema: Schema) -> Mapping[str, Counter[_Use]]:
    """Return what the known words for columns are used for, those of mappings counting more than labels."""
    found: dict[str, Counter[_Use]] = defaultdict(Counter)
    for mapping in mappings:
        aliases = mapping.aliases
        for entity in mapping.entities:
            keyed = [(True, key.scheme, key.value) for key in entity.keys]
            said = [(False, prop.name, value) for prop in entity.properties for value in prop.values]
            for is_key, name, value in (*keyed, *said):
                if _plain(value):
                    for word in (value.columns[0], *aliases.get(value.columns[0], ())):
                        found[column_key(word)][_Use(entity.class_name, is_key, name)] += 10
    for prop in schema.properties.values():
        domains = prop.domains or ("Enterprise",)
        for word in {prop.label.zh, prop.label.en, prop.name}:
            for domain in domains:
                for class_name in schema.subclasses(domain):
                    if not schema.classes[class_name].abstract:
                        found[column_key(word)][_Use(class_name, prop.key is not None, prop.name)] += 1
    return found


def _plain(value: ValueSpec) -> bool:
    return len(value.columns) == 1 and value.pattern is None and value.split is None and not value.parts


def _understand(column: str, cells: Sequence[str], uses: Mapping[str, Counter[_Use]], schema: Schema) -> list[_Use]:
    """Return what a column is probably used for, likeliest first, as far as its values agree."""
    filled = [cell for cell in cells if cell.strip()]
    key = column_key(column)
    words = uses.get(key) or uses.get(re.sub(r"[(（].*?[)）]", "", key)) or Counter()
    agreeing = [
        use for use, _ in sorted(words.items(), key=lambda item: (-item[1], item[0])) if _agrees(use, filled, schema)
    ]
    if agreeing:
        return agreeing
    kind = next((kind for kind in _TELLING if filled and _share(kind, filled) > 0.8), None)
    if kind in ("uscc", "permit_number"):
        owner = "Enterprise" if kind == "uscc" else "Permit"
        return [_Use(owner, is_key=True, name=kind)]
    return []


def _agrees(use: _Use, cells: Sequence[str], schema: Schema) -> bool:
    return not cells or _share(schema.property_def(use.name).value_type, cells) >= 0.5


def _share(kind: str, cells: Sequence[str]) -> float:
    """Return which part of the cells that say something are values of a type."""
    outcomes = [parse_text(VALUE_TYPES[kind], cell, NO_CONTEXT) for cell in cells]
    told = [outcome for outcome in outcomes if outcome is not None]
    return sum(not isinstance(outcome, Invalid) for outcome in told) / len(told) if told else 0.0


def _assemble(understood: Mapping[str, Sequence[_Use]], schema: Schema) -> dict[str, _Draft]:
    """Give each column to the class that explains most columns; a class without a key takes none."""
    weight: Counter[str] = Counter()
    for uses in understood.values():
        for class_name in {use.class_name for use in uses}:
            weight[class_name] += 1
            # What a strong key names is what the table is about; a mere name may belong to anything.
            weight[class_name] += 10 * any(_is_strong(use, schema) for use in uses if use.class_name == class_name)
    keyed = {use.class_name for uses in understood.values() for use in uses if use.is_key}
    drafts: dict[str, _Draft] = {}
    for column, uses in understood.items():
        usable = [use for use in uses if use.class_name in keyed]
        if not usable:
            continue
        best = max(usable, key=lambda use: (use.is_key and _is_strong(use, schema), weight[use.class_name], use.is_key))
        draft = drafts.setdefault(best.class_name, _Draft(best.class_name))
        if best.is_key:
            draft.keys.append((best.name, column))
        if not best.is_key or not _is_strong(best, schema):
            draft.properties.setdefault(best.name, column)
    for draft in drafts.values():
        draft.keys.sort(key=lambda key: schema.key_scheme(key[0]).rank)
    return {name: draft for name, draft in drafts.items() if draft.keys}


def _is_strong(use: _Use, schema: Schema) -> bool:
    key = schema.property_def(use.name).key
    return key is not None and key.strong


def _write(
    drafts: Mapping[str, _Draft],
    understood: Mapping[str, Sequence[_Use]],
    columns: Sequence[str],
    *,
    name: str,
    dataset: str,
    schema: Schema,
) -> str:
    used = {column for draft in drafts.values() for column in _columns_of(draft)}
    names = {class_name: _entity_name(class_name) for class_name in drafts}
    main = max(drafts.values(), key=lambda draft: (len(draft.keys) + len(draft.properties), draft.class_name))
    document = {
        "dataset": dataset,
        "table": re.sub(r"\W+", "_", name).strip("_") or "table",
        "title": {"zh": name, "en": name},
        "publisher": {"zh": "", "en": ""},
        "license": "",
        "columns": {
            "required": [column for column in columns if column in used],
            "optional": [column for column in columns if column not in used],
        },
        "require": [names[main.class_name]],
        "entities": {names[draft.class_name]: _entity(draft, drafts, names, schema) for draft in drafts.values()},
    }
    if not document["columns"]["optional"]:  # type: ignore[index]
        del document["columns"]["optional"]  # type: ignore[attr-defined]
    stream = io.StringIO()
    writer = YAML()
    writer.default_flow_style = None
    writer.width = 120
    writer.dump(document, stream)
    notes = ["# A proposal: look it through, complete publisher and licence, and add what is missing."]
    notes += [f"# not understood: {column}" for column in columns if column not in understood]
    return "\n".join(notes) + "\n" + stream.getvalue()


def _columns_of(draft: _Draft) -> set[str]:
    return {*(column for _, column in draft.keys), *draft.properties.values()}


def _entity_name(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


def _entity(
    draft: _Draft, drafts: Mapping[str, _Draft], names: Mapping[str, str], schema: Schema
) -> Mapping[str, object]:
    entity: dict[str, object] = {
        "class": draft.class_name,
        "keys": [{scheme: column} for scheme, column in draft.keys],
    }
    if draft.properties:
        entity["properties"] = dict(sorted(draft.properties.items()))
    relations: dict[str, str] = {}
    for relation in schema.relations_from(draft.class_name):
        for other in drafts:
            if relation.ranges and other != draft.class_name and other in _exact(relation.ranges, schema):
                relations.setdefault(relation.name, names[other])
    # One way to say how two things belong together is enough for a proposal.
    chosen: dict[str, str] = {}
    for relation_name, target in relations.items():
        if target not in chosen.values():
            chosen[relation_name] = target
    if chosen:
        entity["relations"] = chosen
    return entity


def _exact(ranges: Sequence[str], schema: Schema) -> set[str]:
    return {name for end in ranges for name in schema.subclasses(end)}
