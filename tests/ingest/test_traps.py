"""What real registers hold: placeholders, spreadsheet damage, spellings, repeated rows, personal data."""

from pathlib import Path

import openpyxl
import pytest

from ontology.values.personal_text import mask_text
from tests.ingest.home import OTHER_USCC, SITE_HEADER, SITE_ROWS, USCC, Home, sites_csv, write_csv

SITE = ("上海甲化工有限公司", USCC, "607431616001", "D1", "闵行区", "121.37", "31.00")


def site(**changed: str) -> tuple[str, ...]:
    """Return a row of the table of sites."""
    names = ("name", "uscc", "code", "number", "region", "east", "north")
    return tuple(changed.get(name, cell) for name, cell in zip(names, SITE, strict=True))


@pytest.mark.parametrize("placeholder", ["-", "0", "\u200b", "/", "无", "不详", "——", "NULL", "0000000000"])
async def test_a_placeholder_is_no_credit_code(home: Home, tmp_path: Path, placeholder: str) -> None:
    rows = [site(uscc=placeholder), site(uscc=placeholder, name="上海丙厂", code="763037143001", number="D7")]
    report = await home.ingest(sites_csv(tmp_path, rows=rows))
    assert (report.total("used"), report.quarantined()) == (2, {})
    assert await home.labels("Enterprise") == ["上海丙厂", "上海甲化工有限公司"]
    assert all("uscc" not in e.properties for e in await home.listing("Enterprise"))


async def test_a_code_that_a_spreadsheet_turned_into_a_number_is_left_out_and_noted(home: Home, tmp_path: Path) -> None:
    rows = [site(uscc="9.131E+17"), site(uscc="9.131E+17", name="上海丙厂", code="763037143001", number="D7")]
    report = await home.ingest(sites_csv(tmp_path, rows=rows))
    assert report.total("used") == 2
    assert len(await home.listing("Enterprise")) == 2
    noted = {name: count for name, count in report.tables[0].notes.items() if name.startswith("信用代码")}
    assert sum(noted.values()) == 2


@pytest.mark.parametrize(
    "spelling",
    [
        "上海甲化工有限公司",
        " 上海甲 化工有限公司 ",
        "上海甲化工有限公司\u3000",
        "上海甲化工有限公司\u200b",
        "上海甲化工有限公司\n",
    ],
)
async def test_spellings_of_one_name_are_one_enterprise(home: Home, tmp_path: Path, spelling: str) -> None:
    await home.ingest(sites_csv(tmp_path))
    path = write_csv(tmp_path / "f.csv", ("产生单位", "废物", "接收单位"), [(OTHER_USCC, "废酸", spelling)])
    await home.ingest(path)
    assert len(await home.listing("Enterprise")) == 2


async def test_full_and_half_width_brackets_are_one(home: Home, tmp_path: Path) -> None:
    rows = [
        site(name="阿克苏（上海）有限公司", uscc="-"),
        site(name="阿克苏(上海)有限公司", uscc="-", code="607431616002"),
    ]
    await home.ingest(sites_csv(tmp_path, rows=rows))
    assert await home.labels("Enterprise") == ["阿克苏（上海）有限公司"]


async def test_a_renamed_company_is_one_company(home: Home, tmp_path: Path) -> None:
    rows = [site(), site(name="上海甲新材料有限公司"), site(name="上海甲新材料有限公司", number="D1", region="")]
    await home.ingest(sites_csv(tmp_path, rows=rows))
    (enterprise,) = await home.listing("Enterprise")
    assert enterprise.properties["name"] == ("上海甲化工有限公司", "上海甲新材料有限公司")
    assert enterprise.label == "上海甲新材料有限公司"


async def test_a_coordinate_in_a_name_field_is_no_name(home: Home, tmp_path: Path) -> None:
    report = await home.ingest(sites_csv(tmp_path, rows=[site(name="121.376186,31.007997")]))
    (found,) = await home.listing("Site")
    assert "name" not in found.properties
    assert report.tables[0].notes["企业名称: coordinate"] >= 1


async def test_swapped_coordinates_are_mended_and_noted(home: Home, tmp_path: Path) -> None:
    report = await home.ingest(sites_csv(tmp_path, rows=[site(east="31.00", north="121.37")]))
    (found,) = await home.listing("Site")
    assert found.properties["location"] == ("121.37,31",)
    assert (await home.document(found)).location == (121.37, 31.0)
    assert report.tables[0].notes["经度+纬度: swapped"] == 1


