"""Short forms: what is left of a name, and when nothing safe is."""

import pytest

from nlp.linking.short_forms import NOTHING, ShortForms, core_of, short_forms, without_region


@pytest.mark.parametrize(
    ("full", "forms"),
    [
        ("上海紫燕食品有限公司", ShortForms("紫燕食品", None, "紫燕", free=True)),
        ("上海恩超环保科技有限公司", ShortForms("恩超环保科技", "恩超科技", "恩超", free=True)),
        ("斯凯孚（上海）轴承有限公司", ShortForms("斯凯孚轴承", None, "斯凯孚", free=True)),
        ("江苏省苏州市阪田油墨股份有限公司", ShortForms("阪田油墨", None, "阪田", free=False)),
        ("上海新增金属表面处理有限公司", ShortForms("新增金属表面处理", "新增表面处理", "新增", free=False)),
        ("上海梅林食品有限公司", ShortForms("梅林食品", None, "梅林", free=True)),
        ("上海雀巢有限公司", ShortForms(brand="雀巢")),
        ("上海烟草集团有限责任公司", ShortForms(regional="上海烟草")),
    ],
)
def test_a_name_gives_its_short_forms(full: str, forms: ShortForms) -> None:
    assert short_forms(full) == forms


@pytest.mark.parametrize(
    "full",
    [
        "上海市松江区精神卫生中心",
        "上海电力股份有限公司吴泾热电厂",
        "延锋彼欧汽车外饰系统有限公司浦东分公司",
        "化工有限公司",
        "上海有限公司",
        "上海",
        "",
        "公司",
        "Tesla (Shanghai) Co., Ltd.",
    ],
)
def test_what_has_no_brand_or_is_a_branch_gives_none(full: str) -> None:
    assert short_forms(full) == NOTHING


def test_regions_in_a_row_go_but_a_brand_stays() -> None:
    assert without_region("江苏省苏州市昆山市某某") == "某某"
    assert without_region("长安汽车") == "长安汽车"
    assert core_of("上海（集团）紫燕食品有限公司") == "紫燕食品"
