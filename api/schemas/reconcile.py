"""Shapes of the Reconciliation API 0.2 (W3C Entity Reconciliation Community Group), as OpenRefine speaks it."""

from pydantic import Field

from api.schemas.common import Shape


class NamedShape(Shape):
    """A type or property: id and name."""

    id: str = Field(examples=["Enterprise"])
    name: str = Field(examples=["企业 Enterprise"])


class ServiceShape(Shape):
    """Where a service answers."""

    service_url: str
    service_path: str


class PreviewShape(Shape):
    """Where a preview of one entity is, and its size in pixels."""

    url: str
    width: int
    height: int


class ViewShape(Shape):
    """Where the page of one entity is."""

    url: str


class SuggestShape(Shape):
    """The services that complete what is typed."""

    entity: ServiceShape
    type: ServiceShape
    property: ServiceShape


class SettingShape(Shape):
    """A setting of a property when data is extended."""

    name: str
    label: str
    type: str
    default: int
    help_text: str


class ExtendServiceShape(Shape):
    """How properties of matched entities are fetched."""

    propose_properties: ServiceShape
    property_settings: tuple[SettingShape, ...]


class ManifestShape(Shape):
    """What the service is and can do."""

    versions: tuple[str, ...] = ("0.2",)
    name: str
    identifierSpace: str  # noqa: N815 - as the specification writes it
    schemaSpace: str  # noqa: N815
    documentation: str
    defaultTypes: tuple[NamedShape, ...]  # noqa: N815
    view: ViewShape
    preview: PreviewShape
    suggest: SuggestShape
    extend: ExtendServiceShape
    batchSize: int  # noqa: N815


class FeatureValueShape(Shape):
    """One feature of a candidate."""

    id: str
    value: float


class CandidateShape(Shape):
    """One candidate; `score` is the probability in percent."""

    id: str
    name: str
    description: str
    type: tuple[NamedShape, ...]
    score: float
    match: bool
    features: tuple[FeatureValueShape, ...]


class CandidatesShape(Shape):
    """The answer to one query."""

    result: tuple[CandidateShape, ...]


class SuggestionShape(Shape):
    """One completion."""

    id: str
    name: str
    description: str = ""
    notable: tuple[NamedShape, ...] = ()


class SuggestionsShape(Shape):
    """Completions of a prefix."""

    result: tuple[SuggestionShape, ...]


class ProposedShape(Shape):
    """Properties that entities of a type may be extended by."""

    type: str
    properties: tuple[NamedShape, ...]
    limit: int


class ExtendedShape(Shape):
    """The properties asked for, and their values by entity and property."""

    meta: tuple[NamedShape, ...]
    rows: dict[str, dict[str, tuple[dict[str, str | float | bool], ...]]]
