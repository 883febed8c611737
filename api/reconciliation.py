"""The Reconciliation API 0.2 over the matcher: its manifest, its queries, and what it proposes and extends."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from api.examples import Example, read_example
from api.matching import RegisterMatcher
from api.schemas.reconcile import (
    CandidateShape,
    CandidatesShape,
    ExtendedShape,
    ExtendServiceShape,
    FeatureValueShape,
    ManifestShape,
    NamedShape,
    PreviewShape,
    ProposedShape,
    ServiceShape,
    SettingShape,
    SuggestShape,
    ViewShape,
)
from api.services import Services
from graph.resolve.matching.matcher import Match, Matcher, Verdict
from graph.resolve.matching.record import Party
from ontology.errors import InvalidQuery
from ontology.model import Entity, EntityId
from ontology.schema import Schema

TYPES: Final = ("Enterprise", "Agency", "Site")
BATCH: Final = 50
"""Queries that OpenRefine sends at once: answered in a tenth of a second at a million names."""
MOST_QUERIES: Final = 500
MOST_IDS: Final = 500
CLEAR: Final = 0.15
"""How far the second candidate must be behind before the first is matched without a person looking."""


class PropertyValue(BaseModel):
    """A property of a query: `pid` is its name, `v` one value or several."""

    model_config = ConfigDict(frozen=True)

    pid: Annotated[str, Field(max_length=100)]
    v: object


class Query(BaseModel):
    """One query as the specification writes it; members it does not know are passed over."""

    model_config = ConfigDict(frozen=True)

    query: Annotated[str, Field(max_length=500)] = ""
    type: str | list[str] | None = None
    limit: int = Field(default=5, ge=1, le=50)
    properties: list[PropertyValue] = Field(default_factory=list, max_length=20)


class Batch(RootModel[dict[str, Query]]):
    """Queries by the names that the client gives them."""


class ExtendProperty(BaseModel):
    """A property to fetch; `settings.limit` 0 is no limit."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(max_length=100)]
    settings: dict[str, object] = Field(default_factory=dict)

    @property
    def most(self) -> int | None:
        """Return how many values are asked for, None for all."""
        asked = str(self.settings.get("limit", "0"))
        return int(asked) if asked.isdecimal() and int(asked[:9]) else None


class Extend(BaseModel):
    """Which properties of which entities."""

    model_config = ConfigDict(frozen=True)

    ids: list[Annotated[str, Field(max_length=200)]] = Field(max_length=MOST_IDS)
    properties: list[ExtendProperty] = Field(max_length=50)


def named_class(schema: Schema, name: str) -> NamedShape:
    """Return a class as a type; one that the ontology does not know keeps its name."""
    found = schema.classes.get(name)
    return NamedShape(id=name, name=f"{found.label.zh} {found.label.en}" if found else name)


def named_property(schema: Schema, name: str) -> NamedShape:
    """Return a property by its labels."""
    label = schema.property_def(name).label
    return NamedShape(id=name, name=f"{label.zh} {label.en}")


def manifest(schema: Schema, *, service: str, site: str) -> ManifestShape:
    """Return the manifest of the service at the address `service`; pages of entities are under `site`."""

    def at(path: str) -> ServiceShape:
        return ServiceShape(service_url=service, service_path=path)

    return ManifestShape(
        name="ecograph",
        identifierSpace="urn:ecograph:entity",
        schemaSpace="urn:ecograph:ns",
        documentation=f"{site}/api/v1/docs",
        defaultTypes=tuple(named_class(schema, name) for name in TYPES),
        view=ViewShape(url=f"{site}/entity/{{{{id}}}}"),
        preview=PreviewShape(url=f"{service}/preview?id={{{{id}}}}", width=430, height=300),
        suggest=SuggestShape(entity=at("/suggest/entity"), type=at("/suggest/type"), property=at("/suggest/property")),
        extend=ExtendServiceShape(
            propose_properties=at("/extend/propose"),
            property_settings=(
                SettingShape(
                    name="limit", label="Limit", type="number", default=0, help_text="Values a cell holds, 0 for all."
                ),
            ),
        ),
        batchSize=BATCH,
    )


def read_batch(text: str) -> Mapping[str, Query]:
    """Return the queries of a JSON text. Raises `InvalidQuery` where it is none, or holds too many."""
    try:
        batch = Batch.model_validate_json(text).root
    except ValidationError as error:
        raise InvalidQuery(f"`queries` cannot be read: {_first(error)}") from error
    if len(batch) > MOST_QUERIES:
        raise InvalidQuery(f"{len(batch)} queries are too many at once", remedy=f"Send {MOST_QUERIES} at most.")
    return batch


