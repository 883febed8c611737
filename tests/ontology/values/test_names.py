"""Names, document numbers, pollutants, addresses, people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidValue
from ontology.values.document_number import DOCUMENT_NUMBER
from ontology.values.name import NAME
from ontology.values.person import PERSON
from ontology.values.phone import PHONE
from ontology.values.pollutant import POLLUTANT, pollutant_of
from ontology.values.url import URL
from ontology.values.value_type import Context, ValueType


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("３Ｍ中国有限公司", "3M中国有限公司"),
        ("上海巨浪环保有限公 司", "上海巨浪环保有限公司"),
        ("上海化学(中国)有限公司", "上海化学（中国）有限公司"),
        ("上\u200b海某某厂", "上海某某厂"),
        ("梅赛德斯-奔驰零部件", "梅赛德斯-奔驰零部件"),
        ("ABB  Ltd.", "ABB Ltd."),
    ],
)
def test_names_as_they_are_shown(text: str, shown: str) -> None:
    assert NAME.parse(text).value == shown


@pytest.mark.parametrize(
    "spelling",
    ["上海化学（中国）有限公司", "上海化学(中国)有限公司", "上海化學（中國）有限公司", " 上海 化学【中国】有限公司"],
)
def test_spellings_of_one_name_have_one_key(spelling: str) -> None:
    assert NAME.parse(spelling).key == "上海化学中国有限公司"


def test_different_names_have_different_keys() -> None:
    assert NAME.parse("上海化学中国有限公司").key != NAME.parse("上海化学中国").key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "missing"),
        ("\u200b\ufeff", "missing"),
        ("121.398541,31.12345", "coordinate"),
        ("12345", "number"),
        ("91310000778929080B", "code"),
        ("司", "too-short"),
    ],
)
def test_what_is_no_name(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        NAME.parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("松环保许管[2016]614 号", "松环保许管〔2016〕614号"),
        ("沪环保许评【2014】556号", "沪环保许评〔2014〕556号"),
        ("沪奉环保许管﹝2019﹞173号）", "沪奉环保许管〔2019〕173号"),
        ("（沪奉环保许管[2011]710号）", "沪奉环保许管〔2011〕710号"),
        ("沪浦环保建项决字[2011]第49号", "沪浦环保建项决字〔2011〕49号"),
        ("沪114 环保许管[2011]1032 号", "沪114环保许管〔2011〕1032号"),
        ("宝环保许{验}{2012}131号", "宝环保许（验）〔2012〕131号"),
        ("沪环保管审＜2007＞67号", "沪环保管审〔2007〕67号"),
        ("徐环审2017-118", "徐环审〔2017〕118号"),
        ("沪环保许管[2004]437", "沪环保许管〔2004〕437号"),
        ("嘉环审【2005】S003号", "嘉环审〔2005〕S3号"),
        ("汇环保管审（2005-316）号", "汇环保管审〔2005〕316号"),
    ],
)
def test_document_numbers_take_one_form(text: str, value: str) -> None:
    assert DOCUMENT_NUMBER.parse(text).value == value
    assert DOCUMENT_NUMBER.parse(value).value == value


def test_document_number_names_its_parts() -> None:
    parsed = DOCUMENT_NUMBER.parse("国发〔2023〕5号")
    assert parsed.parts == (("issuer", "国发"), ("year", "2023"), ("serial", "5"))
    assert DOCUMENT_NUMBER.parse("117-7-17-1301").notes == ("free-form",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("松环保许管[2014]8号、松环保许管【2016】766号", "several"),
        ("松环保许管[2011]号", "incomplete"),
        ("沪环保许辐[2016]", "incomplete"),
        ("0号", "incomplete"),
        ("第000号", "incomplete"),
        ("自主验收", "form"),
        ("无", "missing"),
    ],
)
def test_what_is_no_document_number(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        DOCUMENT_NUMBER.parse(text)
    assert caught.value.code == code


@given(
    st.sampled_from(["沪环保许评", "松环保许管", "环审"]),
    st.integers(1990, 2030),
    st.integers(1, 99999),
    st.sampled_from(["[]", "【】", "（）", "()", "〔〕", "{}", "＜＞", "﹝﹞", "［］"]),
    st.sampled_from(["{}号", "{} 号", "第{}号", "{}"]),
)
def test_every_bracket_gives_the_same_number(issuer: str, year: int, serial: int, pair: str, tail: str) -> None:
    text = f"{issuer}{pair[0]}{year}{pair[1]}{tail.format(serial)}"
    assert DOCUMENT_NUMBER.parse(text).value == f"{issuer}〔{year}〕{serial}号"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("COD", "w01018"),
        ("CODcr", "w01018"),
        ("化学需氧量", "w01018"),
        ("NH3-N", "w21003"),
        ("悬浮物（SS）", "w01012"),
        ("PH值", "w01001"),
        ("PM2.5", "a34004"),
        ("非甲烷总烃", "a24088"),
        ("VOCs", "挥发性有机物"),
        ("颗粒物（炭黑尘、燃料尘、水泥粉尘）", "颗粒物"),
        ("二恶英", "二噁英类"),
        ("011", "w01018"),
        ("W01018", "w01018"),
    ],
)
def test_pollutants_by_name_and_code(text: str, identifier: str) -> None:
    assert POLLUTANT.parse(text).value == identifier
    assert POLLUTANT.parse(identifier).value == identifier


def test_the_unit_tells_air_from_water() -> None:
    assert POLLUTANT.parse("氟化物", Context(unit="mg/L")).value == "w21017"
    assert POLLUTANT.parse("氟化物", Context(unit="mg/m3")).value == "a21018"
    assert POLLUTANT.parse("氟化物").notes == ("medium-guessed",)


def test_an_unlisted_pollutant_is_kept_as_written() -> None:
    parsed = POLLUTANT.parse("某某特征因子")
    assert (parsed.value, parsed.notes) == ("某某特征因子", ("unlisted",))
    assert pollutant_of("某某特征因子") is None
    assert not POLLUTANT.is_valid("12345")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://xxgk.eic.sh.cn:443/a?fileId=1", "https://xxgk.eic.sh.cn/a?fileId=1"),
        ("HTTP://A.CN/Path", "http://a.cn/Path"),
        ("www.a.cn", "http://www.a.cn"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
    ],
)
def test_addresses(text: str, value: str) -> None:
    assert URL.parse(text).value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("javascript:alert(1)", "scheme"),
        ("http://u:p@a.cn/", "credentials"),
        ("foo", "form"),
        ("http://[::1", "form"),
        ('http://a.cn/"onload="x', "form"),
    ],
)
def test_what_is_no_safe_address(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        URL.parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "value"), [("王小明", "王**"), ("欧阳 娜娜", "欧阳**"), ("张三先生", "张**"), ("John Smith", "J** S**")]
)
def test_people_are_masked(text: str, value: str) -> None:
    assert PERSON.parse(text).value == value


def test_a_salt_tells_equal_people_apart_from_others() -> None:
    salted, other = Context(salt="one"), Context(salt="two")
    assert PERSON.parse("王小明", salted).key == PERSON.parse("王 小明", salted).key
    assert PERSON.parse("王小明", salted).key != PERSON.parse("王小红", salted).key
    assert PERSON.parse("王小明", salted).key != PERSON.parse("王小明", other).key
    assert PERSON.parse("王小明").key == PERSON.parse("王小红").key


def test_telephone_numbers_are_masked() -> None:
    assert PHONE.parse("+86 138 1234 5678").value == "138******78"
    assert PHONE.parse("138****5678").value == "138******78"
    assert PHONE.parse("12345").value == "******"


@given(st.sampled_from([PERSON, PHONE]), st.text("0123456789王小明厂", min_size=4, max_size=30))
def test_errors_never_repeat_what_must_be_masked(kind: ValueType, text: str) -> None:
    if kind.is_valid(text):
        return
    with pytest.raises(InvalidValue) as caught:
        kind.parse(text)
    assert caught.value.text == ""
    assert text not in caught.value.message
