"""The built-in mappings: which table each recognises, what rows of the Shanghai registers mean. Names are invented."""

import csv
import random
from collections import Counter
from pathlib import Path

import pytest

from ingest.mapping.extract import compile_mapping
from ingest.mapping.load import inspect_mappings
from ontology.errors import RecordRejected
from tests.ingest.builtin import FILES, HEADERS, MAPPINGS, SCHEMA, USCC, Read, read, recognised

REAL = Path(__file__).parents[3] / "shared" / "data" / "shanghai"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mapping_is_free_of_faults(file: Path) -> None:
    _, faults = inspect_mappings(file.read_text(encoding="utf-8"), file=file.name, schema=SCHEMA)
    assert faults == []


def test_no_two_mappings_share_an_id() -> None:
    ids = Counter((mapping.dataset, mapping.table) for mapping in MAPPINGS)
    assert [pair for pair, count in ids.items() if count > 1] == []


def test_no_spelling_of_a_column_means_two_columns() -> None:
    for mapping in MAPPINGS:
        spellings = Counter(
            [*mapping.required, *mapping.optional, *(a for group in mapping.aliases.values() for a in group)]
        )
        assert [name for name, count in spellings.items() if count > 1] == [], mapping.table


@pytest.mark.parametrize("table", HEADERS)
def test_a_table_is_recognised_by_its_columns_in_any_order(table: str) -> None:
    names = HEADERS[table]["columns"].split(",")
    shuffled = random.Random(table).sample(names, len(names))
    for order in (names, shuffled, [f" {name.upper()} " for name in names]):
        found = recognised(order)
        expected = HEADERS[table]["table"]
        assert expected in (found.mapping.table, f"{found.mapping.dataset}/{found.mapping.table}")
        assert list(found.unknown) == []


def test_a_site_carries_both_its_numbers_and_its_enterprise() -> None:
    row = read(
        "enterprise_detail",
        **{
            "单位名称": "甲化工有限公司",
            "注册号/统一社会信用代码": USCC,
            "污染源名称": "甲化工有限公司（东厂）",
            "污染源编码": "607431616001",
            "url_id": "1",
            "行政区划": "闵行区",
            "地理坐标(经度)": "121.37",
            "地理坐标(纬度)": "31.01",
            "所属小类": "其他",
            "行业大类": "化学原料和化学制品制造业",
            "生产周期": "300\xa0天/年\n 24\xa0时/天",
            "是否停产": "否",
        },
    )
    assert len(row.same("site")) == 2
    assert row.targets("site", "operatedBy") == [row.ids["enterprise"]]
    assert row.values("enterprise", "org_code") == ["607431616"]
    assert row.values("site", "operating") == ["true"]
    assert row.values("site", "location") == ["121.37,31.01"]
    assert (row.values("site", "production_days"), row.values("site", "production_hours")) == (["300.0"], ["24.0"])
    assert row.values("district", "region_code") == ["310112"]
    assert "industry" not in row.ids
    listed = read("enterprise_list", name="甲化工有限公司", area="闵行区", type="废水,危废", url_id="1")
    assert listed.ids["site"] in row.same("site")
    assert listed.values("site", "category") == ["废水", "危废"]


def test_a_name_that_a_list_cut_off_is_not_kept() -> None:
    row = read("enterprise_list", name="甲化工有限公司（临港整...", area="闵行区", type="废水", url_id="77")
    assert row.values("site", "name") == []


def outlet(**row: str) -> Read:
    given = {
        "stId": "A1",
        "stWrybh": "607431616001",
        "stPfkType": "WATER",
        "stUnitfyPfkbh": "WS001",
        "stPfkmc": "总排口",
    }
    return read("outlets", **{**given, **row})


def limit(**row: str) -> Read:
    given = {
        "stId": "L1",
        "stWryCode": "607431616001",
        "stType": "WATER",
        "stSitecode": "WS001",
        "stSitename": "废水总排口",
    }
    return read("outlet_pollutant_limits", **{**given, "stProject": "化学需氧量", "stPfxz": "50", **row})


