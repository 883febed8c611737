"""Topics and urgency of complaints: kinds, what is denied, what is named in passing, and the words that say so."""

import pytest

from nlp.classify.classifier import load_classifier
from nlp.classify.topic_rules import kinds_in
from nlp.classify.urgency import urgency_of

TOPIC = load_classifier().topic


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("工地每天施工到凌晨两点，噪音太大，根本睡不着。", {"noise/construction"}),
        ("楼下KTV深夜唱歌，音响震天，严重扰民。", {"noise/social"}),
        ("高速公路离我家只有二十米，车流噪音很大，请求加装隔音板。", {"noise/traffic"}),
        ("小区旁边的搅拌站日夜轰鸣，粉尘漫天。", {"noise/industry", "air/dust"}),
        ("一楼餐馆的油烟直接排到楼上住户家里。", {"air/cooking-fumes"}),
        ("化工厂夜里排放废气，刺鼻的臭味熏得人头痛。", {"air/exhaust", "air/odour"}),
        ("有人每天傍晚在田里焚烧稻草，浓烟滚滚。", {"air/smoke"}),
        ("造纸厂把废水直接排进河里，河水发黑发臭。", {"water/sewage", "water/water-body", "air/odour"}),
        ("垃圾站的臭气每天飘进教室。", {"waste/garbage", "air/odour"}),
        ("夜里有人把渣土倾倒在耕地上。", {"waste/rubble"}),
        ("电镀厂把危险废物埋在院子里，土壤被污染。", {"waste/hazardous", "soil"}),
        ("110kV变电站离居民楼只有十米，大家担心辐射。", {"radiation/power-line"}),
        ("楼顶装了基站，居民担心辐射，要求拆除。", {"radiation/base-station"}),
        ("对面大楼的光污染让我们整夜不能入睡。", {"light"}),
        ("采石场毁林挖山，生态环境遭到破坏。", {"ecology"}),
        ("該工廠未批先建，沒有環評。", {"approval"}),
        ("请问落户A市需要什么材料？", set()),
        ("开发商捆绑销售车位，霸王条款。", set()),
    ],
)
def test_kinds_of_harm(text: str, kinds: set[str]) -> None:
    found = TOPIC.topic_of(text)
    assert {kind.kind for kind in found.kinds} == kinds
    assert (found.environmental >= 0.5) == bool(kinds)


def test_evidence_is_a_stretch_of_the_text() -> None:
    text = "尊敬的领导：我们小区旁边的化工厂排放恶臭气体。"
    for kind in kinds_in(text):
        assert text[kind.evidence.start : kind.evidence.end] == kind.evidence.text


def test_what_is_denied_is_not_there() -> None:
    assert kinds_in("新装的设备没有异味，也无噪音。") == []


def test_harm_named_in_passing_does_not_make_a_topic() -> None:
    text = (
        "关于A市公交线路的建议。我们小区入住率已达八成，但只有一趟公交车，早晚高峰要等四十分钟。建议增加一条线路，"
        "经过地铁口和医院，方便老人看病、孩子上学。另外希望站台装上雨棚。公交少了，私家车就多，尾气也多。恳请公交公司考虑。"
    )
    assert TOPIC.topic_of(text).kinds == ()


def test_a_plant_closed_by_the_authority_is_about_administration() -> None:
    text = "砖厂被环保关停后没有得到补偿。我厂手续齐全，县里要求拆除，至今没有补偿方案，请问有何政策？"
    found = TOPIC.topic_of(text)
    assert [kind.kind for kind in found.kinds] == ["administration"]


def test_media_come_in_order_each_once() -> None:
    found = TOPIC.topic_of("化工厂排放废气，废气刺鼻，臭味熏人，废气不断。废水也偷排进河里。")
    assert found.media == ("air", "water")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("化工厂发生泄漏，多名村民中毒送医！", "high"),
        ("工地每天通宵施工，多次投诉无果，家里的孩子睡不好。", "raised"),
        ("建议在路口增加一块指示牌。", "ordinary"),
        ("请加强巡查，防止发生泄漏。", "ordinary"),
        ("", "ordinary"),
    ],
)
def test_urgency(text: str, urgency: str) -> None:
    found = urgency_of(text)
    assert found.urgency == urgency
    assert all(text[each.start : each.end] == each.text for each in found.evidence)