@pytest.mark.parametrize("day", ["2019/7/1", "20190701", "2019年7月1日", "2019-07-01", "2019.7.1"])
async def test_days_in_all_spellings(home: Home, tmp_path: Path, day: str) -> None:
    path = write_csv(tmp_path / "s.csv", (*SITE_HEADER, "成立日期"), [(*SITE, day)])
    await home.ingest(path)
    (enterprise,) = await home.listing("Enterprise")
    assert enterprise.properties["founded"] == ("2019-07-01",)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
async def test_an_encoding_changes_nothing(home: Home, tmp_path: Path, encoding: str) -> None:
    await home.ingest(sites_csv(tmp_path))
    before = await home.projections()
    path = write_csv(tmp_path / "other.csv", SITE_HEADER, SITE_ROWS, encoding=encoding)
    report = await home.ingest(path)
    assert (report.total("records"), report.total("duplicates")) == (0, 3)
    assert await home.projections() == before


async def test_repeated_rows_headers_and_blank_lines(home: Home, tmp_path: Path) -> None:
    rows = [SITE, SITE, SITE_HEADER, ("",) * 7, *SITE_ROWS[1:]]
    report = await home.ingest(sites_csv(tmp_path, rows=rows))
    (table,) = report.tables
    assert (table.read, table.used, table.skipped, table.duplicates, table.records) == (6, 4, 2, 1, 3)
    assert table.read == table.used + table.filtered + table.skipped + sum(table.quarantined.values())


async def test_ragged_rows_and_rows_without_a_key_are_held_with_their_reason(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write("short,row\r\n" + ",".join([*SITE, "too", "long"]) + "\r\n" + ",".join([*SITE, "", ""]) + "\r\n")
        stream.write(",".join(site(code="-", number="")) + "\r\n")
    report = await home.ingest(path)
    assert report.quarantined() == {"no-key": 1, "ragged-row": 2}
    page = await home.services.ledger.quarantine()
    assert [(row.row, row.code) for row in page.items] == [(5, "ragged-row"), (6, "ragged-row"), (8, "no-key")]
    assert page.items[1].payload["column 9"] == "long"
    assert "污染源编码" in page.items[2].reason
    assert (await home.content())["ledger"]["quarantined"] == 3  # type: ignore[index]


async def test_a_workbook_with_titles_and_a_header_of_two_lines(home: Home, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["上海市企业名录（2024年）"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(["企业名称", "信用代码", "污染源编码", "平台编号", "区", "地理坐标", None])
    sheet.append([None, None, None, None, None, "经度", "纬度"])
    for row in SITE_ROWS:
        sheet.append(list(row))
    sheet.append(["合计", len(SITE_ROWS)])
    book.create_sheet("说明").append(["填表说明"])
    path = tmp_path / "名录.xlsx"
    book.save(path)
    report = await home.ingest(path)
    assert [fault for fault in report.unusable if fault.fatal] == []
    assert (report.total("used"), report.quarantined()) == (3, {"no-key": 1})
    assert len(await home.listing("Site")) == 3
    assert all("location" in site.properties for site in await home.listing("Site"))


async def test_personal_data_is_stored_nowhere(home: Home, tmp_path: Path) -> None:
    header = (*SITE_HEADER, "联系人", "电话", "备注")
    secret = ("欧阳小明", "13812345678", "联系王经理 13987654321，身份证 11010519491231002X")
    path = write_csv(tmp_path / "s.csv", header, [(*SITE, *secret), (*site(code="", number=""), *secret)])
    report = await home.ingest(path)
    assert report.quarantined() == {"no-key": 1}
    stored = b"".join(file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file())
    for text in ("欧阳小明", "13812345678", "13987654321", "11010519491231002X"):
        assert text.encode() not in stored
    (record,) = {s.record for s in await home.services.ledger.statements([(await home.listing("Site"))[0].id])}
    found = await home.services.ledger.record(record)
    assert found is not None
    assert found.payload["联系人"] == "欧阳**"
    assert str(found.payload["电话"]).startswith("138***")
    assert "13*****" not in str(found.payload["信用代码"])
    assert found.payload["信用代码"] == USCC


@pytest.mark.parametrize(
    "text",
    [
        "913101187639622406",
        "607431616001",
        "2019-07-01",
        "310101200001",
        "121.376186",
        "13000.1381234567",
        "FQ-13812345678A",
    ],
)
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(
    "text", ["13812345678", "电话：138 1234 5678", "+86-13812345678", "11010519491231002X", "证件11010519491231002x。"]
)
def test_numbers_of_people_are_masked(text: str) -> None:
    masked = mask_text(text)
    assert "***" in masked
    assert "1234567" not in masked.replace(" ", "")
    assert "19491231" not in masked


async def test_formulas_stay_text(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path, rows=[site(name="=cmd|'/c calc'!A0")]))
    (found,) = await home.listing("Site")
    assert found.properties["name"][0].startswith("=cmd")  # type: ignore[union-attr]
