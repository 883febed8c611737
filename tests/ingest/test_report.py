"""What a run's report tells of the values it read."""

from pathlib import Path

from ingest.ingestion import built_in_mappings
from ontology.schema import load_schema
from tests.ingest.home import USCC, Home, write_csv

HEADER = ("行政相对人名称", "行政处罚决定书文号", "组织机构代码", "处罚决定日期")


async def test_what_a_type_notes_of_sound_values_is_not_reported(home: Home, tmp_path: Path) -> None:
    rows = [
        ("甲化工有限公司", "沪0120环罚〔2023〕12号", USCC, "2023-05-06"),
        ("乙化工有限公司", "沪0120环罚〔2023〕13号", "60743161-6", "45000"),
    ]
    path = write_csv(tmp_path / "penalties.csv", HEADER, rows)
    report = await home.ingest(path, mappings=built_in_mappings(load_schema()))
    assert report.total("used") == 2
    notes = dict(report.tables[0].notes)
    assert [name for name in notes if "from-uscc" in name] == []
    assert {name: notes[name] for name in notes if "excel-serial" in name} == {"处罚决定日期: excel-serial": 1}
