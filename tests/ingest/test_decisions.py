"""Penalty decisions as texts become entities whose statements quote their sentences; other texts are held with a
reason."""

from pathlib import Path

import pytest

from ingest.ingestion import built_in_mappings
from ingest.sources.content import inspect_content
from ingest.sources.decisions import COLUMNS, decision_tables, is_letter
from ontology.schema import load_schema
from tests.ingest.home import Home

DECISIONS = Path(__file__).parents[1] / "nlp" / "readers" / "decisions"
MAPPINGS = built_in_mappings(load_schema())
STATUTE = """# 中华人民共和国水污染防治法

2017年6月27日 修正

<!-- INFO END -->

第十条 排放水污染物，不得超过国家或者地方规定的水污染物排放标准。

第八十三条 违反本法规定，由环境保护主管部门责令改正。
"""


async def test_a_decision_becomes_a_penalty_with_its_sentences(home: Home) -> None:
    await home.ingest(DECISIONS / "shanghai.txt", mappings=MAPPINGS)
    (penalty,) = await home.listing("Penalty")
    assert penalty.label == "沪0115环罚〔2023〕15号"
    assert penalty.properties["fine_yuan"] == (250_000.0,)
    assert penalty.properties["decided"] == ("2023-06-02",)
    assert penalty.properties["penalty_type"] == ("罚款",)
    ledger = home.services.ledger
    quotes = {fact.property: fact.quote for fact in (await ledger.facts(await ledger.members(penalty.id))).facts}
    assert quotes["fine_yuan"] == "罚款人民币贰拾伍万元整（¥250,000.00）。"
    assert quotes["document_number"] == "沪0115环罚〔2023〕15号"
    (party,) = await home.listing("Enterprise")
    assert (party.label, party.properties["uscc"]) == ("上海晨星示例电镀有限公司", ("91319900MA1DEM0159",))
    assert party.properties["legal_representative"] == ("张**",)
    relations = await home.relations()
    assert {name: relations[name] for name in ("penalises", "issuedBy", "breaches", "citesLaw")} == {
        "penalises": 1,
        "issuedBy": 1,
        "breaches": 1,
        "citesLaw": 1,
    }


async def test_cited_articles_are_those_of_the_statute_in_the_ledger(home: Home, tmp_path: Path) -> None:
    statute = tmp_path / "水污染防治法(2017-06-27).md"
    statute.write_text(STATUTE, encoding="utf-8")
    await home.ingest(statute, DECISIONS / "shanghai.txt", mappings=MAPPINGS)
    articles = {article.label: article for article in await home.listing("LawArticle")}
    assert sorted(articles) == ["中华人民共和国水污染防治法第八十三条", "中华人民共和国水污染防治法第十条"]
    assert "不得超过" in str(articles["中华人民共和国水污染防治法第十条"].properties["text"])
    found = await home.services.graph.neighbours(articles["中华人民共和国水污染防治法第十条"].id)
    assert "breaches" in {neighbour.relation.type for neighbour in found.items}


async def test_no_name_of_a_person_is_stored(home: Home) -> None:
    report = await home.ingest(DECISIONS, mappings=MAPPINGS)
    assert sum(table.records for table in report.tables) > 15
    stored = b"".join(path.read_bytes() for path in home.services.settings.home.rglob("*") if path.is_file())
    for name in ("张伟民", "李芳", "陈国强", "王小明", "刘洋", "王建国", "33062119750505", "44190019800101"):
        assert name.encode() not in stored, name


async def test_other_texts_are_held_with_their_reason(home: Home, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("今天天气很好，我们去公园散步。希望明天也是如此。", encoding="utf-8")
    report = await home.ingest(letter, DECISIONS / "eia_refusal.txt", mappings=MAPPINGS)
    held = [dict(table.quarantined) for table in report.tables]
    assert held == [{"not-a-decision": 1}, {"not-a-decision": 1}]
    reasons = [row.reason for row in (await home.services.ledger.quarantine()).items]
    assert sorted(reasons) == [
        "the text is a document of another kind (环评批复), no penalty decision",
        "the text is no kind of document that is known, no penalty decision",
    ]


async def test_a_decision_that_names_neither_party_nor_number_is_held(home: Home, tmp_path: Path) -> None:
    torn = tmp_path / "torn.txt"
    torn.write_text(
        ("行政处罚决定书\n我局决定作出如下行政处罚：罚款人民币壹万元。你单位如不服可申请行政复议。"), encoding="utf-8"
    )
    report = await home.ingest(torn, mappings=MAPPINGS)
    assert dict(report.tables[0].quarantined) == {"no-key": 1}


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("企业名称\t信用代码\t决定书文号\n上海甲公司\t1\t2\n", False),
        ("行政处罚决定书文号,当事人,处罚结果\n沪环罚〔2023〕1号,上海甲公司,罚款\n", False),
        ("苏州市生态环境局行政处罚决定书\n苏环罚〔2022〕1号\n\n我局对你单位进行了调查。\n", True),
        ("name\nvalue\n", False),
    ],
)
def test_tables_are_told_from_letters(tmp_path: Path, text: str, letter: bool) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    assert is_letter(path, inspect_content(path)) is letter


def test_each_cited_article_is_a_row(tmp_path: Path) -> None:
    path = DECISIONS / "jiangsu.txt"
    (table,) = decision_tables(path, inspect_content(path))
    header, *rows = table.rows()
    cells = [dict(zip(COLUMNS, row.cells, strict=True)) for row in rows]
    assert tuple(header.cells) == COLUMNS
    assert [(row["引用方式"], row["法律名称"], row["条款项"]) for row in cells[1:]] == [
        ("违反", "排污许可管理条例", "第十九条第1款"),
        ("违反", "中华人民共和国固体废物污染环境防治法", "第七十九条"),
        ("适用", "排污许可管理条例", "第三十六条第5项"),
        ("适用", "中华人民共和国固体废物污染环境防治法", "第一百一十二条第1款第6项"),
        ("适用", "中华人民共和国固体废物污染环境防治法", "第一百一十二条第2款"),
    ]