def test_limits_results_and_modes_hang_on_the_outlet_of_the_register() -> None:
    registered = outlet()
    result = read(
        "monitor_wastewater",
        stId="M",
        stWryCode="607431616001",
        stJcdCode="WS001",
        stJcsj="2020-08-03 08:00",
        stJcxm="氨氮",
        stJcnd="0.09",
    )
    mode = read(
        "facilities_discharge_mode",
        stId="B",
        stWryCode="607431616001",
        stPortCode="WS001",
        stPortName="排口",
        stPffs="纳管",
    )
    assert limit().ids["outlet"] in registered.same("outlet")
    assert result.ids["outlet"] in registered.same("outlet")
    assert mode.same("outlet") & registered.same("outlet")
    assert registered.targets("outlet", "outletOf") == [registered.ids["site"]]
    assert limit().targets("limit", "limitAt") == [limit().ids["outlet"]]


def test_outlets_of_other_sites_codes_or_none_stay_apart() -> None:
    registered = outlet()
    assert limit(stWryCode="607431616002").ids["outlet"] not in registered.same("outlet")
    assert limit(stSitecode="WS002").ids["outlet"] not in registered.same("outlet")
    assert len(outlet(stUnitfyPfkbh="").same("outlet")) == 1


def test_where_a_site_numbers_its_outlets_twice_the_name_decides() -> None:
    site = "607431050001"
    first = outlet(stId="A", stWrybh=site, stUnitfyPfkbh="FQ001", stPfkmc="7")
    second = outlet(stId="B", stWrybh=site, stUnitfyPfkbh="FQ001", stPfkmc="7-2")
    assert not first.same("outlet") & second.same("outlet")
    found = limit(stWryCode=site, stSitecode="FQ001", stSitename="7-2")
    assert found.ids["outlet"] in second.same("outlet")


def test_a_limit_keeps_its_range_unit_and_pollutant() -> None:
    acidity = limit(stProject="PH值", stPfxzMin="6", stPfxz="9")
    assert (acidity.values("limit", "minimum"), acidity.values("limit", "maximum")) == (["6.0"], ["9.0"])
    assert acidity.values("pollutant", "pollutant_code") == ["w01001"]
    demand = limit(stPfxzMin="0", stPfxz="40mg/L", jcxm_dw="mg/L")
    assert (demand.values("limit", "minimum"), demand.values("limit", "maximum")) == ([], ["40.0"])
    assert demand.values("pollutant", "name") == ["化学需氧量"]
    assert limit(stPfxz="6~9").values("limit", "maximum") == ["9.0"]
    assert limit(stPfxzMin="20", stPfxz="20").values("limit", "minimum") == []
    assert limit(stPfxzMin="20", stPfxz="200").values("limit", "minimum") == ["20.0"]


def test_numbers_keep_the_unit_they_were_published_in() -> None:
    trace = limit(stProject="总汞", stPfxz="50", jcxm_dw="ug/L")
    assert (trace.values("limit", "maximum"), trace.values("limit", "unit")) == (["50.0"], ["ug/L"])
    row = read("cleaner_toxic_emissions", **{"名称": "氨氮", "数量(kg)": "30.0", "浓度(mg/l)": "4.0", "crop_id": USCC})
    assert (row.values("emission", "total_amount"), row.values("emission", "unit")) == (["30.0"], ["kg"])


def test_the_unit_tells_a_pollutant_of_water_from_one_of_air() -> None:
    water, air = limit(stProject="氟化物", jcxm_dw="mg/L"), limit(stProject="氟化物", jcxm_dw="mg/m3")
    assert (water.values("pollutant", "pollutant_code"), air.values("pollutant", "pollutant_code")) == (
        ["w21017"],
        ["a21018"],
    )


