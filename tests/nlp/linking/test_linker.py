"""Linking: what is meant by a name, and above all what is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.linking.candidates import Names
from nlp.linking.fold import fold_name, fold_text
from nlp.linking.linker import Linker
from nlp.linking.names import NameKind, RegisteredName, build_names, load_names, save_names
from nlp.mention import Mention
from ontology.errors import SourceUnusable
from ontology.model import EntityId, entity_id

CODE = "91310000MADEM00110"


def name(
    text: str,
    *,
    class_name: str = "Enterprise",
    kind: NameKind = NameKind.FULL,
    of: str = "",
    region: str | None = None,
) -> RegisteredName:
    """A name of the entity that is called `of`, or of its own."""
    return RegisteredName(text, entity_id(class_name, "name", of or text), class_name, kind, of or text, region)


REGISTER = (
    name("上海晨星示例电镀有限公司", region="310118"),
    name("上海旧名示例电镀厂", kind=NameKind.FORMER, of="上海晨星示例电镀有限公司"),
    name("上海晨星示例电镀有限公司", class_name="Site"),
    name("上海青禾示例印染有限公司", region="310113"),
    name("上海新增金属表面处理有限公司"),
    name("特斯拉（上海）有限公司"),
    name("上海宏业化工有限公司", region="310116"),
    name("江苏宏业化工有限公司", region="320500"),
    name("上海城北污水处理有限公司"),
    name("上海市生态环境局", class_name="Agency"),
    name("上海市环境保护局", class_name="Agency"),
    name("青浦区环境保护局", class_name="Agency"),
    name("示例市青浦区水务局（虚构）", class_name="Agency"),
    name("青浦区", class_name="Region", region="310118"),
    name("上海市", class_name="Region", region="310000"),
    name("水污染防治法第九十条", class_name="LawArticle"),
    RegisteredName("上海有码示例建材有限公司", entity_id("Enterprise", "uscc", CODE), "Enterprise"),
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    """A linker over a small register."""
    return Linker(Names.of(build_names(REGISTER, common=["本法所称城北污水处理，是指……"])))


def found(linker: Linker, text: str, *mentions: Mention, region: str | None = None) -> list[tuple[str, str, str]]:
    """Text, outcome or label, and what the register calls it."""
    return [
        (m.text, str(m.values.get("outcome", m.label)), str(m.values.get("registered_name", "")))
        for m in linker.link(text, mentions, region=region)
    ]


def at(text: str, part: str, label: str = "enterprise") -> Mention:
    """A mention as a recogniser gives it."""
    start = text.index(part)
    return Mention(start, start + len(part), label, part, "recogniser", 0.9)


@pytest.mark.parametrize(
    "written",
    [
        "上海晨星示例电镀有限公司",
        "上海晨星 示例电镀 有限公司",
        "上海晨星示例电镀\n有限公司",
        "上海晨星示例電鍍有限公司",
        "「上海晨星示例电镀有限公司」",
        "上海旧名示例电镀厂",
    ],
)
def test_a_full_or_former_name_is_found_however_it_is_written(linker: Linker, written: str) -> None:
    [mention] = linker.link(f"检查了{written}。")
    assert mention.entity_id == entity_id("Enterprise", "name", "上海晨星示例电镀有限公司")
    assert mention.values["registered_name"] == "上海晨星示例电镀有限公司"
    assert mention.label == "enterprise"


@pytest.mark.parametrize(
    "written", ["特斯拉(上海)有限公司", "特斯拉（上海）有限公司", "特斯拉上海有限公司", "特斯拉公司"]
)
def test_brackets_do_not_part_spellings(linker: Linker, written: str) -> None:
    assert found(linker, f"{written}产生废水") == [(written, "linked", "特斯拉（上海）有限公司")]


@pytest.mark.parametrize("written", ["晨星电镀厂", "上海晨星电镀", "晨星示例电镀有限公司", "晨星示例电镀公司"])
def test_a_short_form_is_found_with_what_belongs_to_it(linker: Linker, written: str) -> None:
    assert found(linker, f"请查一下{written}，晚上有酸味") == [(written, "linked", "上海晨星示例电镀有限公司")]


@pytest.mark.parametrize(
    "text",
    [
        "江苏晨星示例电镀有限公司超标",
        "晨星电镀有限公司超标",
        "采用新增金属表面处理工艺",
        "城北污水处理设施停运",
        "青禾印染路上有积水",
        "晨星在天上",
        "电镀有限公司、污水处理厂、环保局",
        "特斯拉很快",
        "早上看见晨星示例电镀",
        "",
        "\x00\ud800 🏭🏭",
    ],
)
def test_what_is_no_name_of_the_register_is_left_alone(linker: Linker, text: str) -> None:
    assert found(linker, text) == []


def test_a_recognised_name_that_is_not_registered_says_so(linker: Linker) -> None:
    text = "上海不存示例化工有限公司和江苏晨星示例电镀有限公司超标"
    mentions = [at(text, "上海不存示例化工有限公司"), at(text, "江苏晨星示例电镀有限公司")]
    linked = linker.link(text, mentions)
    assert [(m.entity_id, m.values["linked"], m.values["outcome"]) for m in linked] == [
        (None, False, "not-in-register"),
        (None, False, "not-in-register"),
    ]


def test_a_branch_is_not_its_company(linker: Linker) -> None:
    assert found(linker, "上海城北污水处理有限公司罗泾分公司") == [
        ("上海城北污水处理有限公司罗泾分公司", "not-in-register", "")
    ]


def test_a_word_taken_in_before_the_name_is_let_go(linker: Linker) -> None:
    text = "执法人员对上海城北污水处理有限公司检查"
    [mention] = linker.link(text, [at(text, "对上海城北污水处理有限公司")])
    assert (mention.text, mention.values["outcome"]) == ("上海城北污水处理有限公司", "linked")


def test_a_part_that_a_recogniser_cut_out_of_a_name_gives_way_to_the_whole(linker: Linker) -> None:
    text = "反映青禾印染夜间排放，请市环保局查处"
    assert found(linker, text, at(text, "青禾"), at(text, "环保局", "agency"), region="310113") == [
        ("青禾印染", "linked", "上海青禾示例印染有限公司"),
        ("市环保局", "linked", "上海市生态环境局"),
    ]


def test_a_registered_name_is_sure_however_unsure_the_recogniser_was(linker: Linker) -> None:
    text = "上海城北污水处理有限公司"
    unsure = Mention(0, len(text), "enterprise", text, "recogniser", 0.3)
    [mention] = linker.link(text, [unsure])
    assert (mention.method, mention.score) == ("recogniser", 0.99)


def test_a_shared_short_form_is_ambiguous_until_the_region_decides(linker: Linker) -> None:
    text = "宏业化工夜间排放废气"
    [undecided] = linker.link(text, [at(text, "宏业化工")])
    assert (undecided.entity_id, undecided.values["outcome"]) == (None, "ambiguous")
    assert set(str(undecided.values["candidates"]).split()) == {
        entity_id("Enterprise", "name", "上海宏业化工有限公司"),
        entity_id("Enterprise", "name", "江苏宏业化工有限公司"),
    }
    [decided] = linker.link(text, [at(text, "宏业化工")], region="320500")
    assert decided.values["registered_name"] == "江苏宏业化工有限公司"
    assert float(decided.values["link_score"]) > float(undecided.values["link_score"])


def test_words_that_stand_for_a_firm_are_linked_as_it_is(linker: Linker) -> None:
    text = "上海晨星示例电镀有限公司和上海宏业化工有限公司被查。该公司停产，上述企业整改。"
    words = [(m.text, m.values["registered_name"]) for m in linker.link(text) if m.method == "coreference"]
    assert words == [("该公司", "上海宏业化工有限公司"), ("上述企业", "上海宏业化工有限公司")]


def test_the_party_of_a_decision_is_meant_throughout(linker: Linker) -> None:
    text = (
        "当事人：上海晨星示例电镀有限公司。经查，当事人将废物交给上海宏业化工有限公司。你单位应当改正，该公司另行处理。"
    )
    words = [(m.text, m.values["registered_name"]) for m in linker.link(text) if m.method == "coreference"]
    assert words == [
        ("当事人", "上海晨星示例电镀有限公司"),
        ("你单位", "上海晨星示例电镀有限公司"),
        ("该公司", "上海宏业化工有限公司"),
    ]


def test_without_a_firm_before_it_a_word_stands_for_nothing(linker: Linker) -> None:
    assert found(linker, "该公司停产。当事人不服。") == []


def test_agencies_are_compared_by_region_and_office(linker: Linker) -> None:
    text = "上海市环保局、青浦区生态环境局、区环保局、市水务局到场"
    assert found(linker, text, region="310118") == [
        ("上海市环保局", "linked", "上海市生态环境局"),
        ("青浦区生态环境局", "linked", "青浦区环境保护局"),
        ("区环保局", "linked", "青浦区环境保护局"),
        ("市水务局", "not-in-register", ""),
    ]


def test_an_office_without_a_region_takes_that_of_the_text(linker: Linker) -> None:
    text = "青浦区的上海晨星示例电镀有限公司超标，区环保局立案。"
    assert ("区环保局", "linked", "青浦区环境保护局") in found(linker, text)
    assert found(linker, "区环保局立案。") == [("区环保局", "not-in-register", "")]


def test_a_remark_in_brackets_is_no_part_of_an_agency_s_name(linker: Linker) -> None:
    assert found(linker, "示例市青浦区水务局巡查") == [("示例市青浦区水务局", "linked", "示例市青浦区水务局（虚构）")]


def test_places_are_regions_or_say_which_they_lie_in(linker: Linker) -> None:
    text = "上海市青浦区盈浦街道，南京市鼓楼区"
    places = {m.text: m for m in linker.link(text, [at(text, "上海市青浦区盈浦街道", "place")])}
    street = places["上海市青浦区盈浦街道"]
    assert (street.entity_id, street.values["region"], street.values["outcome"]) == (None, "310118", "not-in-register")
    assert places["南京市鼓楼区"].values["region"] == "320106"
    [region] = linker.link("青浦区")
    assert region.entity_id == entity_id("Region", "name", "青浦区")


def test_a_county_of_many_places_needs_one_around_it(linker: Linker) -> None:
    assert found(linker, "鼓楼区有异味") == []
    assert [m.values["region"] for m in linker.link("鼓楼区有异味", region="320100")] == ["320106"]


def test_a_law_article_is_linked_by_what_it_says(linker: Linker) -> None:
    text = "违反《水污染防治法》第九十条"
    values = {"law": "水污染防治法", "article": "第九十条"}
    mention = Mention(2, len(text), "law_article", text[2:], "law-article", 1.0, values)
    assert linker.link(text, [mention])[0].entity_id == entity_id("LawArticle", "name", "水污染防治法第九十条")


def test_a_credit_code_says_whose_name_stands_before_it(linker: Linker) -> None:
    text = f"上海改名示例建材有限公司（{CODE}）"
    code = Mention(text.index(CODE), len(text) - 1, "uscc", CODE, "uscc", 1.0, {"uscc": CODE})
    linked = linker.link(text, [at(text, "上海改名示例建材有限公司"), code])
    assert {m.entity_id for m in linked} == {entity_id("Enterprise", "uscc", CODE)}


def test_learned_mentions_keep_their_places_when_nothing_may_be_added(linker: Linker) -> None:
    text = "对上海城北污水处理有限公司检查，该公司停产"
    [mention] = linker.link(text, [at(text, "对上海城北污水处理有限公司")], add=False)
    assert mention.text == "对上海城北污水处理有限公司"


def test_mentions_of_other_kinds_pass_through(linker: Linker) -> None:
    mention = Mention(0, 3, "amount", "20万", "amount", 1.0, {"value": 200000.0})
    assert linker.link("20万元", [mention]) == [mention]


def test_an_empty_register_links_nothing() -> None:
    empty = Linker(Names.of(build_names(())))
    text = "上海晨星示例电镀有限公司"
    assert empty.link(text) == []
    assert [m.values["outcome"] for m in empty.link(text, [at(text, text)])] == ["not-in-register"]


def test_a_saved_table_links_the_same(linker: Linker, tmp_path: Path) -> None:
    path = tmp_path / "names-1.npz"
    save_names(linker.names.table, path)
    again = Linker(Names.of(load_names(path)))
    text = "上海晨星示例电镀有限公司与青禾印染，市环保局"
    assert again.link(text, region="310000") == linker.link(text, region="310000")
    assert [one.name for one in tmp_path.iterdir()] == ["names-1.npz"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"nothing of the kind"])
def test_a_file_that_holds_no_names_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "names.npz"
    path.write_bytes(content)
    with pytest.raises(SourceUnusable):
        load_names(path)


WORDS = st.sampled_from(
    [
        "上海晨星示例电镀有限公司",
        "晨星电镀",
        "该公司",
        "当事人：",
        "市环保局",
        "青浦区",
        "（",
        "）",
        "\n",
        " ",
        "。",
        "𠮷",
        "🏭",
        "ﬁ",
        "公司",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=20).map("".join))
def test_places_are_of_the_text_in_order_and_links_agree_with_what_is_said(linker: Linker, text: str) -> None:
    mentions = linker.link(text)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.values["linked"] is (mention.entity_id is not None)
        assert (mention.values["outcome"] == "linked") is (mention.entity_id is not None)
        assert 0 <= mention.score <= 1
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)


@given(st.text())
def test_folding_knows_its_places(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.text) == len(folded.places) == len(folded.ends)
    assert fold_name(text) == fold_name(fold_name(text))
    for place, character in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert character in fold_text(text[start:end]).text


def test_ids_of_other_classes_do_not_make_the_table_fail() -> None:
    table = build_names([RegisteredName("某排放口", EntityId("Outlet-1"), "Outlet"), *REGISTER])
    assert all(label != "某排放口" for label in table.labels)
