"""Where facts come from: records joined with their dataset's title, file and row."""

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from api.presentation import Sources, plain_label
from api.schemas.common import LabelShape, SourceShape
from ingest.journal.facts import Sighting
from ingest.ledger import Ledger
from ontology.model import RecordId, Relation

TITLES_SECONDS = 30.0
"""How long titles are kept: they change when a mapping does, and counting a ledger's datasets takes a while."""


@dataclass(slots=True)
class DatasetTitles:
    """Titles of datasets, read again when one is unknown or the last reading is old."""

    ledger: Ledger
    _titles: Mapping[str, LabelShape] = field(default_factory=dict)
    _read_at: float = float("-inf")

    async def of(self, datasets: Iterable[str]) -> Mapping[str, LabelShape]:
        """Return the title of each dataset; one without a title is called by its id."""
        wanted = set(datasets)
        age = time.monotonic() - self._read_at
        if age > TITLES_SECONDS or (not wanted <= self._titles.keys() and age > 1.0):
            found = await self.ledger.datasets()
            self._titles = {dataset.id: title_of(dataset.id, dataset.description) for dataset in found}
            self._read_at = time.monotonic()
        return {dataset: self._titles.get(dataset, plain_label(dataset)) for dataset in wanted}


def title_of(dataset: str, description: Mapping[str, object]) -> LabelShape:
    """Return the title of a dataset: what the titles of its tables share, else its publisher, else its id.

    Tables of one publication are titled alike up to a `·` or `:`, such as `企业环境信息公开·排放口`; where they are
    not, none of their titles is that of the whole.
    """
    tables = description.get("tables")
    found = [label_of(title) for title in tables.values()] if isinstance(tables, Mapping) else []
    titles = [title for title in found if title is not None]
    shared = {(_before_mark(title.zh), _before_mark(title.en)) for title in titles}
    if len(titles) == 1:
        return titles[0]
    if len(shared) == 1:
        zh, en = shared.pop()
        return LabelShape(zh=zh, en=en)
    return label_of(description.get("publisher")) or plain_label(dataset)


def _before_mark(title: str) -> str:
    return re.split(r"[·:：]", title, maxsplit=1)[0].strip()


def label_of(value: object) -> LabelShape | None:
    """Return a `{zh, en}` value or a plain text as a label, None for anything else."""
    if isinstance(value, str) and value:
        return plain_label(value)
    if isinstance(value, Mapping):
        zh, en = value.get("zh"), value.get("en")
        if isinstance(zh or en, str):
            return LabelShape(zh=str(zh or en), en=str(en or zh))
    return None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Looks records up and returns them as sources."""

    ledger: Ledger
    titles: DatasetTitles

    async def of_records(self, records: Iterable[RecordId], *, recorded_as_of: str | None = None) -> Sources:
        """Return, for each record, the rows where it was seen and not taken back, first seen first.

        With `recorded_as_of`, as the ledger was at that moment.
        """
        found = await self.ledger.sightings(dict.fromkeys(records))
        titles = await self.titles.of({seen.dataset for rows in found.values() for seen in rows})
        return {
            RecordId(record): tuple(
                source_shape(RecordId(record), seen, title=titles[seen.dataset])
                for seen in rows
                if _is_live(seen, at=recorded_as_of)
            )
            for record, rows in found.items()
        }

    async def of_relations(self, relations: Sequence[Relation]) -> Sources:
        """Return the rows of all records that the relations name."""
        return await self.of_records(record for relation in relations for record in relation.records)


def source_shape(record: RecordId, seen: Sighting, *, title: LabelShape) -> SourceShape:
    """Return one sighting of a record as a source."""
    return SourceShape(
        record=record,
        dataset=seen.dataset,
        dataset_title=title,
        file=file_name(seen),
        row=seen.row,
        recorded_at=seen.received_at,
    )


def file_name(seen: Sighting) -> str:
    """Return the name of the file, with the sheet or array where it has several."""
    return f"{seen.file}#{seen.part}" if seen.part else seen.file


def _is_live(seen: Sighting, *, at: str | None) -> bool:
    if at is None:
        return seen.retracted_at is None
    return seen.received_at <= at and (seen.retracted_at is None or seen.retracted_at > at)
