"""Shapes of `/search`."""

from pydantic import Field

from api.schemas.common import LabelShape, Position, Scalar, Shape


class HighlightShape(Shape):
    """A passage of the original text and where it matched: `spans` are (start, end) in characters of `passage`."""

    field: str = Field(examples=["title"])
    passage: str
    spans: tuple[tuple[int, int], ...]


class HitShape(Shape):
    """One match; `score` is comparable within one answer only."""

    id: str
    class_name: str = Field(serialization_alias="class")
    class_label: LabelShape
    label: str
    score: float
    date: str | None
    datasets: tuple[str, ...]
    synthetic: bool
    location: Position | None
    properties: dict[str, tuple[Scalar, ...]]
    highlights: tuple[HighlightShape, ...]


class FacetValueShape(Shape):
    """One value of a facet, its label, and how many matches of the whole result have it."""

    value: str
    label: LabelShape
    count: int


class SearchLimits(Shape):
    """What was cut: hits a page, values a facet."""

    limit: int
    facet_values: int


class SearchShape(Shape):
    """One page of matches. `total` and `facets` are over the whole result."""

    query: str
    total: int
    hits: tuple[HitShape, ...]
    facets: dict[str, tuple[FacetValueShape, ...]]
    next_cursor: str | None
    limits: SearchLimits
