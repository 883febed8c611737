"""Every exception of the Neo4j driver becomes one of ours."""

import inspect
from collections.abc import Iterator

import pytest
from neo4j import exceptions

from graph.neo4j.faults import MAPPED, translated, translating, translating_query
from ontology.errors import Conflict, EngineError, EngineFailed, EngineMisconfigured, EngineUnavailable, InvalidQuery

RAISED = [
    kind
    for _, kind in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(kind, Exception) and kind.__module__.startswith("neo4j")
]


def tree(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


def made(kind: type[Exception]) -> Exception:
    return kind.__new__(kind)


def test_the_walk_finds_the_driver_exceptions() -> None:
    assert len(RAISED) > 30


@pytest.mark.parametrize("kind", RAISED)
def test_every_exception_class_has_a_place(kind: type[Exception]) -> None:
    assert set(tree(kind)) <= MAPPED
    assert isinstance(translated(made(kind)), EngineError | Conflict)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (exceptions.ServiceUnavailable, EngineUnavailable),
        (exceptions.SessionExpired, EngineUnavailable),
        (exceptions.TransientError, EngineUnavailable),
        (exceptions.ForbiddenOnReadOnlyDatabase, EngineUnavailable),
        (exceptions.ConnectionAcquisitionTimeoutError, EngineUnavailable),
        (exceptions.AuthError, EngineMisconfigured),
        (exceptions.ConfigurationError, EngineMisconfigured),
        (exceptions.UnsupportedServerProduct, EngineMisconfigured),
        (exceptions.CypherSyntaxError, EngineFailed),
        (exceptions.DatabaseError, EngineFailed),
        (exceptions.ResultConsumedError, EngineFailed),
        (exceptions.ConstraintError, Conflict),
    ],
)
def test_kinds_of_failure(kind: type[Exception], expected: type[Exception]) -> None:
    error = made(kind)
    with pytest.raises(expected) as caught, translating():
        raise error
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [OSError("no route"), ValueError("cannot resolve address")])
def test_what_the_driver_lets_through(error: Exception) -> None:
    with pytest.raises(EngineUnavailable), translating():
        raise error


def test_a_person_s_faulty_query_is_told_as_such() -> None:
    with pytest.raises(InvalidQuery), translating_query():
        raise exceptions.CypherSyntaxError("Invalid input")
