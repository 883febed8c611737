"""`/search`: one box for everything."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import Day, Names, PageParameters, ProvenanceDep, ServicesDep, known_classes
from api.presentation import class_label, plain_label, position_of
from api.schemas.common import LabelShape
from api.schemas.search import FacetValueShape, HighlightShape, HitShape, SearchLimits, SearchShape
from api.services import Services
from ontology.errors import InvalidQuery
from ontology.model import Entity
from ontology.schema import Schema
from search.index import FacetCount, Hit, SearchFilter, SearchRequest, Sort
from search.query import FACET_NAMES, parse

router = APIRouter(tags=["search"])

DEFAULT_FACETS = ("class", "dataset", "region", "industry", "year")
PLAIN_FACETS = ("region", "dataset", "industry", "year", "kind", "medium", "status")
FACET_VALUES = 20
SYNTHETIC_LABELS = {"true": LabelShape(zh="虚构示例", en="Invented example"), "false": LabelShape(zh="真实", en="Real")}


class SearchParameters(PageParameters):
    """What to search for. Values of one facet are alternatives, facets add up."""

    limit: int = Field(default=20, ge=1, le=200, description="Hits a page holds at most.")
    q: str = Field(default="", max_length=2000, description='Words, `"phrase"`, `-without`, `OR`, `facet:value`.')
    classes: Names = Field(default=(), validation_alias="class", description="A class, with all below it.")
    region: Names = Field(default=(), examples=[["闵行区"]])
    dataset: Names = Field(default=(), examples=[["shanghai-disclosure-2020"]])
    industry: Names = Field(default=(), examples=[["金属表面处理及热处理加工"]])
    year: Names = Field(default=(), examples=[["2020"]])
    kind: Names = Field(default=(), examples=[["环评批复"]])
    medium: Names = Field(default=(), examples=[["废水"]])
    status: Names = Field(default=(), examples=[["有效"]])
    synthetic: bool | None = Field(default=None, description="Only invented examples, or none.")
    date_from: Day | None = Field(default=None, description="First day, inclusive.")
    date_to: Day | None = Field(default=None, description="Last day, inclusive.")
    sort: Sort = Sort.RELEVANCE
    facets: Names = Field(default=DEFAULT_FACETS, description="Facets to count, repeated or separated by commas.")

    def search_filter(self, schema: Schema) -> SearchFilter:
        """Return the filter asked for; a class stands for all below it."""
        chosen = {
            "class": tuple(below for name in self.classes for below in known_classes(schema, name)),
            "synthetic": () if self.synthetic is None else (str(self.synthetic).lower(),),
            **{name: getattr(self, name) for name in PLAIN_FACETS},
        }
        facets = {name: values for name, values in chosen.items() if values}
        return SearchFilter(facets=facets, date_from=self.date_from, date_to=self.date_to)


@router.get("/search", summary="Full text search with facets")
async def get_search(
    services: ServicesDep, provenance: ProvenanceDep, asked: Annotated[SearchParameters, Query()]
) -> SearchShape:
    """Return one page of matches, with the facets of the whole result and passages of the original text."""
    request = SearchRequest(
        query=parse(asked.q),
        where=asked.search_filter(services.schema),
        sort=asked.sort,
        facets=_facet_names(asked.facets),
        facet_limit=FACET_VALUES,
        limit=asked.limit,
        cursor=asked.cursor,
    )
    answer = await services.search.search(request)
    found = await services.graph.entities([hit.document.id for hit in answer.hits])
    entities = {entity.id: entity for entity in found}
    titles = await provenance.titles.of(count.value for count in answer.facets.get("dataset", ()))
    return SearchShape(
        query=asked.q,
        total=answer.total,
        hits=tuple(_hit_shape(services, hit, entity=entities.get(hit.document.id)) for hit in answer.hits),
        facets={
            name: tuple(_facet_shape(name, count, schema=services.schema, titles=titles) for count in counts)
            for name, counts in answer.facets.items()
        },
        next_cursor=answer.next_cursor,
        limits=SearchLimits(limit=asked.limit, facet_values=FACET_VALUES),
    )


def _facet_names(wanted: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for text in wanted for name in text.split(",") if name.strip()))
    for name in names:
        if name not in FACET_NAMES:
            raise InvalidQuery(f"there is no facet {name!r}", remedy=f"Known are {', '.join(sorted(FACET_NAMES))}.")
    return names


def _hit_shape(services: Services, hit: Hit, *, entity: Entity | None) -> HitShape:
    document = hit.document
    facets = document.facets
    return HitShape(
        id=document.id,
        class_name=document.class_name,
        class_label=class_label(services.schema, document.class_name),
        label=document.title,
        score=hit.score,
        date=document.date,
        datasets=facets.get("dataset", ()),
        synthetic=facets.get("synthetic") == ("true",),
        location=document.location or (None if entity is None else position_of(entity.properties)),
        properties={} if entity is None else {name: tuple(values) for name, values in entity.properties.items()},
        highlights=tuple(HighlightShape(field=h.field, passage=h.passage, spans=h.spans) for h in hit.highlights),
    )


def _facet_shape(
    facet: str, counted: FacetCount, *, schema: Schema, titles: Mapping[str, LabelShape]
) -> FacetValueShape:
    """Return one value of a facet with its label: a class or a dataset has a name of its own."""
    label = plain_label(counted.value)
    if facet == "class":
        label = class_label(schema, counted.value)
    elif facet == "dataset":
        label = titles.get(counted.value, label)
    elif facet == "synthetic":
        label = SYNTHETIC_LABELS.get(counted.value, label)
    return FacetValueShape(value=counted.value, label=label, count=counted.count)
