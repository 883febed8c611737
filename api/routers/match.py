"""`POST /match`: records of the register that are the same as given ones, with the reasons. Shaped like yente's."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi import Path as PathParameter
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.dependencies import MatcherDep, Name, Names, Parameters, ServicesDep
from api.examples import MOST_VALUES, SCHEMA_OF, SCHEMATA, Example, read_example
from api.schemas.common import LabelShape
from api.schemas.match import (
    ExampleShape,
    FeatureShape,
    MatchedShape,
    MatchesShape,
    MatchShape,
    MatchTotal,
    ReasonShape,
)
from graph.resolve.matching.explanation import WORDS, Reason
from graph.resolve.matching.matcher import Match, Matcher
from graph.resolve.matching.model import FEATURES, load_model
from graph.resolve.matching.record import Party
from graph.store import GraphStore
from ontology.errors import InvalidQuery
from ontology.model import Entity, EntityId
from ontology.schema import Schema

router = APIRouter(tags=["match"])

MOST_QUERIES = 500
MOST_RESULTS = 50
ALGORITHMS = ("ecograph", "best", "default")
_CODED: JsonDict = {"name": ["示例电镀公司"], "registrationNumber": ["91319999000000015P"]}
_NAMED: JsonDict = {"name": ["示例印染廠"]}
EXAMPLE: JsonDict = {
    "queries": {
        "q1": {"schema": "Company", "properties": _CODED},
        "q2": {"schema": "Company", "properties": _NAMED},
    }
}


class ExampleQuery(BaseModel):
    """One record to look for, as FollowTheMoney writes it; our own property names are understood as well."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Annotated[str, Field(max_length=200)] | None = None
    schema_name: str = Field(default="Company", alias="schema", max_length=50, examples=["Company"])
    properties: dict[str, str | list[str]] = Field(max_length=50, examples=[{"name": ["示例电镀公司"]}])


