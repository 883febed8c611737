"""Nobody can tell from the answers which search engine gave them: the same documents and queries, compared.

Order is compared hit by hit; where two scores differ by less than `TOLERANCE` of their size (single precision, added up
in another order), either may come first.
"""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.model import Document, EntityId
from search.contracts.pair import SearchPair
from search.elastic.index import open_search
from search.embedded.index import open_index
from search.embedded.writer import open_writer
from search.index import Hit, SearchAnswer, SearchBatch, SearchFilter, SearchRequest, Sort
from search.query import All, And, Facet, Not, Or, Phrase, Query, Words
from tests.engines.servers import ElasticsearchServer
from tests.engines.test_search_engine import remove_indexes

pytestmark = [pytest.mark.engines, pytest.mark.timeout(1800)]

TOLERANCE = 1e-4

_HAN = ["环境", "環境", "保护", "局", "废水", "超标排放", "有限公司", "上海", "二十万元", "的", "。", "，", "（", "）"]
_OTHER = ["PM2.5", "GB 31570", "GB31570-2015", "0.35", "a", "b1", "waste licence", " ", "\n", "\u200b", "🏭"]
_PIECES = st.sampled_from([*_HAN, *_OTHER])
_TEXTS = st.lists(_PIECES, max_size=12).map("".join)
_DATES = st.sampled_from([None, "2019", "2019-07", "2019-07-01", "2020-02-29", "2021-12", "odd"])
_VALUES = st.sampled_from(["甲", "乙", "丙", "A b", "A"])
_SOME_VALUES = st.lists(_VALUES, max_size=2, unique=True).map(tuple)
_FACETS = st.dictionaries(st.sampled_from(["class", "kind", "region"]), _SOME_VALUES)
_CODES = st.sampled_from(["9131 0000-7", "913100007X", "沪环〔2019〕1号"])


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Return documents with different ids."""
    return [
        Document(
            id=EntityId(f"{draw(st.sampled_from(['Site', 'Enterprise', 'Law']))}-{number:02}"),
            class_name=draw(st.sampled_from(["Site", "Enterprise"])),
            title=draw(_TEXTS),
            text=draw(st.lists(_PIECES, max_size=40).map("".join)),
            names=tuple(draw(st.lists(_TEXTS, max_size=2))),
            identifiers=tuple(draw(st.lists(_CODES, max_size=2))),
            date=draw(_DATES),
            facets=draw(_FACETS),
        )
        for number in range(draw(st.integers(0, 14)))
    ]


_LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.just(All()),
    st.builds(Words, _TEXTS),
    st.builds(Words, st.sampled_from(["913100007", "9131", "91310000 7", "沪环2019"])),
    st.builds(Phrase, st.lists(_PIECES, min_size=1, max_size=3).map("".join)),
    st.builds(Facet, st.sampled_from(["class", "kind", "none", "a b"]), _VALUES),
)
_QUERIES: st.SearchStrategy[Query] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=4,
)
_WHERE = st.builds(
    SearchFilter,
    st.one_of(st.just({}), _FACETS),
    st.sampled_from([None, "2019", "2019-07-01"]),
    st.sampled_from([None, "2020", "2020-02"]),
)
_REQUESTS = st.builds(
    SearchRequest,
    query=_QUERIES,
    where=_WHERE,
    sort=st.sampled_from(Sort),
    facets=st.sampled_from([(), ("class",), ("kind", "region", "none", "a b")]),
    facet_limit=st.integers(1, 4),
    limit=st.integers(1, 6),
)
_MANY = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Engines:
    """Both engines, empty."""

    def __init__(self, embedded: SearchPair, cluster: SearchPair) -> None:
        self.pairs = (embedded, cluster)

    async def begin(self, content: Sequence[Document]) -> None:
        """Hold exactly these documents in both, as if nothing had been before."""
        for pair in self.pairs:
            await pair.writer.clear()
            await pair.fill(*content)

    async def whole(self, request: SearchRequest) -> list[tuple[list[Hit], SearchAnswer]]:
        """Return all hits over all pages, and the first answer, of each engine."""
        found = []
        for pair in self.pairs:
            answer = first = await pair.index.search(request)
            hits = list(answer.hits)
            while answer.next_cursor is not None:
                answer = await pair.index.search(replace(request, cursor=answer.next_cursor))
                hits += answer.hits
            found.append((hits, first))
        return found


@pytest.fixture
async def engines(tmp_path: Path, elasticsearch_server: ElasticsearchServer) -> AsyncIterator[Engines]:
    alias = f"congruence-{uuid.uuid4().hex[:12]}"
    index, writer = open_search(elasticsearch_server.url, alias=alias)
    own_index = open_index(tmp_path / "search")
    async with open_writer(tmp_path / "search") as own_writer:
        yield Engines(SearchPair(own_index, own_writer), SearchPair(index, writer))
    await own_index.close()
    await index.close()
    await remove_indexes(elasticsearch_server.url, alias)


def assert_same_order(ours: Sequence[Hit], theirs: Sequence[Hit]) -> None:
    """Check that both give the same hits, in the same order but for scores that are equal to single precision."""
    scores = {hit.document.id: hit.score for hit in ours}
    assert len(scores) == len(ours)
    assert set(scores) == {hit.document.id for hit in theirs}
    for mine, other in zip(ours, theirs, strict=True):
        assert other.score == pytest.approx(scores[other.document.id], rel=TOLERANCE, abs=1e-6)
        assert scores[mine.document.id] == pytest.approx(scores[other.document.id], rel=TOLERANCE, abs=1e-6)


@given(documents(), st.lists(_REQUESTS, min_size=25, max_size=40))
@_MANY
async def test_every_answer_is_the_same(
    engines: Engines, content: list[Document], requests: list[SearchRequest]
) -> None:
    await engines.begin(content)
    for request in requests:
        (ours, first), (theirs, other) = await engines.whole(request)
        assert first.total == other.total == len(ours)
        assert {name: list(values) for name, values in first.facets.items()} == {
            name: list(values) for name, values in other.facets.items()
        }
        assert_same_order(ours, theirs)
        if request.sort is not Sort.RELEVANCE:
            assert [hit.document.id for hit in ours] == [hit.document.id for hit in theirs]
        shown = {hit.document.id: hit for hit in theirs}
        assert all(shown[hit.document.id].document == hit.document for hit in ours)
        assert all(shown[hit.document.id].highlights == hit.highlights for hit in ours)


@given(documents(), st.lists(documents(), min_size=1, max_size=3), st.lists(_REQUESTS, min_size=5, max_size=10))
@_MANY
async def test_content_is_the_same_after_replacing_and_removing(
    engines: Engines, content: list[Document], changes: list[list[Document]], requests: list[SearchRequest]
) -> None:
    """Statistics that scores are made of remember replaced documents for a while, so only sets are compared here."""
    await engines.begin(content)
    for at, change in enumerate(changes):
        batch = SearchBatch(change[::2], tuple(document.id for document in change[1::2]), checkpoint=at + 2)
        for pair in engines.pairs:
            await pair.writer.apply(batch)
            await pair.writer.commit()
    embedded, cluster = engines.pairs
    assert await embedded.index.digest() == await cluster.index.digest()
    assert await embedded.index.counts() == await cluster.index.counts()
    assert await embedded.writer.checkpoint() == await cluster.writer.checkpoint()
    for document in (*content, *changes[-1]):
        assert await embedded.index.document(document.id) == await cluster.index.document(document.id)
    for request in requests:
        (ours, first), (theirs, other) = await engines.whole(request)
        assert first.facets == other.facets
        assert {hit.document.id for hit in ours} == {hit.document.id for hit in theirs}
        if request.sort is not Sort.RELEVANCE:
            assert [hit.document.id for hit in ours] == [hit.document.id for hit in theirs]
