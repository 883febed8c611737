"""`/reconcile`: the Reconciliation API 0.2, so that OpenRefine matches a column of names with the register."""

from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.dependencies import NO_PARAMETERS, MatcherDep, Name, Parameters, ServicesDep
from api.presentation import class_label
from api.reconciliation import (
    TYPES,
    extended,
    manifest,
    named_class,
    named_property,
    proposed,
    read_batch,
    read_extend,
    reconcile,
)
from api.schemas.reconcile import (
    CandidatesShape,
    ExtendedShape,
    ManifestShape,
    ProposedShape,
    SuggestionShape,
    SuggestionsShape,
)
from ontology.errors import InvalidQuery, NotFound
from ontology.model import EntityId
from search.index import SearchFilter, SearchRequest
from search.query import parse

router = APIRouter(prefix="/reconcile", tags=["match"])

Text = Annotated[str | None, Form(max_length=1_000_000)]
SHOWN = ("uscc", "org_code", "source_code", "permit_number", "address", "former_name")


class PrefixParameters(Parameters):
    """What has been typed so far."""

    prefix: str = Field(default="", max_length=200, examples=["示例"])
    cursor: int = Field(default=0, ge=0, le=200, description="How many completions to pass over.")


class ProposeParameters(Parameters):
    """For which type."""

    type: Name = Field(default="Enterprise")
    limit: int = Field(default=100, ge=1, le=500)


class EntityParameters(Parameters):
    """Which entity."""

    id: Name


@router.get("", summary="What the reconciliation service is", dependencies=[NO_PARAMETERS])
async def get_manifest(services: ServicesDep, request: Request) -> ManifestShape:
    """Return the manifest that OpenRefine asks for when the service is added."""
    site = str(request.base_url).rstrip("/")
    return manifest(services.schema, service=f"{site}/api/v1/reconcile", site=site)


@router.post("", summary="Reconcile names, or extend entities", dependencies=[NO_PARAMETERS])
async def post_queries(
    services: ServicesDep,
    matching: MatcherDep,
    *,
    queries: Text = None,
    extend: Text = None,
) -> dict[str, CandidatesShape] | ExtendedShape:
    """Answer a batch: `queries` with candidates, `extend` with properties; both are JSON in a form field."""
    if extend is not None:
        return await extended(read_extend(extend), services=services)
    if queries is None:
        raise InvalidQuery("there are neither `queries` nor `extend`", remedy="Send one of them as a form field.")
    return await reconcile(read_batch(queries), services=services, matching=matching)


@router.get("/suggest/entity", summary="Complete the name of an entity")
async def get_suggest_entity(services: ServicesDep, asked: Annotated[PrefixParameters, Query()]) -> SuggestionsShape:
    """Return entities that the text finds."""
    if not asked.prefix.strip():
        return SuggestionsShape(result=())
    words = '"' + asked.prefix.replace('"', " ").replace("\\", " ").strip() + '"'
    where = SearchFilter(facets={"class": tuple(c for name in TYPES for c in services.schema.subclasses(name))})
    request = SearchRequest(query=parse(words), where=where, limit=min(200, asked.cursor + 20), highlight=False)
    hits = (await services.search.search(request)).hits[asked.cursor :]
    return SuggestionsShape(
        result=tuple(
            SuggestionShape(
                id=hit.document.id,
                name=hit.document.title,
                description="，".join(hit.document.identifiers[:2]),
                notable=(named_class(services.schema, hit.document.class_name),),
            )
            for hit in hits
        )
    )


@router.get("/suggest/type", summary="Complete the name of a type")
async def get_suggest_type(services: ServicesDep, asked: Annotated[PrefixParameters, Query()]) -> SuggestionsShape:
    """Return the types whose name holds the text."""
    found = [named_class(services.schema, name) for name in TYPES]
    wanted = [item for item in found if asked.prefix.casefold() in f"{item.id} {item.name}".casefold()]
    return SuggestionsShape(result=tuple(SuggestionShape(id=i.id, name=i.name) for i in wanted[asked.cursor :]))


@router.get("/suggest/property", summary="Complete the name of a property")
async def get_suggest_property(services: ServicesDep, asked: Annotated[PrefixParameters, Query()]) -> SuggestionsShape:
    """Return the properties of enterprises, agencies and sites whose name holds the text."""
    schema = services.schema
    names = dict.fromkeys(p.name for name in TYPES for p in schema.properties_of(name) if not p.personal)
    found = [named_property(schema, name) for name in names]
    wanted = [item for item in found if asked.prefix.casefold() in f"{item.id} {item.name}".casefold()]
    return SuggestionsShape(result=tuple(SuggestionShape(id=i.id, name=i.name) for i in wanted[asked.cursor :]))


@router.get("/extend/propose", summary="Properties that entities can be extended by")
async def get_propose(services: ServicesDep, asked: Annotated[ProposeParameters, Query()]) -> ProposedShape:
    """Return the properties of one type."""
    return proposed(services.schema, asked.type, limit=asked.limit)


@router.get("/preview", summary="An entity on a small page", response_class=HTMLResponse)
async def get_preview(services: ServicesDep, asked: Annotated[EntityParameters, Query()]) -> Response:
    """Return a page of a few lines: name, class, codes, address."""
    entity = await services.graph.entity(EntityId(asked.id))
    if entity is None:
        raise NotFound(f"there is no entity {asked.id}", remedy="Search for it by name or code.")
    label = class_label(services.schema, entity.class_name)
    rows = [
        f"<dt>{escape(services.schema.property_def(name).label.zh)}</dt>"
        f"<dd>{escape('、'.join(str(value) for value in entity.properties[name]))}</dd>"
        for name in SHOWN
        if name in entity.properties
    ]
    head = f"<!doctype html><html lang='zh'><meta charset='utf-8'><title>{escape(entity.label)}</title>"
    body = f"<h3>{escape(entity.label)}</h3><p>{escape(label.zh)} · {escape(label.en)}</p><dl>{''.join(rows)}</dl>"
    return HTMLResponse(f"{head}<body style='font:14px sans-serif;margin:8px'>{body}</body></html>")
