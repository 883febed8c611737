"""The pipeline: places in the original text, texts of any kind and length, the same from several processes."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from nlp.components.tokenizer import CharacterTokenizer
from nlp.mention import LEARNED_LABELS, Mention
from nlp.overlaps import settled
from nlp.pieces import pieces
from nlp.pipeline import PIECE, build, read, read_in_processes

TEXTS = (
    "上海市生态环境局对上海示例化工有限公司罚款20万元，公司负责人王小明表示接受。",
    "",
    "江苏省苏州市居民向中国环境报反映，夜里有异味。",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build()


def found(mentions: Sequence[Mention]) -> set[tuple[str, str]]:
    return {(mention.label, mention.text) for mention in mentions}


def test_names_are_found_where_they_stand(nlp: Language) -> None:
    first, empty, last = read(nlp, TEXTS, written=date(2024, 5, 1))
    assert {("agency", "上海市生态环境局"), ("enterprise", "上海示例化工有限公司"), ("person", "王小明")} <= found(
        first
    )
    assert empty == []
    assert last
    for text, mentions in zip(TEXTS, (first, empty, last), strict=True):
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.text
            assert 0 < mention.score <= 1
            assert mention.label in LEARNED_LABELS or mention.method != "recogniser"


def test_several_processes_give_the_same(nlp: Language) -> None:
    many = [*TEXTS * 30]
    assert list(read_in_processes(iter(many), processes=2)) == list(read(nlp, many))


def test_no_text_gives_nothing(nlp: Language) -> None:
    assert list(read(nlp, [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "\ud800环境局\udfff",
        "👩‍🔬🏭 PM2.5超标!!! ١٢٣ Ａ\x00\x07\u200b上海",
        "啊" * 5_000,
        " \t\r\n\u3000" * 50,
        "<div>" * 3_000,
    ],
    ids=["half a surrogate pair", "mixed", "one long word", "blanks", "markup"],
)
def test_any_text_is_read(nlp: Language, text: str) -> None:
    (mentions,) = read(nlp, [text])
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=60), max_size=5))
def test_places_are_those_of_the_text(texts: list[str]) -> None:
    tokenizer = CharacterTokenizer(build(without=["ecograph_recogniser"]).vocab)
    for text in texts:
        doc = tokenizer(text)
        assert len(doc) == len(text)
        assert [token.idx for token in doc] == list(range(len(text)))


@given(text=st.text(alphabet="环境。\n；a", max_size=200), size=st.integers(2, 40))
def test_pieces_are_the_text(text: str, size: int) -> None:
    cut = list(pieces(text, size))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[start : start + len(piece)] == piece and 0 < len(piece) <= size for start, piece in cut)


def test_a_name_far_into_a_text_keeps_its_place(nlp: Language) -> None:
    text = "监测数据正常。" * 400 + TEXTS[0]
    assert len(text) > 2 * PIECE
    (mentions,) = read(nlp, [text])
    (agency,) = (mention for mention in mentions if mention.label == "agency")
    assert text[agency.start : agency.end] == "上海市生态环境局"


def overlapping() -> Iterator[tuple[Mention, Mention, list[str]]]:
    name = Mention(0, 8, "enterprise", "", "recogniser", 0.9)
    yield name, Mention(4, 12, "document_number", "", "rule", 1.0), ["document_number"]
    yield name, Mention(0, 8, "pollutant", "", "rule", 1.0), ["pollutant"]
    yield name, Mention(2, 4, "pollutant", "", "rule", 1.0), ["enterprise"]
    yield name, Mention(8, 10, "pollutant", "", "rule", 1.0), ["enterprise", "pollutant"]


@pytest.mark.parametrize(("name", "other", "kept"), list(overlapping()))
def test_checked_identifiers_go_before_names_and_names_before_words(
    name: Mention, other: Mention, kept: list[str]
) -> None:
    assert [mention.label for mention in settled([other, name])] == kept
