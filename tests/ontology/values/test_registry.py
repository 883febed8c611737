"""What holds for every value type: one interface, no other error, stable on its own output, fast."""

import csv
import re
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import InvalidInput, InvalidValue
from ontology.values.placeholder import clean, is_placeholder
from ontology.values.registry import VALUE_TYPES, value_type
from ontology.values.value_type import Context, Parsed

ROOT = Path(__file__).parents[3]
REGISTERS = ROOT.parent / "shared" / "data" / "shanghai"
PIECES = [
    *(
        "2019",
        "年",
        "7",
        "月",
        "日",
        "-",
        "/",
        ".",
        ",",
        "至",
        "万",
        "吨",
        "mg",
        "L",
        "m3",
        "号",
        "[",
        "】",
        "(",
        "）",
        "〔",
    ),
    *(
        "上海",
        "浦东新区",
        "市",
        "区",
        "县",
        "°",
        "'",
        "E",
        "x",
        "0",
        "91310000",
        "MA1",
        "\u200b",
        "　",
        "９",
        "，",
        "~",
    ),
    *("<", "民國", "http://", "www.", "@", "%", "\ud800", "\x00", "٣", "²", "½", "①", "é", "e+17", "长期", "COD", "*"),
    " ",
]
texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
contexts = st.sampled_from(
    [
        Context(),
        Context(within="310000", unit="mg/L", datum="gcj02", salt="s"),
        Context(within="nonsense", unit="\ud800", datum="nonsense", country=None, earliest=1, latest=9999),
    ]
)
PERSONAL = {"person", "phone", "id_number"}


def names_in_the_mapping_guide() -> set[str]:
    guide = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
    section = guide.split("## Built-in value types")[1].split("##")[0]
    return set(re.findall(r"`([a-z_]+)`", section))


def test_every_type_of_the_mapping_guide_exists() -> None:
    assert names_in_the_mapping_guide() <= set(VALUE_TYPES)
    assert {name for name, kind in VALUE_TYPES.items() if kind.personal} == PERSONAL


def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput) as caught:
        value_type("colour")
    assert "permit_number" in caught.value.remedy


@settings(max_examples=400)
@given(st.sampled_from(sorted(VALUE_TYPES)), texts, contexts)
def test_nothing_but_an_invalid_value_is_ever_raised(name: str, text: str, context: Context) -> None:
    kind = value_type(name)
    if kind.is_valid(text, context):
        parsed = kind.parse(text, context)
        assert isinstance(parsed, Parsed)
        assert parsed.key
        str(parsed.value).encode("utf-8")
        return
    with pytest.raises(InvalidValue) as caught:
        kind.parse(text, context)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", caught.value.code)
    assert caught.value.message


@settings(max_examples=400)
@given(st.sampled_from(sorted(set(VALUE_TYPES) - PERSONAL)), texts)
def test_a_normalised_value_stays_as_it_is(name: str, text: str) -> None:
    kind = value_type(name)
    if not kind.is_valid(text):
        return
    first = kind.parse(text)
    again = kind.parse(str(first.value))
    assert again.value == first.value
    # Free names and numbers without unit have no unit to repeat; what identifies must be repeated exactly.
    if name != "quantity":
        assert again.key == first.key


@given(st.sampled_from(sorted(VALUE_TYPES)), texts)
def test_the_same_text_gives_the_same_outcome_twice(name: str, text: str) -> None:
    kind = value_type(name)
    assert kind.is_valid(text) == kind.is_valid(text)
    if kind.is_valid(text):
        assert kind.parse(text) == kind.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "--",
        "—",
        "/",
        "／",
        "无",
        "不详",
        "暂无",
        "x",
        "X",
        "\u200b",
        "企业未公示",
        "NULL",
        "#N/A",
        "（无）",
    ],
)
def test_texts_that_stand_for_nothing(text: str) -> None:
    assert is_placeholder(text)
    for name in set(VALUE_TYPES) - {"boolean"}:
        with pytest.raises(InvalidValue) as caught:
            value_type(name).parse(text)
        assert caught.value.code == "missing"


def test_some_texts_stand_for_nothing_only_as_a_key() -> None:
    assert not is_placeholder("0")
    assert is_placeholder("0", as_key=True)
    assert is_placeholder("111111111", as_key=True)
    assert not is_placeholder("047", as_key=True)


@given(st.text(max_size=60))
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_long_text_is_refused_at_once() -> None:
    for name in set(VALUE_TYPES) - {"text"}:
        started = time.perf_counter()
        with pytest.raises(InvalidValue) as caught:
            value_type(name).parse("1" * 2_000_000)
        assert caught.value.code == "too-long"
        assert time.perf_counter() - started < 0.2


@pytest.mark.parametrize("name", sorted(VALUE_TYPES))
@pytest.mark.parametrize("unit", ["1", "1,", "(", "年", "1 ", "〔2019〕", "°1", "-1", "上海", "a.", "E1", "1-"])
def test_no_pattern_runs_away(name: str, unit: str) -> None:
    # The longest text a type reads, made of what its patterns repeat: a pattern that backtracks would take minutes.
    text = (unit * 500)[:499]
    started = time.perf_counter()
    value_type(name).is_valid(text)
    assert time.perf_counter() - started < 0.5


def test_a_million_different_texts_leave_little_memory() -> None:
    kind = value_type("number")
    tracemalloc.start()
    for number in range(50_000):
        kind.parse(f"{number}.5")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.skipif(not REGISTERS.is_dir(), reason="the real registers are not on this machine")
@pytest.mark.parametrize(
    ("file", "column", "name", "share"),
    [
        ("enterprise_detail", "注册号/统一社会信用代码", "uscc", 1.0),
        ("enterprise_detail", "污染源编码", "source_code", 1.0),
        ("enterprise_detail", "行政区划", "region", 1.0),
        ("enterprise_detail", "单位名称", "name", 1.0),
        ("enterprise_detail", "成立日期", "date", 1.0),
        ("national_permit_list", "许可证编号", "permit_number", 1.0),
        ("national_permit_list", "有效期限", "period", 1.0),
        ("national_permit_list", "查看", "url", 1.0),
        ("outlets", "stYkzyxq", "date", 1.0),
        ("outlets", "stZzjgdm", "org_code", 1.0),
        ("outlet_pollutant_limits", "stProject", "pollutant", 1.0),
        ("outlet_pollutant_limits", "stPfxz", "quantity", 1.0),
        ("outlet_pollutant_limits", "jcxm_dw", "unit", 1.0),
        ("lic_construction_eia", "stPwh", "document_number", 0.98),
        ("eia_disclosure_detail", "环评批文文号", "document_number", 0.98),
        ("facilities_pollution", "stSjnl", "quantity", 0.94),
        ("facilities_treatment", "stClnl", "quantity", 0.94),
    ],
)
def test_real_registers_are_read(file: str, column: str, name: str, share: float) -> None:
    kind, context = value_type(name), Context(within="310000")
    with (REGISTERS / f"{file}.csv").open(encoding="utf-8-sig", newline="") as stream:
        given_texts = [row[column] for row in csv.DictReader(stream) if not is_placeholder(row[column], as_key=True)]
    assert given_texts
    assert sum(kind.is_valid(text, context) for text in given_texts) / len(given_texts) >= share
