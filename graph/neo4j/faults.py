"""The driver's exceptions as ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as driver

from ontology.errors import Conflict, EcographError, EngineFailed, EngineMisconfigured, EngineUnavailable, InvalidQuery

ENGINE = "neo4j"

_MISCONFIGURED: dict[type[Exception], str] = {
    driver.AuthError: "Check the user and password of the graph server.",
    driver.TokenExpired: "Renew the credentials of the graph server.",
    driver.Forbidden: "Give the user of the graph server the rights to read, write and make indexes.",
    driver.ConfigurationError: "Check the address of the graph server.",
    driver.AuthConfigurationError: "Check the user and password of the graph server.",
    driver.CertificateConfigurationError: "Check the certificate of the graph server.",
    driver.UnsupportedServerProduct: "The address must be that of a Neo4j server, version 5.26 or newer.",
}
_UNAVAILABLE: tuple[type[Exception], ...] = (
    driver.ServiceUnavailable,
    driver.RoutingServiceUnavailable,
    driver.WriteServiceUnavailable,
    driver.ReadServiceUnavailable,
    driver.IncompleteCommit,
    driver.SessionExpired,
    driver.ConnectionPoolError,
    driver.ConnectionAcquisitionTimeoutError,
    driver.TransientError,
    driver.DatabaseUnavailable,
    driver.NotALeader,
    driver.ForbiddenOnReadOnlyDatabase,
)
_FAILED: tuple[type[Exception], ...] = (
    driver.DatabaseError,
    driver.ClientError,
    driver.CypherSyntaxError,
    driver.CypherTypeError,
    driver.SessionError,
    driver.TransactionError,
    driver.TransactionNestingError,
    driver.ResultError,
    driver.ResultFailedError,
    driver.ResultConsumedError,
    driver.ResultNotSingleError,
    driver.BrokenRecordError,
    driver.Neo4jError,
    driver.DriverError,
    driver.GqlError,
)
MAPPED = frozenset((*_MISCONFIGURED, *_UNAVAILABLE, *_FAILED, driver.ConstraintError))
"""Every exception class of the driver that has a place; a test walks the driver's tree against it."""


def translated(error: Exception) -> EcographError:
    """Return our error for one of the driver's, by the nearest class that has a place."""
    text = f"the graph server failed: {error}"
    code = getattr(error, "code", None) or ""
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return EngineMisconfigured(text, engine=ENGINE, remedy="Check the name of the graph server's database.")
    if code.startswith("Neo.ClientError.Security.AuthenticationRateLimit"):
        return EngineUnavailable(text, engine=ENGINE, remedy="Too many wrong passwords: correct it, wait, try again.")
    for kind in type(error).__mro__:
        if kind in _MISCONFIGURED:
            return EngineMisconfigured(text, engine=ENGINE, remedy=_MISCONFIGURED[kind])
        if kind in _UNAVAILABLE:
            return EngineUnavailable(text, engine=ENGINE, remedy="Check that the graph server runs; try again later.")
        if kind is driver.ConstraintError:
            return Conflict("another process has written to the graph", remedy="Only one projection may run at a time.")
        if kind in _FAILED:
            break
    return EngineFailed(text, engine=ENGINE)


@contextmanager
def translating() -> Iterator[None]:
    """Turn the driver's exceptions into ours."""
    try:
        yield
    except (driver.Neo4jError, driver.DriverError, driver.GqlError) as exc:
        raise translated(exc) from exc
    except UnicodeEncodeError as exc:
        raise InvalidQuery("a text holds half a surrogate pair, which nothing stored can hold") from exc
    except (OSError, ValueError) as exc:
        # The driver lets name resolution and a malformed address through as they are.
        raise EngineUnavailable(f"the graph server cannot be reached: {exc}", engine=ENGINE) from exc


@contextmanager
def translating_query() -> Iterator[None]:
    """The same where a person wrote the query: what the server refuses is `InvalidQuery`."""
    try:
        yield
    except driver.Forbidden as exc:
        raise InvalidQuery(f"the query is not allowed: {exc.message}") from exc
    except driver.AuthError as exc:
        raise translated(exc) from exc
    except driver.ClientError as exc:
        raise InvalidQuery(f"the query is faulty: {exc.message}") from exc
    except (driver.Neo4jError, driver.DriverError, driver.GqlError) as exc:
        raise translated(exc) from exc
