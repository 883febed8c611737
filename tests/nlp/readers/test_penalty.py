"""Penalty decisions in the layouts of six provinces, about invented parties: their fields, and no name in clear."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.readers.kind import kind_of
from nlp.readers.penalty import read_penalty_decision

DECISIONS = Path(__file__).parent / "decisions"

EXPECTED = {
    "beijing": (
        "通环罚字〔2024〕7号",
        "北京市通州区生态环境局",
        "北京示例汽车维修有限公司",
        20_000.0,
        "2024-02-28",
        "刘洋",
    ),
    "guangdong": ("东环罚字〔2021〕3321号", "东莞市生态环境局", "东莞市示例家具厂", 200_000.0, "2021-10-09", "陈国强"),
    "jiangsu": (
        "苏环行罚字〔2022〕06第128号",
        "苏州市生态环境局",
        "苏州示例印染有限公司",
        150_000.0,
        "2022-06-20",
        "李芳",
    ),
    "shanghai": (
        "沪0115环罚〔2023〕15号",
        "上海市浦东新区生态环境局",
        "上海晨星示例电镀有限公司",
        250_000.0,
        "2023-06-02",
        "张伟民",
    ),
    "sichuan": (
        "成环罚字〔2020〕XJ33号",
        "成都市生态环境局",
        "成都示例食品有限公司",
        580_000.0,
        "2020-11-26",
        "王 小 明",
    ),
    "zhejiang": ("绍市环罚字〔2023〕47号", "绍兴市生态环境局", None, 1_500.0, "2023-03-27", "王建国"),
}
"""Number, agency, party (None: a person, masked), fine in yuan, day of the decision, a name that must not be shown."""


def fields(decision: object) -> Iterator[object]:
    for each in dataclasses.fields(decision):  # type: ignore[arg-type]
        value = getattr(decision, each.name)
        yield from value if isinstance(value, tuple) else [value]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_decision_is_read_field_by_field(name: str) -> None:
    text = (DECISIONS / f"{name}.txt").read_text("utf-8")
    number, agency, party, fine, decided, person = EXPECTED[name]
    kind = kind_of(text)
    assert kind is not None
    assert kind.name == "penalty"
    read = read_penalty_decision(text)
    assert read.document_number is not None
    assert read.agency is not None
    assert read.party is not None
    assert read.fine is not None
    assert read.decided is not None
    assert (read.document_number.value, read.agency.value) == (number, agency)
    assert (read.fine.value, read.decided.value) == (fine, decided)
    assert read.party.value == party or (party is None and "*" in str(read.party.value))
    assert read.law_broken
    assert read.law_applied
    assert all(person not in str(field) for field in fields(read))


@pytest.mark.parametrize("name", ["eia_guangdong", "eia_refusal", "rectification_hubei", "rectification_shandong"])
def test_other_documents_are_of_their_own_kind(name: str) -> None:
    kind = kind_of((DECISIONS / f"{name}.txt").read_text("utf-8"))
    assert kind is not None
    assert name.startswith(kind.name.removesuffix("_approval"))


def test_a_text_of_no_kind_has_none() -> None:
    assert kind_of("今天天气很好。") is None
    assert kind_of("") is None
