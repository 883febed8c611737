"""Highlights on the original text."""

import pytest

from nlp.segment import comparison_key
from ontology.model import Document
from search.contracts.pair import BASF, BUREAU, NIGHT, SCATTERED, TRADITIONAL, UNDATED, SearchPair, marked, note
from search.index import SearchRequest
from search.query import All, Words


class HighlightContract:
    """Highlights on the original text."""

    @pytest.mark.parametrize(
        ("typed", "document", "field", "pieces"),
        [
            ("夜间施工噪音", NIGHT, "title", ["夜间施工噪音"]),
            ("超标", NIGHT, "text", ["超标"]),
            ('"环境局"', BUREAU, "text", ["环境局"]),
            ("环境影响", TRADITIONAL, "text", ["環境影響"]),
            ("pm2.5", UNDATED, "text", ["PM2.5"]),
            ('"gb31570"', UNDATED, "text", ["GB 31570"]),
            ("巴斯夫", BASF, "names", ["巴斯夫"]),
            ("巴斯夫", BASF, "title", ["巴斯夫"]),
        ],
    )
    async def test_what_matched_is_marked(
        self, pair: SearchPair, typed: str, document: Document, field: str, pieces: list[str]
    ) -> None:
        await pair.fill(document)
        (hit,) = (await pair.ask(typed)).hits
        (shown,) = [each for each in hit.highlights if each.field == field][:1]
        assert marked(shown) == pieces

    async def test_a_passage_is_a_piece_of_the_original_with_the_best_match(self, pair: SearchPair) -> None:
        text = "施工。" * 200 + "ＰＭ２.５与\u200b夜\u200b间施工噪音。" + "夜间。" * 200
        await pair.fill(note("1", text))
        (hit,) = (await pair.ask("夜间施工噪音")).hits
        (shown,) = hit.highlights
        assert shown.passage in text
        assert len(shown.passage) <= 200
        assert "夜间施工噪音" in [comparison_key(piece) for piece in marked(shown)]

    async def test_what_is_excluded_is_not_marked(self, pair: SearchPair) -> None:
        await pair.fill(SCATTERED)
        (hit,) = (await pair.ask('施工 -"白天很吵"')).hits
        assert [marked(shown) for shown in hit.highlights] == [["施工"]]

    async def test_no_highlights_unless_asked_or_without_words(self, pair: SearchPair) -> None:
        await pair.fill(NIGHT)
        (plain,) = (await pair.index.search(SearchRequest(Words("施工"), highlight=False))).hits
        (every,) = (await pair.ask(All())).hits
        assert (plain.highlights, every.highlights) == ((), ())
