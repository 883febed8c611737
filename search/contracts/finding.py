"""What is found and what comes first."""

from dataclasses import replace

import pytest

from ontology.model import Document, EntityId
from search.contracts.pair import (
    ABB,
    BASF,
    BASF_COATINGS,
    BUREAU,
    NIGHT,
    PLATER,
    SAMPLE,
    SCATTERED,
    TRADITIONAL,
    UNDATED,
    SearchPair,
    enterprise,
    note,
)
from search.index import SearchRequest
from search.query import All


class EmptyIndexContract:
    """What an index without documents answers."""

    async def test_an_empty_index_finds_nothing(self, pair: SearchPair) -> None:
        answer = await pair.index.search(SearchRequest(All(), facets=("class",)))
        assert (list(answer.hits), answer.total, answer.next_cursor) == ([], 0, None)
        assert list(answer.facets["class"]) == []

    async def test_an_empty_index_has_a_zero_digest_and_no_counts(self, pair: SearchPair) -> None:
        assert await pair.index.digest() == "0" * 64
        assert await pair.index.counts() == {}
        assert await pair.writer.checkpoint() == 0

    async def test_an_unknown_document_is_none(self, pair: SearchPair) -> None:
        assert await pair.index.document(EntityId("no-such")) is None
        await pair.fill(NIGHT)
        assert await pair.index.document(EntityId("no-such")) is None
        assert await pair.index.document(EntityId("#checkpoint")) is None
        assert await pair.index.document(EntityId("\ud800")) is None


class FindingContract:
    """What is found, and what comes first."""

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("环境局", BUREAU),
            ('"环境局"', BUREAU),
            ("污染防治法", BUREAU),
            ('"水污染防治法"', BUREAU),
            ("环境影响", TRADITIONAL),
            ("環境局", BUREAU),
            ("「廢水處理」", TRADITIONAL),
            ("废水处理设施", TRADITIONAL),
            ("pm2.5", UNDATED),
            ("ＰＭ２.５", UNDATED),
            ("0.35", UNDATED),
            ("GB31570", UNDATED),
            ('"GB 31570-2015"', UNDATED),
            ("宪阳", PLATER),
            ("abb", ABB),
            ("91310000778929080B", ABB),
            ("91310000778929080b", ABB),
            ("9131000077", ABB),
            ("９１３１００００７７８９２９０８０Ｂ", ABB),
            ("巴斯夫化工", BASF),
            ("巴斯夫 涂料", BASF_COATINGS),
            ("局", BUREAU),
        ],
    )
    async def test_what_is_typed_finds_what_is_meant_first(self, pair: SearchPair, typed: str, found: Document) -> None:
        await pair.fill(*SAMPLE)
        assert (await pair.ids(typed))[:1] == [found.id]

    @pytest.mark.parametrize(
        "typed", ["境局依", "染防", "0.3", "1570", "92908", "PM2", '"环境 处理"', "电镀公司水泥厂"]
    )
    async def test_what_is_not_there_is_not_found(self, pair: SearchPair, typed: str) -> None:
        await pair.fill(NIGHT, TRADITIONAL, UNDATED, ABB)
        assert await pair.ids(typed) == []

    async def test_a_phrase_does_not_cross_a_stop(self, pair: SearchPair) -> None:
        await pair.fill(note("1", "改善环境。局部整改"), note("2", "环境（局）"))
        assert await pair.ids('"环境局"') == ["Complaint-2"]

    async def test_a_phrase_does_not_cross_from_title_to_text(self, pair: SearchPair) -> None:
        await pair.fill(note("1", "局部整改", title="改善环境"))
        assert await pair.ids('"环境局"') == []

    async def test_the_whole_name_comes_before_longer_names(self, pair: SearchPair) -> None:
        longer = [enterprise(f"上海电气{middle}有限公司") for middle in ("电机", "风电", "环保热电", "集团上海电机厂")]
        whole = enterprise("上海电气有限公司")
        await pair.fill(*longer, whole, note("9", "上海电气有限公司 " * 20, title="投诉上海电气有限公司"))
        assert (await pair.ids("上海电气有限公司"))[0] == whole.id

    async def test_brackets_and_width_of_a_name_do_not_matter(self, pair: SearchPair) -> None:
        name = enterprise("埃克森美孚（中国）投资有限公司")
        await pair.fill(name, enterprise("中国投资有限公司"))
        for typed in ("埃克森美孚(中国)投资有限公司", "埃克森美孚中国投资有限公司", "埃克森美孚 （中国） 投资有限公司"):
            assert (await pair.ids(typed))[0] == name.id

    async def test_words_together_come_before_words_apart(self, pair: SearchPair) -> None:
        await pair.fill(replace(NIGHT, title=""), SCATTERED)
        assert await pair.ids("夜间施工噪音") == [NIGHT.id, SCATTERED.id]

    async def test_a_code_in_full_comes_before_texts_that_cite_it(self, pair: SearchPair) -> None:
        await pair.fill(ABB, note("8", "91310000778929080B " * 50, title="91310000778929080B 91310000778929080B"))
        assert (await pair.ids("91310000778929080B"))[0] == ABB.id

    async def test_three_words_in_four_are_enough(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, PLATER)
        assert await pair.ids("夜间 施工 噪音 幼儿园") == [NIGHT.id]
        assert await pair.ids("夜间 幼儿园") == []

    async def test_function_words_need_not_occur(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT)
        assert await pair.ids("请问 夜间 的 施工 怎么") == [NIGHT.id]

    async def test_equal_scores_are_ordered_by_id(self, pair: SearchPair) -> None:
        numbers = ["07", "03", "11", "01", "09"]
        for number in numbers:
            await pair.fill(note(number, "异味扰民"))
        assert await pair.ids("异味") == [f"Complaint-{number}" for number in sorted(numbers)]

    async def test_without_words_hits_are_ordered_by_id(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        assert await pair.ids(All()) == sorted(document.id for document in SAMPLE)

    async def test_a_hit_carries_the_whole_document(self, pair: SearchPair) -> None:
        document = Document(
            id=EntityId("Site-1"),
            class_name="Site",
            title="标题 \u200b𠮷",
            text="第一行\n第二行\t" + "长" * 3_000,
            names=("甲", "乙", "甲"),
            identifiers=("A-1", "b/2"),
            date="2020-02",
            facets={"class": ("Site",), "kind": ("乙", "甲"), "year": ("2020",)},
            location=(121.376186, 31.007997),
        )
        await pair.fill(document)
        assert [hit.document for hit in (await pair.ask("标题")).hits] == [document]
        assert await pair.index.document(document.id) == document
