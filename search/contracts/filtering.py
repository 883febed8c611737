"""Filters, facets, dates."""

from dataclasses import replace

import pytest

from ontology.errors import InvalidQuery
from ontology.model import Document
from search.contracts.pair import (
    ABB,
    BUREAU,
    NIGHT,
    PLATER,
    SAMPLE,
    SCATTERED,
    TRADITIONAL,
    UNDATED,
    SearchPair,
    note,
)
from search.index import FacetCount, SearchFilter, SearchRequest, Sort
from search.query import All, Facet, Words


class FilterContract:
    """Filters, facets, dates."""

    async def test_values_of_a_facet_are_alternatives_and_facets_add_up(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        regions = SearchFilter({"region": ("闵行区", "嘉定区")})
        assert set(await pair.ids(All(), where=regions)) == {ABB.id, PLATER.id}
        both = SearchFilter({"region": ("闵行区", "嘉定区"), "class": ("Complaint",)})
        assert await pair.ids(All(), where=both) == []
        assert await pair.ids("电镀", where=regions) == [PLATER.id]

    async def test_an_empty_list_of_values_filters_nothing(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        assert len(await pair.ids(All(), where=SearchFilter({"region": ()}))) == len(SAMPLE)

    @pytest.mark.parametrize(
        ("date_from", "date_to", "found"),
        [
            ("2019-02-28", "2019-02-28", {NIGHT.id, TRADITIONAL.id}),
            ("2019-03", None, {SCATTERED.id, TRADITIONAL.id, BUREAU.id}),
            (None, "2019-02", {NIGHT.id, TRADITIONAL.id}),
            (None, "2019-02-27", {TRADITIONAL.id}),
            ("2019", "2019", {NIGHT.id, SCATTERED.id, TRADITIONAL.id}),
            ("2019-07-15", "2019-07-15", {SCATTERED.id, TRADITIONAL.id}),
            ("2020", None, {BUREAU.id}),
            ("2021", None, set()),
            (None, "2018-12-31", set()),
        ],
    )
    async def test_date_windows_include_both_ends_and_what_may_lie_within(
        self, pair: SearchPair, date_from: str | None, date_to: str | None, found: set[str]
    ) -> None:
        await pair.fill(*SAMPLE)
        where = SearchFilter(date_from=date_from, date_to=date_to)
        assert set(await pair.ids(All(), where=where)) == found

    @pytest.mark.parametrize("date", ["yesterday", "2019-13", "2019/1/1", "19", "2019-1"])
    async def test_a_date_that_is_none_is_refused(self, pair: SearchPair, date: str) -> None:
        with pytest.raises(InvalidQuery):
            await pair.ask(All(), where=SearchFilter(date_from=date))

    async def test_a_window_that_ends_before_it_starts_is_refused(self, pair: SearchPair) -> None:
        with pytest.raises(InvalidQuery):
            await pair.ask(All(), where=SearchFilter(date_from="2020", date_to="2019-12-31"))

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            (Sort.NEWEST, [BUREAU, SCATTERED, NIGHT, TRADITIONAL, UNDATED]),
            (Sort.OLDEST, [TRADITIONAL, NIGHT, SCATTERED, BUREAU, UNDATED]),
        ],
    )
    async def test_orders_by_date_put_the_undated_last(
        self, pair: SearchPair, sort: Sort, order: list[Document]
    ) -> None:
        await pair.fill(*SAMPLE)
        for limit in (1, 2, 50):
            request = SearchRequest(Facet("class", "Complaint"), sort=sort, limit=limit)
            assert [found for page in await pair.pages(request) for found in page] == [
                document.id for document in order
            ]

    async def test_equal_dates_are_ordered_by_id_both_ways(self, pair: SearchPair) -> None:
        await pair.fill(*(note(number, "异味", date="2020-05-05") for number in ("3", "1", "2")))
        for sort in (Sort.NEWEST, Sort.OLDEST):
            pages = await pair.pages(SearchRequest(Words("异味"), sort=sort, limit=2))
            assert pages == [["Complaint-1", "Complaint-2"], ["Complaint-3"]]

    async def test_facets_count_the_whole_result(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        request = SearchRequest(Words("有限公司"), facets=("region", "class", "nothing"), limit=1)
        answer = await pair.index.search(request)
        assert answer.total == 4
        assert list(answer.facets["class"]) == [FacetCount("Enterprise", 4)]
        assert {each.value: each.count for each in answer.facets["region"]} == {
            "闵行区": 1, "上海化工区": 1, "浦东新区": 1, "嘉定区": 1
        }  # fmt: skip
        assert list(answer.facets["nothing"]) == []

    async def test_facets_are_most_frequent_first_then_by_value(self, pair: SearchPair) -> None:
        kinds = ["丙", "乙", "乙", "甲", "丁", "丁"]
        await pair.fill(*(note(str(at), "异味", kind=kind) for at, kind in enumerate(kinds)))
        answer = await pair.index.search(SearchRequest(All(), facets=("kind",), facet_limit=3))
        assert list(answer.facets["kind"]) == [FacetCount("丁", 2), FacetCount("乙", 2), FacetCount("丙", 1)]

    async def test_a_document_with_two_values_counts_under_both(self, pair: SearchPair) -> None:
        await pair.fill(replace(NIGHT, facets={"kind": ("噪声", "扬尘")}), SCATTERED)
        answer = await pair.index.search(SearchRequest(All(), facets=("kind",)))
        assert list(answer.facets["kind"]) == [FacetCount("噪声", 2), FacetCount("扬尘", 1)]
        assert await pair.ids(Facet("kind", "扬尘")) == [NIGHT.id]

    @pytest.mark.parametrize(
        "value", ["2019-02-28T00:00:00Z", "2019-02-28t08:00:00.5+08:00", "\u200b水", "7", "true", ""]
    )
    async def test_a_facet_value_is_a_text_whatever_it_looks_like(self, pair: SearchPair, value: str) -> None:
        await pair.fill(replace(NIGHT, facets={"kind": (value, value)}), SCATTERED)
        assert await pair.ids(Facet("kind", value)) == [NIGHT.id]
        answer = await pair.index.search(SearchRequest(All(), facets=("kind",)))
        assert FacetCount(value, 1) in answer.facets["kind"]

    async def test_facets_are_the_same_on_every_page(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        request = SearchRequest(All(), facets=("class",), limit=2)
        first = await pair.index.search(request)
        second = await pair.index.search(replace(request, cursor=first.next_cursor))
        assert (second.facets, second.total) == (first.facets, first.total)
