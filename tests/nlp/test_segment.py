"""Segmentation: what is one token, and where it stands in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import (
    BREAK,
    MAX_TOKEN,
    comparison_key,
    fold,
    fold_with_places,
    grams,
    is_amount,
    pair_texts,
    phrases,
    plain_words,
    unit_texts,
    units,
    word_texts,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＰＭ２.５", "pm2.5"),
        ("環境影響評估", "环境影响评估"),
        ("Café Ünïcode", "cafe unicode"),
        ("㎡ ㎎ ①", "m2 mg 1"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("ABB（中国）", "abb(中国)"),
        ("がぎ", "がぎ"),
        ("\ud800\uffff¦", ""),
        ("İ", "i"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PM2.5超标0.35毫克", ["pm2.5", "pm", "2.5", "超标", "0.35", "毫克"]),
        ("GB 31570-2015", ["gb", "31570-2015", "31570", "2015"]),
        ("91310000778929080B", ["91310000778929080b", "91310000778929080", "b"]),
        ("mg/m³", ["mg/m3", "mg", "m", "3"]),
        ("waste licence", ["waste", "licence"]),
        ("环境局", ["环境", "局"]),
        ("。！…", []),
        ("", []),
    ],
)
def test_words_keep_numbers_and_codes_whole(text: str, expected: list[str]) -> None:
    assert word_texts(text) == expected


def test_search_mode_gives_the_words_in_a_long_word() -> None:
    assert set(word_texts("中华人民共和国")) >= {"中华人民共和国", "中华", "人民", "共和国"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("罚款二十万元", ["罚款", "二十万元"]),
        ("处20万元以上", ["处", "20万元", "以上"]),
        ("第三十三条", ["第三十三条"]),
        ("上海宪阳电镀", ["上海", "宪阳", "电镀"]),
        ("他的宪阳", ["他", "的", "宪阳"]),
        ("GB31570-2015标准", ["gb31570-2015", "标准"]),
    ],
)
def test_plain_words_are_what_a_person_would_count(text: str, expected: list[str]) -> None:
    assert [token.text for token in plain_words(text)] == expected


def test_amounts() -> None:
    assert is_amount("二十万元")
    assert is_amount("20万元")
    assert not is_amount("环境")
    assert not is_amount("2017")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("环境局", ["环境", "境局"]),
        ("环境。局", ["环境", BREAK]),
        ("环境（局）", ["环境", "境局"]),
        ("GB 31570", ["gb·31570"]),
        ("GB31570", ["gb·31570"]),
        ("甲", []),
        ("", []),
    ],
)
def test_pairs(text: str, pairs: list[str]) -> None:
    assert pair_texts(text) == pairs


def test_phrases_are_parted_at_stops_and_lines() -> None:
    assert phrases("环境，局\n长 a.b 1.5") == [["环", "境"], ["局"], ["长", "a"], ["b", "1.5"]]


def test_grams_name_their_places() -> None:
    text = "環 境A"
    assert [(gram.text, text[gram.start : gram.end]) for gram in grams(text)] == [
        ("环", "環"),
        ("环境", "環 境"),
        ("境", "境"),
        ("境a", "境A"),
        ("a", "A"),
    ]
    assert "环境局" in [gram.text for gram in grams("环境局", longest=3)]


def test_comparison_key_drops_all_but_letters_and_digits() -> None:
    assert comparison_key("ABB（中国） 有限公司") == "abb中国有限公司"
    assert comparison_key("沪环保许评〔2019〕123号") == "沪环保许评2019123号"
    assert comparison_key(" -\u200b") == ""


_TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("环境局環境ＡＢａ１２.-/（）㎡\u200b\n ①ﬁé")))


@given(_TEXTS)
def test_places_lead_back_to_what_was_folded(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    for token in (*words(text), *units(text), *plain_words(text), *grams(text, longest=3)):
        assert 0 <= token.start < token.end <= len(text)
    for token in units(text):
        start, end = token.start, token.end
        assert token.text in fold(text[start:end])


@given(_TEXTS)
def test_both_forms_agree(text: str) -> None:
    assert [token.text for token in words(text)] == word_texts(text)
    assert [token.text for token in units(text)] == unit_texts(text)
    assert [unit for stretch in phrases(text) for unit in stretch] == unit_texts(text)


@given(_TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_TEXTS)
def test_no_token_is_longer_than_allowed_or_holds_a_space(text: str) -> None:
    for token in (*word_texts(text * 20), *unit_texts(text * 20)):
        assert 0 < len(token) <= MAX_TOKEN or not token.isascii()
        assert not any(character.isspace() for character in token)


@given(st.lists(_TEXTS, min_size=2, max_size=2))
def test_a_phrase_in_a_text_is_found_by_its_pairs(parts: list[str]) -> None:
    before, phrase = parts
    stretches = phrases(phrase)
    wanted = pair_texts(phrase)
    if len(stretches) != 1 or len(wanted) < 1:
        return
    text = pair_texts(f"{before}。{phrase}。{before}")
    assert any(text[at : at + len(wanted)] == wanted for at in range(len(text)))
