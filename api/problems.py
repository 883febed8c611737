"""Every error as a problem detail (RFC 9457, `application/problem+json`): one table from exception to status.

A message of the project is written for the reader and is sent; any other exception is logged under an id, and
only the id is sent.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from ontology.errors import (
    AccessDenied,
    AccessForbidden,
    Conflict,
    EcographError,
    EngineError,
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

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:ecograph:problem:"
RETRY_SECONDS = 5
"""What `Retry-After` says: an engine that restarts is back within some seconds, or not for minutes."""

log = logging.getLogger("ecograph.api")

STATUS: tuple[tuple[type[EcographError], int, str], ...] = (
    (InvalidQuery, 400, "invalid-query"),
    (InvalidValue, 422, "invalid-value"),
    (InvalidMapping, 422, "invalid-mapping"),
    (InvalidInput, 400, "invalid-input"),
    (RecordRejected, 422, "record-rejected"),
    (SourceUnusable, 422, "source-unusable"),
    (NotFound, 404, "not-found"),
    (NotSupported, 501, "not-supported"),
    (AccessForbidden, 403, "access-forbidden"),
    (AccessDenied, 401, "access-denied"),
    (Conflict, 409, "conflict"),
    (EngineUnavailable, 503, "engine-unavailable"),
    (EngineMisconfigured, 503, "engine-misconfigured"),
    (EngineError, 500, "engine-failed"),
    (EcographError, 500, "error"),
)
"""The first class that fits an exception gives its status and the word of its problem type."""

WORDS = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large"}
"""Words for what HTTP itself refuses; the phrases of `http.HTTPStatus` differ between versions of Python."""


class InvalidPart(BaseModel):
    """One part of a request that is not valid: where it is, and what is wrong with it."""

    location: list[str | int]
    detail: str


class Problem(BaseModel):
    """What any failed request answers."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:ecograph:problem:not-found",
                "title": "Not found",
                "status": 404,
                "detail": "there is no entity Site-00000000000000000000",
                "remedy": "Search for it by name or code.",
            }
        }
    )

    type: str = Field(description="A stable word for the kind of problem, as `urn:ecograph:problem:…`.")
    title: str
    status: int
    detail: str
    remedy: str | None = Field(default=None, description="What the reader can do about it.")
    position: int | None = Field(default=None, description="Where a query is at fault, in characters from 0.")
    instance: str | None = Field(default=None, description="Id under which the server logged the cause.")
    errors: list[InvalidPart] | None = Field(default=None, description="Each part of the request that is not valid.")


def problem_of(error: EcographError) -> Problem:
    """Return the problem detail of an error of the project."""
    status, word = next((status, word) for kind, status, word in STATUS if isinstance(error, kind))
    position = error.position if isinstance(error, InvalidQuery) else None
    if isinstance(error, InvalidMapping):
        detail = error.message if error.line is None else f"line {error.line}: {error.message}"
    else:
        detail = error.message
    return _problem(status, word=word, detail=detail, remedy=error.remedy or None, position=position)


def headers_of(problem: Problem) -> dict[str, str]:
    """Return the headers that go with a problem: when to try again, how to prove who asks."""
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_SECONDS)}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="ecograph"'}
    return {}


def response_of(problem: Problem, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return the HTTP response that carries a problem."""
    body = orjson.dumps(problem.model_dump(exclude_none=True))
    merged = {**headers_of(problem), **(headers or {})}
    return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=merged)


def unexpected(error: BaseException, *, method: str, path: str) -> Response:
    """Log an exception nobody expected under a new id, and return the answer that names only the id."""
    identifier = f"urn:uuid:{uuid.uuid4()}"
    log.error("%s %s failed unexpectedly (%s)", method, path, identifier, exc_info=error)
    detail = "The server failed in a way nobody foresaw; its log has the cause under the id in `instance`."
    return response_of(_problem(500, word="unexpected", detail=detail, instance=identifier))


def simple_problem(status: int, *, detail: str, remedy: str | None = None) -> Problem:
    """Return a problem that HTTP itself has a name for, such as 404, 405 or 413."""
    word = WORDS.get(status) or ("bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "error")
    return _problem(status, word=word, detail=detail, remedy=remedy)


def install(app: FastAPI) -> None:
    """Let the app answer every known exception with its problem detail."""
    app.add_exception_handler(EcographError, _on_ecograph_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)


def _problem(
    status: int,
    *,
    word: str,
    detail: str,
    remedy: str | None = None,
    position: int | None = None,
    instance: str | None = None,
    errors: Sequence[InvalidPart] | None = None,
) -> Problem:
    return Problem(
        type=TYPE_PREFIX + word,
        title=word.replace("-", " ").capitalize(),
        status=status,
        detail=detail,
        remedy=remedy,
        position=position,
        instance=instance,
        errors=None if errors is None else list(errors),
    )


async def _on_ecograph_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, EcographError)  # noqa: S101 - the handler is registered for this class only
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("%s %s: %s", request.method, request.url.path, error.message, exc_info=error)
    return response_of(problem)


async def _on_invalid_request(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the handler is registered for this class only
    parts = [InvalidPart(location=list(e["loc"]), detail=str(e["msg"])) for e in error.errors()]
    named = "; ".join(f"{'.'.join(str(step) for step in p.location[1:]) or 'request'}: {p.detail}" for p in parts)
    return response_of(_problem(422, word="invalid-request", detail=named, errors=parts))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this class only
    if error.status_code < HTTPStatus.BAD_REQUEST:
        return Response(status_code=error.status_code, headers=error.headers)
    details = {
        404: (f"there is nothing at {request.url.path}", "The paths are listed at /api/v1/docs."),
        405: (f"{request.method} is not possible at {request.url.path}", None),
    }
    detail, remedy = details.get(error.status_code, (str(error.detail), None))
    return response_of(simple_problem(error.status_code, detail=detail, remedy=remedy), headers=error.headers)
