"""Codes with check characters: credit, organisation, source and permit codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidValue
from ontology.values import org_code, uscc
from ontology.values.id_number import ID_NUMBER
from ontology.values.org_code import ORG_CODE
from ontology.values.permit_number import PERMIT_NUMBER
from ontology.values.source_code import SOURCE_CODE
from ontology.values.uscc import USCC
from ontology.values.value_type import ValueType

ORG_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@st.composite
def org_codes(draw: st.DrawFn) -> str:
    body = draw(st.text(ORG_CHARACTERS, min_size=8, max_size=8))
    return body + org_code.check_character(body)


@st.composite
def usccs(draw: st.DrawFn) -> str:
    front = draw(st.sampled_from(sorted(uscc.CATEGORIES)))
    region = draw(st.from_regex(r"[1-6][0-9]{5}", fullmatch=True))
    body = front + region + draw(st.text(uscc.ALPHABET, min_size=9, max_size=9))
    return body + uscc.check_character(body)


def code_of(kind: ValueType, text: str) -> str:
    with pytest.raises(InvalidValue) as caught:
        kind.parse(text)
    return caught.value.code


@pytest.mark.parametrize(
    "code",
    ["91310000778929080B", "913100007480717650", "9131000063207506XW", "91310114MA1GTEMQ2H", "12100000E78810339T"],
)
def test_real_credit_codes(code: str) -> None:
    assert USCC.parse(code).value == code


def test_credit_code_names_its_parts() -> None:
    parsed = USCC.parse("91310000778929080B")
    assert parsed.parts == (
        ("department", "工商"),
        ("category", "企业"),
        ("region", "310000"),
        ("org_code", "778929080"),
    )
    assert parsed.part("region") == "310000"
    assert parsed.part("nothing") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "missing"),
        ("0", "missing"),
        ("\u200b", "missing"),
        ("000000000000000000", "missing"),
        ("无", "missing"),
        ("9.164E+17", "spreadsheet-number"),
        ("9.1310000778929e+17", "spreadsheet-number"),
        ("913100007480717000", "spreadsheet-number"),
        ("310115000123456", "registration-number"),
        ("91310000778929080", "length"),
        ("91310000778929080C", "check-character"),
        ("9131000077892908OI", "form"),
        ("B1310000778929080B", "form"),
        ("27310000778929080B", "department"),
        ("上海某某有限公司统一社会信用代码一二", "form"),
    ],
)
def test_faults_of_credit_codes(text: str, code: str) -> None:
    assert code_of(USCC, text) == code


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("９１３１００００７７８９２９０８０Ｂ", ()),
        (" 9131 0000 7789 2908 0b ", ()),
        ("91310000-778929080-B", ()),
        ("9131OOOO778929080B", ("misread",)),
        ("91310000778929080В", ("misread",)),
    ],
)
def test_slips_in_credit_codes_are_mended(text: str, notes: tuple[str, ...]) -> None:
    parsed = USCC.parse(text)
    assert (parsed.value, parsed.notes) == ("91310000778929080B", notes)


@given(usccs())
def test_credit_code_round_trip(code: str) -> None:
    parsed = USCC.parse(f" {code.lower()}\u3000")
    assert parsed.value == code
    assert USCC.parse(str(parsed.value)).value == code


@given(usccs(), st.integers(8, 16), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_found(code: str, position: int, other: str) -> None:
    # Weights are prime to 31, so no single change keeps the sum.
    changed = code[:position] + other + code[position + 1 :]
    assert USCC.is_valid(changed) == (other == code[position])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("71093652-4", "710936524"),
        ("710936524", "710936524"),
        ("71785540-1(00)", "717855401"),
        ("71785540-1（00）", "717855401"),
        ("71093652-4(  )", "710936524"),
        ("75478602X", "75478602X"),
        ("X0728357-6(  )", "X07283576"),
        ("91310000778929080B", "778929080"),
    ],
)
def test_real_organisation_codes(text: str, value: str) -> None:
    assert ORG_CODE.parse(text).value == value


def test_faults_of_organisation_codes() -> None:
    assert code_of(ORG_CODE, "71093652-5") == "check-character"
    assert code_of(ORG_CODE, "7109365") == "form"
    assert code_of(ORG_CODE, "") == "missing"


@given(org_codes())
def test_organisation_code_round_trip(code: str) -> None:
    hyphenated = f"{code[:8]}-{code[8]}(00)"
    if len(set(code)) > 1:
        assert ORG_CODE.parse(hyphenated).value == code
        assert ORG_CODE.parse(code).value == code


def test_source_codes_of_organisations_regions_and_credit_codes() -> None:
    assert SOURCE_CODE.parse("607202776001").parts == (("org_code", "607202776"), ("number", "001"))
    assert SOURCE_CODE.parse("ma1gbxbg4 001").value == "MA1GBXBG4001"
    assert SOURCE_CODE.parse("025006512001").notes == ("unchecked",)
    assert SOURCE_CODE.parse("3201020005").parts == (("region", "320102"), ("number", "0005"))
    assert SOURCE_CODE.parse("91310117MA1J1DUE21001Q").part("uscc") == "91310117MA1J1DUE21"
    assert code_of(SOURCE_CODE, "6.07203E+11") == "spreadsheet-number"
    assert code_of(SOURCE_CODE, "abc") == "form"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91310117MA1J1DUE21001Q", "91310117MA1J1DUE21001Q"),
        ("9131011756956752XQ001P", "9131011756956752XQ001P"),
        ("91310000743791456k001Q", "91310000743791456K001Q"),
        ("710936524001P", "710936524001P"),
        ("hb310117500000123U001X", "hb310117500000123U001X"),
    ],
)
def test_real_forms_of_permit_numbers(text: str, value: str) -> None:
    assert PERMIT_NUMBER.parse(text).value == value
    assert PERMIT_NUMBER.parse(value).value == value


def test_permit_number_names_its_parts() -> None:
    parsed = PERMIT_NUMBER.parse("9131011756956752XQ001P")
    assert parsed.part("uscc") == "9131011756956752XQ"
    assert parsed.part("org_code") == "56956752X"
    assert (parsed.part("sequence"), parsed.part("mark")) == ("001", "P")
    assert PERMIT_NUMBER.parse("710936524001P").notes == ("no-uscc",)


def test_faults_of_permit_numbers() -> None:
    assert code_of(PERMIT_NUMBER, "91310117MA1J1DUE22001Q") == "check-character"
    assert code_of(PERMIT_NUMBER, "91310117MA1J1DUE21") == "length"
    assert code_of(PERMIT_NUMBER, "沪环保许防[2018]6号") == "form"
    assert code_of(PERMIT_NUMBER, "710936525001P") == "form"


def test_identity_numbers_are_checked_and_masked() -> None:
    # The example number of GB 11643-1999.
    parsed = ID_NUMBER.parse("11010519491231002x")
    assert parsed.value == "11" + "*" * 16
    assert code_of(ID_NUMBER, "110105194912310021") == "check-character"
    assert code_of(ID_NUMBER, "110105194913310021") == "form"
