"""Shapes of `/match`, close to those of yente, so that its clients read them."""

from pydantic import Field

from api.schemas.common import LabelShape, Scalar, Shape


class MatchTotal(Shape):
    """How many records passed the cutoff."""

    value: int
    relation: str = "eq"


class ReasonShape(Shape):
    """What one kind of evidence says; `score` is what it adds to the log-odds of being one enterprise."""

    score: float
    detail: str = Field(description="The reason in English.", examples=["the same brand"])
    label: LabelShape
    query: str = Field(description="What of the query was compared.", examples=["永联"])
    candidate: str = Field(description="What of the record was compared.", examples=["永联"])


class MatchedShape(Shape):
    """One record of the register. `match` tells that `score` reaches the threshold."""

    id: str
    caption: str = Field(examples=["上海某某化工有限公司"])
    schema_name: str = Field(serialization_alias="schema", description="FollowTheMoney's.", examples=["Company"])
    class_name: str = Field(serialization_alias="class", examples=["Enterprise"])
    properties: dict[str, tuple[Scalar, ...]]
    datasets: tuple[str, ...]
    referents: tuple[str, ...] = ()
    target: bool = False
    score: float = Field(description="Probability that query and record are one enterprise.")
    match: bool
    verdict: str = Field(description="`same`, `same-other-site`, `unsure` or `different`.", examples=["same"])
    site_difference: str = Field(description="What tells the sites apart, empty where nothing does.", examples=["part"])
    features: dict[str, float]
    explanations: dict[str, ReasonShape]


class ExampleShape(Shape):
    """The query as it was understood."""

    id: str | None
    schema_name: str = Field(serialization_alias="schema")
    properties: dict[str, tuple[str, ...]]
    ignored: tuple[str, ...] = Field(description="Properties, and values that are none, that were not compared.")


class MatchesShape(Shape):
    """The answer to one query."""

    status: int = 200
    results: tuple[MatchedShape, ...]
    total: MatchTotal
    query: ExampleShape


class FeatureShape(Shape):
    """A feature and the weight that was learned for it."""

    description: str
    coefficient: float
    url: str = ""


class MatchShape(Shape):
    """The answers to all queries, by the names the client gave them."""

    responses: dict[str, MatchesShape]
    matcher: dict[str, FeatureShape]
    limit: int
    threshold: float
