"""Readers: the usual kinds of files, in the usual states of disrepair."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ingest.sources.files import find_files, open_tables
from ingest.sources.table import SourceTable
from ontology.errors import SourceUnusable

HEADER = ["企业名称", "信用代码", "备注"]
ROWS = [["上海甲化工有限公司", "91310000607431616R", "排放许可"], ["上海乙厂", "91310000558812016Y", "环境监测，达标"]]


def tables(path: Path) -> list[SourceTable]:
    """Return the tables of a file."""
    return list(open_tables(path)[1])


def cells(path: Path) -> list[list[str]]:
    """Return all rows of the only table of a file."""
    (table,) = tables(path)
    return [list(row.cells) for row in table.rows()]


def text_of(delimiter: str = ",", rows: list[list[str]] = ROWS) -> str:
    """Return a delimited text."""
    return "".join(delimiter.join(row) + "\r\n" for row in [HEADER, *rows])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"]
)
def test_encodings_of_simplified_chinese(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((text_of() * 3).encode(encoding))
    assert cells(path)[:3] == [HEADER, *ROWS]


def test_big5(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["開發單位", "環境影響說明書", "審查結論"],
        ["臺北市政府", "捷運系統環狀線建設計畫", "有條件通過環境影響評估審查"],
    ] * 3
    path.write_bytes("".join(",".join(row) + "\n" for row in rows).encode("big5"))
    assert cells(path) == rows


def test_western_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Licensee,Item\r\n" + "Caf\u00e9 Ltd,annual return \u2013 2024\r\n".encode("cp1252") * 20)
    assert cells(path)[1] == ["Café Ltd", "annual return – 2024"]


def test_an_ascii_beginning_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,code\r\n" + b"plain,1\r\n" * 200_000 + "上海市环境监测中心,2\r\n".encode("gb18030"))
    assert cells(path)[-1] == ["上海市环境监测中心", "2"]


def test_one_broken_byte_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = text_of(rows=ROWS * 200).encode("gb18030")
    path.write_bytes(good + b"\x81\xff" + "坏行,1,2\r\n".encode("gb18030"))
    (table,) = tables(path)
    rows = list(table.rows())
    assert [row.fault for row in rows if row.fault] == ["undecodable"]
    assert len(rows) == 402


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text_of(delimiter), encoding="utf-8")
    assert cells(path) == [HEADER, *ROWS]


def test_quoted_line_breaks_and_rows_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"one\ntwo",1\n"say ""x""",2\n', encoding="utf-8")
    (table,) = tables(path)
    assert [(row.number, list(row.cells)) for row in table.rows()] == [
        (1, ["a", "b"]),
        (2, ["one\ntwo", "1"]),
        (3, ['say "x"', "2"]),
    ]


def test_nul_bytes_are_taken_out_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text_of(rows=ROWS * 20).encode() + b"a\x00b,1,2\r\n")
    (table,) = tables(path)
    last = list(table.rows())[-1]
    assert (list(last.cells), last.notes) == (["ab", "1", "2"], ("nul-bytes",))


def workbook(path: Path, sheets: dict[str, list[list[object]]], merged: str = "") -> Path:
    """Write a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def test_sheets_with_titles_numbers_and_days(tmp_path: Path) -> None:
    from datetime import datetime

    rows: list[list[object]] = [
        ["2024年重点排污单位名录"],
        ["名称", "编号", "数值", "日期", "是否"],
        ["甲", 607431616001, 1.5, datetime(2024, 7, 1), True],
        ["乙", 9.164e17, None, datetime(2024, 7, 1, 8, 30), False],
    ]
    path = workbook(tmp_path / "a.xlsx", {"封面": [["说明"]], "名录": rows, "空": []}, merged="A1:E1")
    (table,) = tables(path)
    assert (table.part, table.fills) == ("名录", True)
    read = [list(row.cells) for row in table.rows()]
    assert read[2] == ["甲", "607431616001", "1.5", "2024-07-01", "true"]
    assert read[3] == ["乙", "9.164e+17", "", "2024-07-01 08:30:00", "false"]


@pytest.mark.parametrize("keep", [100, 2_000, -1])
def test_a_truncated_workbook_is_refused(tmp_path: Path, keep: int) -> None:
    whole = workbook(tmp_path / "a.xlsx", {"a": [HEADER, *ROWS]}).read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[:keep])
    with pytest.raises(SourceUnusable, match="damaged"):
        tables(path)


def test_a_damaged_sheet_is_refused_before_a_row_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"a": [HEADER, *ROWS * 500]})
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 200
    data[at : at + 50] = bytes(50)
    path.write_bytes(data)
    with pytest.raises(SourceUnusable, match="damaged"):
        tables(path)


def container(path: Path, entries: dict[str, bytes]) -> Path:
    """Write a zip file that claims to be a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_a_zip_bomb_is_refused_unpacked(tmp_path: Path) -> None:
    sheet = b"<worksheet>" + b"0" * 60_000_000
    path = container(tmp_path / "a.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": sheet})
    tracemalloc.start()
    with pytest.raises(SourceUnusable, match="zip bomb"):
        tables(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_zip_archive_of_tables_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(SourceUnusable, match="zip archive"):
        tables(container(tmp_path / "a.xlsx", {"a.csv": b"a,b\n1,2\n"}))


def test_entities_in_a_workbooks_xml_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"a": [HEADER, *ROWS]})
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    attack = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    shared = entries["xl/worksheets/sheet1.xml"].decode()
    entries["xl/worksheets/sheet1.xml"] = (attack + shared.replace("上海乙厂", "&e;")).encode()
    with pytest.raises(SourceUnusable, match="damaged"):
        tables(container(tmp_path / "b.xlsx", entries))


