"""The demo's invented things are marked, coherent, and cannot be taken for real ones."""

import csv
import json
import re
from pathlib import Path

import pytest

from ingest.journal.connection import open_database, single_writer
from ingest.journal.write import JournalWriter
from ingest.ledger import utc_now
from ingest.mapping.load import load_mappings
from ingest.runner import Intake, take_in
from ingest.sources.files import find_files
from ontology.schema import load_schema
from ontology.values.uscc import is_uscc

MARK = "合成数据"
NO_SUCH_REGION = "319900"
Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def invented(root: Path) -> dict[str, list[Row]]:
    """Every synthetic table by its name."""
    return {path.stem: _rows(path) for path in sorted((root / "demo" / "synthetic").iterdir())}


def test_every_record_is_marked(invented: dict[str, list[Row]]) -> None:
    assert {name for name, rows in invented.items() if any(row[MARK] != "是" for row in rows)} == set()


def test_there_are_stories_enough(invented: dict[str, list[Row]]) -> None:
    counts = {
        name: len(invented[name]) for name in ("complaints", "news", "penalties", "inspections", "rectifications")
    }
    assert 60 <= sum(counts.values()) <= 100, counts


def test_names_are_visibly_invented_and_codes_valid_but_impossible(invented: dict[str, list[Row]]) -> None:
    enterprises = invented["enterprises"]
    assert [row["单位名称"] for row in enterprises if "示例" not in row["单位名称"]] == []
    codes = [row["统一社会信用代码"] for row in enterprises]
    assert [code for code in codes if not is_uscc(code) or code[2:8] != NO_SUCH_REGION] == []
    assert len(set(codes)) == len(codes)


def test_all_tables_speak_of_the_same_enterprises(invented: dict[str, list[Row]]) -> None:
    by_code = {row["统一社会信用代码"]: row["单位名称"] for row in invented["enterprises"]}
    sites = {row["污染源编码"] for row in invented["enterprises"]}
    unknown = [
        (name, column, value)
        for name, rows in invented.items()
        for row in rows
        for column, value in row.items()
        if ("统一社会信用代码" in column and value and value not in by_code)
        or (column == "污染源编码" and value and value not in sites)
    ]
    assert unknown == []


def test_rectifications_follow_the_penalty_they_mend(invented: dict[str, list[Row]]) -> None:
    decided = {row["行政处罚决定书文号"]: row["处罚决定日期"] for row in invented["penalties"]}
    early = [
        row["整改编号"]
        for row in invented["rectifications"]
        if row["完成日期"] and row["完成日期"] < decided[row["行政处罚决定书文号"]]
    ]
    assert early == []


def test_invented_codes_and_names_stand_in_no_real_table(root: Path, invented: dict[str, list[Row]]) -> None:
    words = {
        row[column] for row in invented["enterprises"] for column in ("单位名称", "统一社会信用代码", "污染源编码")
    }
    folders = [root / "demo" / "shanghai", root.parent / "shared" / "data" / "shanghai"]
    real = "\n".join(path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.csv")))
    assert "单位名称" in real
    assert {word for word in words if word and word in real} == set()


def test_real_tables_hold_enterprises_enough_and_no_running_text(root: Path) -> None:
    tables = {path.stem: _rows(path) for path in sorted((root / "demo" / "shanghai").glob("*.csv"))}
    assert len(tables["enterprise_detail"]) >= 150
    assert {"outlets", "outlet_pollutant_limits", "lic_construction_eia", "cleaner_hazwaste_flows"} <= set(tables)
    columns = {column for rows in tables.values() for column in rows[0]}
    assert columns & {"经营范围", "生产情况简介", "联系人", "联系电话", "法定代表人"} == set()


def test_statutes_are_there(root: Path) -> None:
    statutes = sorted((root / "demo" / "statutes").glob("*.md"))
    assert len(statutes) >= 30
    assert [path.name for path in statutes if not path.read_text("utf-8").startswith("# ")] == []


def test_every_invented_record_is_read_by_its_mapping(root: Path, tmp_path: Path) -> None:
    schema = load_schema()
    folders = (root / "ingest" / "mappings", root / "demo" / "mappings")
    mappings = [
        mapping
        for folder in folders
        for file in sorted(folder.glob("*.yml"))
        for mapping in load_mappings(file, schema=schema)
    ]
    database = open_database(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with single_writer(database):
        writer = JournalWriter(database, now=utc_now)
        intake = Intake(database=database, writer=writer, mappings=mappings, schema=schema, now=utc_now)
        report = take_in(intake, find_files([root / "demo" / "synthetic"]))
    database.dispose()
    assert report.unusable == []
    assert report.quarantined() == {}
    assert {table.dataset for table in report.tables if not table.dataset.startswith("demo-")} == set()
    assert {table.file: table.unknown_columns for table in report.tables if table.unknown_columns} == {}
    counted = sum(len(_rows(path)) for path in (root / "demo" / "synthetic").iterdir())
    assert report.total("used") == counted
    synthetic = {mapping.dataset: mapping.synthetic for mapping in mappings if mapping.dataset.startswith("demo-")}
    assert all(synthetic.values())


def test_what_the_demo_suggests_names_things_of_the_demo(root: Path, invented: dict[str, list[Row]]) -> None:
    named = set(re.findall(r"\b9131\w{14}\b", (root / "demo" / "run.py").read_text("utf-8")))
    assert len(named) == 2
    assert named <= {row["统一社会信用代码"] for row in invented["enterprises"]}
