"""Penalty decisions as plain texts: one document gives a table of one row for the decision and one for each article
it cites.

    上海市浦东新区生态环境局行政处罚决定书          read by `nlp.readers.penalty`
    沪0115环罚〔2023〕15号
    当事人：…                                       each value with the sentence that says it (`…原文`)

A document that is another kind of letter, or none that is known, is one row that goes to quarantine with its reason.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ingest.sources.content import Content
from ingest.sources.table import RawRow, SourceTable
from nlp.readers.field import Field
from nlp.readers.kind import kind_of
from nlp.readers.penalty import PenaltyDecision, read_penalty_decision

SAID: Final = (
    "决定书文号", "当事人", ("统一社会信用代码"
        ""), "法定代表人", "当事人地址", "处罚机关", "违法事实", "违法地点", "发现日期",
    "罚款金额（元）", "缴纳期限", "处罚决定日期",
)  # fmt: skip
LISTED: Final = ("证据", "处罚种类", "救济途径")
COLUMNS: Final = (
    "文书类型", "自然人", *(name for said in (*SAID, *LISTED) for name in (said, f"{said}原文")),
    "引用方式", "法律名称", "条", "条款项", "条款原文",
)  # fmt: skip
SEPARATOR: Final = "␟"
"""Parts several values of one cell; no decision holds it."""
KINDS: Final = {
    "eia_approval": "环评批复",
    "rectification": "责令改正违法行为决定书",
    "complaint": "投诉举报",
    "news": "新闻报道",
}
LARGEST: Final = 1_000_000
"""Bytes of a decision at most; the longest published ones have some 100,000 characters."""
_DELIMITERS: Final = re.compile(r"[\t|;]|,(?=\S)")
_SENTENCE: Final = re.compile(r"[\u4e00-\u9fff]{6}[^\n]{0,200}[。；：]|决定书|：\s*\n")


def is_letter(path: Path, content: Content) -> bool:
    """Tell whether a text file is running text and no table: its first lines have no columns, and sentences follow."""
    if content.size > LARGEST:
        return False
    with path.open(encoding=content.encoding, errors="replace") as stream:
        head = stream.read(4_000)
    lines = [line for line in head.splitlines() if line.strip()]
    columns = max((len(_DELIMITERS.findall(line)) for line in lines[:2]), default=0)
    return columns < 2 and _SENTENCE.search(head) is not None


def decision_tables(path: Path, content: Content) -> Iterator[SourceTable]:
    """Yield the one table of a document, its columns `COLUMNS`; row 2 is the decision, each further row an article."""
    text = path.read_text(content.encoding, errors="replace")
    rows = _rows(text)
    yield SourceTable(part="", encoding=content.encoding, preview=rows, rows=lambda: iter(rows), headed=True)


def _rows(text: str) -> list[RawRow]:
    kind = kind_of(text)
    if kind is None or kind.name != "penalty":
        what = (
            "no kind of document that is known" if kind is None else f"a document of another kind ({KINDS[kind.name]})"
        )
        blank = RawRow(2, _cells({"文书类型": "未识别"}), "not-a-decision", f"the text is {what}, no penalty decision")
        return [RawRow(1, COLUMNS), blank]
    decision = read_penalty_decision(text)
    said = _said(decision)
    rows = [RawRow(1, COLUMNS), RawRow(2, _cells(said | {"文书类型": "处罚决定"}))]
    cited = [("违反", field) for field in decision.law_broken] + [("适用", field) for field in decision.law_applied]
    rows.extend(RawRow(3 + at, _cells(_key(said) | _article(role, field))) for at, (role, field) in enumerate(cited))
    return rows


def _cells(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(values.get(column, "") for column in COLUMNS)


def _said(decision: PenaltyDecision) -> dict[str, str]:
    fields = (
        decision.document_number, decision.party, decision.uscc, decision.representative, decision.address,
        decision.agency, decision.facts, decision.place, decision.found, decision.fine, decision.deadline,
        decision.decided,
    )  # fmt: skip
    said: dict[str, str] = {}
    for name, field in zip(SAID, fields, strict=True):
        if field is not None:
            said |= {name: _shown(field), f"{name}原文": field.quote}
    for name, several in zip(LISTED, (decision.evidence, decision.kinds, decision.remedies), strict=True):
        if several:
            shown = SEPARATOR.join(_remedy(field) for field in several)
            said |= {name: shown, f"{name}原文": several[0].quote}
    person = decision.party is not None and bool(decision.party.part("natural_person"))
    return said | {"自然人": "是" if person else "否"}


def _remedy(field: Field) -> str:
    """Return a value with the body and time that belong to it: 行政复议：某市人民政府，P60D."""
    details = [str(part) for part in (field.part("body"), field.part("within")) if part]
    return f"{field.value}：{'，'.join(details)}" if details else _shown(field)


def _shown(field: Field) -> str:
    if isinstance(field.value, float):
        return f"{field.value:.2f}".rstrip("0").rstrip(".")
    return str(field.value)


def _key(said: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that identify the decision and its party, which every row repeats with their sentences."""
    names = ("决定书文号", "当事人", "统一社会信用代码", "自然人", "处罚决定日期", "违法事实")
    return {name: said[name] for each in names for name in (each, f"{each}原文") if name in said}


def _article(role: str, field: Field) -> dict[str, str]:
    levels = [("paragraph", "款"), ("item", "项")]
    parts = "".join(f"第{float(number):g}{unit}" for name, unit in levels if (number := field.part(name)) is not None)
    article = str(field.part("article") or "")
    return {
        "文书类型": "引用法条",
        "引用方式": role,
        "法律名称": str(field.part("law") or ""),
        "条": article,
        "条款项": article + parts,
        "条款原文": field.quote,
    }
