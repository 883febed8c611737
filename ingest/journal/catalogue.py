"""What is known of datasets and runs beside the records."""

from collections.abc import Mapping

import orjson
from sqlalchemy import Engine, delete, func, insert, select

from ingest.journal.tables import DATASET, RUN
from ingest.journal.write import JournalWriter
from ingest.mapping.model import TableMapping


def describe_dataset(engine: Engine, writer: JournalWriter, mapping: TableMapping) -> None:
    """Note title, publisher, licence and table of a mapping at its dataset."""
    with engine.begin() as connection:
        term = writer.term(connection, mapping.dataset)
        row = connection.execute(select(DATASET).where(DATASET.c.term == term)).first()
        description: dict[str, object] = {} if row is None else orjson.loads(row.description)
        tables = dict(description.get("tables") or {})  # type: ignore[call-overload]
        tables[mapping.table] = dict(mapping.title)
        new = {
            "title": _dataset_title(mapping, description),
            "publisher": dict(mapping.publisher),
            "license": mapping.license,
            "region": mapping.region,
            "tables": dict(sorted(tables.items())),
        }
        text = orjson.dumps(new, option=orjson.OPT_SORT_KEYS).decode()
        if row is not None and row.description == text and row.synthetic == mapping.synthetic:
            return
        connection.execute(delete(DATASET).where(DATASET.c.term == term))
        connection.execute(insert(DATASET).values(term=term, synthetic=mapping.synthetic, description=text))


def _dataset_title(mapping: TableMapping, before: Mapping[str, object]) -> object:
    """Return the dataset's title: of several tables the part before `·` or `:` that their titles share."""
    shared = {
        language: text.replace("：", ":").split("·")[0].split(":")[0].strip()
        for language, text in mapping.title.items()
    }
    earlier = before.get("title")
    return min((earlier, shared), key=str) if isinstance(earlier, dict) and earlier else shared


def record_run(engine: Engine, *, started_at: str, seconds: float, report: Mapping[str, object]) -> None:
    """Note a finished run with its report."""
    with engine.begin() as connection:
        number = (connection.execute(select(func.max(RUN.c.id))).scalar() or 0) + 1
        text = orjson.dumps(report, option=orjson.OPT_SORT_KEYS).decode()
        connection.execute(insert(RUN).values(id=number, started_at=started_at, seconds=seconds, report=text))
