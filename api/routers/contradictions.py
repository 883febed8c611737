"""`/contradictions`: what the registers contradict each other in."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import Name, PageParameters, ServicesDep, SupervisionDep
from api.schemas.entities import PageLimits
from api.schemas.supervision import ContradictionsShape, KindCountShape
from api.supervision import shape_of, title_of, totals
from insight.supervision.contradictions import select
from insight.supervision.kinds import KINDS
from ontology.errors import InvalidQuery
from ontology.model import EntityId

router = APIRouter(tags=["supervision"])


class ContradictionParameters(PageParameters):
    """Which contradictions."""

    kind: Name | None = Field(default=None, description="Only this kind, as `kinds` names it.")
    region: Name | None = Field(default=None, description="Only regions whose name contains this.")
    severity: Literal["high", "medium", "low"] | None = None
    entity: Name | None = Field(default=None, description="Only findings whose evidence holds this entity.")
    as_of: date | None = Field(default=None, description="The day to judge dates by; today where none is given.")


@router.get("/contradictions", summary="Contradictions between registers")
async def get_contradictions(
    services: ServicesDep, supervision: SupervisionDep, asked: Annotated[ContradictionParameters, Query()]
) -> ContradictionsShape:
    """Return one page by severity, kind, region and name; `kinds` counts with all filters but that by kind."""
    if asked.kind is not None and asked.kind not in KINDS:
        raise InvalidQuery(f"there is no kind {asked.kind!r}", remedy=f"The kinds are {', '.join(KINDS)}.")
    as_of = asked.as_of or datetime.now(UTC).date()
    entity = None if asked.entity is None else EntityId(asked.entity)
    found = select(await supervision.current(as_of), region=asked.region, severity=asked.severity, entity=entity)
    chosen = select(found, kind=asked.kind)
    start = _start(asked.cursor)
    end = start + asked.limit
    return ContradictionsShape(
        as_of=as_of.isoformat(),
        total=len(chosen),
        kinds=tuple(
            KindCountShape(kind=name, title=title_of(name), rule=KINDS[name].rule, count=count)
            for name, count in totals(found).items()
        ),
        items=tuple(shape_of(item, services.schema) for item in chosen[start:end]),
        next_cursor=str(end) if end < len(chosen) else None,
        limits=PageLimits(limit=asked.limit),
    )


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= 9):
        raise InvalidQuery("this cursor is none of this list", remedy="Give `next_cursor` of the page before.")
    return int(cursor)
