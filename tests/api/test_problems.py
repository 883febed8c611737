"""Every error of the project has its status, and says what helps."""

import inspect
import json

import pytest

import ontology.errors
from api.problems import MEDIA_TYPE, STATUS, problem_of, response_of
from ontology.errors import (
    AccessDenied,
    AccessForbidden,
    Conflict,
    EcographError,
    EngineFailed,
    EngineMisconfigured,
    EngineUnavailable,
    InvalidInput,
    InvalidMapping,
    InvalidQuery,
    InvalidValue,
    NotFound,
    NotSupported,
    RecordRejected,
    SourceUnusable,
)

EXAMPLES: tuple[tuple[EcographError, int, str], ...] = (
    (InvalidInput("x"), 400, "invalid-input"),
    (InvalidQuery("x", position=3), 400, "invalid-query"),
    (InvalidValue("x", code="c", text="t"), 422, "invalid-value"),
    (InvalidMapping("x", file="f", line=7), 422, "invalid-mapping"),
    (RecordRejected("x", code="c"), 422, "record-rejected"),
    (SourceUnusable("x", source="s"), 422, "source-unusable"),
    (NotFound("x"), 404, "not-found"),
    (NotSupported("x"), 501, "not-supported"),
    (AccessDenied("x"), 401, "access-denied"),
    (AccessForbidden("x"), 403, "access-forbidden"),
    (Conflict("x"), 409, "conflict"),
    (EngineUnavailable("x", engine="e"), 503, "engine-unavailable"),
    (EngineMisconfigured("x", engine="e"), 503, "engine-misconfigured"),
    (EngineFailed("x", engine="e"), 500, "engine-failed"),
    (EcographError("x"), 500, "error"),
)
ABSTRACT = {"EngineError"}


def test_every_class_of_the_tree_has_an_example() -> None:
    classes = {
        name
        for name, kind in inspect.getmembers(ontology.errors, inspect.isclass)
        if issubclass(kind, EcographError) and name not in ABSTRACT
    }
    assert {type(error).__name__ for error, _, _ in EXAMPLES} == classes


@pytest.mark.parametrize(("error", "status", "word"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_status_and_type(error: EcographError, status: int, word: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.type) == (status, f"urn:ecograph:problem:{word}")


def test_no_row_of_the_table_hides_a_later_one() -> None:
    for index, (kind, _, _) in enumerate(STATUS):
        assert [later for later, _, _ in STATUS[index + 1 :] if issubclass(later, kind)] == []


def test_remedy_position_and_line_reach_the_reader() -> None:
    shown = problem_of(InvalidQuery("no value", position=4, remedy="Write one."))
    assert (shown.position, shown.remedy) == (4, "Write one.")
    assert problem_of(InvalidMapping("no column", file="f.yml", line=7)).detail == "line 7: no column"


def test_the_response_is_a_problem_detail() -> None:
    response = response_of(problem_of(EngineUnavailable("away", engine="graph")))
    assert response.media_type == MEDIA_TYPE
    assert int(response.headers["Retry-After"]) > 0
    assert json.loads(bytes(response.body)) == {
        "type": "urn:ecograph:problem:engine-unavailable",
        "title": "Engine unavailable",
        "status": 503,
        "detail": "away",
    }


def test_who_is_not_known_is_told_how_to_prove_it() -> None:
    response = response_of(problem_of(AccessDenied("no key")))
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
