"""`/healthz` and `/readyz`: for the one who watches the service; they need no key."""

from dataclasses import asdict
from importlib.metadata import version

from fastapi import APIRouter, Response

from api.dependencies import OpeningDep
from api.problems import RETRY_SECONDS
from api.readiness import EngineState, engine_states
from api.schemas.about import EngineShape, HealthShape, ReadinessShape
from ontology.errors import EngineError

router = APIRouter(tags=["about"])


@router.get("/healthz", summary="The process lives")
async def get_healthz() -> HealthShape:
    """Say that the process lives; it asks no engine."""
    return HealthShape(status="alive", version=version("ecograph"))


@router.get(
    "/readyz",
    summary="The engines answer",
    responses={503: {"model": ReadinessShape, "description": "At least one engine does not answer."}},
)
async def get_readyz(opening: OpeningDep, response: Response) -> ReadinessShape:
    """Ask every engine, and say how far each projection is behind; 503 while one does not answer."""
    try:
        states = await engine_states(opening.current().services)
    except EngineError as error:
        states = (EngineState(error.engine, error.engine, False, error.message, error.remedy or None),)
    ready = all(state.ready for state in states)
    if not ready:
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return ReadinessShape(ready=ready, engines=tuple(EngineShape(**asdict(state)) for state in states))
