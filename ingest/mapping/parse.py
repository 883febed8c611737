"""Reading the parts of a mapping: entities, keys, values, relations and tests."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.mapping.model import EntitySpec, KeySpec, Part, PersonalColumn, PropertySpec, RelationSpec, Test, ValueSpec
from ingest.mapping.yaml_text import Block, as_block, item_line
from ontology.model import Value
from ontology.schema import Schema
from ontology.values.registry import VALUE_TYPES

_VALUE: Final = (
    *("column", "columns", "constant", "parts", "join", "type", "values", "strict", "split", "pattern"),
    *("unit", "unit_column", "datum", "default", "optional", "item", "part", "quote"),
)
_SOURCES: Final = ("column", "columns", "constant", "parts")


def parse_entity(entities: Block, name: str, *, schema: Schema, names: Sequence[str]) -> EntitySpec:
    """Return one entity of the `entities` block; `names` are all entities of the mapping."""
    own = entities.block(name) or Block({}, entities.line_of(name), entities.faults)
    own.allow("class", "keys", "properties", "relations", "when")
    class_name = own.text("class", required=True)
    if class_name and class_name not in schema.classes:
        own.faults.unknown(own.line_of("class"), "class", class_name, sorted(schema.classes))
    elif class_name and schema.classes[class_name].abstract:
        below = ", ".join(c for c in schema.subclasses(class_name) if not schema.classes[c].abstract)
        own.faults.add(own.line_of("class"), f"{class_name} has no things of its own", f"Use {below}.")
    return EntitySpec(
        name=name,
        class_name=class_name,
        keys=_keys(own, schema, names),
        properties=_properties(own, schema, names),
        relations=_relations(own, schema, names),
        when=parse_tests(own, "when"),
    )


def parse_personal(columns: Block) -> tuple[PersonalColumn, ...]:
    """Return the columns called personal: `column: type`, or `column: {type, when}`."""
    nested = None if columns.data.get("personal") is None else columns.block("personal")
    kinds = sorted(name for name, kind in VALUE_TYPES.items() if kind.personal)
    found = []
    for name, value, line in () if nested is None else nested.items():
        own = as_block(value if isinstance(value, Mapping) else {"type": value}, line, columns.faults, what=name)
        if own is None:
            continue
        own.allow("type", "when")
        kind = own.text("type", required=True)
        if kind and kind not in kinds:
            own.faults.unknown(line, "personal value type", kind, kinds)
            continue
        found.append(PersonalColumn(name, kind, parse_tests(own, "when")))
    return tuple(found)


def parse_tests(block: Block, key: str) -> tuple[Test, ...]:
    """Return the tests under a key: one, or a list of which all must hold."""
    value = block.data.get(key)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    tests = []
    for index, item in enumerate(items):
        nested = as_block(item, item_line(value, index, block.line_of(key)), block.faults, what=key)
        if nested is not None:
            nested.allow("column", "present", "in", "not_in", "matches")
            tests.append(_test(nested))
    return tuple(tests)


def _test(block: Block) -> Test:
    if not {"present", "in", "not_in", "matches"} & {key for key, _, _ in block.items()}:
        block.faults.add(block.line, "a test needs one of: present, in, not_in, matches")
    return Test(
        column=block.text("column", required=True),
        present=block.flag("present", default=True) if "present" in block.data else None,
        among=frozenset(block.texts("in")) if "in" in block.data else None,
        not_among=frozenset(block.texts("not_in")) if "not_in" in block.data else None,
        matches=_regex(block, "matches", groups=False),
    )


def _keys(own: Block, schema: Schema, names: Sequence[str]) -> tuple[KeySpec, ...]:
    value = own.data.get("keys")
    if not isinstance(value, list) or not value:
        own.faults.add(own.line_of("keys"), "'keys' must be a list: what identifies the thing")
        return ()
    schemes = sorted(name for name, prop in schema.properties.items() if prop.key is not None)
    keys: list[KeySpec] = []
    for index, item in enumerate(value):
        line = item_line(value, index, own.line_of("keys"))
        nested = as_block(item, line, own.faults, what="keys")
        for scheme, source, at in () if nested is None else nested.items():
            if scheme not in schemes:
                own.faults.unknown(at, "key scheme", scheme, schemes)
            keys.extend(KeySpec(scheme, spec) for spec in parse_values(nested or own, scheme, source, names))
    return tuple(keys)


def _properties(own: Block, schema: Schema, names: Sequence[str]) -> tuple[PropertySpec, ...]:
    if own.data.get("properties") is None:
        return ()
    nested = own.block("properties")
    specs = []
    for name, source, line in () if nested is None else nested.items():
        if name in schema.relations:
            own.faults.add(line, f"{name!r} is a relation", "Write it under 'relations', with the name of an entity.")
        elif name not in schema.properties:
            own.faults.unknown(line, "property", name, sorted(schema.properties))
        specs.append(PropertySpec(name, parse_values(nested or own, name, source, names)))
    return tuple(specs)


def _relations(own: Block, schema: Schema, names: Sequence[str]) -> tuple[RelationSpec, ...]:
    if own.data.get("relations") is None:
        return ()
    nested = own.block("relations")
    specs: list[RelationSpec] = []
    for name, value, line in () if nested is None else nested.items():
        if name not in schema.relations:
            own.faults.unknown(line, "relation", name, sorted(schema.relations))
        for item in value if isinstance(value, list) else [value]:
            spec = _relation(nested or own, name, item, line, names)
            if spec is not None:
                specs.append(spec)
    return tuple(specs)


def _relation(block: Block, name: str, item: object, line: int, names: Sequence[str]) -> RelationSpec | None:
    if isinstance(item, str):
        if item not in names:
            block.faults.unknown(line, "entity", item, names)
        return RelationSpec(name, item)
    nested = as_block(item, line, block.faults, what=name)
    if nested is None:
        return None
    nested.allow("to", "from", "until", "period", "quote")
    to = nested.text("to", required=True)
    if to and to not in names:
        block.faults.unknown(nested.line_of("to"), "entity", to, names)
    dates = {}
    for key in ("from", "until", "period"):
        specs = parse_values(nested, key, nested.data[key], names) if key in nested.data else ()
        dates[key] = specs[0] if specs else None
    return RelationSpec(name, to, dates["from"], dates["until"], dates["period"], nested.text("quote") or None)


def parse_values(block: Block, key: str, source: object, names: Sequence[str]) -> tuple[ValueSpec, ...]:
    """Return the sources of a value: a column's name, a table of settings, or a list of either."""
    if isinstance(source, str):
        return (ValueSpec(columns=(source,)),)
    if isinstance(source, list):
        return tuple(spec for item in source for spec in parse_values(block, key, item, names))
    if not isinstance(source, Mapping):
        block.faults.add(block.line_of(key), f"{key!r} must be a column's name or a table of settings")
        return ()
    nested = as_block(source, block.line_of(key), block.faults, what=key)
    return () if nested is None else (_value(nested, names),)


