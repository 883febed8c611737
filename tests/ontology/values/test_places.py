"""Regions and coordinates."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidValue
from ontology.values.coordinate import (
    COORDINATE,
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    is_coordinate,
    wgs84_to_gcj02,
)
from ontology.values.region import REGION, region_name, region_of
from ontology.values.value_type import Context

SHANGHAI = Context(within="310000")
longitudes, latitudes = st.floats(74, 135), st.floats(18, 53)


@pytest.mark.parametrize(
    ("text", "code", "notes"),
    [
        ("浦东新区", "310115", ()),
        ("浦东", "310115", ()),
        ("崇明县", "310151", ("former-name",)),
        ("南汇区", "310115", ("former-name",)),
        ("宝山区", "310113", ()),
        ("嘉定区 ", "310114", ()),
        ("上海市", "310000", ()),
        ("市辖区", "310100", ()),
        ("上海市/市辖区/浦东新区", "310115", ()),
        ("上海化工区", "310000", ("functional-name",)),
        ("中国（上海）自由贸易试验区", "310115", ("functional-name",)),
        ("嘉定区安亭镇园国路1188号1幢", "310114", ("from-address",)),
        ("310115", "310115", ()),
        ("310119", "310115", ("former-code",)),
        ("310115004000", "310115", ("longer-code",)),
        ("苏州", "320500", ("outside",)),
    ],
)
def test_regions_as_shanghai_registers_write_them(text: str, code: str, notes: tuple[str, ...]) -> None:
    parsed = REGION.parse(text, SHANGHAI)
    assert (parsed.value, parsed.notes) == (code, notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("江蘇省", "320000"),
        ("浙江杭州", "330100"),
        ("恩施", "422800"),
        ("北京市朝阳区建国路1号", "110105"),
    ],
)
def test_regions_anywhere(text: str, code: str) -> None:
    assert REGION.parse(text).value == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("鼓楼区", "ambiguous"), ("宝山区", "ambiguous"), ("上海路", "unknown"), ("990000", "unknown"), ("-", "missing")],
)
def test_what_is_no_one_region(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        REGION.parse(text)
    assert caught.value.code == code


def test_a_functional_area_keeps_its_name() -> None:
    assert REGION.parse("上海化工区", SHANGHAI).part("area") == "上海化工区"


def test_names_with_their_parents() -> None:
    assert region_name("310115") == "上海市浦东新区"
    assert region_name("320583") == "江苏省苏州市昆山市"
    assert region_name("999999") is None
    assert region_of("31") is None


@given(st.sampled_from(["110101", "310115", "320583", "659001", "460000", "330100"]))
def test_full_names_lead_back_to_the_code(code: str) -> None:
    assert REGION.parse(str(region_name(code))).value == code


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("121.376186,31.007997", "121.376186,31.007997", ()),
        ("31.007997,121.376186", "121.376186,31.007997", ("swapped",)),
        ("121°22'34.3\",31°0'28.8\"", "121.376194,31.008", ("sexagesimal",)),
        ("东经121度22分34秒,北纬31度0分28秒", "121.376111,31.007778", ("sexagesimal",)),
        ("31°14′N,121°29′E", "121.483333,31.233333", ("sexagesimal",)),
        ("经度:121.3;纬度:31.2", "121.3,31.2", ()),
    ],
)
def test_spellings_of_coordinates(text: str, value: str, notes: tuple[str, ...]) -> None:
    parsed = COORDINATE.parse(text)
    assert (parsed.value, parsed.notes) == (value, notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0,0", "missing"),
        (",", "missing"),
        ("121.37,", "form"),
        ("12,45", "out-of-country"),
        ("500,20", "out-of-range"),
        ("40512345.2,3456789.1", "projected"),
        ("121°75′,31°", "form"),
    ],
)
def test_what_is_no_coordinate(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        COORDINATE.parse(text)
    assert caught.value.code == code


@given(longitudes, latitudes)
def test_coordinates_round_trip_in_either_order(longitude: float, latitude: float) -> None:
    east, north = f"{longitude:.6f}", f"{latitude:.6f}"
    parsed = COORDINATE.parse(f"{east},{north}")
    assert COORDINATE.parse(str(parsed.value)).value == parsed.value
    # Longitude and latitude of China never overlap, so a swapped pair is always told.
    swapped = COORDINATE.parse(f"{north},{east}")
    assert (swapped.value, swapped.notes) == (parsed.value, ("swapped",))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * 111_320 * math.cos(math.radians(one[1]))
    return math.hypot(east, (one[1] - other[1]) * 110_574)


@given(longitudes, latitudes)
def test_datums_convert_back(longitude: float, latitude: float) -> None:
    point = (longitude, latitude)
    shifted = wgs84_to_gcj02(*point)
    assert 50 < metres(shifted, point) < 1500
    assert metres(gcj02_to_wgs84(*shifted), point) < 0.05
    assert metres(bd09_to_gcj02(*gcj02_to_bd09(*point)), point) < 0.5


def test_a_named_datum_is_converted_and_noted() -> None:
    parsed = COORDINATE.parse("121.376186,31.007997", Context(datum="gcj02"))
    assert parsed.notes == ("from-gcj02",)
    assert parsed.part("source_datum") == "gcj02"
    assert 100 < metres((121.376186, 31.007997), tuple(map(float, str(parsed.value).split(",")))) < 1000  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="no datum"):
        COORDINATE.parse("121.3,31.2", Context(datum="beijing54"))


def test_other_countries_only_where_allowed() -> None:
    assert COORDINATE.parse("-6.26,53.34", Context(country=None)).value == "-6.26,53.34"
    assert not COORDINATE.is_valid("-6.26,53.34")


def test_a_coordinate_in_a_name_field_is_recognised() -> None:
    assert is_coordinate("121.398541,31.12345")
    assert is_coordinate("(121.3, 31.2)")
    assert not is_coordinate("上海某厂")
    assert not is_coordinate("117/7")