def test_json_arrays_wherever_they_are(tmp_path: Path) -> None:
    objects = [{"name": "甲", "n": 1.50, "ok": True, "more": None}, {"name": "乙", "deep": {"a": [1]}}]
    for number, document in enumerate((objects, {"code": 200, "result": {"data": objects}})):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        assert cells(path) == [
            ["name", "n", "ok", "more", "deep"],
            ["甲", "1.5", "true", "", ""],
            ["乙", "", "", "", '{"a":[1]}'],
        ]


def test_json_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    text = json.dumps([{"单位名称": "上海市环境监测中心", "许可": "有"}] * 5, ensure_ascii=False)
    path.write_bytes(text.encode("gb18030"))
    assert cells(path)[1] == ["上海市环境监测中心", "有"]


def test_json_lines_with_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2,\n[3]\n{"a": 4, "b": "x"}\n', encoding="utf-8")
    (table,) = tables(path)
    found = [(row.number, row.fault or list(row.cells)) for row in table.rows()]
    assert found == [(0, ["a", "b"]), (1, ["1", ""]), (3, "not-an-object"), (4, "not-an-object"), (5, ["4", "x"])]


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a":', '{"a": 1}', "[1, 2]", "nonsense", '[{"a": 1}]]'])
def test_json_that_is_none_or_no_table(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(SourceUnusable, match=r"JSON|array|objects"):
        tables(path)


FOREIGN: dict[str, bytes] = {
    "empty": b"",
    "noise": bytes(range(256)) * 40,
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj" * 100,
    "gzip": b"\x1f\x8b\x08\0" + b"x" * 100,
    "Parquet": b"PAR1" + b"\0" * 100,
    "unknown encoding": "".join(chr(0x4E00 + 37 * n % 20_000) for n in range(3_000)).encode("iso2022_kr", "ignore")
    + bytes(0x80 + n * 7 % 0x7F for n in range(4_000)),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_table_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(FOREIGN[name])
    with pytest.raises(SourceUnusable) as raised:
        tables(path)
    assert "a.csv" in raised.value.message


def test_a_quote_that_is_never_closed_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('a,b\n1,2\n"open,3\n')
        for number in range(400_000):
            stream.write(f"{number},text\n")
    with pytest.raises(SourceUnusable, match="row 3"):
        tables(path)


@pytest.mark.parametrize("tail", ["", "\n"])
def test_a_quote_open_to_the_end_says_how_much_it_swallowed(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n"open,3\n4,5\n6,7' + tail, encoding="utf-8")
    (table,) = tables(path)
    last = list(table.rows())[-1]
    assert (last.number, last.fault) == (3, "open-quote")
    assert "2 lines" in last.reason


def test_a_quoted_last_cell_of_several_lines_is_no_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"one, two\nthree\n"\n', encoding="utf-8")
    assert cells(path) == [["a", "b"], ["1", "one, two\nthree\n"]]


def test_an_empty_last_cell_is_no_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,\n2,\n", encoding="utf-8")
    (table,) = tables(path)
    assert [row.fault for row in table.rows()] == ["", "", ""]


def test_a_folder_is_walked_and_office_leftovers_are_not_read(tmp_path: Path) -> None:
    for name in ("b/two.csv", "a.csv", "b/~$open.xlsx", ".hidden.csv", "picture.png", "__MACOSX/x.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a,b\n1,2\n")
    assert [file.name for file in find_files([tmp_path])] == ["a.csv", "b/two.csv"]
    assert [file.explicit for file in find_files([tmp_path / "a.csv", tmp_path])] == [True, False]
    with pytest.raises(SourceUnusable, match="no file or folder"):
        find_files([tmp_path / "missing"])


def big_csv(stream: io.TextIOBase) -> None:
    """Write 40 MB of rows."""
    stream.write("name,code,remark\n")
    for number in range(400_000):
        stream.write(f"name {number},{number:012},{'remark ' * 10}\n")


def big_json(stream: io.TextIOBase) -> None:
    """Write 20 MB of objects."""
    stream.write("[")
    stream.write(",".join(f'{{"name": "name {n}", "remark": "{"remark " * 10}"}}' for n in range(150_000)))
    stream.write("]")


@pytest.mark.parametrize(("name", "write"), [("a.csv", big_csv), ("a.json", big_json)])
def test_large_files_are_streams(tmp_path: Path, name: str, write: Callable[[io.TextIOBase], None]) -> None:
    path = tmp_path / name
    with path.open("w", encoding="utf-8") as stream:
        write(stream)
    (table,) = tables(path)
    tracemalloc.start()
    count = sum(1 for _ in table.rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 150_000
    assert peak < 8_000_000
