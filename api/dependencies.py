"""What routes ask for: the services, who may call, and parameters that mean the same everywhere."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Path, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.matching import RegisterMatcher
from api.opening import Opening
from api.provenance import Provenance
from api.services import Services
from api.statistics import StatisticsKeeper
from api.supervision import Supervision
from graph.store import Direction, RelationFilter
from ontology.errors import InvalidQuery, NotFound
from ontology.model import EntityId, RecordId
from ontology.schema import Schema

if TYPE_CHECKING:
    from api.access import Access

BEARER = HTTPBearer(auto_error=False, description="An API key.")
KEY_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key.")


def _opening_of(request: Request) -> Opening:
    """Return what holds the services of the application."""
    opening: Opening = request.app.state.opening
    return opening


def _services_of(request: Request) -> Services:
    return _opening_of(request).current().services


def _provenance_of(request: Request) -> Provenance:
    return _opening_of(request).current().provenance


def _statistics_of(request: Request) -> StatisticsKeeper:
    return _opening_of(request).current().statistics


def _matching_of(request: Request) -> RegisterMatcher:
    return _opening_of(request).current().matching


def _supervision_of(request: Request) -> Supervision:
    return _opening_of(request).current().supervision


def _presented_key(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    header: Annotated[str | None, Security(KEY_HEADER)],
) -> str | None:
    return header if bearer is None else bearer.credentials


def _check(request: Request, *, write: bool, presented: str | None) -> None:
    access: Access = request.app.state.access
    client = None if request.client is None else request.client.host
    access.check("write" if write else "read", presented=presented, client=client)


async def _require_read(request: Request, presented: Annotated[str | None, Depends(_presented_key)]) -> None:
    _check(request, write=False, presented=presented)


async def _require_write(request: Request, presented: Annotated[str | None, Depends(_presented_key)]) -> None:
    _check(request, write=True, presented=presented)


async def _refuse_parameters(request: Request) -> None:
    if request.query_params:
        name = next(iter(request.query_params))
        raise InvalidQuery(f"there is no parameter {name!r} here", remedy="Leave it out.")


READ = Depends(_require_read)
WRITE = Depends(_require_write)
NO_PARAMETERS = Depends(_refuse_parameters)
"""For routes without parameters: a parameter would be a slip, and be passed over in silence."""
OpeningDep = Annotated[Opening, Depends(_opening_of)]
ServicesDep = Annotated[Services, Depends(_services_of)]
ProvenanceDep = Annotated[Provenance, Depends(_provenance_of)]
MatcherDep = Annotated[RegisterMatcher, Depends(_matching_of)]
SupervisionDep = Annotated[Supervision, Depends(_supervision_of)]
StatisticsDep = Annotated[StatisticsKeeper, Depends(_statistics_of)]


def iso_day(text: str) -> str:
    """Return an ISO 8601 day, month or year as it is; raises `ValueError` for anything that is no date."""
    parts = text.split("-")
    if len(parts) > 3 or [len(p) for p in parts] != [4, 2, 2][: len(parts)] or not all(p.isascii() for p in parts):
        raise ValueError("write a day as 2024-07-01, a month as 2024-07 or a year as 2024")
    if not all(p.isdecimal() for p in parts):
        raise ValueError("write a day as 2024-07-01, a month as 2024-07 or a year as 2024")
    year, month, day = [*map(int, parts), 1, 1][:3]
    date(year, month, day)
    return text


def ledger_moment(text: str) -> str:
    """Return an ISO 8601 moment as the ledger writes it: UTC with microseconds; a day alone means its end.

    A moment without offset is UTC. Raises `ValueError` for anything that is no moment.
    """
    if len(text) == len("2024-07-01"):
        date.fromisoformat(text)
        return f"{text}T23:59:59.999999Z"
    moment = datetime.fromisoformat(text)
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this moment is out of range") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


EntityIdPath = Annotated[EntityId, Path(max_length=200, examples=["Site-0a1b2c3d4e5f60718293"])]
RecordIdPath = Annotated[RecordId, Path(max_length=200, examples=["9f2c" + "0" * 60])]
Day = Annotated[str, Field(max_length=10, examples=["2021-03-01"]), AfterValidator(iso_day)]
AsOf = Annotated[Day | None, Field(description="Only what holds in the world on this day, and what has no dates.")]
RecordedAsOf = Annotated[
    Annotated[str, Field(max_length=40), AfterValidator(ledger_moment)] | None,
    Field(description="Only what the ledger knew at this moment (UTC); a day means its end."),
]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=50)]


class Parameters(BaseModel):
    """Query parameters of one request; a name that does not exist is refused, so that a slip is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageParameters(Parameters):
    """Which page of a list."""

    limit: int = Field(default=50, ge=1, le=200, description="Items a page holds at most.")
    cursor: str | None = Field(default=None, max_length=4000, description="`next_cursor` of the page before.")


class FollowParameters(Parameters):
    """Which relations count, and which neighbours."""

    type: Names = Field(default=(), description="Only these relation types.")
    classes: Names = Field(default=(), validation_alias="class", description="Only neighbours of these classes.")
    direction: Direction = Field(default=Direction.BOTH, description="Which way relations are followed.")
    as_of: AsOf = None
    synthetic: bool = Field(default=True, description="False leaves out invented demo entities.")

    def relation_filter(self, schema: Schema) -> RelationFilter:
        """Return the filter asked for; a class stands for all below it. Raises `InvalidQuery` for an unknown name."""
        return RelationFilter(
            types=frozenset(known_relation(schema, name) for name in self.type),
            classes=frozenset(below for name in self.classes for below in known_classes(schema, name)),
            direction=self.direction,
            as_of=self.as_of,
            synthetic=self.synthetic,
        )


def known_relation(schema: Schema, name: str) -> str:
    """Return the name of a relation type; raises `InvalidQuery` where there is none."""
    try:
        return schema.relation_def(name).name
    except NotFound as error:
        raise InvalidQuery(error.message, remedy=error.remedy) from error


def known_classes(schema: Schema, name: str) -> tuple[str, ...]:
    """Return a class and all below it; raises `InvalidQuery` where there is none."""
    try:
        return schema.subclasses(name)
    except NotFound as error:
        raise InvalidQuery(error.message, remedy=error.remedy) from error
