"""Numbers, units, quantities and truth values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidValue
from ontology.values.boolean import BOOLEAN
from ontology.values.number import INTEGER, NUMBER
from ontology.values.quantity import QUANTITY
from ontology.values.unit import UNIT, read_unit
from ontology.values.value_type import Context

MILLIGRAMS_PER_LITRE = Context(unit="mg/L")


@pytest.mark.parametrize(
    ("text", "value", "comparator"),
    [
        ("1", 1.0, None),
        ("１２．５", 12.5, None),
        ("1,234,567.8", 1234567.8, None),
        ("3.5万", 35000.0, None),
        ("1.2亿", 1.2e8, None),
        ("3.0E-4", 0.0003, None),
        ("<0.05", 0.05, "<"),
        ("≤50", 50.0, "<="),
        ("不低于80", 80.0, ">="),
        ("50以下", 50.0, "<="),
        ("      6", 6.0, None),
    ],
)
def test_spellings_of_numbers(text: str, value: float, comparator: str | None) -> None:
    parsed = NUMBER.parse(text)
    assert (parsed.value, parsed.comparator) == (value, comparator)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,23", "form"),
        ("1_000", "form"),
        ("inf", "form"),
        ("nan", "missing"),
        ("1e999", "out-of-range"),
        ("9~6", "order"),
        ("ND", "not-detected"),
        ("未检出", "not-detected"),
        ("50mg", "form"),
        ("٣", "form"),
    ],
)
def test_what_is_no_number(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        NUMBER.parse(text)
    assert caught.value.code == code


@given(st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: number + 0.0))
def test_numbers_round_trip(number: float) -> None:
    assert NUMBER.parse(repr(number)).value == number
    assert QUANTITY.parse(f"{number!r} mg/L").value == number


@given(st.integers(-(10**15), 10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert INTEGER.parse(f"{number:,}").value == number


def test_whole_numbers_have_no_fraction() -> None:
    with pytest.raises(InvalidValue, match="not a whole number"):
        INTEGER.parse("3.5")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("40mg/L", 40.0, "mg/L"),
        ("64ug/L", 0.064, "mg/L"),
        ("0.05 μg/m³", 5e-05, "mg/m3"),
        ("40 mg/Nm3", 40.0, "mg/m3"),
        ("0.1 ng-TEQ/m3", 0.1, "ng TEQ/m3"),
        ("25000吨／年", 25000.0, "t/a"),
        ("8800 t/a", 8800.0, "t/a"),
        ("13.5万吨", 135000.0, "t"),
        ("1000吨/月", 1000.0, "t/mo"),
        ("400    kg/h", 400.0, "kg/h"),
        ("0.6 万标立方米/小时", 6000.0, "m3/h"),
        ("2m³/s", 7200.0, "m3/h"),
        ("60L", 0.06, "m3"),
        ("60dB(A)", 60.0, "dB(A)"),
        ("60倍", 60.0, "times"),
        ("100％", 100.0, "%"),
        ("10万千瓦时", 100000.0, "kWh"),
        ("8.1 公頃", 81000.0, "m2"),
        ("1000MPN/100mL", 10000.0, "MPN/L"),
        ("100万元", 1e6, "CNY"),
        ("0.1mg·L-1", 0.1, "mg/L"),
    ],
)
def test_quantities_come_in_the_canonical_unit(text: str, value: float, unit: str) -> None:
    parsed = QUANTITY.parse(text)
    assert (parsed.value, parsed.unit) == (value, unit)


def test_the_columns_unit_holds_where_the_text_names_none() -> None:
    assert QUANTITY.parse("64", Context(unit="ug/L")).value == 0.064
    assert QUANTITY.parse("1.5 t", MILLIGRAMS_PER_LITRE).notes == ("unit-differs",)
    assert QUANTITY.parse("60", Context(unit="-")).notes == ("no-unit",)


def test_ranges_keep_both_ends() -> None:
    parsed = QUANTITY.parse("6~9", Context(unit="无量纲"))
    assert (parsed.value, parsed.start, parsed.end) == (9.0, "6.0", "9.0")
    parsed = QUANTITY.parse("200-5000L")
    assert (parsed.value, parsed.start, parsed.unit) == (5.0, "0.2", "m3")


def test_a_number_with_l_is_below_the_detection_limit_only_of_a_concentration() -> None:
    parsed = QUANTITY.parse("0.01L", MILLIGRAMS_PER_LITRE)
    assert (parsed.value, parsed.comparator, parsed.unit) == (0.01, "<", "mg/L")
    assert QUANTITY.parse("0.01L").unit == "m3"


def test_hourly_and_yearly_rates_are_never_converted_into_each_other() -> None:
    assert read_unit("kg/h").canonical == "kg/h"
    assert read_unit("kg/年").canonical == "t/a"


def test_an_unlisted_unit_is_kept() -> None:
    parsed = QUANTITY.parse("26t/炉")
    assert (parsed.value, parsed.unit, parsed.notes) == (26.0, "t/炉", ("unit-unknown",))


@pytest.mark.parametrize(
    "text", ["2323220立方*24*365", "焚烧9800吨，物化处理9900吨", "20000吨／年，60万只／年", "小型", "单台测试"]
)
def test_several_amounts_or_none_are_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        QUANTITY.parse(text)
    assert caught.value.code == "form"


@pytest.mark.parametrize(
    "text", ["t", "m3", "mg/L", "mg/m3", "kg/h", "t/a", "t/d", "m3/h", "dB(A)", "times", "grade", "%", "°C", "pcs/L"]
)
def test_canonical_units_are_stable(text: str) -> None:
    assert UNIT.parse(text).value in (text, UNIT.parse(str(UNIT.parse(text).value)).value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("有", True), ("Y", True), ("TRUE", True), ("√", True), ("否", False), ("无", False), ("0", False)],
)
def test_yes_and_no(text: str, value: bool) -> None:
    assert BOOLEAN.parse(text).value is value


def test_neither_yes_nor_no() -> None:
    assert not BOOLEAN.is_valid("也许")
    with pytest.raises(InvalidValue) as caught:
        BOOLEAN.parse(" - ")
    assert caught.value.code == "missing"
