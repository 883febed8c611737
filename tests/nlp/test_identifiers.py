"""Identifiers and quantities by rule: what is found, where it stands, what it means; and that no text takes long."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.identifiers.find import find_identifiers
from nlp.mention import RULE_LABELS
from ontology.model import Value

WRITTEN = date(2024, 5, 10)

EXAMPLES: tuple[tuple[str, str, str, dict[str, Value]], ...] = (
    ("沪环罚〔2024〕15号", "document_number", "沪环罚〔2024〕15号", {"year": "2024", "serial": "15"}),
    (
        "违反《中华人民共和国水污染防治法》第八十三条第（二）项",
        "law_article",
        "《中华人民共和国水污染防治法》第八十三条第（二）项",
        {"law": "中华人民共和国水污染防治法", "article": "第八十三条", "item": 2.0},
    ),
    ("罚款人民币贰拾万元整。", "amount", "人民币贰拾万元整", {"value": 200_000.0, "unit": "元"}),
    ("罚款20万元。", "amount", "20万元", {"value": 200_000.0, "unit": "元"}),
    ("超标1.5倍", "exceedance", "超标1.5倍", {"times": 1.5}),
    ("氨氮0.85mg/L", "concentration", "0.85mg/L", {"value": 0.85, "unit": "mg/L"}),
    ("化学需氧量偏高", "pollutant", "化学需氧量", {"name": "化学需氧量", "code": "w01018"}),
    ("2024年3月5日检查", "date", "2024年3月5日", {"date": "2024-03-05"}),
    (
        "执行GB 18918-2002表1一级A标准",
        "standard",
        "GB 18918-2002表1一级A",
        {"standard_number": "GB 18918-2002", "table": "表1"},
    ),
)


@pytest.mark.parametrize(("text", "label", "stretch", "values"), EXAMPLES, ids=[label for _, label, _, _ in EXAMPLES])
def test_an_identifier_is_found_with_its_meaning(text: str, label: str, stretch: str, values: dict[str, Value]) -> None:
    (found,) = (mention for mention in find_identifiers(text, written=WRITTEN) if mention.label == label)
    assert (found.text, text[found.start : found.end]) == (stretch, stretch)
    assert {name: found.values.get(name) for name in values} == values


@pytest.mark.parametrize("text", ["91310000MA1FL0AA0X", "第三次会议", "今年很好", ""])
def test_what_only_looks_like_one_is_not_taken_for_a_credit_code_or_article(text: str) -> None:
    labels = {mention.label for mention in find_identifiers(text, written=WRITTEN)}
    assert labels.isdisjoint({"uscc", "law_article", "document_number"})


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="〔2024〕号第十条《法》罚款万元GB- 超标倍mg/L年月日沪A.１\n", max_size=80))
def test_places_are_exact(text: str) -> None:
    for mention in find_identifiers(text, written=WRITTEN):
        assert text[mention.start : mention.end] == mention.text
        assert mention.label in RULE_LABELS


@pytest.mark.parametrize("unit", ["《", "1.", "〔2024", "第", "GB ", "十", "年", " ", "超过标准", "E1N"])
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    find_identifiers(text, written=WRITTEN)
    assert time.process_time() - start < 10
