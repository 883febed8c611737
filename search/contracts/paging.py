"""Pages, cursors, limits."""

from dataclasses import replace

import pytest

from ontology.errors import InvalidQuery
from search.contracts.pair import (
    NIGHT,
    SAMPLE,
    SCATTERED,
    SearchPair,
    note,
)
from search.index import SearchFilter, SearchRequest, Sort
from search.query import All, Facet, Query, Words


class PagingContract:
    """Pages, cursors, limits."""

    @pytest.mark.parametrize("query", [All(), Words("异味"), Words("异味 工厂"), Facet("kind", "大气")])
    @pytest.mark.parametrize("limit", [1, 2, 7])
    async def test_pages_make_up_the_whole(self, pair: SearchPair, query: Query, limit: int) -> None:
        documents = [note(f"{at:02}", "工厂异味" + "工厂" * (at % 3), kind="大气") for at in range(13)]
        await pair.fill(*documents[:6])
        await pair.fill(*documents[6:])
        whole = await pair.ids(query)
        assert len(whole) == 13
        pages = await pair.pages(SearchRequest(query, limit=limit))
        assert [found for page in pages for found in page] == whole
        assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)

    @pytest.mark.parametrize("query", [All(), Words("异味")])
    @pytest.mark.parametrize("sort", list(Sort))
    async def test_pages_neither_skip_nor_repeat_while_documents_come_and_go(
        self, pair: SearchPair, query: Query, sort: Sort
    ) -> None:
        kept = [note(f"{at:02}", "工厂异味" * (1 + at % 4), date=f"2020-{1 + at % 9:02}") for at in range(12)]
        await pair.fill(*kept)
        request = SearchRequest(query, sort=sort, limit=3)
        seen: list[str] = []
        for step in range(20):
            answer = await pair.index.search(request)
            seen += [hit.document.id for hit in answer.hits]
            if answer.next_cursor is None:
                break
            request = replace(request, cursor=answer.next_cursor)
            others = [note(f"{step:02}-{each}", "异味" * each, date="2020-05") for each in range(1, 8)]
            await pair.fill(*others)
        assert sorted(seen) == sorted(set(seen))
        assert {document.id for document in kept} <= set(seen)

    async def test_the_last_page_has_no_cursor(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, SCATTERED)
        assert (await pair.ask(All(), limit=2)).next_cursor is None
        assert (await pair.ask(All(), limit=1)).next_cursor is not None

    @pytest.mark.parametrize("limit", [0, -1, 201])
    async def test_a_limit_out_of_range_is_refused(self, pair: SearchPair, limit: int) -> None:
        with pytest.raises(InvalidQuery):
            await pair.index.search(SearchRequest(limit=limit))

    @pytest.mark.parametrize("cursor", ["", "x", "!!!", "AAAAAAAAAAAAAAAA", "e30", "环境", "\0", "a" * 10_000])
    async def test_a_cursor_that_is_none_is_refused(self, pair: SearchPair, cursor: str) -> None:
        with pytest.raises(InvalidQuery):
            await pair.index.search(SearchRequest(cursor=cursor))

    async def test_an_altered_cursor_is_refused(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, SCATTERED)
        cursor = (await pair.ask(All(), limit=1)).next_cursor
        assert cursor is not None
        altered = cursor[:-3] + ("A" if cursor[-3] != "A" else "B") + cursor[-2:]
        with pytest.raises(InvalidQuery):
            await pair.index.search(SearchRequest(All(), limit=1, cursor=altered))

    async def test_a_cursor_of_another_request_is_refused(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT, SCATTERED)
        cursor = (await pair.ask(Words("施工"), limit=1)).next_cursor
        for other in (
            SearchRequest(Words("噪音"), cursor=cursor),
            SearchRequest(Words("施工"), sort=Sort.NEWEST, cursor=cursor),
            SearchRequest(Words("施工"), where=SearchFilter({"kind": ("噪声",)}), cursor=cursor),
        ):
            with pytest.raises(InvalidQuery):
                await pair.index.search(other)

    async def test_a_cursor_may_be_used_with_another_limit(self, pair: SearchPair) -> None:
        await pair.fill(*SAMPLE)
        first = await pair.ask(All(), limit=2)
        rest = await pair.index.search(SearchRequest(All(), limit=50, cursor=first.next_cursor))
        assert len(first.hits) + len(rest.hits) == len(SAMPLE)
