"""`/quarantine`: rows that could not be used, and why."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import Name, PageParameters, ServicesDep
from api.schemas.entities import PageLimits
from api.schemas.ledger import QuarantineItemShape, QuarantineShape

router = APIRouter(tags=["ledger"])


class QuarantineParameters(PageParameters):
    """Which rows."""

    dataset: Name | None = Field(default=None, description="Only rows of this dataset.")
    code: Name | None = Field(default=None, description="Only rows held for this reason.")


@router.get("/quarantine", summary="Rows that could not be used")
async def get_quarantine(services: ServicesDep, asked: Annotated[QuarantineParameters, Query()]) -> QuarantineShape:
    """Return one page of open quarantine in the order it was filled; personal data are masked."""
    page = await services.ledger.quarantine(
        dataset=asked.dataset, code=asked.code, limit=asked.limit, cursor=asked.cursor
    )
    items = tuple(
        QuarantineItemShape(
            id=str(row.id),
            dataset=row.dataset,
            file=f"{row.file}#{row.part}" if row.part else row.file,
            row=row.row,
            code=row.code,
            reason=row.reason,
            payload=row.payload,
        )
        for row in page.items
    )
    limits = PageLimits(limit=asked.limit)
    return QuarantineShape(total=page.total, items=items, next_cursor=page.next_cursor, limits=limits)
