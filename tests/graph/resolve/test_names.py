"""Names of organisations are read into their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.names.characters import fold, glyphs, sound
from graph.resolve.names.parser import parse_organisation
from graph.resolve.names.vocabulary import numbers_of

PLACES = st.sampled_from(["上海", "苏州", "江苏省", "嘉定区", "台北", "昆山", ""])
BRANDS = st.sampled_from(["永联", "杰弗朗", "晨星示例", "ABB", "宝丰"])
TRADES = st.sampled_from(["电镀", "汽车零部件", "化工", "表面处理", "食品"])
FORMS = st.sampled_from(["有限公司", "股份有限公司", "有限责任公司", "厂"])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "上海汽车集团股份有限公司乘用车分公司（临港整车厂）",
            {"regions": ("上海",), "trades": ("汽车",), "group": True, "branch": "乘用车分公司", "site": "临港整车厂"},
        ),
        ("上海永联电镀厂（原上海永联五金厂）", {"brand": "永联", "former": ("上海永联五金厂",), "form": "works"}),
        ("台灣塑膠工業(股)公司", {"regions": ("台湾",), "brand": "塑胶", "legal": "股份有限公司"}),
        ("阿克苏诺贝尔涂料（上海）有限公司", {"regions": ("上海",), "brand": "阿克苏诺贝尔", "trades": ("涂料",)}),
        ("上海嘉定永联电镀有限公司", {"regions": ("上海", "嘉定"), "codes": ("310114",), "brand": "永联"}),
        ("上海城投亭南污水处理有限公司新浜污水厂", {"site": "新浜污水厂", "trades": ("污水处理",)}),
        ("宝钢曹路厂区", {"brand": "宝钢", "site": "曹路厂区"}),
        ("上海第二污水处理厂", {"numbers": ("2",)}),
        ("昆山永联电镀有限公", {"brand": "永联", "form": "company", "codes": ("320583",)}),
        ("BASF Shanghai Coatings Co., Ltd.", {"brand": "巴斯夫", "regions": ("上海",), "trades": ("涂料",)}),
        ("Shanghai Yonglian Electroplating Co Ltd", {"brand": "yonglian", "trades": ("电镀",), "form": "company"}),
    ],
)
def test_parts_of_real_forms_of_names(name: str, parts: dict[str, object]) -> None:
    parsed = parse_organisation(name)
    assert {part: getattr(parsed, part) for part in parts} == parts


@given(PLACES, BRANDS, TRADES, FORMS)
def test_parts_put_together_are_read_apart(place: str, brand: str, trade: str, form: str) -> None:
    parsed = parse_organisation(place + brand + trade + form)
    assert (parsed.brand, parsed.trade, parsed.legal) == (fold(brand), trade, form)
    assert bool(parsed.regions) == bool(place)


@given(PLACES.filter(bool), BRANDS, TRADES)
def test_a_place_in_brackets_is_the_place_in_front(place: str, brand: str, trade: str) -> None:
    in_front = parse_organisation(f"{place}{brand}{trade}有限公司")
    behind = parse_organisation(f"{brand}{trade}（{place}）有限公司")
    assert (in_front.regions, in_front.brand, in_front.trade) == (behind.regions, behind.brand, behind.trade)


@given(st.text(max_size=60))
def test_any_text_is_read_and_folding_twice_is_folding_once(text: str) -> None:
    parsed = parse_organisation(text)
    assert parsed.text == fold(parsed.text) == fold(text)


@given(st.text(alphabet="上海永联电镀有限公司厂（）()原分集团一二", max_size=24))
def test_no_part_is_invented(text: str) -> None:
    parsed = parse_organisation(text)
    whole = parsed.text.replace("(", "").replace(")", "") + "股份有限公司"
    assert all(character in whole for part in (parsed.brand, parsed.trade, parsed.place) for character in part)


def test_what_sounds_or_looks_alike_is_alike() -> None:
    assert sound("永联") == sound("永连") == "yonglian"
    assert glyphs("不锈钢") == glyphs("不锈纲")
    assert fold("上海　ＡＢＢ 工程有限公司（臨港）") == "上海abb工程有限公司(临港)"


def test_numbers_are_the_same_however_written() -> None:
    assert numbers_of("第二污水厂") == numbers_of("2厂") == numbers_of("二厂") == ("2",)
    assert numbers_of("第十二车间") == ("12",)
