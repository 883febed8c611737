"""The recogniser's parts: decoding, hashing, cutting; and that the shipped model is what its file says."""

import itertools
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.recognise.decoding import IMPOSSIBLE, allowed, best_tags, tag_names
from nlp.recognise.features import folded, kind, pair_hashes, places, words
from nlp.recognise.model import load, shipped
from nlp.recognise.vocabulary import Vocabulary
from ontology.errors import SourceUnusable

TAGS = tag_names(["a", "b"])


def total(path: tuple[int, ...], scores: np.ndarray, steps: np.ndarray) -> float:
    opens = 0.0 if TAGS[path[0]][0] in "OBS" else IMPOSSIBLE
    closes = 0.0 if TAGS[path[-1]][0] in "OES" else IMPOSSIBLE
    between = sum(float(steps[one, two]) for one, two in itertools.pairwise(path))
    return opens + closes + between + sum(float(scores[at, tag]) for at, tag in enumerate(path))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), length=st.integers(1, 4))
def test_the_best_tags_are_the_best_of_all(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(length, len(TAGS))).astype(np.float32)
    steps = allowed(TAGS) + random.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)
    best = max(itertools.product(range(len(TAGS)), repeat=length), key=lambda path: total(path, scores, steps))
    assert total(tuple(best_tags(scores, steps, TAGS)), scores, steps) == pytest.approx(
        total(best, scores, steps), abs=1e-3
    )


def test_a_text_is_cut_into_the_fewest_words() -> None:
    vocabulary = Vocabulary.of(
        [("OOV", 0), ("环境", 1), ("局", 2), ("PM", 3)], {"環境": "环境"}, ["生态环境", "环境", "环境局"]
    )
    assert vocabulary.cut("生态环境局PM2.5") == ["生态环境", "局", "PM2", ".", "5"]
    assert vocabulary.tokens("环境局") == ([0, 0, 2], [1, 1, 1])
    assert vocabulary.tokens("环境") == ([1], [2])


@given(text=st.text(alphabet="上海市生态环境局AB1。 ", min_size=1, max_size=60))
def test_words_are_the_text(text: str) -> None:
    assert "".join(word for word, _ in words(text)) == text
    assert sum(len(places(len(word))) for word, _ in words(text)) == len(text)


def test_width_and_case_are_put_aside() -> None:
    assert folded("Ａ") == folded("a") == ord("a")
    assert folded("７") == folded("3")
    assert (kind("A"), kind("a"), kind("三"), kind("厂"), kind("《")) == (2, 3, 5, 1, 6)


def test_pairs_differ_by_order_and_place() -> None:
    codes = np.array([1, 2, 1], np.int64)
    after = pair_hashes(codes, salt=10, first=0)
    before = pair_hashes(codes, salt=10, first=-1)
    assert after[0] == before[1]
    assert after[0] != after[1]


def test_the_shipped_recogniser_is_deterministic_and_quick() -> None:
    text = "浙江省生态环境厅约谈宁波市政府，杭州示例印染有限公司董事长李建国到场。"
    recogniser = shipped()
    assert recogniser.names([text]) == recogniser.names([text])
    assert [recogniser.names([text])[0], []] == recogniser.names([text, ""])
    start = time.process_time()
    recogniser.names([text] * 200)
    assert len(text) * 200 / (time.process_time() - start) > 2_000


def test_a_file_that_is_no_recogniser_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    path.write_bytes(b"not arrays")
    with pytest.raises(SourceUnusable, match=r"other\.npz"):
        load(path)
