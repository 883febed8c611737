"""Statutes in Markdown become rows: an article each, with what the rows say of the law."""

from pathlib import Path

import pytest

from ingest.ingestion import built_in_mappings
from ingest.mapping.recognise import recognise
from ingest.sources.files import find_files, open_tables
from ingest.sources.statutes import COLUMNS
from ontology.errors import SourceUnusable
from ontology.schema import load_schema

REGULATION = """# 排污许可管理条例

2021年1月24日 中华人民共和国国务院令第736号公布

2021年3月1日 施行

<!-- INFO END -->

序言一句。

## 第一章 总则

第一条 为了加强排污许可管理，制定本条例。

第二条 依照本条例规定申请取得排污许可证。

(一)重点管理；

## 第二章 申请与审批

### 第一节 申请

第二条之一　增加的一条。
"""


def rows_of(folder: Path, name: str, text: str) -> list[dict[str, str]]:
    """Return the rows of a statute as the reader gives them, by column."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    _, tables = open_tables(path)
    (table,) = tables
    header, *rows = table.rows()
    assert tuple(header.cells) == COLUMNS
    assert list(table.preview) == [header, *rows][: len(table.preview)]
    return [dict(zip(COLUMNS, row.cells, strict=True)) | {"line": str(row.number)} for row in rows]


def test_each_article_is_a_row_with_its_place(tmp_path: Path) -> None:
    preamble, first, second, added = rows_of(tmp_path, "排污许可管理条例(2021-01-24).md", REGULATION)
    assert (preamble["序言"], preamble["条"]) == ("序言一句。", "")
    assert (first["章节"], first["条"], first["条文"]) == (
        "第一章 总则",
        "第一条",
        "为了加强排污许可管理，制定本条例。",
    )
    assert second["条文"] == "依照本条例规定申请取得排污许可证。\n(一)重点管理；"
    assert (added["条"], added["章节"]) == ("第二条之一", "第二章 申请与审批 第一节 申请")
    assert REGULATION.splitlines()[int(added["line"]) - 1].startswith("第二条之一")


def test_every_row_says_which_law_it_is(tmp_path: Path) -> None:
    for row in rows_of(tmp_path, "排污许可管理条例(2021-01-24).md", REGULATION):
        assert row["法规名称"] == "排污许可管理条例"
        assert (row["法规级别"], row["版本日期"], row["施行日期"]) == ("行政法规", "2021-01-24", "2021-03-01")


def test_the_version_is_the_last_date_where_the_name_has_none(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "条例.md", REGULATION)[0]["版本日期"] == "2021-03-01"


def test_words_of_the_first_version_do_not_date_an_amendment(tmp_path: Path) -> None:
    text = "# 中华人民共和国水法\n\n<!-- INFO END -->\n\n第一条 总则。\n\n第二条 本法自2002年10月1日起施行。\n"
    (row, _) = rows_of(tmp_path, "水法(2016-07-02).md", text)
    assert (row["施行日期"], row["法规简称"], row["法规级别"]) == ("", "水法", "法律")
    (row, _) = rows_of(tmp_path, "水法(2002-08-29).md", text)
    assert row["施行日期"] == "2002-10-01"


@pytest.mark.parametrize("text", ["# Notes\n\nsome words\n", "no title\n第一条 x\n", "第一条 x\n"])
def test_other_markdown_is_refused_with_a_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    _, tables = open_tables(path)
    with pytest.raises(SourceUnusable, match="no statute") as caught:
        list(tables)
    assert "第一条" in caught.value.remedy


def test_texts_about_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# About\n", encoding="utf-8")
    (tmp_path / "水法(2016-07-02).md").write_text("# 水法\n", encoding="utf-8")
    assert [file.name for file in find_files([tmp_path])] == ["水法(2016-07-02).md"]


def test_a_mapping_that_comes_with_the_package_knows_them(tmp_path: Path) -> None:
    path = tmp_path / "排污许可管理条例(2021-01-24).md"
    path.write_text(REGULATION, encoding="utf-8")
    _, tables = open_tables(path)
    (table,) = tables
    found = recognise(table, built_in_mappings(load_schema()), source=path.name)
    assert found.mapping.dataset == "national-statutes"


def test_every_statute_of_the_demo_is_read() -> None:
    files = find_files([Path(__file__).parents[2] / "demo" / "statutes"])
    assert len(files) == 63
    for file in files:
        _, tables = open_tables(file.path)
        (table,) = tables
        articles = [row.cells[COLUMNS.index("条")] for row in table.rows()][1:]
        numbered = [number for number in articles if number]
        assert len(numbered) == len(set(numbered)) > 3
