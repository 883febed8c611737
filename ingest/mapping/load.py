"""From the YAML text of a mapping to its checked values; all faults are found in one go, each with its line."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import orjson

from ingest.mapping.columns import column_key
from ingest.mapping.model import EntitySpec, Fault, TableMapping, Test, ValueSpec
from ingest.mapping.parse import parse_entity, parse_personal, parse_tests
from ingest.mapping.yaml_text import Block, Faults, read_text, read_yaml
from ontology.errors import InvalidMapping, NotFound
from ontology.schema import Schema

COMPILER: Final = 1
"""Raised when the same mapping begins to yield other statements, so that files are read anew."""

_TOP: Final = (
    *("dataset", "table", "title", "publisher", "license", "region", "synthetic"),
    *("columns", "use", "require", "entities"),
)


def load_mappings(path: Path, *, schema: Schema) -> list[TableMapping]:
    """Return the mappings of a file, one per YAML document; raises InvalidMapping with the first fault."""
    mappings, faults = inspect_mappings(read_text(path), file=str(path), schema=schema)
    if faults:
        first = faults[0]
        others = f" ({len(faults) - 1} more: ecograph mapping check {path.name})" if len(faults) > 1 else ""
        raise InvalidMapping(first.message + others, file=str(path), line=first.line, remedy=first.remedy)
    return mappings


def inspect_mappings(text: str, *, file: str, schema: Schema) -> tuple[list[TableMapping], list[Fault]]:
    """Return the mappings of a text and all its faults by line; mappings are whole only where there are no faults.

    Raises InvalidMapping where the text is no YAML at all.
    """
    faults = Faults()
    mappings = []
    for document in read_yaml(text, file=file):
        block = Block(document, 1, faults)
        mappings.append(_mapping(block, schema, file))
    return mappings, sorted(faults.found)


def _mapping(block: Block, schema: Schema, file: str) -> TableMapping:
    block.allow(*_TOP)
    columns = block.block("columns") or Block({}, block.line, block.faults)
    columns.allow("required", "optional", "aliases", "personal")
    aliases = columns.block("aliases")
    entities = _entities(block, schema)
    region = block.text("region") or None
    mapping = TableMapping(
        dataset=block.text("dataset", required=True),
        table=block.text("table", required=True),
        title=_label(block, "title"),
        publisher=_label(block, "publisher"),
        license=block.text("license"),
        region=region,
        synthetic=block.flag("synthetic", default=False),
        required=columns.texts("required"),
        optional=columns.texts("optional"),
        aliases={} if aliases is None else {key: aliases.texts(key) for key, _, _ in aliases.items()},
        personal=parse_personal(columns),
        where=_where(block),
        require=block.texts("require"),
        entities=entities,
        version=_version(block.data),
        file=file,
    )
    _check_columns(block, columns, mapping)
    _check_entities(block, mapping, schema)
    return mapping


def _label(block: Block, key: str) -> Mapping[str, str]:
    value = block.data.get(key)
    if isinstance(value, str):
        return {"zh": value, "en": value}
    nested = block.block(key)
    if nested is None:
        return {}
    nested.allow("zh", "en")
    return {language: nested.text(language) for language in ("zh", "en") if language in nested.data}


def _where(block: Block) -> tuple[Test, ...]:
    use = block.data.get("use", "all")
    if use == "all":
        return ()
    nested = block.block("use")
    if nested is None:
        return ()
    nested.allow("where")
    return parse_tests(nested, "where")


def _entities(block: Block, schema: Schema) -> tuple[EntitySpec, ...]:
    nested = block.block("entities")
    if nested is None:
        block.faults.add(block.line, "'entities' is missing: nothing would be read from the table")
        return ()
    return tuple(
        parse_entity(nested, name, schema=schema, names=tuple(str(key) for key in nested.data))
        for name, _, _ in nested.items()
    )


def _version(data: Mapping[object, object]) -> str:
    """Return the digest of all that changes what is read from a row; titles and publishers do not."""
    skipped = {"title", "publisher", "license"}
    kept = {str(key): value for key, value in data.items() if str(key) not in skipped}
    text = orjson.dumps([COMPILER, kept], option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return hashlib.sha256(text).hexdigest()[:16]


def _check_columns(block: Block, columns: Block, mapping: TableMapping) -> None:
    if not mapping.required:
        columns.faults.add(columns.line, "'columns.required' is missing: a file is recognised by its columns")
    known = {column_key(name): name for name in (*mapping.required, *mapping.optional)}
    for part, names in (("aliases", tuple(mapping.aliases)), ("personal", tuple(p.column for p in mapping.personal))):
        for name in names:
            if column_key(name) not in known:
                nested = columns.block(part) or columns
                columns.faults.unknown(nested.line_of(name), "column", name, sorted(known.values()))
    for name, line in _used_columns(block):
        if known and column_key(name) not in known:
            columns.faults.unknown(line, "column", name, sorted(known.values()))


def _used_columns(block: Block) -> list[tuple[str, int]]:
    used: list[tuple[str, int]] = []
    for key in ("use", "entities"):
        if isinstance(block.data.get(key), Mapping):
            nested = block.block(key)
            if nested is not None:
                _collect_columns(nested, used)
    return used


def _collect_columns(block: Block, used: list[tuple[str, int]]) -> None:
    for key, value, line in block.items():
        if key in ("column", "unit_column", "quote") and isinstance(value, str):
            used.append((value, line))
        elif key == "columns" and isinstance(value, list):
            used.extend((str(item), line) for item in value)
        elif key == "values":
            continue
        elif isinstance(value, Mapping):
            nested = block.block(key)
            if nested is not None:
                if key in ("properties",):
                    _collect_short(nested, used)
                _collect_columns(nested, used)
        elif isinstance(value, list):
            _collect_list(Block({}, line, block.faults), key, value, used)


def _collect_list(block: Block, key: str, items: Sequence[object], used: list[tuple[str, int]]) -> None:
    for item in items:
        if isinstance(item, Mapping):
            line = int(getattr(getattr(item, "lc", None), "line", block.line - 1)) + 1
            nested = Block(item, line, block.faults)
            if key == "keys":
                _collect_short(nested, used)
            _collect_columns(nested, used)


def _collect_short(block: Block, used: list[tuple[str, int]]) -> None:
    """Collect columns written as `property: NAME` or as a list of names."""
    for _, value, line in block.items():
        if isinstance(value, str):
            used.append((value, line))
        elif isinstance(value, list):
            used.extend((item, line) for item in value if isinstance(item, str))


def _check_entities(block: Block, mapping: TableMapping, schema: Schema) -> None:
    names = [entity.name for entity in mapping.entities]
    for name in mapping.require:
        if name not in names:
            block.faults.unknown(block.line_of("require"), "entity", name, names)
    nested = block.block("entities")
    if nested is None:
        return
    classes = {entity.name: entity.class_name for entity in mapping.entities}
    for entity in mapping.entities:
        own = nested.block(entity.name)
        if own is not None and entity.class_name in schema.classes:
            _check_entity(own, entity, classes, schema)
    _check_cycles(nested, mapping)


def _check_entity(own: Block, entity: EntitySpec, classes: Mapping[str, str], schema: Schema) -> None:
    properties = own.block("properties") if "properties" in own.data else None
    for prop in entity.properties:
        if prop.name in schema.properties and not schema.has_property(entity.class_name, prop.name):
            domains = ", ".join(schema.property_def(prop.name).domains)
            line = own.line if properties is None else properties.line_of(prop.name)
            own.faults.add(line, f"{entity.class_name} has no property {prop.name!r}", f"It belongs to: {domains}.")
    relations = own.block("relations") if "relations" in own.data else None
    for relation in entity.relations:
        target = classes.get(relation.to, "")
        if relation.name not in schema.relations or target not in schema.classes:
            continue
        if not schema.relation_allows(relation.name, source=entity.class_name, target=target):
            line = own.line if relations is None else relations.line_of(relation.name)
            found = schema.relation_def(relation.name)
            remedy = f"It leads from {_any(found.domains)} to {_any(found.ranges)}."
            own.faults.add(line, f"{relation.name} cannot lead from {entity.class_name} to {target}", remedy)
    for key in entity.keys:
        _check_key(own, entity, key.scheme, schema)


def _check_key(own: Block, entity: EntitySpec, scheme: str, schema: Schema) -> None:
    try:
        schema.key_scheme(scheme)
    except NotFound:
        return
    if not schema.has_property(entity.class_name, scheme):
        domains = ", ".join(schema.property_def(scheme).domains)
        own.faults.add(
            own.line_of("keys"), f"{scheme!r} does not identify a thing of class {entity.class_name}", f"Of: {domains}."
        )


def _any(classes: Sequence[str]) -> str:
    return " or ".join(classes) or "anything"


def _check_cycles(nested: Block, mapping: TableMapping) -> None:
    """Note entities whose key is made of themselves, by whatever way round."""
    needs = {entity.name: {name for key in entity.keys for name in _parts(key.value)} for entity in mapping.entities}
    for name in needs:
        seen, open_names = set[str](), set(needs[name])
        while open_names:
            current = open_names.pop()
            seen.add(current)
            open_names |= needs.get(current, set()) - seen
        if name in seen:
            nested.faults.add(nested.line_of(name), f"the key of {name!r} is made of itself")


def _parts(value: ValueSpec) -> set[str]:
    return {part.entity for part in value.parts if part.entity is not None}