class MatchQuery(BaseModel):
    """The records to look for, by names of the client's choosing."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    queries: dict[str, ExampleQuery] = Field(min_length=1, max_length=MOST_QUERIES)


class MatchParameters(Parameters):
    """What counts as a match, and which records count at all."""

    limit: int = Field(default=5, ge=1, le=MOST_RESULTS, description="Records an answer holds at most.")
    threshold: float | None = Field(default=None, ge=0, le=1, description="Probability from which `match` is true.")
    cutoff: float | None = Field(default=None, ge=0, le=1, description="Records below this probability are left out.")
    algorithm: str = Field(default="best", max_length=50, description=f"One of {', '.join(ALGORITHMS)}: they are one.")
    include_dataset: Names = Field(default=(), description="Only records of these datasets.")
    exclude_dataset: Names = Field(default=(), description="No records that only these datasets know.")
    exclude_schema: Names = Field(default=(), description="No records of these schemata.")
    exclude_entity_ids: Names = Field(default=(), description="Not these records.")
    explain: bool = Field(default=True, description="False leaves out features and reasons.")


@router.post("/match", summary="Find the records that given ones are")
async def post_match(
    services: ServicesDep,
    matching: MatcherDep,
    asked: Annotated[MatchParameters, Query()],
    query: Annotated[MatchQuery, Body()],
) -> MatchShape:
    """Return for each query the records that may be it, most probable first, with verdict and reasons.

    Without `threshold` that of the learned weights is taken (precision .98 on names held back). `verdict` tells
    the same enterprise from the same enterprise at another site. Nothing of a query is stored.
    """
    if asked.algorithm not in ALGORITHMS:
        raise InvalidQuery(f"there is no algorithm {asked.algorithm!r}", remedy=f"Known are {', '.join(ALGORITHMS)}.")
    examples = {name: _example(one, schema=services.schema) for name, one in query.queries.items()}
    matcher = await matching.current()
    hidden = _classes(asked.exclude_schema, schema=services.schema)
    found = await asyncio.to_thread(_found, matcher, examples, asked, hidden)
    ids = dict.fromkeys(EntityId(match.party.id) for matches in found.values() for match in matches)
    known = {entity.id: entity for entity in await _entities(services.graph, list(ids))}
    threshold = matcher.model.threshold if asked.threshold is None else asked.threshold
    return MatchShape(
        responses={
            name: _answer(query.queries[name], examples[name], matches, known=known, asked=asked, threshold=threshold)
            for name, matches in found.items()
        },
        matcher=_features(),
        limit=asked.limit,
        threshold=threshold,
    )


@router.post("/match/{dataset}", summary="Find the records that given ones are, in one dataset")
async def post_match_dataset(
    services: ServicesDep,
    matching: MatcherDep,
    dataset: Annotated[Name, PathParameter()],
    asked: Annotated[MatchParameters, Query()],
    query: Annotated[MatchQuery, Body()],
) -> MatchShape:
    """Return what `/match` does; `default` is all datasets, the name of any other restricts it to that one."""
    if dataset != "default":
        asked = asked.model_copy(update={"include_dataset": (*asked.include_dataset, dataset)})
    return await post_match(services, matching, asked, query)


def _example(query: ExampleQuery, *, schema: Schema) -> Example:
    values = {name: [one] if isinstance(one, str) else one[:MOST_VALUES] for name, one in query.properties.items()}
    return read_example(query.schema_name, values, schema=schema)


def _classes(schemata: tuple[str, ...], *, schema: Schema) -> frozenset[str]:
    unknown = [name for name in schemata if not SCHEMATA.get(name)]
    if unknown:
        raise InvalidQuery(f"there is no schema {unknown[0]!r} here", remedy=f"Known are {', '.join(SCHEMATA)}.")
    return frozenset(below for name in schemata for one in SCHEMATA[name] for below in schema.subclasses(one))


def _found(
    matcher: Matcher, examples: dict[str, Example], asked: MatchParameters, hidden: frozenset[str]
) -> dict[str, list[Match]]:
    without = frozenset(asked.exclude_entity_ids)
    most = MOST_RESULTS if asked.include_dataset or asked.exclude_dataset else asked.limit
    threshold = matcher.model.threshold if asked.threshold is None else asked.threshold
    floor = min(matcher.model.doubtful, threshold) if asked.cutoff is None else min(asked.cutoff, threshold)

    def look_up(example: Example) -> list[Match]:
        if not (example.classes or hidden or without):
            return matcher.match(example.party, limit=most, floor=floor, explained=asked.explain)

        def keep(party: Party) -> bool:
            wanted = not example.classes or party.class_name in example.classes
            return wanted and party.class_name not in hidden and party.id not in without

        return matcher.match(example.party, limit=most, floor=floor, keep=keep, explained=asked.explain)

    return {name: look_up(example) for name, example in examples.items()}


async def _entities(graph: GraphStore, ids: list[EntityId]) -> list[Entity]:
    return [entity for start in range(0, len(ids), 500) for entity in await graph.entities(ids[start : start + 500])]


def _answer(
    query: ExampleQuery,
    example: Example,
    matches: list[Match],
    *,
    known: dict[EntityId, Entity],
    asked: MatchParameters,
    threshold: float,
) -> MatchesShape:
    held = [(match, known[EntityId(match.party.id)]) for match in matches if EntityId(match.party.id) in known]
    held = [(match, entity) for match, entity in held if _in_datasets(entity, asked)][: asked.limit]
    shown = ExampleShape(
        id=query.id, schema_name=example.schema, properties=dict(example.properties), ignored=example.ignored
    )
    results = tuple(_matched(match, entity, asked=asked, threshold=threshold) for match, entity in held)
    return MatchesShape(results=results, total=MatchTotal(value=len(results)), query=shown)


def _in_datasets(entity: Entity, asked: MatchParameters) -> bool:
    datasets = set(entity.datasets)
    if asked.include_dataset and not datasets & set(asked.include_dataset):
        return False
    return not asked.exclude_dataset or bool(datasets - set(asked.exclude_dataset))


def _matched(match: Match, entity: Entity, *, asked: MatchParameters, threshold: float) -> MatchedShape:
    features = dict(zip(FEATURES, match.features, strict=True)) if asked.explain else {}
    return MatchedShape(
        id=entity.id,
        caption=entity.label,
        schema_name=SCHEMA_OF.get(entity.class_name, "Organization"),
        class_name=entity.class_name,
        properties={name: tuple(values) for name, values in entity.properties.items()},
        datasets=entity.datasets,
        score=round(match.score, 4),
        match=match.score >= threshold,
        verdict=match.verdict.value,
        site_difference=match.site,
        features={name: round(value, 4) for name, value in features.items() if value},
        explanations={reason.group: _reason(reason) for reason in match.reasons},
    )


def _reason(reason: Reason) -> ReasonShape:
    return ReasonShape(
        score=reason.share,
        detail=reason.en,
        label=LabelShape(zh=reason.zh, en=reason.en),
        query=reason.query,
        candidate=reason.candidate,
    )


def _features() -> dict[str, FeatureShape]:
    weights = load_model().weights
    return {
        name: FeatureShape(
            description=WORDS[name][1] if name in WORDS else name.replace("_", " "), coefficient=float(weight)
        )
        for name, weight in zip(FEATURES, weights, strict=True)
    }
