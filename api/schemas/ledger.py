"""Shapes of what the ledger answers: records, datasets, quarantine, uploads."""

from collections.abc import Mapping

from pydantic import Field

from api.schemas.common import LabelShape, Shape
from api.schemas.entities import PageLimits


class RecordFileShape(Shape):
    """One sighting of a record."""

    file: str
    row: int | None
    received_at: str
    retracted_at: str | None


class RecordShape(Shape):
    """A record as its source gave it, and every file and row it was seen in."""

    id: str
    dataset: str
    dataset_title: LabelShape
    payload: Mapping[str, object]
    files: tuple[RecordFileShape, ...]


class DatasetShape(Shape):
    """A dataset and what the ledger holds of it."""

    id: str
    title: LabelShape
    publisher: LabelShape | None
    license: str | None
    synthetic: bool
    tables: tuple[str, ...]
    records: int
    quarantined: int
    first_received: str | None
    last_received: str | None


class DatasetsShape(Shape):
    """All datasets."""

    items: tuple[DatasetShape, ...]
    total: int


class QuarantineItemShape(Shape):
    """A row that could not be used, and why."""

    id: str
    dataset: str
    file: str
    row: int | None
    code: str = Field(examples=["no-key"])
    reason: str
    payload: Mapping[str, object]


class QuarantineShape(Shape):
    """One page of rows that could not be used."""

    total: int
    items: tuple[QuarantineItemShape, ...]
    next_cursor: str | None
    limits: PageLimits


class IngestTableShape(Shape):
    """What was done with one table: `read` is `used`, `filtered`, `skipped` and quarantined rows together."""

    file: str
    part: str
    dataset: str
    table: str
    encoding: str
    state: str = Field(description="`read`, `resumed`, or `unchanged` where it was known already.")
    read: int
    used: int
    filtered: int
    skipped: int
    duplicates: int
    records: int
    statements: int
    quarantined: dict[str, int] = Field(description="Rows that could not be used, by code.")
    notes: dict[str, int] = Field(description="Values left out or mended, by column and code.")
    unknown_columns: tuple[str, ...]


class UnusableShape(Shape):
    """A part of the file, such as a cover sheet, that no mapping recognises."""

    part: str
    reason: str
    remedy: str | None


class IngestShape(Shape):
    """What an upload changed."""

    tables: tuple[IngestTableShape, ...]
    unusable: tuple[UnusableShape, ...]
    entities: int = Field(description="Entities written anew.")
    documents: int
    seconds: float