def test_a_remark_in_brackets_makes_no_second_pollutant() -> None:
    plain, remarked = limit(stProject="悬浮物"), limit(stProject="悬浮物（SS）")
    assert plain.ids["pollutant"] == remarked.ids["pollutant"]


def test_milliseconds_and_days_give_one_date_of_a_local_permit() -> None:
    for text in ("1608825600000", "2020-12-25"):
        row = outlet(stYkzbh="G31011400009", stYkzyxq=text)
        assert row.values("permit", "valid_until") == ["2020-12-25"]
        assert row.values("permit", "local_permit_number") == ["G31011400009"]
        assert row.targets("outlet", "permittedUnder") == [row.ids["permit"]]


def test_every_spelling_of_a_standard_is_one_standard() -> None:
    spellings = (
        "《大气污染物排放标准》DB31/933－2015",
        "《大气污染物排放标准》DB31／933－2015",
        "《大气污染物综合排放标准》DB31-933",
    )
    assert len({outlet(stZxbzmc=text).ids["standard"] for text in spellings}) == 1
    assert outlet(stZxbzmc=spellings[0]).values("standard", "standard_number") == ["DB31/933"]
    assert "standard" not in outlet(stZxbzmc="《环评要求》环评要求").ids


def test_a_coordinate_in_the_place_of_a_name_is_noted_and_left_out() -> None:
    row = outlet(stQymc="121.105061")
    assert row.values("site", "also_named") == []
    assert sum(count for (column, _), count in row.notes.items() if column == "stQymc") == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("乙环境资源有限公司", ["乙环境资源有限公司"]),
        ("委托乙环境资源有限公司处置", ["乙环境资源有限公司"]),
        ("乙环境资源有限公 司", ["乙环境资源有限公司"]),
        ("由资质单位处置（乙环境资源有限公司）", ["乙环境资源有限公司"]),
        ("1.7吨由乙丙丁（上海）环保有限公司处理", ["乙丙丁（上海）环保有限公司"]),
        (
            "乙环境资源有限公司、丙废料处理有限公司及丁环保有限公司焚烧",
            ["乙环境资源有限公司", "丙废料处理有限公司", "丁环保有限公司"],
        ),
        ("委托危废资质单位处置", []),
        ("交由有对应资质的环保公司处置", []),
        ("委托第三方处置", []),
        ("有资质供应商转移处理", []),
        ("无", []),
    ],
)
def test_waste_goes_to_the_companies_that_are_named_and_to_no_other(text: str, names: list[str]) -> None:
    row = read(
        "cleaner_hazwaste_flows", **{"危险废物名称": "废酸", "产生量(t)": "2.0", "处置去向": text, "crop_id": USCC}
    )
    receivers = [entity for entity in row.ids if entity.endswith("receiver")]
    assert [row.values(entity, "name")[0] for entity in receivers] == names
    assert row.targets("flow", "wasteTo") == [row.ids[entity] for entity in receivers]
    assert row.targets("flow", "wasteFrom") == [row.ids["enterprise"]]


def test_a_row_that_discloses_nothing_makes_nothing_up() -> None:
    row = read("cleaner_toxic_inputs", 名称="企业未公示", crop_id=USCC)
    assert set(row.ids) == {"enterprise"}


def test_only_known_pollutants_are_made_of_free_text() -> None:
    known = read(
        "cleaner_toxic_emissions", **{"名称": "氨氮", "数量(kg)": "30.0", "浓度(mg/l)": "4.0", "crop_id": USCC}
    )
    assert known.values("pollutant", "pollutant_code") == ["w21003"]
    vague = read(
        "cleaner_toxic_emissions", **{"名称": "装配工段2号铅", "数量(kg)": "3.0", "浓度(mg/l)": "", "crop_id": USCC}
    )
    assert "pollutant" not in vague.ids
    assert vague.values("emission", "pollutant_name") == ["装配工段2号铅"]


