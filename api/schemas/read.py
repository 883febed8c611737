"""Shapes of `/read`."""

from pydantic import Field

from api.schemas.common import LabelShape, Scalar, Shape


class MentionedEntity(Shape):
    """The entity of the graph that a mention was linked to."""

    id: str = Field(examples=["Enterprise-0a1b2c3d4e5f60718293"])
    class_name: str = Field(serialization_alias="class", examples=["Enterprise"])
    class_label: LabelShape
    label: str = Field(examples=["上海某某化工有限公司"])
    synthetic: bool = Field(description="True for an invented demo entity.")


class MentionShape(Shape):
    """A stretch of the text that names or measures something."""

    start: int = Field(description="First character (code point) of the text, from 0.", examples=[5])
    end: int = Field(description="Character after the last.", examples=[17])
    label: str = Field(description="What kind of thing it is.", examples=["enterprise"])
    label_name: LabelShape
    text: str = Field(examples=["上海某某化工有限公司"])
    method: str = Field(description="The component or rule that found it.", examples=["register"])
    score: float = Field(ge=0, le=1, description="How sure that is.", examples=[0.99])
    entity_id: str | None = Field(description="Null where it was not looked up, or is not in the register.")
    entity: MentionedEntity | None
    values: dict[str, Scalar] = Field(
        description="What it means in normal form; of names also `linked`, `outcome`, `link` and `link_score`."
    )


class LabelCountShape(Shape):
    """How many mentions have one label."""

    label: str
    label_name: LabelShape
    count: int


class ReadLimits(Shape):
    """What a text may be."""

    characters: int


class ReadShape(Shape):
    """A text with what was understood of it; mentions are in order of place."""

    text: str
    entities: tuple[MentionShape, ...]
    labels: tuple[LabelCountShape, ...] = Field(description="Most frequent first.")
    total: int = Field(description="Mentions in all.")
    linked: int = Field(description="Mentions that were linked to an entity of the graph.")
    limits: ReadLimits
