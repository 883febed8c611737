"""Operators of the query tree, and odd texts."""

import pytest

from ontology.errors import InvalidInput
from search.contracts.pair import (
    ABB,
    BASF,
    BASF_COATINGS,
    BUREAU,
    HOSTILE_TEXTS,
    NIGHT,
    PLATER,
    SAMPLE,
    UNDATED,
    SearchPair,
    note,
)
from search.query import All, And, Facet, Not, Or, Phrase, Query, Words, parse


class OperatorContract:
    """Operators of the query tree."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (And((Words("施工"), Not(Words("白天")))), {NIGHT.id}),
            (Not(Facet("class", "Complaint")), {ABB.id, BASF.id, BASF_COATINGS.id, PLATER.id}),
            (And((Not(Words("施工")), Facet("kind", "噪声"))), set()),
            (Or((Words("电镀"), Phrase("环境局"))), {PLATER.id, BUREAU.id}),
            (Or((Facet("kind", "大气"), Words("电镀"))), {UNDATED.id, PLATER.id}),
            (And((Or((Words("巴斯夫"), Words("电镀"))), Not(Facet("region", "浦东新区")))), {BASF.id, PLATER.id}),
            (And((Facet("class", "Enterprise"), Facet("region", "闵行区"))), {ABB.id}),
            (Facet("region", "闵行"), set()),
            (Facet("no such", "x"), set()),
            (Not(Not(Words("电镀"))), {PLATER.id}),
            (And((Words("电镀"),)), {PLATER.id}),
            (Not(All()), set()),
            (Or((Words("。"), Words("电镀"))), {PLATER.id}),
            (
                Or((Not(Facet("class", "Enterprise")), Words("电镀"))),
                {PLATER.id} | {f"Complaint-{n}" for n in range(1, 6)},
            ),
        ],
    )
    async def test_operators(self, pair: SearchPair, query: Query, found: set[str]) -> None:
        await pair.fill(*SAMPLE)
        assert set(await pair.ids(query)) == found

    @pytest.mark.parametrize("typed", HOSTILE_TEXTS)
    async def test_odd_texts_are_answered(self, pair: SearchPair, typed: str) -> None:
        await pair.fill(*SAMPLE)
        for query in (
            Words(typed),
            Phrase(typed),
            Facet("kind", typed),
            Facet(typed, "x"),
            Not(Words(typed)),
            parse(typed),
        ):
            answer = await pair.ask(query)
            assert answer.total == len(answer.hits)
            assert all(hit.document in SAMPLE for hit in answer.hits)

    async def test_odd_texts_are_stored_and_found(self, pair: SearchPair) -> None:
        texts = [text for text in HOSTILE_TEXTS if "\ud800" not in text]
        documents = [note(f"{at:02}", text * 10, title=text, kind=text) for at, text in enumerate(texts)]
        await pair.fill(*documents)
        found = await pair.ask(All(), limit=200)
        assert [hit.document for hit in found.hits] == documents

    async def test_a_text_that_is_no_unicode_is_refused(self, pair: SearchPair) -> None:
        with pytest.raises(InvalidInput):
            await pair.fill(note("1", "\ud800"))
