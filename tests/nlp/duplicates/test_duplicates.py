"""Near duplicates: what is a copy of what, whatever the order in which texts come."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.duplicates.index import DuplicateIndex
from nlp.duplicates.shingles import MinHash, band_keys, jaccard, pieces_of
from nlp.duplicates.table import KeyTable
from ontology.errors import Conflict, NotFound

NEWS = (
    "示例市生态环境局三月五日通报，晨星示例电镀有限公司因废水处理设施未正常运行被罚款二十万元，"
    "公司已经停产整改，并委托第三方对排口进行监测，结果将向社会公开。"
)
OTHER = "本市气象台预报，明天白天多云到阴，午后有阵雨，最高气温二十一度，东南风三到四级，请市民出门带好雨具。"


def changed(text: str, share: float, chance: random.Random) -> str:
    signs = NEWS + OTHER
    return "".join(chance.choice(signs) if chance.random() < share else sign for sign in text)


def ids(index: DuplicateIndex) -> list[list[str]]:
    return [[copy.id for copy in cluster.copies] for cluster in index.clusters()]


def test_reprints_are_one_cluster_in_order_of_time_with_whom_each_copied() -> None:
    index = DuplicateIndex()
    index.add("reprint", NEWS.replace("通报", "消息"), time="2024-03-06T08:00", source="示例晚报")
    index.add("first", NEWS, time="2024-03-05", source="示例市生态环境局")
    index.add("copy of reprint", NEWS.replace("通报", "消息") + "（转载）", time="2024-03-08", source="某网站")
    index.add("undated", NEWS)
    index.add("weather", OTHER, time="2024-03-05", source="气象台")
    reprinted, weather = sorted(index.clusters(), key=lambda cluster: -len(cluster.copies))
    assert [(copy.id, copy.copied_from) for copy in reprinted.copies] == [
        ("first", None), ("reprint", "first"), ("copy of reprint", "reprint"), ("undated", None),
    ]  # fmt: skip
    assert reprinted.id == "first"
    assert reprinted.sources == ("示例市生态环境局", "示例晚报", "某网站")
    assert (weather.id, weather.copies[0].similarity) == ("weather", 1.0)


def test_nobody_copied_within_one_day() -> None:
    index = DuplicateIndex()
    index.add("morning", NEWS, time="2024-03-05T08:00")
    index.add("some time that day", NEWS, time="2024-03-05")
    assert [copy.copied_from for copy in index.cluster_of("morning").copies] == [None, None]


def test_script_punctuation_and_width_make_no_difference() -> None:
    index = DuplicateIndex()
    index.add("simplified", "生态环境局，处罚了一家电镀企业ABC。")
    index.add("traditional", "生態環境局：處罰了一家電鍍企業ＡＢＣ！")
    assert ids(index) == [["simplified", "traditional"]]
    assert index.cluster_of("traditional").copies[1].similarity == 1.0


def test_texts_without_letters_stay_alone() -> None:
    index = DuplicateIndex()
    for number in range(3):
        index.add(str(number), "……")
    assert ids(index) == [["0"], ["1"], ["2"]]
    assert index.similar("！！") == []


@pytest.mark.parametrize(("share", "least"), [(0.05, 0.998), (0.10, 0.875)])
def test_recall_under_random_edits(share: float, least: float) -> None:
    chance = random.Random(8)
    signs = [chr(number) for number in range(0x4E00, 0x5E00)]
    originals = {str(number): "".join(chance.choices(signs, k=200)) for number in range(500)}
    index = DuplicateIndex()
    for name, text in originals.items():
        index.add(name, text)
    found = 0
    for name, text in originals.items():
        similar = index.similar(changed(text, share, chance))
        found += similar[:1] != [] and similar[0][0] == name
        assert len(similar) <= 1
    assert found / len(originals) >= least


@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_clusters_depend_on_the_texts_alone_and_not_on_their_order(chance: random.Random, removed: int) -> None:
    texts = [changed(base, share, chance) for base in (NEWS, OTHER) for share in (0.0, 0.03, 0.06, 0.1, 0.2, 0.3)]
    entries = [(f"{number:02d}", text, f"2024-03-{chance.randint(1, 9):02d}") for number, text in enumerate(texts)]
    one, other = DuplicateIndex(), DuplicateIndex()
    for identifier, text, time in entries:
        one.add(identifier, text, time=time)
    shuffled = entries.copy()
    chance.shuffle(shuffled)
    for identifier, text, time in shuffled:
        other.add(identifier, text, time=time)
    assert list(one.clusters()) == list(other.clusters())
    for identifier, _, _ in shuffled[:removed]:
        other.remove(identifier)
    rest = DuplicateIndex()
    for identifier, text, time in shuffled[removed:]:
        rest.add(identifier, text, time=time)
    assert list(other.clusters()) == list(rest.clusters())


def test_ids_are_entered_once_and_known_before_they_are_removed() -> None:
    index = DuplicateIndex()
    index.add("a", NEWS)
    with pytest.raises(Conflict):
        index.add("a", OTHER)
    with pytest.raises(NotFound):
        index.remove("b")
    with pytest.raises(NotFound):
        index.cluster_of("b")
    index.remove("a")
    assert ("a" in index, len(index), ids(index)) == (False, 0, [])
    index.add("a", NEWS)
    assert ids(index) == [["a"]]


@given(st.sets(st.integers(0, 400)), st.sets(st.integers(0, 400)))
def test_jaccard_is_that_of_the_sets(one: set[int], other: set[int]) -> None:
    arrays = [np.array(sorted(values), np.uint32) for values in (one, other)]
    expected = len(one & other) / len(one | other) if one and other else 0.0
    assert jaccard(arrays[0], arrays[1]) == expected


def test_signature_agrees_as_often_as_sets_are_similar() -> None:
    chance, hashes = random.Random(3), MinHash(512)
    one = pieces_of("".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(5_000)))
    for share in (0.2, 0.5, 0.8):
        kept = int(len(one) * share)
        agree = float(np.mean(hashes.signature(one) == hashes.signature(one[:kept])))
        assert agree == pytest.approx(share, abs=0.08)


def test_table_finds_what_was_entered_before_and_after_it_was_sorted() -> None:
    table, hashes = KeyTable(), MinHash(16)
    keys = [band_keys(hashes.signature(np.array([number], np.uint32)), 4) for number in range(5_000)]
    for number, each in enumerate(keys):
        table.add(each, number)
    for number in (0, 1_999, 2_048, 4_100, 4_999):
        assert number in table.find(keys[number])
