"""Shapes that several answers share: labels, sources, entities in brief."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Scalar = bool | float | str
Position = Annotated[
    tuple[float, float],
    Field(description="Longitude and latitude in WGS-84 degrees.", examples=[[121.4737, 31.2304]]),
]


class Shape(BaseModel):
    """Any answer: frozen, and `class_name` is `class` in JSON, a word Python keeps for itself."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)


class LabelShape(Shape):
    """A name in both languages; where only one is known, both are that one."""

    zh: str = Field(examples=["排污许可证"])
    en: str = Field(examples=["Discharge permit"])


class SourceShape(Shape):
    """Where a fact comes from: the record, and the row of the file it was first seen in."""

    record: str = Field(description="Id of the record, for `/records/{record_id}`.", examples=["9f2c…"])
    dataset: str = Field(examples=["shanghai-disclosure-2020"])
    dataset_title: LabelShape
    file: str | None = Field(description="Name of the source file.", examples=["enterprise_detail.csv"])
    row: int | None = Field(description="Row of the file, counted from 1 without the heading.", examples=[17])
    recorded_at: str | None = Field(description="When the ledger took it in, UTC.")


class EntityBrief(Shape):
    """An entity as a list or a graph shows it."""

    id: str = Field(examples=["Site-0a1b2c3d4e5f60718293"])
    class_name: str = Field(serialization_alias="class", examples=["Site"])
    class_label: LabelShape
    label: str = Field(examples=["上海某某化工有限公司"])
    synthetic: bool = Field(description="True for an invented demo entity.")
    properties: dict[str, tuple[Scalar, ...]]
    location: Position | None
    datasets: tuple[str, ...]


class RelationShape(Shape):
    """A directed relation with the records that say so: `sources` names at most five of `record_count`."""

    source: str
    type: str = Field(examples=["operatedBy"])
    label: LabelShape
    target: str
    valid_from: str | None
    valid_to: str | None
    record_count: int
    sources: tuple[SourceShape, ...]