def _value(block: Block, names: Sequence[str]) -> ValueSpec:
    block.allow(*_VALUE)
    sources = [name for name in _SOURCES if name in block.data]
    if len(sources) != 1:
        given = " and ".join(sources) or "none"
        block.faults.add(block.line, f"a value has one of column, columns, constant, parts; here: {given}")
    type_name = block.text("type") or None
    if type_name is not None and type_name not in VALUE_TYPES:
        block.faults.unknown(block.line_of("type"), "value type", type_name, sorted(VALUE_TYPES))
    table = block.block("values") if "values" in block.data else None
    return ValueSpec(
        columns=block.texts("columns") or ((block.text("column"),) if "column" in block.data else ()),
        constant=_literal(block, "constant"),
        parts=_key_parts(block, names),
        join=block.text("join", default=" "),
        type=type_name,
        values={} if table is None else {_as_cell(k): _literal_of(v) for k, v in table.data.items()},
        strict=block.flag("strict", default=False),
        split=_regex(block, "split", groups=False),
        item=_item(block),
        part=block.text("part") or None,
        pattern=_regex(block, "pattern", groups=True),
        unit=block.text("unit") or None,
        unit_column=block.text("unit_column") or None,
        datum=block.text("datum") or None,
        default=_literal(block, "default"),
        optional=block.flag("optional", default=True),
        quote=block.text("quote") or None,
    )


def _item(block: Block) -> int | None:
    value = block.data.get("item")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1 or "split" not in block.data:
        block.faults.add(block.line_of("item"), "'item' counts the pieces of a 'split' from 1")
        return None
    return int(value)


def _key_parts(block: Block, names: Sequence[str]) -> tuple[Part, ...]:
    value = block.data.get("parts")
    if value is None:
        return ()
    if not isinstance(value, list):
        block.faults.add(block.line_of("parts"), "'parts' must be a list of columns and entities")
        return ()
    parts = []
    for index, item in enumerate(value):
        line = item_line(value, index, block.line_of("parts"))
        if isinstance(item, str):
            parts.append(Part(value=ValueSpec(columns=(item,))))
            continue
        nested = as_block(item, line, block.faults, what="parts")
        if nested is None:
            continue
        if "entity" in nested.data:
            nested.allow("entity")
            entity = nested.text("entity")
            if entity not in names:
                block.faults.unknown(nested.line_of("entity"), "entity", entity, names)
            parts.append(Part(entity=entity))
        else:
            parts.append(Part(value=_value(nested, names)))
    return tuple(parts)


def _regex(block: Block, key: str, *, groups: bool) -> re.Pattern[str] | None:
    text = block.data.get(key)
    if text is None:
        return None
    try:
        compiled = re.compile(str(text))
    except re.error as error:
        block.faults.add(block.line_of(key), f"{key!r} is no regular expression: {error}")
        return None
    if groups and compiled.groups != 1:
        remedy = "Mark it with ( ); other brackets are written (?: )."
        block.faults.add(block.line_of(key), f"{key!r} needs exactly one group, the piece to take", remedy)
        return None
    return compiled


def _literal(block: Block, key: str) -> Value | None:
    value = block.data.get(key)
    if value is None:
        return None
    if isinstance(value, Mapping | list):
        block.faults.add(block.line_of(key), f"{key!r} must be a single value")
        return None
    return _literal_of(value)


def _as_cell(key: object) -> str:
    """Return a key of `values` as the cell it stands for; YAML reads a bare `1` as a number."""
    if isinstance(key, bool):
        return "true" if key else "false"
    return str(key)


def _literal_of(value: object) -> Value:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    return str(value)
