"""Whatever is asked within the description, no answer is a failure and every answer is as described."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi import checks

ANSWERS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def description(address: str) -> Any:
    """The description as the service gives it; `/cypher` is 501 on this engine and has its own test."""
    found = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    return found.exclude(path="/api/v1/cypher").exclude(path="/api/v1/ingest")


every_request = schemathesis.pytest.from_fixture("description")


@every_request.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=ANSWERS, timeout=10)
