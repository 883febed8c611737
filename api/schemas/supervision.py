"""Shapes of contradictions."""

from collections.abc import Mapping

from pydantic import Field

from api.schemas.common import LabelShape, Shape
from api.schemas.entities import PageLimits


class EvidenceEntityShape(Shape):
    """An entity of the evidence."""

    id: str
    class_name: str = Field(serialization_alias="class")
    class_label: LabelShape
    label: str


class EvidenceRelationShape(Shape):
    """A relation that joins two entities of the evidence."""

    source: str
    type: str
    label: LabelShape
    target: str


class SubjectShape(Shape):
    """Whom a finding is about."""

    id: str
    label: str
    synthetic: bool


class ContradictionShape(Shape):
    """One contradiction: the rule it touches, whom it is about, and what shows it."""

    id: str
    kind: str = Field(examples=["permit-expired"])
    title: LabelShape
    rule: str = Field(description="Statute article or standard.", examples=["排污许可管理条例 第十四条"])
    severity: str = Field(description="`high`, `medium`, or `low`: the registers alone cannot decide.")
    region: str | None
    subject: SubjectShape
    entities: tuple[EvidenceEntityShape, ...] = Field(description="From the subject to what contradicts.")
    relations: tuple[EvidenceRelationShape, ...]
    records: tuple[str, ...] = Field(description="Records behind the relations, at most five for each.")
    values: Mapping[str, str | float] = Field(description="Dates, figures and names that were compared.")


class KindCountShape(Shape):
    """How many findings of a kind the filters let through."""

    kind: str
    title: LabelShape
    rule: str
    count: int


class ContradictionsShape(Shape):
    """One page of contradictions, and how many there are of each kind."""

    as_of: str
    total: int
    kinds: tuple[KindCountShape, ...]
    items: tuple[ContradictionShape, ...]
    next_cursor: str | None
    limits: PageLimits
