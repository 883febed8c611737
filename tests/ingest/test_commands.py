"""The commands around the ledger, as a person types them: output, exit codes, and nothing half-written."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from api.cli import main
from tests.ingest.home import FLOWS, OUTLETS, SITE_ROWS, SITES, sites_csv, write_csv

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `ecograph` in a home of its own; returns exit code, output and remarks."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["ecograph", "--home", str(tmp_path / "home"), *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return run


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """A file with three mappings."""
    path = tmp_path / "mapping.yml"
    path.write_text("---\n".join((SITES, OUTLETS, FLOWS)), encoding="utf-8")
    return path


def test_a_register_from_file_to_status(command: Command, mapping: Path, tmp_path: Path) -> None:
    code, out, _ = command("ingest", sites_csv(tmp_path), "--mapping", mapping)
    assert (code, "sites.csv" in out, "total" in out) == (0, True, True)
    code, out, _ = command("status", "--json")
    found = json.loads(out)
    assert found["ledger"]["records"] == 3
    assert found["graph"]["entities"] == {"Enterprise": 2, "Region": 3, "Site": 3}
    assert found["search"]["documents"] == {"Enterprise": 2, "Region": 3, "Site": 3}
    assert str(tmp_path) not in out
    _, again, _ = command("status", "--json")
    assert again == out
    assert "Site" in command("status")[1]


def test_verify_prints_the_head_and_ends_with_1_when_altered(command: Command, mapping: Path, tmp_path: Path) -> None:
    import sqlite3

    command("ingest", sites_csv(tmp_path), "--mapping", mapping)
    code, out, _ = command("ledger", "verify")
    assert (code, out.startswith("10 entries, head ")) == (0, True)
    with sqlite3.connect(tmp_path / "home" / "ledger.sqlite") as database:
        database.execute("UPDATE record SET payload = replace(payload, '甲', '乙')")
    database.close()
    code, _, err = command("ledger", "verify")
    assert (code, "altered" in err) == (1, True)


def test_retract_needs_a_reason_and_empties_graph_and_search(command: Command, mapping: Path, tmp_path: Path) -> None:
    command("ingest", sites_csv(tmp_path), "--mapping", mapping)
    assert command("retract", "file", "sites.csv")[0] == 2
    code, out, _ = command("retract", "file", "sites.csv", "--reason", "sent by mistake")
    assert (code, "3 records" in out) == (0, True)
    found = json.loads(command("status", "--json")[1])
    assert (found["ledger"]["records"], found["graph"]["entities"], found["search"]["documents"]) == (0, {}, {})
    assert command("retract", "dataset", "no-such", "--reason", "x")[0] == 3


def test_quarantine_is_listed_exported_harmlessly_and_tried_again(
    command: Command, mapping: Path, tmp_path: Path
) -> None:
    rows = [("=cmd|'/c calc'!A0", "@SUM(1)", "-", "", "闵行区", "-5.5", "+1"), SITE_ROWS[0]]
    code, _, err = command("ingest", sites_csv(tmp_path, rows=rows), "--mapping", mapping)
    assert (code, "no-key 1" in err) == (0, True)
    code, out, err = command("quarantine", "list")
    assert (code, "no-key" in out, "污染源编码" in out, "1 of 1" in err) == (0, True, True, True)
    assert command("quarantine", "export", tmp_path / "held.csv")[0] == 0
    with (tmp_path / "held.csv").open(encoding="utf-8-sig", newline="") as stream:
        (held,) = csv.DictReader(stream)
    assert (held["企业名称"], held["信用代码"], held["经度"]) == ("'=cmd|'/c calc'!A0", "'@SUM(1)", "-5.5")
    assert command("quarantine", "export", tmp_path / "held.jsonl")[0] == 0
    (line,) = (tmp_path / "held.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["payload"]["企业名称"] == "=cmd|'/c calc'!A0"
    assert "1 stay" in command("quarantine", "retry", "--mapping", mapping)[1]
    mapping.write_text(SITES.replace("require: [site]", "require: [enterprise]"), encoding="utf-8")
    assert "1 used, 0 stay" in command("quarantine", "retry", "--mapping", mapping)[1]
    found = json.loads(command("status", "--json")[1])
    assert (found["ledger"]["quarantined"], found["ledger"]["records"]) == (0, 2)
    assert command("ledger", "verify")[0] == 0


def test_rebuild_changes_nothing(command: Command, mapping: Path, tmp_path: Path) -> None:
    command("ingest", sites_csv(tmp_path), "--mapping", mapping)
    _, before, _ = command("status", "--json")
    for options in ((), ("--graph",), ("--search",)):
        assert command("rebuild", *options)[0] == 0
        assert command("status", "--json")[1] == before


def test_mapping_check_list_and_draft(command: Command, mapping: Path, tmp_path: Path) -> None:
    assert command("mapping", "check", mapping)[0] == 0
    mapping.write_text(SITES.replace("class: Site", "class: Sitte"), encoding="utf-8")
    code, _, err = command("mapping", "check", mapping)
    assert (code, "Did you mean Site" in err) == (2, True)
    assert "enterprise_detail" in command("mapping", "list")[1]
    drafted = tmp_path / "drafted.yml"
    assert command("mapping", "draft", sites_csv(tmp_path), "-o", drafted)[0] == 0
    assert command("mapping", "check", drafted)[0] == 0
    assert command("ingest", sites_csv(tmp_path), "--mapping", drafted)[0] == 0


def truncated_workbook(folder: Path) -> Path:
    """Half a workbook."""
    book = openpyxl.Workbook()
    for row in SITE_ROWS:
        book.worksheets[0].append(list(row))
    book.save(folder / "whole.xlsx")
    path = folder / "half.xlsx"
    path.write_bytes((folder / "whole.xlsx").read_bytes()[:3_000])
    return path


def binary(folder: Path) -> Path:
    """Noise."""
    path = folder / "noise.csv"
    path.write_bytes(bytes(range(256)) * 100)
    return path


def unknown_table(folder: Path) -> Path:
    """A table that no mapping knows."""
    return write_csv(folder / "unknown.csv", ("甲", "乙"), [("1", "2")])


def missing(folder: Path) -> Path:
    """A path that is not there."""
    return folder / "missing.csv"


def open_quote(folder: Path) -> Path:
    """A good beginning, then a quote that is never closed, far beyond what a cell may hold."""
    path = sites_csv(folder, "open.csv", [SITE_ROWS[0]] * 5_000)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('"' + "text,\n" * 1_000_000)
    return path


@pytest.mark.parametrize("make", [truncated_workbook, binary, unknown_table, missing, open_quote])
def test_what_cannot_be_read_ends_with_2_and_leaves_nothing(
    command: Command, mapping: Path, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    code, out, err = command("ingest", path, "--mapping", mapping)
    assert code == 2
    assert path.name in err + out
    assert "Traceback" not in err
    found = json.loads(command("status", "--json")[1])
    assert (found["ledger"]["records"], found["graph"]["entities"], found["search"]["documents"]) == (0, {}, {})
    assert command("ledger", "verify")[0] == 0


def test_a_faulty_mapping_ends_with_2_before_anything_is_read(command: Command, mapping: Path, tmp_path: Path) -> None:
    mapping.write_text(SITES.replace("founded:", "foundet:"), encoding="utf-8")
    code, _, err = command("ingest", sites_csv(tmp_path), "--mapping", mapping)
    assert (code, "foundet" in err, "Did you mean founded" in err) == (2, True, True)


def test_in_a_folder_what_no_mapping_knows_is_told_and_the_rest_is_read(
    command: Command, mapping: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "registers"
    folder.mkdir()
    sites_csv(folder)
    unknown_table(folder)
    binary(folder)
    code, _, err = command("ingest", folder, "--mapping", mapping)
    assert code == 0
    assert "unknown.csv" in err
    assert "noise.csv" in err
    assert json.loads(command("status", "--json")[1])["ledger"]["records"] == 3


@pytest.mark.parametrize(
    "words", [("ingest",), ("quarantine",), ("ledger",), ("retract",), ("mapping",), ("rebuild",), ("status",)]
)
def test_help_teaches(command: Command, words: tuple[str, ...]) -> None:
    code, out, _ = command(*words, "--help")
    assert code == 0
    assert f"ecograph {words[0]}" in out
