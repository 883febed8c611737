"""The nationally used publication formats: permits, penalties, key units. Enterprises here are invented."""

import pytest

from ingest.journal.values import NAMED_AS
from ingest.mapping.load import inspect_mappings
from ingest.mapping.masking import compile_masker
from ontology.errors import RecordRejected
from tests.ingest.builtin import HEADERS, SCHEMA, USCC, Read, read, recognised


def permit(**row: str) -> Read:
    return read(
        "national_permit_list",
        **{"单位名称": "甲化工有限公司", "许可证编号": f"{USCC}001P", "省/直辖市": "上海市", **row},
    )


def test_a_permit_number_names_its_holder() -> None:
    row = permit(有效期限="2020-07-27至2023-07-26", 地市="市辖区")
    assert row.values("enterprise", "uscc") == [USCC]
    assert row.targets("permit", "permitFor") == [row.ids["enterprise"]]
    assert (row.values("permit", "valid_from"), row.values("permit", "valid_until")) == (["2020-07-27"], ["2023-07-26"])
    detail = {"单位名称": "甲化工有限公司", "注册号/统一社会信用代码": USCC, "污染源编码": "607431616001"}
    assert row.ids["enterprise"] == read("enterprise_detail", **detail).ids["enterprise"]


def test_validity_is_read_from_words_and_from_two_columns() -> None:
    words = permit(有效期限="自2020年7月27日至2023年7月26日止")
    assert (words.values("permit", "valid_from"), words.values("permit", "valid_until")) == (
        ["2020-07-27"],
        ["2023-07-26"],
    )
    apart = read(
        "permits of a province",
        排污单位名称="甲",
        排污许可证编号=f"{USCC}001P",
        有效期开始日期="2020/1/1",
        有效期结束日期="20250101",
    )
    assert (apart.values("permit", "valid_from"), apart.values("permit", "valid_until")) == (
        ["2020-01-01"],
        ["2025-01-01"],
    )


def test_a_permit_number_with_a_wrong_credit_code_names_nobody_by_it() -> None:
    row = permit(许可证编号="913100006074316160001P")
    assert row.values("enterprise", "uscc") == []
    assert row.values("enterprise", "name") == ["甲化工有限公司"]
    assert (row.values("permit", "permit_number"), len(row.same("permit"))) == ([], 1)
    assert row.values("permit", "certificate_number") == ["913100006074316160001P"]


def penalty(**row: str) -> Read:
    given = {
        "行政相对人名称": "甲化工有限公司",
        "行政处罚决定书文号": "沪0120环罚〔2023〕12号",
        "处罚决定日期": "2023/05/06",
    }
    return read("penalties of 2018", **{**given, **row})


def test_a_penalty_names_its_party_its_agency_and_its_fine() -> None:
    row = penalty(
        **{
            "行政相对人代码_1(统一社会信用代码)": USCC,
            "罚款金额（万元）": "10.000000",
            "处罚类别": "警告;罚款",
            "处罚机关": "某区生态环境局",
            "处罚有效期": "2099/12/31",
        }
    )
    assert row.targets("penalty", "penalises") == [row.ids["party"]]
    assert row.targets("penalty", "issuedBy") == [row.ids["agency"]]
    assert (row.values("penalty", "fine"), row.values("penalty", "penalty_type")) == (["10.0"], ["警告", "罚款"])
    assert row.values("penalty", "decided") == ["2023-05-06"]


def test_one_decision_is_one_in_both_formats_however_its_party_is_known() -> None:
    new = penalty(**{"行政相对人代码_1(统一社会信用代码)": USCC})
    old = read("penalties of 2015", 行政相对人名称="甲化工有限公司", 行政处罚决定书文号="沪0120环罚[2023]第12号")
    assert new.same("penalty") & old.same("penalty")


def test_a_number_that_many_counties_use_names_a_decision_only_with_its_party() -> None:
    number = {"行政处罚决定书文号": "环罚字〔2017〕1号"}
    first, second = penalty(**number), penalty(**number, 行政相对人名称="乙化工有限公司")
    assert not first.same("penalty") & second.same("penalty")


WITHOUT_NUMBER = ["", "无", "/", "0号", "第0号", "无文号", "沪环罚〔2023〕号"]


@pytest.mark.parametrize("number", WITHOUT_NUMBER)
def test_a_penalty_without_a_number_is_its_party_its_day_and_its_facts(number: str) -> None:
    first = penalty(行政处罚决定书文号=number, 违法事实="超标排放废水", 处罚内容="罚款")
    again = penalty(行政处罚决定书文号="无", 违法事实="超标排放废水", **{"罚款金额（万元）": "3"})
    assert first.ids["penalty"] == again.ids["penalty"]
    assert (first.values("penalty", "decided"), first.values("penalty", "document_number")) == (["2023-05-06"], [])
    assert first.targets("penalty", "penalises") == [first.ids["party"]]
    others = (
        penalty(行政处罚决定书文号=number, 违法事实="未批先建"),
        penalty(行政处罚决定书文号=number, 违法事实="超标排放废水", 处罚决定日期="2023/05/07"),
        penalty(行政处罚决定书文号=number, 违法事实="超标排放废水", 行政相对人名称="乙化工有限公司"),
    )
    assert len({first.ids["penalty"], *(other.ids["penalty"] for other in others)}) == 4