def read_extend(text: str) -> Extend:
    """Return what a JSON text asks to extend. Raises `InvalidQuery`."""
    try:
        return Extend.model_validate_json(text)
    except ValidationError as error:
        raise InvalidQuery(f"`extend` cannot be read: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])


async def reconcile(
    batch: Mapping[str, Query], *, services: Services, matching: RegisterMatcher
) -> dict[str, CandidatesShape]:
    """Return candidates for every query; one with nothing to compare has none."""
    matcher = await matching.current()
    examples = {name: _example(query, schema=services.schema) for name, query in batch.items()}
    found = await asyncio.to_thread(_look_up, matcher, batch, examples)
    return {
        name: CandidatesShape(result=tuple(_candidates(matches, schema=services.schema)))
        for name, matches in found.items()
    }


def _example(query: Query, *, schema: Schema) -> Example | None:
    types = [query.type] if isinstance(query.type, str) else list(query.type or ())
    properties: dict[str, list[str]] = {"name": [query.query]} if query.query.strip() else {}
    for item in query.properties:
        values = item.v if isinstance(item.v, list) else [item.v]
        properties.setdefault(item.pid, []).extend(_text(value)[:500] for value in values)
    try:
        return read_example(types[0] if types else "Thing", properties, schema=schema)
    except InvalidQuery:
        # A cell without a name among a thousand that have one is no reason to refuse them all.
        return None


def _text(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("id") or value.get("str") or "")
    return "" if value is None else str(value)


def _look_up(
    matcher: Matcher, batch: Mapping[str, Query], examples: Mapping[str, Example | None]
) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for name, example in examples.items():
        if example is None:
            found[name] = []
            continue
        keep = partial(_is_of, example.classes) if example.classes else None
        found[name] = matcher.match(example.party, limit=batch[name].limit, floor=0.01, keep=keep)
    return found


def _is_of(classes: frozenset[str], party: Party) -> bool:
    return party.class_name in classes


def _candidates(matches: Sequence[Match], *, schema: Schema) -> Iterable[CandidateShape]:
    second = matches[1].score if len(matches) > 1 else 0.0
    for place, match in enumerate(matches):
        sure = place == 0 and match.verdict is Verdict.SAME and match.score - second >= CLEAR
        codes = (*match.party.usccs, *match.party.source_codes)
        yield CandidateShape(
            id=match.party.id,
            name=match.party.label or (match.party.names or ("",))[0],
            description="，".join([*codes[:1], *match.party.addresses[:1]]),
            type=(named_class(schema, match.party.class_name),),
            score=round(match.score * 100, 2),
            match=sure,
            features=tuple(FeatureValueShape(id=reason.group, value=reason.share) for reason in match.reasons),
        )


def proposed(schema: Schema, type_name: str, *, limit: int) -> ProposedShape:
    """Return the properties that things of a class may be extended by. Raises `InvalidQuery` for an unknown class."""
    if type_name not in schema.classes:
        raise InvalidQuery(f"there is no type {type_name!r}", remedy=f"Known are {', '.join(TYPES)}.")
    names = [prop.name for prop in schema.properties_of(type_name) if not prop.personal]
    return ProposedShape(
        type=type_name, properties=tuple(named_property(schema, name) for name in names[:limit]), limit=limit
    )


async def extended(asked: Extend, *, services: Services) -> ExtendedShape:
    """Return the values of properties of entities; an entity or property that does not exist gives empty cells."""
    entities = {entity.id: entity for entity in await services.graph.entities([EntityId(name) for name in asked.ids])}
    known = [item for item in asked.properties if item.id in services.schema.properties]
    return ExtendedShape(
        meta=tuple(named_property(services.schema, item.id) for item in known),
        rows={name: _row(entities.get(EntityId(name)), asked.properties) for name in asked.ids},
    )


def _row(
    entity: Entity | None, properties: Sequence[ExtendProperty]
) -> dict[str, tuple[dict[str, str | float | bool], ...]]:
    if entity is None:
        return {item.id: () for item in properties}
    return {
        item.id: tuple(_cell(value) for value in entity.properties.get(item.id, ())[: item.most]) for item in properties
    }


def _cell(value: str | float | bool) -> dict[str, str | float | bool]:
    kind = "bool" if isinstance(value, bool) else "float" if isinstance(value, float) else "str"
    return {kind: value}
