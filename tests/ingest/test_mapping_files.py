"""Mapping files: every fault by its line, recognition by columns, drafts that pass their own check."""

from pathlib import Path

import pytest

from ingest.ingestion import built_in_mappings
from ingest.mapping.draft import draft_mapping
from ingest.mapping.load import inspect_mappings, load_mappings
from ingest.mapping.model import Fault
from ingest.mapping.recognise import recognise
from ingest.sources.files import open_tables
from ontology.errors import InvalidInput, InvalidMapping, SourceUnusable
from ontology.schema import load_schema
from tests.ingest.home import (
    ALL,
    FLOWS,
    OUTLETS,
    SITE_HEADER,
    SITE_ROWS,
    SITES,
    Home,
    mappings_of,
    sites_csv,
    write_csv,
)

SCHEMA = load_schema()


def faults(text: str) -> list[Fault]:
    """Return the faults of a mapping."""
    return inspect_mappings(text, file="test.yml", schema=SCHEMA)[1]


def line_of(text: str, part: str) -> int:
    """Return the line that holds a piece of text."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


CHANGES = {
    "class": ("class: Site", "class: Sites", "class 'Sites'", "Site"),
    "abstract class": ("class: Enterprise", "class: Organisation", "no things of its own", "Enterprise"),
    "key scheme": ("{uscc: 信用代码}", "{uscs: 信用代码}", "key scheme 'uscs'", "uscc"),
    "property": ("founded: 成立日期", "founden: 成立日期", "property 'founden'", "founded"),
    "property of another class": ("founded: 成立日期", "outlet_code: 成立日期", "no property 'outlet_code'", "Outlet"),
    "relation": ("operatedBy: enterprise", "operateBy: enterprise", "relation 'operateBy'", "operatedBy"),
    "relation between the wrong classes": ("operatedBy: enterprise", "operatedBy: region", "cannot lead", "Enterprise"),
    "entity": ("operatedBy: enterprise", "operatedBy: enterprize", "entity 'enterprize'", "enterprise"),
    "required entity": ("require: [site]", "require: [sit]", "entity 'sit'", "site"),
    "column": ("founded: 成立日期", "founded: 成立日其", "column '成立日其'", "成立日期"),
    "value type": ("type: coordinate", "type: coordinates", "value type 'coordinates'", "coordinate"),
    "setting": ("type: coordinate", "typ: coordinate", "setting 'typ'", "type"),
    "top setting": ("license: none", "licence: none", "setting 'licence'", "license"),
    "truth value": ("license: none", "license: none\nsynthetic: maybe", "true or false", ""),
    "pattern without a group": ("founded: 成立日期", "founded: {column: 成立日期, pattern: abc}", "one group", "( )"),
    "pattern that is none": (
        "founded: 成立日期",
        "founded: {column: 成立日期, pattern: '(('}",
        "regular expression",
        "",
    ),
    "relation among properties": ("founded: 成立日期", "operatedBy: 成立日期", "is a relation", "relations"),
    "two sources": ("founded: 成立日期", "founded: {column: 成立日期, constant: x}", "one of column", ""),
}


def test_the_mappings_of_the_tests_and_all_built_in_ones_are_without_fault() -> None:
    assert faults(SITES) == faults(OUTLETS) == faults(FLOWS) == []
    assert len(built_in_mappings(SCHEMA)) >= 25


@pytest.mark.parametrize("name", CHANGES)
def test_each_fault_is_told_by_its_line_with_what_was_meant(name: str) -> None:
    before, after, message, remedy = CHANGES[name]
    text = SITES.replace(before, after, 1)
    assert text != SITES
    found = [fault for fault in faults(text) if message in fault.message]
    assert [fault.line for fault in found] == [line_of(text, after.splitlines()[-1].split("{")[0] or after)]
    assert remedy in found[0].remedy


def test_all_faults_are_told_at_once() -> None:
    text = (
        SITES.replace("class: Site", "class: Sitte")
        .replace("founded:", "foundet:")
        .replace("type: coord", "type: co0rd")
    )
    assert len(faults(text)) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1, 2\nb: 3\n", 2), ("\tx: 1\n", 1), ("- a\n- b\n", 1), ("", 1), ("just words", 1), ("a: &x 1\nb: *y\n", 2)],
)
def test_what_is_no_yaml_or_no_table_is_told_by_line(text: str, line: int) -> None:
    with pytest.raises(InvalidMapping) as raised:
        faults(text)
    assert raised.value.line == line


def test_yaml_tags_make_no_objects(tmp_path: Path) -> None:
    marker = tmp_path / "made"
    text = SITES.replace("license: none", f"license: !!python/object/apply:os.mkdir ['{marker}']")
    inspect_mappings(text, file="x.yml", schema=SCHEMA)
    assert not marker.exists()


def test_a_key_made_of_itself_is_a_fault() -> None:
    text = OUTLETS.replace("parts: [{entity: site}", "parts: [{entity: outlet}")
    assert [fault.message for fault in faults(text)] == ["the key of 'outlet' is made of itself"]


def test_a_faulty_file_names_file_line_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "m.yml"
    path.write_text(SITES.replace("class: Site", "class: Sitte").replace("founded:", "foundet:"), encoding="utf-8")
    with pytest.raises(InvalidMapping, match="1 more") as raised:
        load_mappings(path, schema=SCHEMA)
    assert (raised.value.file, raised.value.line is not None) == (str(path), True)


def test_a_table_is_recognised_by_columns_in_any_order_and_width(tmp_path: Path) -> None:
    header = ["北京", *(f" {name} " for name in SITE_HEADER[::-1])]
    path = write_csv(tmp_path / "x.csv", header, [("", *row[::-1]) for row in SITE_ROWS])
    (table,) = open_tables(path)[1]
    found = recognise(table, ALL, source="x.csv")
    assert (found.mapping.table, list(found.unknown)) == ("sites", ["北京"])


def test_an_alias_is_the_column(tmp_path: Path) -> None:
    text = SITES.replace("  personal:", "  aliases: {信用代码: [统一社会信用代码]}\n  personal:")
    header = ["统一社会信用代码" if name == "信用代码" else name for name in SITE_HEADER]
    (table,) = open_tables(write_csv(tmp_path / "x.csv", header, SITE_ROWS))[1]
    assert list(recognise(table, mappings_of(text), source="x").header) == list(SITE_HEADER)


def test_an_unknown_table_is_told_with_its_columns_and_the_nearest_mapping(tmp_path: Path) -> None:
    (table,) = open_tables(write_csv(tmp_path / "x.csv", ("企业名称", "信用代号"), [("a", "b")]))[1]
    with pytest.raises(SourceUnusable, match="企业名称, 信用代号") as raised:
        recognise(table, ALL, source="x.csv")
    assert "test-register/sites" in raised.value.remedy
    assert "信用代码 (perhaps 信用代号)" in raised.value.remedy


def test_two_mappings_that_fit_equally_well_are_named(tmp_path: Path) -> None:
    both = mappings_of(SITES, SITES.replace("table: sites", "table: other"))
    (table,) = open_tables(sites_csv(tmp_path))[1]
    with pytest.raises(SourceUnusable, match="test-register/other and test-register/sites"):
        recognise(table, both, source="x.csv")


DRAFTS = {
    "register": (
        "企业名称,统一社会信用代码,污染源编码,行政区划",
        "上海甲厂,91310000607431616R,607431616001,闵行区",
        "Enterprise",
    ),
    "permits": ("许可证编号,单位名称,有效期限", "91310000607431616R001P,上海甲厂,2020-07-27至2023-07-26", "Permit"),
    "unnamed code": ("甲,乙", "上海甲厂,91310000607431616R", "Enterprise"),
}


@pytest.mark.parametrize("name", DRAFTS)
async def test_a_draft_passes_its_own_check_and_reads_its_own_table(home: Home, tmp_path: Path, name: str) -> None:
    header, row, class_name = DRAFTS[name]
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (table,) = open_tables(path)[1]
    text = draft_mapping(table, name="table", dataset="drafted", mappings=built_in_mappings(SCHEMA), schema=SCHEMA)
    report = await home.ingest(path, mappings=mappings_of(text))
    assert (report.total("used"), report.total("read")) == (1, 1)
    assert len(await home.listing(class_name)) == 1


def test_a_table_without_any_key_cannot_be_drafted(tmp_path: Path) -> None:
    (table,) = open_tables(write_csv(tmp_path / "x.csv", ("甲", "乙"), [("1.5", "2.5")] * 5))[1]
    with pytest.raises(InvalidInput, match="identify"):
        draft_mapping(table, name="x", dataset="d", mappings=built_in_mappings(SCHEMA), schema=SCHEMA)