def test_numbered_penalties_of_one_day_and_fault_stay_two() -> None:
    one, two = (
        penalty(行政处罚决定书文号=f"沪0120环罚〔2023〕{serial}号", 违法事实="超标排放废水") for serial in (12, 13)
    )
    assert not one.same("penalty") & two.same("penalty")
    unnumbered = penalty(行政处罚决定书文号="", 违法事实="超标排放废水").ids["penalty"]
    assert [row.targets("penalty", NAMED_AS) for row in (one, two)] == [[unnumbered], [unnumbered]]


def test_a_table_without_numbers_names_the_same_decision() -> None:
    table = Read(
        "被处罚单位,违法事实,作出处罚决定日期",
        {"被处罚单位": "甲化工有限公司", "违法事实": "超标排放废水", "作出处罚决定日期": "2023年5月6日"},
    )
    assert table.ids["penalty"] == penalty(行政处罚决定书文号="", 违法事实="超标排放废水").ids["penalty"]


@pytest.mark.parametrize("number", WITHOUT_NUMBER)
def test_a_licence_without_a_number_is_its_party_its_day_and_its_content(number: str) -> None:
    def licence(**row: str) -> Read:
        header = "行政相对人名称,行政许可决定文书号,许可内容,许可决定日期"
        given = {"行政相对人名称": "甲化工有限公司", "行政许可决定文书号": number, "许可决定日期": "2023/05/06"}
        return Read(header, {**given, **row})

    first, same = licence(许可内容="同意建设"), licence(许可内容="同意建设", 行政许可决定文书号="")
    assert first.ids["licence"] == same.ids["licence"] != licence(许可内容="同意扩建").ids["licence"]
    assert first.values("licence", "content") == ["同意建设"]


def test_a_penalty_of_which_nothing_tells_it_apart_is_rejected() -> None:
    with pytest.raises(RecordRejected, match="no valid key for penalty"):
        penalty(行政处罚决定书文号="0号", 处罚决定日期="", 违法事实="")


@pytest.mark.parametrize("row", [{"行政相对人名称": "张三", "行政相对人类别": "自然人"}, {"行政相对人名称": "张三"}])
def test_a_natural_person_becomes_no_enterprise_and_nothing_of_the_person_is_said(row: dict[str, str]) -> None:
    found = penalty(**row, 证件号码="310101199001011234", 法定代表人证件号码="310101199001011234")
    assert set(found.ids) == {"penalty"}
    said = " ".join(str(statement) for statement in found.statements)
    assert "张三" not in said
    assert "310101199001011234" not in said


def test_a_legal_representative_is_masked() -> None:
    found = penalty(法定代表人="欧阳小明")
    assert found.values("party", "legal_representative") != []
    assert "欧阳小明" not in " ".join(str(statement) for statement in found.statements)


def test_a_fine_without_unit_stays_text() -> None:
    row = Read(
        "企业名称,处罚决定书文号,罚款金额",
        {"企业名称": "甲化工有限公司", "处罚决定书文号": "苏环罚〔2021〕3号", "罚款金额": "3"},
    )
    assert (row.values("penalty", "fine"), row.values("penalty", "fine_as_published")) == ([], ["3"])


def test_categories_of_key_units_are_read_from_one_column_or_from_ticks() -> None:
    one = read("key units", 企业名称="甲化工有限公司", 统一社会信用代码=USCC, 重点类别="水环境、大气环境")
    assert one.values("listing", "category") == ["水环境", "大气环境"]
    ticked = read(
        "key units, ticked",
        单位名称="甲化工有限公司",
        水环境="√",
        大气环境="否",
        土壤污染="是",
        其他="/",
    )
    assert ticked.values("listing", "category") == ["水环境", "土壤污染"]
    assert ticked.targets("listing", "lists") == [ticked.ids["enterprise"]]


def masked(table: str, row: dict[str, str]) -> dict[str, str]:
    names = HEADERS[table]["columns"].split(",")
    found = recognised(names)
    mask = compile_masker(found.mapping, found.header, schema=SCHEMA)
    return dict(zip(names, mask([row.get(name, "") for name in names]), strict=True))


def test_personal_cells_are_masked_before_the_record_is_kept() -> None:
    person = {
        "行政相对人名称": "欧阳小明",
        "行政相对人类别": "自然人",
        "证件号码": "11010519491231002X",
        "法定代表人": "王小虎",
    }
    kept = masked("penalties of 2018", person)
    assert all(kept[name] and kept[name] != person[name] for name in ("行政相对人名称", "证件号码", "法定代表人"))
    company = {"行政相对人名称": "甲化工有限公司", "行政相对人类别": "法人及非法人组织"}
    assert masked("penalties of 2018", company)["行政相对人名称"] == "甲化工有限公司"


@pytest.mark.parametrize(
    ("personal", "line", "message"),
    [
        ("{联系人: text}", 5, "there is no personal value type 'text'"),
        ("{经办人: person}", 5, "there is no column '经办人'"),
        ("{联系人: {type: person, when: {column: 联系人}}}", 5, "a test needs one of"),
    ],
)
def test_a_fault_in_the_personal_columns_is_told_by_line(personal: str, line: int, message: str) -> None:
    text = f"""dataset: d
table: t
columns:
  required: [单位名称, 联系人]
  personal: {personal}
entities:
  enterprise: {{class: Enterprise, keys: [{{name: 单位名称}}]}}
"""
    _, faults = inspect_mappings(text, file="t.yml", schema=SCHEMA)
    assert [(fault.line, fault.message.startswith(message)) for fault in faults] == [(line, True)]
