"""Reading one row through the built-in mappings, for the tests of what they mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

import ingest
from ingest.mapping.extract import compile_mapping
from ingest.mapping.load import load_mappings
from ingest.mapping.recognise import Recognised, recognise
from ingest.sources.table import RawRow, SourceTable
from ontology.schema import SAME_AS, load_schema

SCHEMA = load_schema()
FOLDER = Path(ingest.__file__).parent / "mappings"
FILES = sorted(FOLDER.glob("*.yml"))
MAPPINGS = [mapping for file in FILES for mapping in load_mappings(file, schema=SCHEMA)]

USCC = "91310000607431616R"
OTHER_USCC = "91310000558812016Y"

HEADERS: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(Path(__file__).with_name("headers.yml"))


class Read:
    """What one row says, by entity name of its mapping."""

    def __init__(self, header: str, row: Mapping[str, str]) -> None:
        names = header.split(",")
        assert set(row) <= set(names), set(row) - set(names)
        found = recognised(names)
        self.notes: Counter[tuple[str, str]] = Counter()
        extractor = compile_mapping(found.mapping, found.header, schema=SCHEMA)
        extraction = extractor.extract([row.get(name, "") for name in names], self.notes)
        self.ids = extraction.ids
        self.statements = extraction.statements

    def values(self, entity: str, prop: str) -> list[str]:
        """Return the literal values of a property as they are stored, in order of the row."""
        return [str(s[3]) for s in self.statements if s[0] == self.ids[entity] and s[1] == prop and s[3] is not None]

    def targets(self, entity: str, relation: str) -> list[str]:
        """Return where a relation of an entity leads to."""
        return [
            str(s[2]) for s in self.statements if s[0] == self.ids[entity] and s[1] == relation and s[2] is not None
        ]

    def same(self, entity: str) -> set[str]:
        """Return all ids that the row gives an entity."""
        return {self.ids[entity], *self.targets(entity, SAME_AS)}


def recognised(names: Sequence[str]) -> Recognised:
    rows = (RawRow(1, tuple(names)), RawRow(2, ("x",) * len(names)))
    table = SourceTable("", "utf-8", rows, lambda: iter(rows))
    return recognise(table, MAPPINGS, source="table.csv")


def read(table: str, **row: str) -> Read:
    return Read(HEADERS[table]["columns"], row)
