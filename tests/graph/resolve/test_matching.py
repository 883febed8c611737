"""Records are found, told apart and explained."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.matching.address import parse_address
from graph.resolve.matching.explanation import GROUPS, WORDS, in_words
from graph.resolve.matching.matcher import Match, Matcher, Verdict
from graph.resolve.matching.model import FEATURES, load_model, parse_model
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register, build_register
from graph.resolve.matching.stored import load_register, save_register
from ontology.errors import SourceUnusable

NAMES = (
    "上海永联电镀有限公司",
    "苏州永联电镀有限公司",
    "上海永联物流有限公司",
    "上海永盛电镀有限公司",
    "上海第一污水处理厂",
    "上海第二污水处理厂",
    "江阴宝丰化工有限公司（二厂）",
    "台灣晨光紡織股份有限公司",
    "巴斯夫示例涂料（上海）有限公司",
    "宁波旧名机械有限公司",
)
CODE = "91319999000000015P"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    parties = [Party(id=name, names=(name,)) for name in NAMES]
    parties[9] = replace(parties[9], former_names=("宁波远航船舶厂",))
    parties.append(Party(id="coded", names=("示例宝塔厂",), usccs=(CODE,), source_codes=("000000015001",)))
    return Matcher(build_register(parties), load_model())


def best(matcher: Matcher, name: str) -> Match:
    found = matcher.match(Party(id="", names=(name,)))
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    ("query", "truth"),
    [
        ("上海永联电镀有限公司", 0),
        ("上海永联电镀(有限公司", 0),
        ("上海永连电镀有限公司", 0),
        ("上海永联电镀有限公", 0),
        ("永联电镀（上海）有限公司", 0),
        ("上海永聯電鍍廠", 0),
        ("苏州永联电镀厂", 1),
        ("台湾晨光纺织(股)公司", 7),
        ("巴斯夫示例涂料", 8),
        ("宁波远航船舶厂", 9),
    ],
)
def test_variants_are_found(matcher: Matcher, query: str, truth: int) -> None:
    found = best(matcher, query)
    assert (found.party.id, found.verdict) == (NAMES[truth], Verdict.SAME)


@pytest.mark.parametrize(
    "query", ["北京永联电镀有限公司", "上海永联制药有限公司", "上海第三污水处理厂", "上海恒昌电镀有限公司"]
)
def test_others_are_not_taken_for_them(matcher: Matcher, query: str) -> None:
    assert best(matcher, query).verdict in (Verdict.UNSURE, Verdict.DIFFERENT)


def test_another_site_of_the_enterprise_is_said_to_be_one(matcher: Matcher) -> None:
    found = best(matcher, "上海永联电镀有限公司（嘉定厂区）")
    assert (found.party.id, found.verdict, found.site) == (NAMES[0], Verdict.OTHER_SITE, "part")


def test_a_code_finds_a_record_whatever_its_name(matcher: Matcher) -> None:
    (found, *_) = matcher.match(Party(id="", names=("全然不同公司",), usccs=(CODE,)))
    assert (found.party.id, found.verdict) == ("coded", Verdict.SAME)
    (by_code, *_) = matcher.match(Party(id="", names=(), usccs=(CODE,)))
    assert by_code.party.id == "coded"


def test_other_number_of_one_source_code_is_another_site(matcher: Matcher) -> None:
    query = Party(id="", names=("示例宝塔厂",), usccs=(CODE,), source_codes=("000000015002",))
    found = matcher.match(query)[0]
    assert (found.verdict, found.site) == (Verdict.OTHER_SITE, "source")


def test_two_equal_candidates_make_each_other_unsure() -> None:
    register = build_register(
        Party(id=name, names=(name,)) for name in ("上海永联电镀有限公司", "北京永联电镀有限公司")
    )
    found = Matcher(register, load_model()).match(Party(id="", names=("永联电镀",)))
    assert len(found) == 2
    assert sum(match.score for match in found) <= 1
    assert found[0].score < 0.7


def test_every_reason_adds_up_and_is_told_in_both_languages(matcher: Matcher) -> None:
    found = best(matcher, "上海永连电镀有限公司")
    told = {reason.group: reason for reason in found.reasons}
    assert told["brand"].zh == WORDS["brand_sound"][0]
    assert told["brand"].candidate == "永联"
    assert "永连 / 永联" in in_words(found.reasons, language="zh")
    assert "sound the same" in in_words(found.reasons, language="en")
    assert {name for names in GROUPS.values() for name in names} == set(FEATURES)


def test_signs_of_the_weights_are_those_of_their_meaning() -> None:
    weights = dict(zip(FEATURES, load_model().weights, strict=True))
    assert all(weight <= 0 for name, weight in weights.items() if name.endswith("_differs"))
    assert all(weight >= 0 for name, weight in weights.items() if name.endswith("_same"))


def test_filters_and_floor_leave_records_out(matcher: Matcher) -> None:
    query = Party(id="", names=("上海永联电镀有限公司",))
    assert all(match.party.id != NAMES[0] for match in matcher.match(query, keep=lambda party: party.id != NAMES[0]))
    assert all(match.score >= 0.4 for match in matcher.match(query, floor=0.4))
    assert len(matcher.match(query, limit=1)) == 1


@given(st.text(max_size=40))
def test_any_text_may_be_asked(text: str) -> None:
    found = Matcher(SMALL, load_model()).match(Party(id="", names=(text,)))
    assert all(0 <= match.score <= 1 for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


SMALL = build_register(Party(id=name, names=(name,)) for name in NAMES)


def test_a_register_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "register.npz"
    save_register(SMALL, path)
    again = load_register(path)
    assert list(again.all_parties()) == list(SMALL.all_parties())
    query = Party(id="", names=("永联电镀",))
    assert Matcher(again, load_model()).match(query) == Matcher(SMALL, load_model()).match(query)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(SourceUnusable):
        load_register(path)


def test_an_empty_register_finds_nothing() -> None:
    empty = build_register([])
    assert isinstance(empty, Register)
    assert Matcher(empty, load_model()).match(Party(id="", names=("上海永联电镀有限公司",))) == []


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(SourceUnusable):
        parse_model(b'{"weights": {"x": 1}, "intercept": 0, "threshold": 0.5, "doubtful": 0.1}')


@pytest.mark.parametrize(
    ("text", "road", "number"),
    [
        ("上海市嘉定区徐行镇浏翔公路4918号", "浏翔公路", "4918"),
        ("上海市闵行区剑川路1317号", "剑川路", "1317"),
        ("中国（上海）自由贸易试验区张桥永宁路10号", "张桥永宁路", "10"),
        ("海湾镇星火世茂社区居委会星疆路559弄12号", "星疆路", "559"),
    ],
)
def test_addresses_are_read(text: str, road: str, number: str) -> None:
    found = parse_address(text)
    assert (found.road, found.number) == (road, number)
