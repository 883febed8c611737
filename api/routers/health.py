"""`/healthz` and `/readyz`: for the one who watches the service; they need no key."""

from dataclasses import asdict
from importlib.metadata import version

from fastapi import APIRouter, Response

from api.dependencies import ServicesDep
from api.problems import RETRY_SECONDS
from api.readiness import engine_states
from api.schemas.about import EngineShape, HealthShape, ReadinessShape

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
async def get_readyz(services: ServicesDep, response: Response) -> ReadinessShape:
    """Ask every engine, and say how far each projection is behind; 503 while one does not answer."""
    states = await engine_states(services)
    ready = all(state.ready for state in states)
    if not ready:
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return ReadinessShape(ready=ready, engines=tuple(EngineShape(**asdict(state)) for state in states))