def licence(**row: str) -> Read:
    given = {
        "stId": "E1",
        "stWrybh": "607431616001",
        "stTypeCode": "JSXM",
        "stXmmc": "扩建项目",
        "stType": "建设项目环境影响评价",
    }
    return read("licences", **{**given, **row})


def test_an_approval_is_one_in_the_licence_table_and_in_the_project_table() -> None:
    approval = licence(stPwh="松环保许管【2015】922号", stFzrq="2015-11-19")
    project = read(
        "eia_disclosure_detail",
        project_id="P",
        建设单位="甲化工有限公司",
        环评批文文号="松环保许管[2015]922 号",
    )
    assert project.ids["approval"] in approval.same("approval")
    assert project.targets("approval", "approves") == [project.ids["project"]]
    assert approval.values("approval", "document_number") == ["松环保许管〔2015〕922号"]


@pytest.mark.parametrize("number", ["047", "无", "117-7-17-1301", "自主验收", "无，松江环保局"])
def test_a_number_that_names_no_document_joins_nothing(number: str) -> None:
    assert len(licence(stPwh=number).same("approval")) == 1


def test_an_acceptance_and_another_licence_are_no_approval_of_the_same_number() -> None:
    number = "松环保许管〔2011〕895号"
    acceptance = licence(stId="E2", stPwh=number, stType="建设项目竣工验收")
    assert not acceptance.same("acceptance") & licence(stPwh=number).same("approval")
    other = licence(stTypeCode="OTHER", stPwh="沪水务排证字第JDPX20190099号", stType="排水许可证")
    assert set(other.ids) == {"site", "licence"}


def test_several_approvals_in_one_cell_each_approve_the_project() -> None:
    cell = "松环保许辐[2015]20号、松环保许辐[2016]14号，松环保许辐[2016]38号"
    row = read("eia_disclosure_detail", project_id="P", 建设单位="甲化工有限公司", 环评批文文号=cell)
    names = ("approval", "second_approval", "third_approval")
    assert len({row.ids[name] for name in names}) == 3
    assert all(row.targets(name, "approves") == [row.ids["project"]] for name in names)
    assert len(row.values("project", "document_number")) == 3


@pytest.mark.parametrize(
    ("file", "entity"),
    [
        ("2018自行监测方案.pdf", "plan"),
        ("环境检测报告.pdf", "plan"),
        ("企业社会责任报告.pdf", "report"),
        ("环境方针.pdf", "other"),
    ],
)
def test_the_name_of_a_file_tells_what_it_is(file: str, entity: str) -> None:
    row = read("disclosed_files", 文件名称=file, filename="8f02468a", url_id="31", 上传时间="2019-09-02")
    assert set(row.ids) == {"site", entity}
    assert row.targets(entity, "documentOf") == [row.ids["site"]]


def test_a_record_without_any_key_is_rejected_with_the_reason() -> None:
    with pytest.raises(RecordRejected, match="no valid key for site") as caught:
        read("facilities_pollution", stName="锅炉", stId="F1")
    assert caught.value.code == "no-key"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real registers are not beside this checkout")
def test_the_real_registers_are_used_nearly_whole() -> None:
    used, rejected, sites, ids = 0, Counter[str](), {}, {}
    for file in sorted(REAL.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            found = recognised(next(rows))
            extractor = compile_mapping(found.mapping, found.header, schema=SCHEMA)
            for row in rows:
                try:
                    extraction = extractor.extract(row, Counter())
                except RecordRejected as refusal:
                    rejected[f"{file.name}: {refusal.message}"] += 1
                    continue
                used += 1
                if file.name == "enterprise_detail.csv":
                    key = (row[1], row[6])
                    assert sites.setdefault(key, extraction.ids["site"]) == extraction.ids["site"]
                    assert ids.setdefault(extraction.ids["site"], key) == key
    assert used / (used + rejected.total()) >= 0.99, rejected.most_common(5)
    assert len(sites) == 826
