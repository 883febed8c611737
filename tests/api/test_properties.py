"""Whatever is asked within the description, no answer is a failure and every answer is as described."""

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi import checks

from api.app import create_app
from api.settings import Settings
from ontology.model import entity_id

EAST = entity_id("Site", "source_code", "131900001001")
PLATER = entity_id("Enterprise", "uscc", "91319999000000015P")
ANSWERS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

# `/cypher` is 501 on this engine; `/ingest` would change what other tests read. Both have tests of their own.
DESCRIPTION = (
    schemathesis.openapi.from_dict(create_app(Settings(home=Path("unused"))).openapi())
    .exclude(path="/api/v1/cypher")
    .exclude(path="/api/v1/ingest")
)


@DESCRIPTION.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any], address: str) -> None:
    # A made-up id ends in 404 at once: where one is asked for, it is one that exists.
    if "entity" in case.path_parameters:
        case.path_parameters["entity"] = EAST
    for name, known in (("id", [EAST, PLATER]), ("source", EAST), ("target", PLATER)):
        if name in case.query:
            case.query[name] = known
    case.call_and_validate(base_url=address, checks=ANSWERS, timeout=10)
